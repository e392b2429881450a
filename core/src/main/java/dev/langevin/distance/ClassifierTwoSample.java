package dev.langevin.distance;

import dev.langevin.math.Check;
import dev.langevin.random.Seed;

/**
 * The classifier two-sample test.
 *
 * @param hidden width of the hidden layer, at least 1
 * @param epochs passes through the training rows, at least 1
 * @param folds parts for cross-fitting, at least 2
 */
public record ClassifierTwoSample(int hidden, int epochs, int folds) implements Distance {
  public ClassifierTwoSample {
    Check.atLeast("hidden", hidden, 1);
    Check.atLeast("epochs", epochs, 1);
    Check.atLeast("folds", folds, 2);
  }

  /** 32 hidden units, 40 epochs, 5 folds. */
  public static ClassifierTwoSample defaults() {
    return new ClassifierTwoSample(32, 40, 5);
  }

  @Override
  public String name() {
    return "classifier two-sample accuracy";
  }

  @Override
  public Estimate between(double[] x, int nx, double[] y, int ny, int d, Seed seed) {
    throw new UnsupportedOperationException();
  }
}
