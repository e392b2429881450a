package dev.langevin.solver;

import dev.langevin.density.Density;
import dev.langevin.math.Check;

/**
 * Inner sampling by n Markov chains that are carried from level to level: a sequential Monte Carlo sampler (Del Moral, Doucet &amp; Jasra 2006) along the
 * posteriors of one draw. From level to level the particles are
 *
 * <ol>
 *   <li>reweighted by N(y'; x₀, σ'²I)/N(y; x₀, σ²I), which keeps the shares of modes right between which no chain crosses, and costs no evaluation;
 *   <li>resampled (systematically) if their effective number is below n/2;
 *   <li>moved by k steps of {@link dev.langevin.mcmc.Mala} on the new posterior, of step size c g σ² (see {@link InnerSampling}), where c is multiplied
 *       after every level by exp(2(acceptance - 0.574)).
 * </ol>
 *
 * <p>The first level, where the posterior is nearly the target itself, is the hard one. Huang et al. (2024) begin it by importance sampling; that is B = 1
 * bridge. With more, the particles reach it over the laws p^β N(0, s²I)^{1-β} N(y; x₀, σ²I), β = (b/B)², b = 1 … B, by the same three moves: annealed importance
 * sampling (Neal 2001) with resampling. So the method is as good as these bridges are at finding the target's modes.
 *
 * <p>Evaluations, with gradient: n to begin, and n k for every bridge and every later level.
 *
 * @param particles n, at least 2
 * @param moves k, at least 1
 * @param bridges B, at least 1
 * @param stepSize c at the beginning, positive
 */
public record InnerParticles(int particles, int moves, int bridges, double stepSize)
    implements InnerSampling {
  public InnerParticles {
    Check.atLeast("particles", particles, 2);
    Check.atLeast("moves", moves, 1);
    Check.atLeast("bridges", bridges, 1);
    Check.positive("stepSize", stepSize);
  }

  /** 100 particles, 2 moves, 16 bridges. */
  public static InnerParticles defaults() {
    return new InnerParticles(100, 2, 16, 0.5);
  }

  @Override
  public long evaluations(int levels) {
    return particles * (1 + (long) moves * (bridges + levels - 1));
  }

  @Override
  public Worker on(Density density, double scale) {
    return new ParticleWorker(this, density, new Preposterior(scale));
  }
}
