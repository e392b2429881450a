package dev.langevin.distance;

import dev.langevin.math.Check;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.Locale;

/**
 * The classifier two-sample test (Lopez-Paz &amp; Oquab 2017): a small network learns to tell the samples apart, and the value is how often it
 * is right about rows that it has not seen. 0.5: it cannot tell. 1: it always can. Clearly below 0.5: rows of one sample are
 * near-copies of rows of the other, and being taught the one misleads about its twin.
 *
 * <p>Cross-fitted: the rows are dealt into folds, and each fold is judged by a network trained on the others, so that all rows count
 * and none is judged by a network that knows it. Equal rows share a fold. Columns are brought to mean 0 and variance 1; classes
 * of unequal size weigh the same, in training and in the value (the mean of the two rates of being right).
 *
 * <p>The standard error is the binomial one times {@value #INFLATION}: folds share training rows, so their errors are correlated. Measured
 * over 300 repeats under equal laws, the scatter is 1.21 … 1.32 times the binomial one (n from 50 to 500, d from 2 to 64).
 *
 * <p>Takes O(folds · epochs · rows · d · hidden): about 0.3 s for 500 + 500 rows of 64 columns on one core with the defaults.
 *
 * @param hidden width of the hidden layer, at least 1
 * @param epochs passes through the training rows, at least 1
 * @param folds parts for cross-fitting, at least 2
 */
public record ClassifierTwoSample(int hidden, int epochs, int folds) implements Distance {
  private static final double INFLATION = 1.3;
  private static final int BATCH = 32;
  private static final double STEP_SIZE = 0.02;
  private static final double DECAY = 1;

  public ClassifierTwoSample {
    Check.atLeast("hidden", hidden, 1);
    Check.atLeast("epochs", epochs, 1);
    Check.atLeast("folds", folds, 2);
  }

  /** 32 hidden units, 20 epochs, 5 folds. */
  public static ClassifierTwoSample defaults() {
    return new ClassifierTwoSample(32, 20, 5);
  }

  @Override
  public String name() {
    return "classifier two-sample accuracy";
  }

  @Override
  public String display(double value) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * value);
  }

  @Override
  public String meaning(double value) {
    return "a classifier guesses right " + display(value) + " of the time (50 % is chance)";
  }

  @Override
  public Estimate between(double[] x, int nx, double[] y, int ny, int d, Seed seed) {
    Judged judged = judge(x, nx, y, ny, d, 0, seed);
    double[] right = new double[2];
    for (int fold = 0; fold < folds; fold++) {
      count(judged.logits()[fold], judged.folds().rows(fold, true), nx, right);
    }
    return estimate(right[0] / nx, nx, right[1] / ny, ny);
  }

  /**
   * What each fold's network, trained on the others, says of all rows: x of class 0, followed by y of class 1.
   *
   * @param folds which rows are in which fold
   * @param logits {@code [fold][row]}
   */
  @SuppressWarnings("ArrayRecordComponent") // lives for one computation
  record Judged(Folds folds, double[][] logits) {
    /** The fold that the network of {@code fold} did not see either, where one more is spared. */
    int spared(int fold) {
      return (fold + 1) % folds.count();
    }
  }

  /** Trains one network for each fold, on the rows of the others; {@code spare} = 1 leaves out the next fold, too. */
  Judged judge(double[] x, int nx, double[] y, int ny, int d, int spare, Seed seed) {
    Rows.require("x", x, nx, d);
    Rows.require("y", y, ny, d);
    Check.atLeast("rows of the smaller sample", Math.min(nx, ny), folds);
    double[] rows = Rows.standardised(x, nx, y, ny, d);
    byte[] target = new byte[nx + ny];
    Arrays.fill(target, nx, nx + ny, (byte) 1);
    Folds dealt = Folds.deal(folds, rows, nx, ny, d, seed.child("folds").random());
    double[][] logits = new double[folds][nx + ny];
    for (int fold = 0; fold < folds; fold++) {
      AddressedRandom random = seed.child("fold").child(fold).random();
      int[] chosen = dealt.rows(fold, false);
      if (spare == 1) {
        int[] spared = dealt.rows((fold + 1) % folds, true);
        chosen = Arrays.stream(chosen).filter(r -> Arrays.binarySearch(spared, r) < 0).toArray();
      }
      Perceptron network = trained(rows, target, chosen, d, random);
      for (int row = 0; row < nx + ny; row++) {
        logits[fold][row] = network.logit(rows, row * d);
      }
    }
    return new Judged(dealt, logits);
  }

  private Perceptron trained(
      double[] rows, byte[] target, int[] chosen, int d, AddressedRandom random) {
    int ones = 0;
    for (int row : chosen) {
      ones += target[row];
    }
    double half = chosen.length / 2.0;
    double[] weight = {half / Math.max(1, chosen.length - ones), half / Math.max(1, ones)};
    Perceptron network = new Perceptron(d, hidden, random);
    Perceptron.Descent descent = new Perceptron.Descent(epochs, BATCH, STEP_SIZE, DECAY);
    network.train(rows, target, weight, chosen, descent, random);
    return network;
  }

  /** Adds to each class how many of the chosen rows the network is right about; an undecided one is half right. */
  private static void count(double[] logits, int[] chosen, int nx, double[] right) {
    for (int row : chosen) {
      int target = row < nx ? 0 : 1;
      double logit = logits[row];
      right[target] += logit == 0 ? 0.5 : logit > 0 == (target == 1) ? 1 : 0;
    }
  }

  private static Estimate estimate(double p, int nx, double q, int ny) {
    double variance = (p * (1 - p) / nx + q * (1 - q) / ny) / 4;
    return new Estimate((p + q) / 2, INFLATION * Math.sqrt(variance));
  }
}
