/**
 * Losses whose minimiser is the denoiser, or the score: a law of noise levels, a weight and a target.
 *
 * <p>An {@link dev.langevin.objective.Objective} is all that a trainer needs; a {@link dev.langevin.objective.DenoisingObjective} is one of three parts.
 *
 * <table>
 *   <caption>Parts of an objective</caption>
 *   <tr><th>part</th><th>members</th><th>source</th></tr>
 *   <tr><td>{@link dev.langevin.objective.Preconditioning}</td><td>noise, clean point, velocity, score ({@link dev.langevin.objective.FormPreconditioning}), at a
 *     timestep ({@link dev.langevin.objective.TimestepPreconditioning}); the score over σ ({@link dev.langevin.objective.NcsnPreconditioning}); EDM; any of them as a
 *     consistency function ({@link dev.langevin.objective.ConsistencyPreconditioning})</td>
 *     <td>Ho, Jain &amp; Abbeel 2020; Salimans &amp; Ho 2022; Song &amp; Ermon 2020; Karras, Aittala, Aila &amp; Laine 2022; Song, Dhariwal, Chen &amp; Sutskever 2023</td></tr>
 *   <tr><td>{@link dev.langevin.objective.Weighting}</td><td>plain, SNR, truncated and least SNR, likelihood, EDM</td>
 *     <td>Ho et al. 2020; Kingma et al. 2021; Hang et al. 2023; Karras et al. 2022</td></tr>
 *   <tr><td>{@link dev.langevin.objective.LevelLaw}, {@link dev.langevin.objective.ImportanceLevels}</td><td>log-normal, uniform in t or in ln σ, a ladder, by
 *     importance</td><td>Karras et al. 2022; Nichol &amp; Dhariwal 2021</td></tr>
 *   <tr><td>all together</td><td>{@link dev.langevin.objective.EdmObjective}</td><td>Karras et al. 2022, table 1</td></tr>
 * </table>
 *
 * <p>{@link dev.langevin.objective.EnergyMatching} asks for no denoiser but for the energy of one density: implicit and sliced matching, contrastive divergence.
 *
 * <p>Losses of what is there already: {@link dev.langevin.objective.DenoisingLoss} of a denoiser by level on held-out rows, {@link
 * dev.langevin.objective.ScoreMatching} of a score (Hyvärinen 2005; Vincent 2011; Song et al. 2019), each a {@link
 * dev.langevin.objective.LossEstimate} with its standard error; {@link dev.langevin.objective.GaussianLoss} in closed form, of every {@link dev.langevin.objective.AffineMap}.
 * {@link dev.langevin.objective.Descent} is for students with few parameters.
 *
 * <p>Convention: arithmetic of single numbers; the tensors are the backend's. Weights are of the denoiser's square error at σ = b/a. Data enter in the scale {@code
 * sigmaData}.
 *
 * <p>To add one: a record of its parameters with level law, weight and target, and a test that the exact denoiser attains the closed-form
 * minimum of its loss on a Gaussian.
 *
 * <p>May import {@code diffusion, density, random and math} only; it knows no solver.
 */
@NullMarked
package dev.langevin.objective;

import org.jspecify.annotations.NullMarked;
