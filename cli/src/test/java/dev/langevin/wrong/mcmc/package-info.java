/** What a kernel package must not look like: fixtures of the architecture test. */
@NullMarked
package dev.langevin.wrong.mcmc;

import org.jspecify.annotations.NullMarked;
