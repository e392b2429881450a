package dev.langevin.anneal;

import java.util.List;

/**
 * What {@link SequentialMonteCarlo} leaves.
 *
 * @param points {@code [particle][coordinate]}, draws of the target with equal weights; dependent through common ancestors
 * @param logZ the logarithm of ∫p
 * @param logZError its standard error
 * @param lineages how many of the first particles have offspring among the last
 * @param stages the temperatures in order
 * @param divergences steps that broke down
 * @param evaluations evaluations of the target
 */
@SuppressWarnings("ArrayRecordComponent") // handed out once, never compared
public record SmcRun(
    double[][] points,
    double logZ,
    double logZError,
    int lineages,
    List<Stage> stages,
    long divergences,
    long evaluations) {
  public SmcRun {
    stages = List.copyOf(stages);
  }

  /**
   * One temperature.
   *
   * @param beta β
   * @param effective (Σ W²)⁻¹ after reweighing, before resampling
   * @param resampled whether the particles were resampled
   * @param acceptance mean acceptance of the moves
   * @param stepSizes of each of the moves; NaN for a sampler without
   * @param inverseMetric diagonal of M⁻¹, length d
   */
  public record Stage(
      double beta,
      double effective,
      boolean resampled,
      double acceptance,
      double[] stepSizes,
      double[] inverseMetric) {}
}
