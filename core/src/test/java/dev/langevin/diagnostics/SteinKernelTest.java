package dev.langevin.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import org.junit.jupiter.api.Test;

class SteinKernelTest {
  private static final double[] UNIT = {1, 1};

  private interface Base {
    double at(double[] x, double[] y);
  }

  private static double joint(double[] x, double[] y) {
    double square = 0;
    for (int i = 0; i < x.length; i++) {
      square += (x[i] - y[i]) * (x[i] - y[i]);
    }
    return 1 / Math.sqrt(1 + square);
  }

  /** ∂_xi ∂_yi k + s_i(x) ∂_yi k + s_i(y) ∂_xi k + s_i(x) s_i(y) k, by differences of k. */
  private static double stein(Base k, double[] x, double[] y, double sx, double sy, int i) {
    double e = 1e-4;
    double mixed =
        (k.at(moved(x, i, e), moved(y, i, e))
                - k.at(moved(x, i, e), moved(y, i, -e))
                - k.at(moved(x, i, -e), moved(y, i, e))
                + k.at(moved(x, i, -e), moved(y, i, -e)))
            / (4 * e * e);
    double byX = (k.at(moved(x, i, e), y) - k.at(moved(x, i, -e), y)) / (2 * e);
    double byY = (k.at(x, moved(y, i, e)) - k.at(x, moved(y, i, -e))) / (2 * e);
    return mixed + sx * byY + sy * byX + sx * sy * k.at(x, y);
  }

  private static double[] moved(double[] x, int i, double by) {
    double[] y = x.clone();
    y[i] += by;
    return y;
  }

  @Test
  void theKernelIsTheSteinOperatorOnTheInverseMultiquadrics() {
    double[][] x = {{0.3, -1.2}, {1.1, 0.4}};
    double[][] s = {{-0.7, 0.2}, {0.9, 1.6}};
    double expected = 0;
    for (int i = 0; i < 2; i++) {
      int at = i;
      Base single = (a, b) -> joint(new double[] {a[at]}, new double[] {b[at]});
      expected += stein(SteinKernelTest::joint, x[0], x[1], s[0][i], s[1][i], i);
      expected += stein(single, x[0], x[1], s[0][i], s[1][i], i);
    }
    assertThat(new SteinKernel(x, s, UNIT).at(1, 0)).isCloseTo(expected, within(1e-6));
    assertThat(new SteinKernel(x, s, UNIT).at(0, 1)).isCloseTo(expected, within(1e-6));
  }

  @Test
  void aChangeOfUnitsChangesNothing() {
    double[][] x = {{0.3, -1.2}, {1.1, 0.4}};
    double[][] s = {{-0.7, 0.2}, {0.9, 1.6}};
    double[][] metres = {{300, -1.2}, {1100, 0.4}};
    double[][] perMetre = {{-0.0007, 0.2}, {0.0009, 1.6}};
    SteinKernel other = new SteinKernel(metres, perMetre, new double[] {1000, 1});
    assertThat(other.at(1, 0)).isCloseTo(new SteinKernel(x, s, UNIT).at(1, 0), within(1e-12));
  }

  @Test
  void theTriangleAndTheTraceMakeTheWholeMatrixWhichIsPositive() {
    AddressedRandom random = Seed.of(32).random();
    double[][] x = new double[6][2];
    double[][] s = new double[6][2];
    for (int n = 0; n < 6; n++) {
      for (int i = 0; i < 2; i++) {
        x[n][i] = random.nextGaussian();
        s[n][i] = 3 * random.nextGaussian();
      }
    }
    SteinKernel kernel = new SteinKernel(x, s, UNIT);
    double whole = kernel.trace();
    double[][] triangle = kernel.triangle();
    for (int a = 0; a < 6; a++) {
      for (int b = 0; b < a; b++) {
        assertThat(triangle[a][b]).isEqualTo(kernel.at(a, b));
        assertThat(triangle[a][b] * triangle[a][b]).isLessThan(kernel.at(a, a) * kernel.at(b, b));
        whole += 2 * triangle[a][b];
      }
    }
    assertThat(whole).isPositive();
  }
}
