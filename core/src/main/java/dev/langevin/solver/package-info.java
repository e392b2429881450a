/**
 * Running a noising process backwards: from normal noise to fresh data, with a denoiser as the only thing known of the data.
 *
 * <p>A {@link dev.langevin.solver.Solver} is a recipe; on a denoiser and a {@link dev.langevin.diffusion.TimeGrid} it gives a worker that takes
 * steps with a batch of rows. A {@link dev.langevin.solver.Generation} is solver, steps and noise levels together, draws the random numbers at
 * each row's address and returns rows; a {@link dev.langevin.solver.StepListener} may stop it ({@link dev.langevin.solver.CancelledGeneration}), a denoiser that is not finite does ({@link
 * dev.langevin.solver.BrokenDenoiser}).
 *
 * <table>
 *   <caption>Solvers</caption>
 *   <tr><th>solver</th><th>process</th><th>order</th><th>evaluations</th><th>source</th></tr>
 *   <tr><td>{@link dev.langevin.solver.Heun}</td><td>probability-flow ODE, σ clock</td><td>2</td><td>2N - 1</td>
 *     <td>Karras, Aittala, Aila &amp; Laine 2022, algorithm 1</td></tr>
 *   <tr><td>{@link dev.langevin.solver.ExponentialIntegrator}</td><td>reversed Ornstein–Uhlenbeck SDE</td><td>1 (weak)</td><td>N</td>
 *     <td>Chen, Chewi, Li, Li, Salim &amp; Zhang 2023, eq. 5</td></tr>
 *   <tr><td>{@link dev.langevin.solver.Euler}</td><td>probability-flow ODE, σ clock</td><td>1</td><td>N</td>
 *     <td>DDIM with η = 0: Song, Meng &amp; Ermon 2021</td></tr>
 *   <tr><td>{@link dev.langevin.solver.AnnealedLangevin}</td><td>Langevin steps on a ladder of levels</td><td>1</td><td>N</td>
 *     <td>Song &amp; Ermon 2019, algorithm 1; 2020</td></tr>
 *   <tr><td>{@link dev.langevin.solver.Ddim}</td><td>flow, or SDE of rate 1 + η², σ clock</td><td>1</td><td>N</td>
 *     <td>Song, Meng &amp; Ermon 2021</td></tr>
 *   <tr><td>{@link dev.langevin.solver.Ddpm}</td><td>reverse chain, σ clock</td><td>1 (weak)</td><td>N</td>
 *     <td>Ho, Jain &amp; Abbeel 2020</td></tr>
 *   <tr><td>{@link dev.langevin.solver.EulerAncestral}</td><td>reverse SDE, σ clock</td><td>1 (weak)</td><td>N</td>
 *     <td>k-diffusion; it is DDIM with η = 1</td></tr>
 *   <tr><td>{@link dev.langevin.solver.DpmSolverPlusPlus}</td><td>probability-flow ODE in ln σ</td><td>1, 2, 3</td><td>N</td>
 *     <td>Lu, Zhou, Bao, Chen, Li &amp; Zhu 2022</td></tr>
 *   <tr><td>{@link dev.langevin.solver.SdeDpmSolverPlusPlus}</td><td>reverse SDE in ln σ</td><td>1, 2 (on normal data)</td><td>N</td>
 *     <td>the same</td></tr>
 *   <tr><td>{@link dev.langevin.solver.UniPc}</td><td>probability-flow ODE in ln σ</td><td>p + 1</td><td>N</td>
 *     <td>Zhao, Bai, Rao, Zhou &amp; Lu 2023</td></tr>
 *   <tr><td>{@link dev.langevin.solver.AdamsBashforth}</td><td>probability-flow ODE, σ clock</td><td>1 … 4</td><td>N</td>
 *     <td>Zhang &amp; Chen 2023</td></tr>
 *   <tr><td>{@link dev.langevin.solver.Plms}</td><td>probability-flow ODE, σ clock</td><td>2</td><td>N + 1</td>
 *     <td>Liu, Ren, Lin &amp; Zhao 2022</td></tr>
 *   <tr><td>{@link dev.langevin.solver.EdmStochastic}</td><td>flow after fresh noise, σ clock</td><td>2</td><td>2N - 1</td>
 *     <td>Karras, Aittala, Aila &amp; Laine 2022, algorithm 2</td></tr>
 *   <tr><td>{@link dev.langevin.solver.EulerMaruyama}</td><td>any noising's reversed SDE</td><td>1 (weak)</td><td>N</td>
 *     <td>Maruyama 1955; Song et al. 2021</td></tr>
 *   <tr><td>{@link dev.langevin.solver.AdaptiveRungeKutta}</td><td>probability-flow ODE, σ clock, to a tolerance</td><td>5(4)</td><td>its own choice</td>
 *     <td>Dormand &amp; Prince 1980; Hairer, Nørsett &amp; Wanner 1993</td></tr>
 *   <tr><td>{@link dev.langevin.solver.PredictorCorrector}</td><td>reverse chain of any noising, Langevin corrections</td><td>1 (weak)</td><td>N (M + 1)</td>
 *     <td>Song, Sohl-Dickstein, Kingma, Kumar, Ermon &amp; Poole 2021, algorithms 2 to 5</td></tr>
 *   <tr><td>{@link dev.langevin.solver.DiffusersDdim}</td><td>DDIM to other levels than it visits, for old results</td><td>none</td><td>N</td>
 *     <td>diffusers 0.40</td></tr>
 *   <tr><td>{@link dev.langevin.solver.ClippedDdim}</td><td>DDIM with the clipped mean and the noise of the unclipped one, as in diffusers</td><td>none</td><td>N</td>
 *     <td>diffusers 0.40</td></tr>
 *   <tr><td>{@link dev.langevin.solver.Inpainting}</td><td>any solver, known coordinates replaced; steps taken r times</td><td>that of the solver, biased</td><td>r times</td>
 *     <td>Song et al. 2021; RePaint: Lugmayr et al. 2022</td></tr>
 * </table>
 *
 * <p>A consistency function, one evaluation from noise to data, is sampled by {@link dev.langevin.solver.Consistency} and taught by a denoiser as {@link
 * dev.langevin.solver.ConsistencyDistillation} says (Song, Dhariwal, Chen &amp; Sutskever 2023). It is no posterior mean, so its sampler is not in the menu.
 *
 * <p>{@link dev.langevin.solver.NoiseLadder} chooses levels and step size of annealed Langevin from data and dimension (NCSNv2).
 *
 * <p>Many are one recursion under several names: DDIM with η = 0, DPM-Solver++ 1 and Euler; DDIM with η = 1, DDPM with the small variance, Euler-ancestral and SDE-DPM-Solver++
 * 1; the predictor of UniPC and DPM-Solver++ of its order; EDM's sampler without churn and Heun. All on the σ clock start from N(0, σ_max² I); {@link
 * dev.langevin.solver.UnitStart} starts them from N(0, (1 + σ_max²) I). What diffusers does otherwise stands beside, as {@code diffusers(…)}.
 *
 * <p>The normal numbers of a generation come from a {@link dev.langevin.solver.NoiseSource}: {@link dev.langevin.solver.AddressedNoise}, each row's own, {@link dev.langevin.solver.TorchNoise}, PyTorch's, or {@link dev.langevin.solver.InterpolatedNoise}, between two rows.
 *
 * <p>How likely a point is, is said by {@link dev.langevin.solver.Likelihood} (probability-flow ODE; Song et al. 2021), and bounded by {@link dev.langevin.solver.EvidenceBound} (Ho, Jain
 * &amp; Abbeel 2020); {@link dev.langevin.solver.Quantisation} makes bits per dimension of it.
 *
 * <p>{@link dev.langevin.solver.ReverseDiffusionMonteCarlo} needs no denoiser, only a density: it estimates the posterior means while it goes, by an {@link
 * dev.langevin.solver.InnerSampling}, and gives independent draws, each with an account of its inner samples ({@link
 * dev.langevin.solver.MonteCarloDraw}).
 *
 * <table>
 *   <caption>Inner sampling</caption>
 *   <tr><th>recipe</th><th>samples of the posterior of x₀</th><th>evaluations of a draw</th><th>source</th></tr>
 *   <tr><td>{@link dev.langevin.solver.ImportanceSampling}</td><td>weighted, fresh at every level</td><td>n N</td>
 *     <td>Huang, Dong, Hao, Ma &amp; Zhang 2024</td></tr>
 *   <tr><td>{@link dev.langevin.solver.InnerParticles}</td><td>MALA chains, reweighted and resampled from level to level</td>
 *     <td>n (1 + k (B + N - 1))</td><td>the same; Del Moral, Doucet &amp; Jasra 2006; Neal 2001</td></tr>
 * </table>
 *
 * <p>{@link dev.langevin.solver.MonteCarloDenoiser} is the denoiser of a density, with standard errors, by the same inner sampling: it stands here, beside that, and goes to any solver.
 *
 * <p>Convention: plain {@code rows × d} arrays in the solver's own process's variables, moved in place; a step to time 0 returns the posterior
 * mean. The solvers do not know which kind of denoiser they are on.
 *
 * <p>To add one: a record like {@link dev.langevin.solver.Euler} with its worker, its name in {@link dev.langevin.solver.Solver#menu()}, and a
 * line in the list of claims that the test of the linear case goes through, with its order and its equations written out once more.
 *
 * <p>May import {@code diffusion, mcmc, density, random and math} only; it knows no objective.
 */
@NullMarked
package dev.langevin.solver;

import org.jspecify.annotations.NullMarked;
