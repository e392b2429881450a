/**
 * Learning the means of a normal mixture with the DDPM objective, beside the methods that it turns out to be: the power method at large noise, EM at small (Shah,
 * Chen &amp; Klivans 2023).
 *
 * <p>A {@link dev.langevin.mixture.MixtureStudent} is the mixture with unknown means, the student of its own score; {@link dev.langevin.mixture.NoisedLoss} is the
 * loss at one time with its gradient in closed form; {@link dev.langevin.mixture.NoiseStages} goes down it.
 *
 * <table>
 *   <caption>Learners</caption>
 *   <tr><th>learner</th><th>start</th><th>source</th></tr>
 *   <tr><td>{@link dev.langevin.mixture.NoiseStages}</td><td>random for a pair, near the means for more</td><td>Shah, Chen &amp; Klivans 2023</td></tr>
 *   <tr><td>{@link dev.langevin.mixture.PowerMethod}</td><td>random; pairs only</td><td>von Mises 1929</td></tr>
 *   <tr><td>{@link dev.langevin.mixture.ExpectationMaximisation}</td><td>near the means</td><td>Dempster, Laird &amp; Rubin 1977</td></tr>
 * </table>
 *
 * <p>Convention: unit covariance, equal weights, the Ornstein–Uhlenbeck process (a² + b² = 1), parameters as one array. Losses are sums over coordinates.
 *
 * <p>To add a learner: a record that moves the parameters of a student, and a test that it recovers the means within the parametric floor √(d/n).
 *
 * <p>May import {@code objective, diffusion, density, random and math} only.
 */
@NullMarked
package dev.langevin.mixture;

import org.jspecify.annotations.NullMarked;
