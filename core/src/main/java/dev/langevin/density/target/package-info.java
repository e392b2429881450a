/** Targets that ship. */
@NullMarked
package dev.langevin.density.target;

import org.jspecify.annotations.NullMarked;
