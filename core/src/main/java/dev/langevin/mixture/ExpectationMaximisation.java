package dev.langevin.mixture;

import dev.langevin.math.Check;

/**
 * EM for the means of {@link MixtureStudent} (Dempster, Laird &amp; Rubin 1977): each mean becomes the mean of the rows, weighted by their responsibilities;
 * of a pair μ ← (1/n) Σ tanh(μᵀx) x. A component without any share of the rows stays where it is. O(n K d) per step.
 */
public record ExpectationMaximisation() {
  /** One step on rows {@code n × d}; moves {@code parameters} in place. */
  public void step(MixtureStudent student, double[] parameters, double[] rows) {
    int d = student.dimension();
    int n = Check.atLeast("rows", rows.length / d, 1);
    double[] sums = new double[student.components() * d];
    double[] counts = new double[student.components()];
    student.place(parameters, 1);
    student.settle(rows, sums, counts);
    for (int i = 0; i < parameters.length; i++) {
      if (student.symmetric()) {
        parameters[i] = (sums[i] - sums[d + i]) / n;
      } else if (counts[i / d] > 0) {
        parameters[i] = sums[i] / counts[i / d];
      }
    }
  }
}
