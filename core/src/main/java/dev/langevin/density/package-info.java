/**
 * Densities and scores
 *
 * <p>May import {@code  what a user writes, and the targets that ship.:math} only.
 */
@NullMarked
package dev.langevin.density;

import org.jspecify.annotations.NullMarked;
