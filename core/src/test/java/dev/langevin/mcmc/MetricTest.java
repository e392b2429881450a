package dev.langevin.mcmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MetricTest {
  private static final double C = Math.sqrt(0.5);
  private static final double[][] COVARIANCE = {{2, 0.6, -0.3}, {0.6, 1, 0.2}, {-0.3, 0.2, 0.5}};
  private static final Metric LOW_RANK =
      Metric.lowRank(
          new double[] {4, 1, 0.25}, new double[][] {{C, C, 0}, {0, 0, 1}}, new double[] {9, 0.5});

  static List<Metric> all() {
    return List.of(
        Metric.identity(3), Metric.diagonal(4, 1, 0.25), LOW_RANK, Metric.dense(COVARIANCE));
  }

  /** The matrix S, column by column, from {@link Metric#move}. */
  private static double[][] root(Metric metric) {
    double[][] root = new double[3][3];
    for (int j = 0; j < 3; j++) {
      double[] w = new double[3];
      w[j] = 1;
      double[] out = new double[3];
      metric.move(new double[3], w, 1, out);
      for (int i = 0; i < 3; i++) {
        root[i][j] = out[i];
      }
    }
    return root;
  }

  @ParameterizedTest
  @MethodSource("all")
  void kickIsTheTransposeOfMove(Metric metric) {
    double[][] root = root(metric);
    double[] w = {0.3, -1, 2};
    double[] g = {1.5, 0.4, -0.7};
    double[] kicked = w.clone();
    metric.kick(kicked, g, 0.6);
    for (int j = 0; j < 3; j++) {
      double sum = 0;
      for (int i = 0; i < 3; i++) {
        sum += root[i][j] * g[i];
      }
      assertThat(kicked[j]).isCloseTo(w[j] + 0.6 * sum, within(1e-14));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void moveMayWriteWhereItReads(Metric metric) {
    double[] x = {1, -2, 0.5};
    double[] w = {0.3, -1, 2};
    double[] out = new double[3];
    metric.move(x, w, 0.7, out);
    metric.move(x, w, 0.7, x);
    assertThat(x).containsExactly(out);
  }

  @ParameterizedTest
  @MethodSource("all")
  void theInverseIsTheDiagonalOfRootTimesRoot(Metric metric) {
    double[][] root = root(metric);
    for (int i = 0; i < 3; i++) {
      double sum = 0;
      for (int j = 0; j < 3; j++) {
        sum += root[i][j] * root[i][j];
      }
      assertThat(metric.inverse()[i]).isCloseTo(sum, within(1e-13));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void theNumbersMakeItAgain(Metric metric) {
    Metric again = Metric.of(metric.numbers());
    assertThat(root(again)).isDeepEqualTo(root(metric));
    assertThat(again.numbers()).containsExactly(metric.numbers());
    assertThat(again).hasToString(metric.toString());
  }

  @Test
  void aDenseMetricIsACovariance() {
    double[][] root = root(Metric.dense(COVARIANCE));
    for (int i = 0; i < 3; i++) {
      for (int k = 0; k < 3; k++) {
        double sum = 0;
        for (int j = 0; j < 3; j++) {
          sum += root[i][j] * root[k][j];
        }
        assertThat(sum).isCloseTo(COVARIANCE[i][k], within(1e-14));
      }
    }
  }

  @Test
  void aLowRankMetricStretchesItsDirections() {
    // diag(s) (I + U (Λ - I) Uᵀ) diag(s) for s = (2, 1, 0.5)
    assertThat(LOW_RANK.inverse()).containsExactly(new double[] {4 * 5, 5, 0.125}, within(1e-13));
  }

  @Test
  void whatIsNoMetricIsRefused() {
    assertThatThrownBy(() -> Metric.dense(new double[][] {{1, 2}, {2, 1}}))
        .hasMessageContaining("positive definite");
    assertThatThrownBy(
            () -> Metric.lowRank(new double[] {1, 1}, new double[][] {{1, 1}}, new double[] {2}))
        .hasMessageContaining("orthonormal");
    assertThatThrownBy(() -> Metric.of(new double[] {7, 1}))
        .hasMessageContaining("form of a metric");
    assertThatThrownBy(() -> Metric.of(new double[0])).hasMessageContaining("form of a metric");
    assertThatThrownBy(() -> Metric.of(new double[] {2, 5, 1})).hasMessageContaining("low-rank");
    assertThatThrownBy(() -> Metric.of(new double[] {3, 1, 2})).hasMessageContaining("dense");
  }
}
