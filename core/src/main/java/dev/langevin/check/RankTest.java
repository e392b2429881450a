package dev.langevin.check;

import dev.langevin.math.Check;
import dev.langevin.mcmc.Kernel;
import dev.langevin.mcmc.State;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * The exact rank test of a reversible kernel (Gandy &amp; Scott 2020, arXiv 2001.06465, algorithm 2). A draw of the target is put at a place M
 * uniform among L, the kernel runs from it L - M steps onwards and M - 1 steps backwards (which for a reversible kernel is the same thing), and if
 * the kernel leaves the target invariant, the draw's rank among all L states is uniform, for any statistic of a state, exactly, after any
 * number of steps. The statistics are the coordinates and the log density; the p-value is that of a χ² test of the ranks, Bonferroni
 * over the statistics.
 *
 * <p>With exact draws of the target as starts it proves a kernel. With draws of another kernel on the same density it says that the two agree: it sees
 * a density that is not a function of the point, one whose value with gradient is not that without, and starts that have missed
 * a region which this kernel reaches. It does not see a wrong gradient (an adjusted kernel stays right with any), nor a density that is not the one
 * that was meant.
 *
 * @param length L, states in a row, at least 2
 * @param replicates independent repetitions, at least 5 L for the χ² law to hold
 */
public record RankTest(int length, int replicates) {
  /** Where each replicate begins. */
  public interface Starts {
    /** Writes the start of a replicate into {@code x}: draws of the target, independent of each other. */
    void draw(int replicate, double[] x);
  }

  public RankTest {
    Check.atLeast("length", length, 2);
    Check.atLeast("replicates", replicates, 5 * length);
  }

  /** The p-value. Costs replicates · (length - 1) steps. */
  public double pValue(Kernel kernel, Starts starts, Seed seed) {
    int d = kernel.dimension();
    int[][] counts = new int[d + 1][length];
    double[] x = new double[d];
    double[][] statistics = new double[length][d + 1];
    AddressedRandom random = seed.random();
    for (int r = 0; r < replicates; r++) {
      random.moveTo(seed.child(r));
      starts.draw(r, x);
      int onwards = random.nextInt(length); // L - M
      State state = kernel.start(x);
      note(state, statistics[0]);
      for (int n = 1; n < length; n++) {
        state = n == onwards + 1 ? kernel.start(x) : state; // backwards, from the start again
        kernel.step(state, random);
        note(state, statistics[n]);
      }
      for (int s = 0; s <= d; s++) {
        counts[s][rank(statistics, s, random)]++;
      }
    }
    double smallest = 1;
    for (int[] count : counts) {
      smallest = Math.min(smallest, uniform(count));
    }
    return Math.min(1, (d + 1) * smallest);
  }

  private static void note(State state, double[] statistics) {
    System.arraycopy(state.position(), 0, statistics, 0, statistics.length - 1);
    statistics[statistics.length - 1] = state.logDensity();
  }

  /** How many states are below the start, those equal to it counted at random: the start is anywhere among its equals. */
  private static int rank(double[][] statistics, int s, AddressedRandom random) {
    int below = 0;
    int equal = 0;
    for (int n = 1; n < statistics.length; n++) {
      below += statistics[n][s] < statistics[0][s] ? 1 : 0;
      equal += statistics[n][s] == statistics[0][s] ? 1 : 0;
    }
    return below + random.nextInt(equal + 1);
  }

  private double uniform(int[] count) {
    double expected = (double) replicates / length;
    double sum = 0;
    for (int observed : count) {
      sum += (observed - expected) * (observed - expected) / expected;
    }
    return ChiSquaredDistribution.of(length - 1).survivalProbability(sum);
  }
}
