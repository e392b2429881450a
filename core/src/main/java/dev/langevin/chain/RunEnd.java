package dev.langevin.chain;

import java.util.List;
import java.util.Map;

/**
 * How a run of chains ended, beside the draws.
 *
 * @param adapted for each chain what its warm-up found
 * @param figures for each chain what its kernel found out beside the draws, see {@link dev.langevin.mcmc.Kernel#figures}
 * @param draws draws that every chain has; fewer than were requested if the run was interrupted
 * @param evaluations evaluations of the density by all chains after warm-up
 * @param interrupted whether the run was stopped before all draws were made
 */
public record RunEnd(
    List<Adapted> adapted,
    List<Map<String, Double>> figures,
    int draws,
    long evaluations,
    boolean interrupted) {
  public RunEnd {
    adapted = List.copyOf(adapted);
    figures = List.copyOf(figures);
  }
}
