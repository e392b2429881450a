package dev.langevin.density;

import java.util.List;

/**
 * A density on unconstrained R^d whose coordinates mean something: it reports named quantities (the constrained parameters and
 * whatever is derived from them) at a point. Samplers move in R^d; people read the report.
 */
public interface Model extends Density {
  /** Short name, for messages and files: {@code eight-schools}. */
  String name();

  /** Names of the reported quantities in Stan's notation, for example {@code mu}, {@code theta[1]}; no duplicates. */
  List<String> outputs();

  /**
   * Writes the reported quantities at the unconstrained point {@code x} into {@code out}.
   *
   * @param x length {@link #dimension()}
   * @param out length {@code outputs().size()}, overwritten
   */
  void report(double[] x, double[] out);

  /** What the coordinate {@code x[index]} of R^d is called in messages; {@code x[index]}, counted from 0, by default. */
  default String coordinate(int index) {
    return "x[" + index + "]";
  }

  @Override
  default Model fork() {
    return this;
  }
}
