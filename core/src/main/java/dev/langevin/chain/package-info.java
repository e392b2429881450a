/**
 * Chains: many kernels run side by side, warmed up and then left alone, and the {@link dev.langevin.chain.Draws} that come out.
 *
 * <p>May import {@code adapt}, {@code mcmc}, {@code density}, {@code random} and {@code math}.
 */
@NullMarked
package dev.langevin.chain;

import org.jspecify.annotations.NullMarked;
