/**
 * Small numeric helpers that several nouns serve themselves from.
 *
 * <table>
 *   <caption>What there is</caption>
 *   <tr><th>class</th><th>what</th></tr>
 *   <tr><td>{@link dev.langevin.math.Check}</td><td>refuses wrong arguments: "stepSize must be positive and finite, got -1.0"</td></tr>
 *   <tr><td>{@link dev.langevin.math.Fft}</td><td>fast Fourier transform</td></tr>
 *   <tr><td>{@link dev.langevin.math.GaussKronrod}</td><td>nodes, weights, integrals on the line (Kronrod 1965)</td></tr>
 *   <tr><td>{@link dev.langevin.math.NamedArray}</td><td>numbers with a name and a shape, as in model files</td></tr>
 *   <tr><td>{@link dev.langevin.math.NormalQuantile}</td><td>the inverse of Φ</td></tr>
 *   <tr><td>{@link dev.langevin.math.PowerAverage}</td><td>averages over the past that are put together afterwards (Karras et al. 2024)</td></tr>
 *   <tr><td>{@link dev.langevin.math.Spread}</td><td>mean, standard error and Student's interval (Welford 1962)</td></tr>
 *   <tr><td>{@link dev.langevin.math.SumOfSquares}</td><td>Σx², always in the same order</td></tr>
 * </table>
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
