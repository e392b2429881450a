/**
 * What can be promised of a run before it is made, and the exact laws that the promises are held against.
 *
 * <table>
 *   <caption>Bounds</caption>
 *   <tr><th>bound</th><th>of</th><th>from</th><th>source</th></tr>
 *   <tr><td>{@link dev.langevin.theory.InitialisationError}</td><td>KL and total variation at the start of a reverse process</td>
 *     <td>the second moment</td><td>convexity; Chen et al. 2023, theorem 1</td></tr>
 *   <tr><td>{@link dev.langevin.theory.LangevinBound}, first</td><td>W2 of the unadjusted Langevin algorithm</td>
 *     <td>m, M; better with M₂</td><td>Dalalyan &amp; Karagulyan 2019, theorem 1; own constants, proved in the class</td></tr>
 *   <tr><td>{@link dev.langevin.theory.LangevinBound}, second</td><td>KL, total variation and W2 of the same</td>
 *     <td>α (or m), M</td><td>Vempala &amp; Wibisono 2019, theorem 1; its proof's constants</td></tr>
 *   <tr><td>{@link dev.langevin.theory.DecreasingSteps}</td><td>W2 of the same with steps that need no accuracy</td>
 *     <td>m, M</td><td>Dalalyan &amp; Karagulyan 2019, theorem 2; own schedule</td></tr>
 *   <tr><td>{@link dev.langevin.theory.RenyiBound}</td><td>Rényi's divergence of the same</td>
 *     <td>Poincaré constant of its own stationary law</td><td>Vempala &amp; Wibisono 2019, theorem 6</td></tr>
 *   <tr><td>{@link dev.langevin.theory.Contraction}</td><td>the diffusion in continuous time</td><td>α or m</td>
 *     <td>Bakry &amp; Émery 1985; Vempala &amp; Wibisono 2019</td></tr>
 *   <tr><td>{@link dev.langevin.theory.FiniteAnnealing}</td><td>mass away from the minimum on a finite set</td><td>number of states</td>
 *     <td>counting</td></tr>
 *   <tr><td>{@link dev.langevin.theory.Inequalities}</td><td>one distance by another</td><td>α</td>
 *     <td>Pinsker, Bretagnolle &amp; Huber, Talagrand, Holley &amp; Stroock</td></tr>
 *   <tr><td>{@link dev.langevin.theory.ErrorBudget}</td><td>KL, total variation of a stochastic reverse process: start, steps, denoiser</td>
 *     <td>{@link dev.langevin.theory.MmseCurve}, {@link dev.langevin.theory.ScoreError}</td><td>Girsanov; own derivations in {@link dev.langevin.theory.PathScheme}</td></tr>
 *   <tr><td>{@link dev.langevin.theory.FlowBudget}</td><td>a deterministic solver: start in KL, steps in W2 (an estimate)</td>
 *     <td>two runs</td><td>step doubling; Richardson 1911</td></tr>
 *   <tr><td>{@link dev.langevin.theory.BudgetPlan}</td><td>first level, levels, allowed denoiser error for a total variation</td>
 *     <td>the same curve</td><td>the budget backwards</td></tr>
 * </table>
 *
 * <p>A {@link dev.langevin.theory.Guarantee} is a bound with the step size and the number of steps that bring it down to an accuracy; {@link
 * dev.langevin.theory.Explanation} puts it in words, or says why there is none. {@link dev.langevin.theory.Curvature} holds the constants ({@link dev.langevin.theory.Constant}), {@link dev.langevin.theory.Start} where chains begin, each with
 * its {@link dev.langevin.theory.Origin}; {@link dev.langevin.theory.CurvatureEstimate} looks for them at points.
 *
 * <p>A budget's {@link dev.langevin.theory.Term}s are {@link dev.langevin.theory.Bracket}s of a {@link dev.langevin.theory.Divergence}, each exact, a bound or an estimate. The curve of least denoising errors comes from a formula, an
 * integral, {@link dev.langevin.theory.SampledMmse} or, of a network, from {@link dev.langevin.theory.HeldOutLoss}.
 *
 * <p>Exact laws: {@link dev.langevin.theory.GaussianLangevinLaw} (diffusion and unadjusted algorithm on normal targets), {@link
 * dev.langevin.theory.NormalLaw} (distances in closed form), {@link dev.langevin.theory.UnadjustedVariance}, and any diffusion on the line ({@link dev.langevin.theory.FokkerPlanck}).
 *
 * <p>Convention: relative entropy in nats, total variation in [0, 1], W2 in the units of the target, h in dX = ∇log p dt + √2 dB; every bound is
 * tested to dominate the exact value where that is known. Names for m, M, α, M₂ in code: convexity, smoothness, logSobolev, hessianChange.
 *
 * <p>To add one: a record that holds the bound and names its assumptions, and a test on normal laws. A constant that a paper states without proof
 * enters only with a derivation beside it.
 *
 * <p>May import anything of core; nothing of core may import it.
 */
@NullMarked
package dev.langevin.theory;

import org.jspecify.annotations.NullMarked;
