package dev.langevin.solver;

import java.util.Arrays;

/** An affine function of a run's start and of the noise of each of its steps, by its coefficients: constant, start, noises. Never changed. */
record Line(double[] coefficients) {
  static Line constant(double value, int steps) {
    double[] c = new double[steps + 2];
    c[0] = value;
    return new Line(c);
  }

  static Line start(int steps) {
    return unit(1, steps);
  }

  /** The noise of step {@code k}. */
  static Line noise(int k, int steps) {
    return unit(2 + k, steps);
  }

  private static Line unit(int at, int steps) {
    double[] c = new double[steps + 2];
    c[at] = 1;
    return new Line(c);
  }

  Line times(double factor) {
    return new Line(Arrays.stream(coefficients).map(c -> factor * c).toArray());
  }

  /** This + factor · that. */
  Line plus(double factor, Line that) {
    double[] c = coefficients.clone();
    for (int i = 0; i < c.length; i++) {
      c[i] += factor * that.coefficients[i];
    }
    return new Line(c);
  }

  Line minus(Line that) {
    return plus(-1, that);
  }

  /** Offset, gain on the start, variance of the noise. */
  double[] map() {
    double variance = 0;
    for (int i = 2; i < coefficients.length; i++) {
      variance += coefficients[i] * coefficients[i];
    }
    return new double[] {coefficients[0], coefficients[1], variance};
  }
}
