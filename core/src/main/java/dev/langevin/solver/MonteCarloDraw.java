package dev.langevin.solver;

/**
 * One draw of {@link ReverseDiffusionMonteCarlo}, with an account of how its inner expectations went. The arrays are the record's own: not to be written to.
 *
 * @param point length d; NaN if the draw was lost
 * @param effectiveSamples for each step the effective number of inner samples, {@link InnerSampling.Worker#effectiveSamples}; 0 from where the draw was
 *     lost
 * @param meanErrors for each step the standard error of the posterior mean, {@link InnerSampling.Worker#meanError}
 * @param acceptances for each step the mean acceptance of the inner Markov steps; NaN without them
 * @param evaluations evaluations of the density in all
 * @param divergences how many of them were NaN or positive infinity, or ended an inner step as a divergence
 */
public record MonteCarloDraw(
    double[] point,
    double[] effectiveSamples,
    double[] meanErrors,
    double[] acceptances,
    long evaluations,
    long divergences) {

  /** Whether at some step no inner sample had a positive finite density, so that there is no draw. */
  public boolean lost() {
    return Double.isNaN(point[0]);
  }

  /** The effective number of inner samples at the worst step: under ten or so, the draw hangs on luck. */
  public double worstEffectiveSamples() {
    double worst = Double.POSITIVE_INFINITY;
    for (double value : effectiveSamples) {
      worst = Math.min(worst, value);
    }
    return worst;
  }

  /** The mean over the steps of the effective number of inner samples. */
  public double meanEffectiveSamples() {
    double sum = 0;
    for (double value : effectiveSamples) {
      sum += value;
    }
    return sum / effectiveSamples.length;
  }
}
