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
 *   <tr><td>chain</td><td>{@link dev.langevin.diffusion.DiscreteSchedule}, of any list of {@link dev.langevin.diffusion.Betas}</td>
 *     <td>Ho, Jain &amp; Abbeel 2020; Nichol &amp; Dhariwal 2021; Lin et al. 2024</td></tr>
 *   <tr><td>exact denoiser</td><td>{@link dev.langevin.diffusion.GaussianDenoiser}, {@link
 *     dev.langevin.diffusion.GaussianMixtureDenoiser}</td><td>Tweedie (Robbins 1956, Efron 2011)</td></tr>
 *   <tr><td>grid</td><td>Karras, log-uniform, uniform</td><td>Karras et al. 2022, eq. 5; Benton et al. 2024</td></tr>
 *   <tr><td>spacing</td><td>{@link dev.langevin.diffusion.Spacing}: Karras, log-SNR, uniform and quadratic time, a list; {@link
 *     dev.langevin.diffusion.Timesteps}: linspace, leading, trailing</td><td>Song, Meng &amp; Ermon 2021; Lin et al. 2024</td></tr>
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
