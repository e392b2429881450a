package dev.langevin.anneal;

import dev.langevin.density.Density;
import dev.langevin.math.Check;
import dev.langevin.mcmc.Mala;
import dev.langevin.mcmc.Sampler;
import dev.langevin.mcmc.Statistic;
import java.util.List;

/**
 * Non-reversible parallel tempering (Geyer 1991; Okabe et al. 2001; Syed, Bouchard-Côté, Deligiannidis &amp; Doucet 2022): replicas on a ladder
 * 0 = β_0 &lt; … &lt; β_n = 1 of densities p_β ∝ q^(1-β) p^β between a {@link Reference} q and the target p. In one step the replica at β = 0 is drawn afresh
 * from q, each other one makes a step of its own explorer, and then neighbours exchange their places with probability
 *
 * <pre>
 *   min(1, exp((β_{k+1} - β_k) (l_k - l_{k+1}))),     l = log p - log q,
 * </pre>
 *
 * at even k in one step and at odd k in the next: replicas then travel straight on, and the number of round trips per step tends to 1/(2 + 2Λ) however many rungs
 * there are, where Λ = Σ rejection rates is the communication barrier. The chain is the cold replica. It crosses between modes that
 * are as far apart as you like, as long as q covers them all and the explorers know their way within one.
 *
 * <p>Warm-up: the step size of every rung learns all the time; the ladder is renewed in rounds of doubling length so that all rejection rates are equal, and with
 * it the number of rungs, ⌈2Λ⌉ + 1, unless it is given; and the reference, if it is to learn. The explorers' metric is 1/E[(∂_i log p_β)²] of the last round, rung by rung, which is the scale within a mode
 * however far the modes are apart; for explorers without gradients, and without a warm-up, the variances of the reference.
 *
 * <p>{@link dev.langevin.mcmc.Kernel#figures} tells of the steps after warm-up: {@code log_z}, the logarithm of ∫p by stepping stones (Xie et al. 2011; half the
 * estimate upwards and half that downwards, whose biases cancel to first order) with {@code log_z_error}, its standard error from batch means; {@code barrier}, {@code rungs},
 * {@code rejection_min} and {@code rejection_max}; and {@code round_trips} from hot to cold and back. A run with few of them has not shown that it found every mode.
 *
 * <p>A step costs one step of the explorer per rung above 0, one evaluation for the draw of q, and O(n d).
 *
 * @param explorer moves the replicas; must leave its density invariant and carry nothing from step to step
 * @param reference q
 * @param rungs their number, at least 2; 0 lets the warm-up choose, from {@value #FIRST} at first up to {@value #MOST}
 */
public record ParallelTempering(Sampler explorer, Reference reference, int rungs)
    implements Sampler.Composite {
  static final int FIRST = 12;
  static final int MOST = 64;

  public ParallelTempering {
    if (rungs != 0) {
      Check.atLeast("rungs", rungs, 2);
    }
  }

  /**
   * MALA, q = N(0, s²I), as many rungs as it takes. (Two modes of weights 0.25 and 0.75, 8 standard deviations apart, s = 5: evaluations per effective draw of the weight
   * 222 with MALA and 249 with two leapfrog steps for d = 10, 905 and 1005 for d = 50; more steps cost more than they bring, random walks more than ten times
   * as much. Where one mode is hard by itself, longer trajectories win.)
   */
  public static ParallelTempering ofScale(double scale) {
    return new ParallelTempering(Mala.defaults(), Reference.fixed(scale), 0);
  }

  /** A reference that begins with s = 5 and learns. */
  public static ParallelTempering defaults() {
    return new ParallelTempering(Mala.defaults(), Reference.learned(5), 0);
  }

  @Override
  public String name() {
    return "pt";
  }

  @Override
  public double targetAcceptance() {
    return explorer.targetAcceptance();
  }

  @Override
  public List<Statistic> statistics() {
    return List.of(
        Statistic.LOG_DENSITY, Statistic.ACCEPTANCE, Statistic.LEAPFROGS, Statistic.DIVERGENT);
  }

  @Override
  public TemperingKernel on(Density density) {
    return new TemperingKernel(this, density);
  }

  /** Most rungs that there can be. */
  int most() {
    return rungs == 0 ? MOST : rungs;
  }
}
