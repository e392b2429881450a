package dev.langevin.distance;

import dev.langevin.random.Seed;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A way to compare two samples. Immutable: may be shared by threads. */
public interface Distance extends Figure {
  /**
   * Estimates the distance of the laws behind two samples.
   *
   * @param x first sample, {@code nx × d}, row-major, finite; must not be written to or kept
   * @param nx rows of {@code x}, at least 2
   * @param y second sample, {@code ny × d}, row-major, finite; must not be written to or kept
   * @param ny rows of {@code y}, at least 2
   * @param d columns, at least 1
   * @param seed where random numbers come from, if there are any: the same seed gives the same estimate
   */
  Estimate between(double[] x, int nx, double[] y, int ny, int d, Seed seed);

  /** The distances that ship, with their defaults, by the names that a command line knows them by. Any number of columns, except where it says. */
  static Map<String, Distance> menu() {
    Map<String, Distance> menu = new LinkedHashMap<>();
    menu.put("sliced", SlicedWasserstein.defaults());
    menu.put("classifier", ClassifierTwoSample.defaults());
    menu.put("energy", new EnergyDistance());
    menu.put("mmd", MaximumMeanDiscrepancy.defaults());
    menu.put("kid", new KernelInceptionDistance());
    menu.put("frechet", new FrechetDistance());
    menu.put("frechet-limit", new FrechetLimit());
    menu.put("w2-line", new LineWasserstein());
    menu.put("w1", new AssignmentWasserstein(1));
    menu.put("w2", new AssignmentWasserstein(2));
    menu.put("sinkhorn", SinkhornDivergence.defaults());
    menu.put("tv", ClassifierVariation.defaults());
    menu.put("kl", ClassifierRelativeEntropy.defaults());
    for (SupportOverlap.Aspect aspect : SupportOverlap.Aspect.values()) {
      menu.put(aspect.word(), SupportOverlap.of(aspect));
    }
    return Collections.unmodifiableMap(menu);
  }

  /** The distance of that name on the menu; a name that is not there is refused with those that are. */
  static Distance named(String name) {
    Map<String, Distance> menu = menu();
    Distance distance = menu.get(name);
    if (distance == null) {
      throw new IllegalArgumentException(
          "distance must be one of " + String.join(", ", menu.keySet()) + ", got " + name);
    }
    return distance;
  }
}
