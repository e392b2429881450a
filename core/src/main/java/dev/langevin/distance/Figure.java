package dev.langevin.distance;

/** A named number that people read: what all distances have in common. */
public interface Figure {
  /** Short name for tables, for example {@code sliced Wasserstein distance}. */
  String name();

  /** A value as people read it: three digits, or for example {@code 62.1 %}. */
  default String display(double value) {
    return Comparisons.rounded(value);
  }

  /** What a value means, as a clause: {@code a classifier guesses right 62.1 % of the time}. */
  default String meaning(double value) {
    return "the " + name() + " is " + display(value);
  }
}
