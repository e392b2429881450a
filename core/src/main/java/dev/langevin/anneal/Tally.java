package dev.langevin.anneal;

import dev.langevin.density.LogScale;
import java.util.Arrays;

/**
 * The numbers that parallel tempering carries in the chain's memory, and where in it they stand: counts, sums of rejections, batches of the stepping stones, which
 * replica stands on which rung and where it has been, and for each rung below the cold one the replica's point, ∇ log p and log p there.
 *
 * <p>Batches: at most {@value #BATCHES} of equal length; when all are full, neighbours are merged and the length doubles. So the memory stays as it is, and there
 * are always 16 to 32 to judge the error by (batch means; the sum over rungs within a batch carries their correlation).
 */
final class Tally {
  private static final int BATCHES = 32;
  private static final int STEPS = 0;
  private static final int TRIPS = 1;
  private static final int ARRIVALS = 2;
  private static final int BATCH_LENGTH = 3;
  private static final int HEAD = 4;

  private static final double FROM_HOT = 1; // 0 is: at neither end so far
  private static final double FROM_COLD = 2; // having come from the hot end before

  private final int most;
  private final int dimension;
  private final int batches;
  private final int labels;
  private final int slots;

  Tally(int most, int dimension) {
    this.most = most;
    this.dimension = dimension;
    this.batches = HEAD + most;
    this.labels = batches + 2 * BATCHES * most;
    this.slots = labels + 2 * most;
  }

  int length() {
    return slots + (most - 1) * slotLength();
  }

  int slotLength() {
    return 2 * dimension + 1;
  }

  /** Where the point of this rung stands; its gradient follows, then log p. */
  int slot(int rung) {
    return slots + rung * slotLength();
  }

  /** Forgets all but the replicas. */
  void restart(double[] memory) {
    Arrays.fill(memory, 0, slots, 0);
    memory[BATCH_LENGTH] = 1;
    Arrays.fill(memory, batches, labels, Double.NEGATIVE_INFINITY);
    for (int k = 0; k < most; k++) {
      memory[labels + k] = k;
    }
  }

  long steps(double[] memory) {
    return (long) memory[STEPS];
  }

  double trips(double[] memory) {
    return memory[TRIPS];
  }

  /** How often a replica has come down from the hot end to the cold one. */
  double arrivals(double[] memory) {
    return memory[ARRIVALS];
  }

  /** Sees one step's l = log p - log q on each of the rungs. */
  void add(double[] memory, double[] beta, double[] l) {
    int batch = openBatch(memory);
    for (int k = 0; k < beta.length - 1; k++) {
      double step = beta[k + 1] - beta[k];
      memory[HEAD + k] += 1 - StrictMath.exp(Math.min(0, step * (l[k] - l[k + 1])));
      addLog(memory, stone(batch, k, 0), step * l[k]);
      addLog(memory, stone(batch, k, 1), -step * l[k + 1]);
    }
    memory[STEPS]++;
  }

  private int stone(int batch, int k, int direction) {
    return batches + 2 * (batch * most + k) + direction;
  }

  private static void addLog(double[] memory, int at, double log) {
    memory[at] = LogScale.sum(memory[at], log);
  }

  /** The batch that the next step belongs to. */
  private int openBatch(double[] memory) {
    int batch = (int) (memory[STEPS] / memory[BATCH_LENGTH]);
    if (batch < BATCHES) {
      return batch;
    }
    for (int b = 0; b < BATCHES / 2; b++) {
      for (int i = stone(b, 0, 0); i < stone(b + 1, 0, 0); i++) {
        int from = i + stone(b, 0, 0) - batches;
        memory[i] = LogScale.sum(memory[from], memory[from + 2 * most]);
      }
    }
    Arrays.fill(memory, stone(BATCHES / 2, 0, 0), labels, Double.NEGATIVE_INFINITY);
    memory[BATCH_LENGTH] *= 2;
    return BATCHES / 2;
  }

  /** Replicas of these neighbouring rungs have changed places. */
  void swapped(double[] memory, int rung) {
    double label = memory[labels + rung];
    memory[labels + rung] = memory[labels + rung + 1];
    memory[labels + rung + 1] = label;
  }

  /** Notes who is at the ends after the swaps. */
  void visit(double[] memory, int rungs) {
    int hot = labels + most + (int) memory[labels];
    if (memory[hot] == FROM_COLD) {
      memory[TRIPS]++;
    }
    memory[hot] = FROM_HOT;
    int cold = labels + most + (int) memory[labels + rungs - 1];
    if (memory[cold] == FROM_HOT) {
      memory[ARRIVALS]++;
      memory[cold] = FROM_COLD;
    }
  }

  /** Mean rejection probability between neighbours. */
  double[] rejections(double[] memory, int rungs) {
    double[] rejections = new double[rungs - 1];
    for (int k = 0; k < rejections.length; k++) {
      rejections[k] = memory[HEAD + k] / memory[STEPS];
    }
    return rejections;
  }

  /**
   * log ∫p by stepping stones, and its standard error; the error is NaN before there are two batches. The first stone is only trodden upwards: its draws of q are independent,
   * and downwards it would miss what q has outside the support of p.
   */
  double[] logZ(double[] memory, int rungs) {
    double length = memory[BATCH_LENGTH];
    int full = (int) (memory[STEPS] / length);
    double[] deviation = new double[full];
    double sum = 0;
    for (int k = 0; k < rungs - 1; k++) {
      for (int direction = 0; direction < (k == 0 ? 1 : 2); direction++) {
        double total = Double.NEGATIVE_INFINITY;
        for (int b = 0; b < BATCHES; b++) {
          total = LogScale.sum(total, memory[stone(b, k, direction)]);
        }
        double log = total - StrictMath.log(memory[STEPS]);
        double sign = k == 0 ? 1 : direction == 0 ? 0.5 : -0.5;
        sum += sign * log;
        for (int b = 0; b < full; b++) {
          double own = memory[stone(b, k, direction)] - StrictMath.log(length);
          deviation[b] += sign * StrictMath.exp(own - log);
        }
      }
    }
    return new double[] {sum, error(deviation)};
  }

  private static double error(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    int n = values.length;
    return n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1) / n);
  }
}
