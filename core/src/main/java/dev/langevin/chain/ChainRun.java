package dev.langevin.chain;

import java.util.List;

/**
 * What a run of chains leaves.
 *
 * @param draws the draws; fewer than were requested if the run was interrupted, but as many of each chain
 * @param adapted for each chain what its warm-up found
 * @param interrupted whether the run was stopped before all draws were made
 * @param requestedDraws draws that were asked of each chain
 */
public record ChainRun(
    Draws draws, List<Adapted> adapted, boolean interrupted, int requestedDraws) {
  public ChainRun {
    adapted = List.copyOf(adapted);
  }
}
