package dev.langevin.diagnostics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads the figures of a run as an experienced person would, and says in plain language what is wrong and what to do. The thresholds
 * are those of Vehtari et al. (2021) and of Stan.
 *
 * <p>One finding for each kind of trouble, naming the worst quantities, not one for each quantity. Worst first; within a severity
 * in the order of {@link #judge}'s checks. The same input gives the same findings.
 */
public final class Findings {
  private Findings() {}

  /**
   * Judges a run from its summaries and the sampler's statistics alone; as the longer form without values.
   *
   * @param summaries one per quantity
   * @param chains number of chains
   * @param draws draws of each chain after warm-up
   * @param divergent {@code [chain][draw]}, not zero where a trajectory diverged; no chains if the sampler does not say
   * @param energy {@code [chain][draw]}, the Hamiltonian; no chains if the sampler has none
   */
  public static List<Finding> judge(
      List<QuantitySummary> summaries,
      int chains,
      int draws,
      double[][] divergent,
      double[][] energy) {
    return judge(summaries, chains, draws, divergent, energy, new double[0][][]);
  }

  /**
   * Judges a run: values that are not finite, too few chains or draws, chains that are stuck, divergences, R-hat, effective sample
   * size, E-BFMI. Never empty: when there is nothing to warn of, the last finding is {@link Severity#GOOD} and says so.
   *
   * @param summaries one per quantity
   * @param chains number of chains
   * @param draws draws of each chain after warm-up
   * @param divergent {@code [chain][draw]}, not zero where a trajectory diverged; no chains if the sampler does not say
   * @param energy {@code [chain][draw]}, the Hamiltonian; no chains if the sampler has none
   * @param values {@code [chain][quantity][draw]}, to see chains that stand still; no chains to leave that out
   */
  public static List<Finding> judge(
      List<QuantitySummary> summaries,
      int chains,
      int draws,
      double[][] divergent,
      double[][] energy,
      double[][][] values) {
    List<Finding> findings = new ArrayList<>();
    findings.sort(Comparator.comparing(Finding::severity).reversed());
    return List.copyOf(findings);
  }
}
