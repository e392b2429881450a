package dev.langevin.chain;

import java.util.Arrays;

/**
 * All that a chain needs to go on behind its warm-up as if it had never stopped: random numbers have addresses, so a position and what the kernel
 * carries and has learned are enough. A chain that is stopped within its warm-up begins again.
 *
 * @param done iterations so far, warm-up included
 * @param draws draws kept so far
 * @param start where the chain began, length d
 * @param position where it is, length d
 * @param memory {@link dev.langevin.mcmc.State#memory} there
 * @param tuned {@link dev.langevin.mcmc.Kernel#tuned}
 * @param warmupEvaluations evaluations of the density during warm-up
 * @param evaluations evaluations since
 * @param warmupDivergences divergent steps during warm-up
 */
@SuppressWarnings(
    "ArrayRecordComponent") // handed from the chain to the store and back, copied by the chain
public record Checkpoint(
    int done,
    int draws,
    double[] start,
    double[] position,
    double[] memory,
    double[] tuned,
    long warmupEvaluations,
    long evaluations,
    int warmupDivergences) {
  @Override
  public boolean equals(Object other) {
    return other instanceof Checkpoint that
        && done == that.done
        && draws == that.draws
        && Arrays.equals(start, that.start)
        && Arrays.equals(position, that.position)
        && Arrays.equals(memory, that.memory)
        && Arrays.equals(tuned, that.tuned)
        && warmupEvaluations == that.warmupEvaluations
        && evaluations == that.evaluations
        && warmupDivergences == that.warmupDivergences;
  }

  @Override
  public int hashCode() {
    return 31 * done + Arrays.hashCode(position);
  }

  @Override
  public String toString() {
    return "iteration " + done + ", " + draws + " draws";
  }
}
