/**
 * Warm-up: what tunes a kernel's step size and metric, and then stops.
 *
 * <p>A {@link dev.langevin.adapt.Warmup} holds a {@link dev.langevin.mcmc.TunableKernel} and is told of every step. It is put together of four
 * small workers, each usable on its own:
 *
 * <table>
 *   <caption>The parts</caption>
 *   <tr><th>part</th><th>what it does</th><th>reference</th></tr>
 *   <tr><td>{@link dev.langevin.adapt.StepSizeSearch}</td><td>a first step size, by doubling and halving</td>
 *       <td>Hoffman &amp; Gelman 2014, algorithm 4</td></tr>
 *   <tr><td>{@link dev.langevin.adapt.DualAveraging}</td><td>steers the acceptance to its target</td>
 *       <td>Hoffman &amp; Gelman 2014, section 3.2.1</td></tr>
 *   <tr><td>{@link dev.langevin.adapt.RunningVariance}</td><td>variances of the coordinates, regularised</td>
 *       <td>Welford 1962; Stan</td></tr>
 *   <tr><td>{@link dev.langevin.adapt.RunningCovariance}</td><td>their covariance, regularised</td>
 *       <td>Welford 1962; Stan</td></tr>
 *   <tr><td>{@link dev.langevin.adapt.Windows}</td><td>when variances are gathered and taken over</td>
 *       <td>Stan reference manual, "Adaptation"</td></tr>
 * </table>
 *
 * <p>Microcanonical kernels have warm-ups of their own, for few gradients: {@code MamsWarmup} and {@code MclmcWarmup}, made of {@code FisherMetric},
 * {@code TrajectoryLength}, {@code EnergyErrorSteps} (Robnik et al. 2023) and {@code BatchMeans}.
 *
 * <p>{@link dev.langevin.adapt.LearnedIndependence} is a sampler that consists of what it learns, and so lives here.
 *
 * <p>Convention: iterations are counted from 0; the schedule and the constants are Stan's, so that its users find what they know.
 *
 * <p>To add a part: a small worker with its test against hand-computed values; {@code Warmup} is where it is put to use.
 *
 * <p>May import {@code mcmc}, {@code density} and {@code math} only.
 */
@NullMarked
package dev.langevin.adapt;

import org.jspecify.annotations.NullMarked;
