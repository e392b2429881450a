package dev.langevin.distance;

import dev.langevin.random.Seed;
import java.util.Locale;

/**
 * A lower bound on the total variation by a classifier: no set tells the laws apart better than the best one, so that TV ≥ 2·accuracy - 1 for every classifier, with the
 * mean of the two rates of being right as accuracy (Devroye, Györfi &amp; Lugosi 1996, section 2). Judged on rows that it has not seen, so that it errs to one side: too small, by
 * as much as the network falls short of the best classifier. Equality holds for that one. May be negative, which says nothing.
 *
 * <p>Measured between normals shifted by half a standard deviation (n = 1000, d = 1): 0.195 in the mean where 0.197 is true.
 *
 * <p>Cost and standard error as for {@link ClassifierTwoSample}, whose network it is.
 *
 * @param classifier the network, and how it is trained
 */
public record ClassifierVariation(ClassifierTwoSample classifier) implements Distance {
  /** With the classifier's defaults. */
  public static ClassifierVariation defaults() {
    return new ClassifierVariation(ClassifierTwoSample.defaults());
  }

  @Override
  public String name() {
    return "total variation, at least";
  }

  @Override
  public String meaning(double value) {
    return String.format(Locale.ROOT, "the total variation is at least %s", display(value));
  }

  @Override
  public Estimate between(double[] x, int nx, double[] y, int ny, int d, Seed seed) {
    Estimate accuracy = classifier.between(x, nx, y, ny, d, seed);
    return new Estimate(2 * accuracy.value() - 1, 2 * accuracy.standardError());
  }
}
