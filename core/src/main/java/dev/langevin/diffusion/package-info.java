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
 *   <tr><td>noising on a {@link dev.langevin.diffusion.NoiseSchedule}</td><td>{@link dev.langevin.diffusion.TimeRescaled} (linear, scaled-linear, cosine, sigmoid, zero terminal SNR, any g), {@link
 *     dev.langevin.diffusion.SubVariancePreserving}</td><td>Song et al. 2021; Nichol &amp; Dhariwal 2021; Jabri et al. 2023; Lin et al. 2024</td></tr>
 *   <tr><td>noising</td><td>{@link dev.langevin.diffusion.GeometricExploding}, {@link dev.langevin.diffusion.StraightPath}</td><td>Song et al. 2021; Lipman et al. 2023</td></tr>
 *   <tr><td>other processes, {@link dev.langevin.diffusion.ItoProcess}</td><td>{@link dev.langevin.diffusion.LinearProcess} (critically damped Langevin), {@link dev.langevin.diffusion.GeometricBrownianMotion}; turned around by {@link
 *     dev.langevin.diffusion.Reversal} with a {@link dev.langevin.diffusion.TimedScore}</td><td>Van Loan 1978; Dockhorn et al. 2022; Anderson 1982</td></tr>
 *   <tr><td>level</td><td>{@link dev.langevin.diffusion.NoiseLevel}: time, σ, log-SNR, λ</td><td>Kingma et al. 2021; Lu et al. 2022</td></tr>
 *   <tr><td>exact denoiser</td><td>{@link dev.langevin.diffusion.GaussianDenoiser}, {@link
 *     dev.langevin.diffusion.GaussianMixtureDenoiser}</td><td>Tweedie (Robbins 1956, Efron 2011)</td></tr>
 *   <tr><td></td><td>{@link dev.langevin.diffusion.EmpiricalDenoiser}, of a data set itself: what memorisation is</td><td>Karras et al. 2022, appendix B.3</td></tr>
 *   <tr><td>chain</td><td>{@link dev.langevin.diffusion.DiscreteSchedule}, of any list of {@link dev.langevin.diffusion.Betas}</td>
 *     <td>Ho, Jain &amp; Abbeel 2020; Nichol &amp; Dhariwal 2021; Lin et al. 2024</td></tr>
 *   <tr><td>spacing</td><td>{@link dev.langevin.diffusion.Spacing}: Karras, log-SNR, uniform and quadratic time, a list; {@link
 *     dev.langevin.diffusion.Timesteps}: linspace, leading, trailing; {@link dev.langevin.diffusion.EqualError}, of equal error a step</td><td>Karras et al. 2022, eq. 5; Song, Meng &amp; Ermon 2021; Lin et al. 2024; Benton et al. 2024</td></tr>
 *   <tr><td>any function</td><td>{@link dev.langevin.diffusion.Predictor} of ε, score, v or x₀ of any noising: {@link dev.langevin.diffusion.Predictions}, both ways</td><td>Salimans &amp; Ho 2022</td></tr>
 *   <tr><td>Jacobian</td><td>{@link dev.langevin.diffusion.DifferentiableDenoiser}: the exact ones; {@link dev.langevin.diffusion.FiniteDifferences} of any other</td>
 *     <td>Efron 2011</td></tr>
 *   <tr><td>guidance</td><td>{@link dev.langevin.diffusion.Guidance} by a classifier, and without one</td><td>Dhariwal &amp; Nichol 2021; Ho &amp; Salimans 2022</td></tr>
 *   <tr><td></td><td>{@link dev.langevin.diffusion.PosteriorGuidance} by a {@link dev.langevin.diffusion.LinearObservation}, which knows the exact answer for mixtures</td>
 *     <td>Chung et al. 2023; Song et al. 2023</td></tr>
 *   <tr><td>clipping</td><td>{@link dev.langevin.diffusion.ClippedDenoiser} by a {@link dev.langevin.diffusion.Clipping}</td><td>Ho, Jain &amp; Abbeel 2020; Saharia et al. 2022</td></tr>
 *   <tr><td>threads</td><td>{@link dev.langevin.diffusion.ParallelDenoiser}, on an executor handed in</td><td></td></tr>
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
