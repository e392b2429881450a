/**
 * Noising processes, time grids and denoisers.
 *
 * <p>May import {@code density, random and math} only.
 */
@NullMarked
package dev.langevin.diffusion;

import org.jspecify.annotations.NullMarked;
