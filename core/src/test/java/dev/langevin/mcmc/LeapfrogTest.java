package dev.langevin.mcmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.Gaussian;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class LeapfrogTest {
  private static final BentLogistic DENSITY = new BentLogistic();
  private static final Metric METRIC = Metric.diagonal(0.6, 1.7);
  private static final double[] X = {0.8, -0.4};
  private static final double[] W = {-0.5, 1.1};

  @Test
  void backwardUndoesForward() {
    Leapfrog leapfrog = new Leapfrog(DENSITY, METRIC);
    State at = State.at(DENSITY, X);
    double[] w = W.clone();
    for (int i = 0; i < 20; i++) {
      leapfrog.step(at, w, 0.3);
    }
    assertThat(Math.abs(at.position()[0] - X[0])).isGreaterThan(0.1);
    for (int i = 0; i < 20; i++) {
      leapfrog.step(at, w, -0.3);
    }
    assertThat(at.position()).containsExactly(X, within(1e-11));
    assertThat(w).containsExactly(W, within(1e-11));
  }

  @Test
  void aTurnedMomentumLeadsBack() {
    Leapfrog leapfrog = new Leapfrog(DENSITY, METRIC);
    State at = State.at(DENSITY, X);
    double[] w = W.clone();
    leapfrog.step(at, w, 0.5);
    w[0] = -w[0];
    w[1] = -w[1];
    leapfrog.step(at, w, 0.5);
    assertThat(at.position()).containsExactly(X, within(1e-13));
  }

  /** The determinant of the Jacobian of ten steps, by central differences. */
  @Test
  void volumeIsPreserved() {
    DMatrixRMaj jacobian = new DMatrixRMaj(4, 4);
    double step = 1e-5;
    for (int j = 0; j < 4; j++) {
      double[] above = tenStepsFrom(j, step);
      double[] below = tenStepsFrom(j, -step);
      for (int i = 0; i < 4; i++) {
        jacobian.set(i, j, (above[i] - below[i]) / (2 * step));
      }
    }
    assertThat(CommonOps_DDRM.det(jacobian)).isCloseTo(1, within(1e-7));
    assertThat(Math.abs(jacobian.get(0, 0) - 1)).isGreaterThan(0.1);
  }

  private static double[] tenStepsFrom(int coordinate, double shift) {
    double[] z = {X[0], X[1], W[0], W[1]};
    z[coordinate] += shift;
    State at = State.at(DENSITY, new double[] {z[0], z[1]});
    double[] w = {z[2], z[3]};
    Leapfrog leapfrog = new Leapfrog(DENSITY, METRIC);
    for (int i = 0; i < 10; i++) {
      leapfrog.step(at, w, 0.4);
    }
    return new double[] {at.position()[0], at.position()[1], w[0], w[1]};
  }

  @Test
  void theEnergyErrorIsOfOrderTwo() {
    double order = log2(energyError(16) / energyError(32));
    assertThat(order).isCloseTo(2, within(0.2));
  }

  @Test
  void thePathIsOfOrderTwo() {
    double order = log2(distance(16, 32) / distance(32, 64));
    assertThat(order).isCloseTo(2, within(0.2));
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  private static double energyError(int steps) {
    State at = State.at(DENSITY, X);
    double[] w = W.clone();
    double begin = Momentum.energy(w) - at.logDensity();
    go(at, w, steps);
    return Math.abs(Momentum.energy(w) - at.logDensity() - begin);
  }

  private static double distance(int few, int many) {
    State one = State.at(DENSITY, X);
    State other = State.at(DENSITY, X);
    go(one, W.clone(), few);
    go(other, W.clone(), many);
    return Math.hypot(
        one.position()[0] - other.position()[0], one.position()[1] - other.position()[1]);
  }

  private static void go(State at, double[] w, int steps) {
    Leapfrog leapfrog = new Leapfrog(DENSITY, METRIC);
    for (int i = 0; i < steps; i++) {
      leapfrog.step(at, w, 1.5 / steps);
    }
  }

  /** On N(0, s²) with metric s² a step is a rotation in shadow coordinates: x²(1 - eps²/4)/s² + w² does not change. */
  @Test
  void onAGaussianTheShadowEnergyIsKeptExactly() {
    Gaussian gaussian = Gaussian.diagonal(new double[1], new double[] {3});
    Leapfrog leapfrog = new Leapfrog(gaussian, Metric.diagonal(9));
    State at = State.at(gaussian, new double[] {2});
    double[] w = {0.7};
    double eps = 1.1;
    double shadow = shadow(at, w, eps);
    for (int i = 0; i < 50; i++) {
      leapfrog.step(at, w, eps);
      assertThat(shadow(at, w, eps)).isCloseTo(shadow, within(1e-12));
    }
  }

  private static double shadow(State at, double[] w, double eps) {
    double z = at.position()[0] / 3;
    return z * z * (1 - eps * eps / 4) + w[0] * w[0];
  }

  @Test
  void theSumOfSquaresTakesEveryEntryOnce() {
    for (int d = 1; d < 10; d++) {
      double[] w = new double[d];
      double expected = 0;
      for (int i = 0; i < d; i++) {
        w[i] = i + 1;
        expected += 0.5 * w[i] * w[i];
      }
      assertThat(Momentum.energy(w)).isEqualTo(expected);
    }
  }

  @Test
  void aMetricOfAnotherDimensionIsRefused() {
    assertThatThrownBy(() -> new Leapfrog(DENSITY, Metric.identity(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("metric.dimension() must be between 2 and 2, got 3");
  }
}
