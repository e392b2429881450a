package dev.langevin.chain;

import java.util.List;

/**
 * What a run of chains leaves, all in memory.
 *
 * @param draws the draws; fewer than were requested if the run was interrupted, but as many of each chain
 * @param points {@code [chain][point][coordinate]}, unconstrained positions of some of the draws, evenly spaced ({@link
 *     ChainSettings#pointEvery}); shared, not to be written to
 * @param end how it ended
 */
@SuppressWarnings("ArrayRecordComponent") // handed out once, never compared
public record ChainRun(Draws draws, double[][][] points, RunEnd end) {
  /** {@link RunEnd#adapted}. */
  public List<Adapted> adapted() {
    return end.adapted();
  }

  /** {@link RunEnd#interrupted}. */
  public boolean interrupted() {
    return end.interrupted();
  }
}
