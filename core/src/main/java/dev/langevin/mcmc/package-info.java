/**
 * Markov kernels: one step that leaves a density invariant, or nearly.
 *
 * <p>A {@link dev.langevin.mcmc.Sampler} is a recipe: an immutable record with its parameters. Placed {@code on} a density it
 * gives a {@link dev.langevin.mcmc.Kernel}, a worker of one thread that owns its scratch arrays. {@code start} makes a
 * {@link dev.langevin.mcmc.State} of a point; {@code step} moves the state in place and tells in an
 * {@link dev.langevin.mcmc.Outcome} what happened: moved or stayed, with which acceptance, or diverged and why. The shipped
 * kernels have a step size and a {@link dev.langevin.mcmc.Metric}, which a warm-up may turn
 * ({@link dev.langevin.mcmc.TunableKernel}).
 *
 * <table>
 *   <caption>The menu</caption>
 *   <tr><th>recipe</th><th>one step</th><th>reference</th></tr>
 *   <tr><td>{@link dev.langevin.mcmc.RandomWalkMetropolis}</td><td>y = x + s xi, Metropolis test</td>
 *       <td>Metropolis et al. 1953</td></tr>
 *   <tr><td>{@link dev.langevin.mcmc.MetropolisHastings}</td><td>y from a {@link dev.langevin.mcmc.Proposal} of the user's,
 *       Metropolis–Hastings test; discrete states too</td><td>Hastings 1970</td></tr>
 *   <tr><td>{@link dev.langevin.mcmc.IndependenceMetropolis}</td><td>y from a law that does not look at x; learned in warm-up:
 *       {@code adapt.LearnedIndependence}</td><td>Hastings 1970; Tierney 1994</td></tr>
 *   <tr><td>{@link dev.langevin.mcmc.Slice}</td><td>a point on a random line above a random level</td><td>Neal 2003</td></tr>
 *   <tr><td>{@link dev.langevin.mcmc.Gibbs}, {@link dev.langevin.mcmc.CoordinateGibbs}</td><td>a sweep over blocks: a
 *       {@link dev.langevin.mcmc.Conditional}, or a sampler within</td><td>Geman &amp; Geman 1984; Tierney 1994</td></tr>
 *   <tr><td>{@link dev.langevin.mcmc.Glauber}</td><td>a sweep of heat baths over spins</td><td>Glauber 1963</td></tr>
 *   <tr><td>{@link dev.langevin.mcmc.Ula}</td><td>x + h g + sqrt(2h) xi, no test: biased</td><td>Parisi 1981</td></tr>
 *   <tr><td>{@link dev.langevin.mcmc.Mala}</td><td>the same, Metropolis–Hastings test</td>
 *       <td>Roberts &amp; Tweedie 1996</td></tr>
 *   <tr><td>{@link dev.langevin.mcmc.Barker}</td><td>the gradient chooses the side of each coordinate's move, Metropolis–Hastings test</td>
 *       <td>Livingstone &amp; Zanella 2022</td></tr>
 *   <tr><td>{@link dev.langevin.mcmc.Underdamped}</td><td>kicks, drifts and friction on a lasting momentum; biased without test, exact with</td>
 *       <td>Leimkuhler &amp; Matthews 2013; Horowitz 1991</td></tr>
 *   <tr><td>{@link dev.langevin.mcmc.Hmc}</td><td>a leapfrog trajectory, Metropolis test on the energy</td>
 *       <td>Duane et al. 1987; Neal 2011</td></tr>
 *   <tr><td>{@link dev.langevin.mcmc.Nuts}</td><td>a leapfrog trajectory doubled until it turns back, a point of it drawn</td>
 *       <td>Hoffman &amp; Gelman 2014; Betancourt 2017</td></tr>
 *   <tr><td>{@link dev.langevin.mcmc.Mams}</td><td>a trajectory at constant speed, Metropolis test on energy and volume</td>
 *       <td>Robnik, Cohn-Gordon &amp; Seljak 2025</td></tr>
 *   <tr><td>{@link dev.langevin.mcmc.Mclmc}</td><td>constant speed, a direction that forgets slowly, no test: biased</td>
 *       <td>Robnik, De Luca, Silverstein &amp; Seljak 2023</td></tr>
 * </table>
 *
 * <p>Beside the menu, on a {@link dev.langevin.density.DataScore}: {@link dev.langevin.mcmc.StochasticGradientLangevin}, an {@code Ula} step with the
 * gradient estimated from a few of the data (Welling &amp; Teh 2011; Baker et al. 2019), biased.
 *
 * <p>Conventions. Langevin steps discretise dX = M⁻¹∇log p dt + sqrt(2 M⁻¹) dB with step h; leapfrog steps have eps, and one of them
 * with eps = sqrt(2h) is the Langevin step. The metric scales every kernel: coordinates move in units of sqrt(M⁻¹). Momenta are kept in
 * the metric's own units, w = M<sup>-1/2</sup> p, so w ~ N(0, I) whatever the metric; one that lasts is in the state's memory. Negative infinity is a rejection, NaN and
 * positive infinity are divergences. A step allocates nothing, and draws all of its random numbers before it looks at any of them, on every
 * path, where the algorithm lets it (slice sampling and NUTS do not).
 *
 * <p>To add a sampler: a record here that implements {@code Sampler}, its worker, its name in {@code permits}, and one line in the
 * list of the law tests (KernelLawsTest in the tests of this package).
 *
 * <p>May import {@code density}, {@code random} and {@code math} only: a kernel knows no adaptation, chain or diagnostic.
 */
@NullMarked
package dev.langevin.mcmc;

import org.jspecify.annotations.NullMarked;
