package dev.langevin.anneal;

import dev.langevin.density.Density;
import dev.langevin.math.Check;
import dev.langevin.mcmc.Mala;
import dev.langevin.mcmc.Sampler;
import dev.langevin.random.Seed;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Tempered sequential Monte Carlo (Del Moral, Doucet &amp; Jasra 2006), with adaptive temperatures (Zhou, Johansen &amp; Aston 2016): N particles drawn from q = N(0, s²I) are
 * carried along p_β ∝ q^(1-β) p^β from β = 0 to 1. At each temperature
 *
 * <pre>
 *   reweigh    w_i = exp((β' - β) l(x_i)),   l = log p - log q,     β' the largest with   (Σ W w)² / Σ W w² ≥ ρ
 *   estimate   log Z ← log Z + log Σ W w
 *   resample   systematically, if the effective sample size (Σ W²)⁻¹ is below τ N
 *   move       m steps of a sampler that leaves p_β' invariant
 * </pre>
 *
 * and at the end all particles have equal weights. With τ = 0 (no resampling before the end) it is annealed importance sampling (Neal 2001).
 *
 * <p>The step size follows the cloud's mean acceptance from step to step, the metric is 1/E[(∂_i log p_β)²] over the cloud, which is the scale within a mode
 * however far the modes are apart; for a sampler without gradients, the variances.
 *
 * <p>{@code exp(log Z)} of a {@link #rerun} is unbiased: temperatures and step sizes were then fixed beforehand. In a first {@link #run} they depend on the particles, which
 * costs a bias of order 1/N. The standard error is that of Lee &amp; Whiteley 2018 (equation 9 with the lineages' weights), from this one run: which of the first particles have
 * how much offspring. It needs several surviving lineages; where {@link SmcRun#lineages} is small, use the scatter of independent runs.
 *
 * <p>Particle i at step j of temperature t draws from the address {@code seed.child("move").child(t).child(j).child(i)}: the result is the same to the last bit on any number of
 * threads. O(N m) evaluations and O(N d) memory per temperature, of which there are about as many as the path is long in units of sqrt(1/ρ - 1).
 *
 * @param particles N, at least 2
 * @param move moves the particles; must leave its density invariant and carry nothing from step to step
 * @param moves m, at least 1
 * @param scale s; wide enough to reach every mode; positive
 * @param conditional ρ, strictly between 0 and 1; nearer 1 is more temperatures
 * @param resampleBelow τ, 0 to 1; 1 resamples at every temperature
 */
public record SequentialMonteCarlo(
    int particles,
    Sampler move,
    int moves,
    double scale,
    double conditional,
    double resampleBelow) {
  public SequentialMonteCarlo {
    Check.atLeast("particles", particles, 2);
    Check.atLeast("moves", moves, 1);
    Check.positive("scale", scale);
    Check.inside("conditional", conditional, 0, 1);
    if (!(resampleBelow >= 0 && resampleBelow <= 1)) {
      throw new IllegalArgumentException(
          "resampleBelow must be between 0 and 1, got " + resampleBelow);
    }
  }

  /** MALA, five steps at each temperature, ρ = 0.9, τ = 1/2, s = 5. */
  public static SequentialMonteCarlo of(int particles) {
    return new SequentialMonteCarlo(particles, Mala.defaults(), 5, 5, 0.9, 0.5);
  }

  /** Short name for flags and files. */
  public String name() {
    return "smc";
  }

  /**
   * Carries the particles to the target.
   *
   * @param density the target; forked for each of up to {@value Cloud#BLOCKS} blocks of particles
   * @param seed the root of all random numbers
   * @param executor where the blocks run; {@code Runnable::run} for this thread
   * @throws IllegalArgumentException if the target is zero at every particle's start
   * @throws IllegalStateException if this thread is interrupted
   */
  public SmcRun run(Density density, Seed seed, Executor executor) {
    return new Annealing(this, density, seed, executor).run(List.of());
  }

  /** The same with the temperatures, step sizes and metrics of an earlier run of this recipe, from another seed: an unbiased estimate of Z. */
  public SmcRun rerun(List<SmcRun.Stage> plan, Density density, Seed seed, Executor executor) {
    Check.atLeast("plan.size()", plan.size(), 1);
    return new Annealing(this, density, seed, executor).run(plan);
  }
}
