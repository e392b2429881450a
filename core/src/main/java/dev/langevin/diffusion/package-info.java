/**
 * Adding noise and taking it away: noising processes, the times that a solver visits, and denoisers.
 *
 * <p>A {@link dev.langevin.diffusion.Noising} is x_t = a(t) x₀ + b(t) z. A {@link dev.langevin.diffusion.Denoiser} is the posterior mean
 * E[x₀ | x₀ + σz = y] and thereby the score of every noised law ({@link dev.langevin.diffusion.Scores}, where a ladder of scores becomes a denoiser too), the noise and the velocity ({@link
 * dev.langevin.diffusion.Prediction}). A {@link dev.langevin.diffusion.TimeGrid} is a list of times.
 *
 * <table>
 *   <caption>What there is</caption>
 *   <tr><th>noun</th><th>members</th><th>source</th></tr>
 *   <tr><td>noising</td><td>{@link dev.langevin.diffusion.OrnsteinUhlenbeck}, {@link dev.langevin.diffusion.VarianceExploding}</td>
 *     <td>Song et al. 2021; Karras et al. 2022</td></tr>
 *   <tr><td>exact denoiser</td><td>{@link dev.langevin.diffusion.GaussianDenoiser}, {@link
 *     dev.langevin.diffusion.GaussianMixtureDenoiser}</td><td>Tweedie (Robbins 1956, Efron 2011)</td></tr>
 *   <tr><td></td><td>{@link dev.langevin.diffusion.EmpiricalDenoiser}, of a data set itself: what memorisation is</td><td>Karras et al. 2022, appendix B.3</td></tr>
 *   <tr><td>Jacobian</td><td>{@link dev.langevin.diffusion.DifferentiableDenoiser}: the exact ones; {@link dev.langevin.diffusion.FiniteDifferences} of any other</td>
 *     <td>Efron 2011</td></tr>
 *   <tr><td>guidance</td><td>{@link dev.langevin.diffusion.Guidance} by a classifier, and without one</td><td>Dhariwal &amp; Nichol 2021; Ho &amp; Salimans 2022</td></tr>
 *   <tr><td></td><td>{@link dev.langevin.diffusion.PosteriorGuidance} by a {@link dev.langevin.diffusion.LinearObservation}, which knows the exact answer for mixtures</td>
 *     <td>Chung et al. 2023; Song et al. 2023</td></tr>
 *   <tr><td>threads</td><td>{@link dev.langevin.diffusion.ParallelDenoiser}, on an executor handed in</td><td></td></tr>
 *   <tr><td>grid</td><td>Karras, log-uniform, uniform</td><td>Karras et al. 2022, eq. 5; Benton et al. 2024</td></tr>
 * </table>
 *
 * <p>Convention: denoisers speak the variance-exploding variables, signal scale 1 and noise scale σ; other processes divide by their a.
 *
 * <p>To add a denoiser: implement {@link dev.langevin.diffusion.Denoiser} with rows that do not depend on their batch, and check it against the
 * finite differences of a noised log density or against a posterior mean.
 *
 * <p>May import {@code density, random and math} only.
 */
@NullMarked
package dev.langevin.diffusion;

import org.jspecify.annotations.NullMarked;
