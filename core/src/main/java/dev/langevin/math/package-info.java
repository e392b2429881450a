/**
 * Small numeric helpers that several nouns serve themselves from.
 *
 * <p>Convention of all of core: transcendental functions come from {@link java.lang.StrictMath}, whose results are specified to
 * the last bit, so that draws are the same on every JDK and processor; {@link java.lang.Math} is used where it is exact (sqrt,
 * abs, fma, rint, floor, min, max). A test of the architecture holds this.
 *
 * <p>May import nothing else of this library.
 */
@NullMarked
package dev.langevin.math;

import org.jspecify.annotations.NullMarked;
