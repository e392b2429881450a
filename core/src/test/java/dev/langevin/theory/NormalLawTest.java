package dev.langevin.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.Gaussian;
import org.junit.jupiter.api.Test;

class NormalLawTest {
  private static final double C = Math.cos(0.7);
  private static final double S = Math.sin(0.7);

  /** R diag(a, b) Rᵀ with R the rotation by 0.7. */
  private static double[][] rotated(double a, double b) {
    return new double[][] {
      {C * C * a + S * S * b, C * S * (a - b)}, {C * S * (a - b), S * S * a + C * C * b}
    };
  }

  private static NormalLaw line(double mean, double variance) {
    return NormalLaw.isotropic(new double[] {mean}, variance);
  }

  @Test
  void onTheLineAllDistancesAreTheTextbooks() {
    NormalLaw p = line(1, 4);
    NormalLaw q = line(-1, 9);
    assertThat(p.wasserstein(q)).isCloseTo(Math.sqrt(4 + 1), within(1e-14));
    double kl = 0.5 * (4.0 / 9 - 1 - Math.log(4.0 / 9) + 4.0 / 9);
    assertThat(p.relativeEntropy(q)).isCloseTo(kl, within(1e-14));
    assertThat(p.renyi(q, 1 + 1e-7)).as("tends to KL").isCloseTo(kl, within(1e-6));
    assertThat(p.wasserstein(p)).isCloseTo(0, within(1e-14));
    assertThat(p.relativeEntropy(p)).isCloseTo(0, within(1e-14));
  }

  /** ln ∫ p^q g^(1-q) / (q - 1) by the trapezoidal rule. */
  @Test
  void renyisDivergenceIsTheIntegral() {
    NormalLaw p = line(0.5, 1.44);
    NormalLaw q = line(-0.2, 1);
    for (double order : new double[] {1.5, 2, 3}) {
      double sum = 0;
      double step = 1e-3;
      for (double x = -40; x < 40; x += step) {
        double logP = -0.5 * (x - 0.5) * (x - 0.5) / 1.44 - 0.5 * Math.log(1.44);
        double logQ = -0.5 * (x + 0.2) * (x + 0.2);
        sum += step * Math.exp(order * logP + (1 - order) * logQ) / Math.sqrt(2 * Math.PI);
      }
      assertThat(p.renyi(q, order)).isCloseTo(Math.log(sum) / (order - 1), within(1e-9));
    }
    assertThat(p.renyi(q, 4)).as("the integral diverges").isInfinite();
  }

  @Test
  void turningBothLawsChangesNothing() {
    NormalLaw p = NormalLaw.of(new double[] {C, S}, rotated(2, 0.3));
    NormalLaw q = NormalLaw.of(new double[2], rotated(0.5, 1.7));
    double gap = Math.sqrt(2) - Math.sqrt(0.5);
    double other = Math.sqrt(0.3) - Math.sqrt(1.7);
    assertThat(p.wasserstein(q)).isCloseTo(Math.sqrt(1 + gap * gap + other * other), within(1e-14));
    double kl =
        line(1, 2).relativeEntropy(line(0, 0.5)) + line(0, 0.3).relativeEntropy(line(0, 1.7));
    assertThat(p.relativeEntropy(q)).isCloseTo(kl, within(1e-13));
    double renyi = line(1, 2).renyi(line(0, 2.5), 2) + line(0, 0.3).renyi(line(0, 1.7), 2);
    assertThat(p.renyi(NormalLaw.of(new double[2], rotated(2.5, 1.7)), 2))
        .isCloseTo(renyi, within(1e-13));
  }

  /** tr(A + B - 2 (B^½ A B^½)^½) for 2 × 2: the trace of the root is √(tr(AB) + 2√det(AB)). */
  @Test
  void theDistanceIsThatOfBuresWhereMatricesDoNotCommute() {
    double[][] a = rotated(3, 0.2);
    double[][] b = {{1, 0.4}, {0.4, 2}};
    double trace = 0;
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        trace += a[i][j] * b[j][i];
      }
    }
    double root = Math.sqrt(trace + 2 * Math.sqrt(0.6 * (2 - 0.16)));
    double expected = Math.sqrt(3.2 + 3 - 2 * root);
    NormalLaw p = NormalLaw.of(new double[2], a);
    NormalLaw q = NormalLaw.of(new double[2], b);
    assertThat(p.wasserstein(q)).isCloseTo(expected, within(1e-13));
    assertThat(q.wasserstein(p)).isCloseTo(expected, within(1e-13));
    double commuting = Math.hypot(Math.sqrt(3) - Math.sqrt(2.08), Math.sqrt(0.2) - Math.sqrt(0.92));
    assertThat(expected).as("not what equal bases would give").isGreaterThan(1.05 * commuting);
  }

  /** Standard deviations that differ by 1e-9: differences of traces would leave nothing of it. */
  @Test
  void digitsSurviveWhereLawsAreClose() {
    NormalLaw p = NormalLaw.of(new double[2], rotated(1, 4));
    double factor = 1 + 2e-9;
    NormalLaw q = NormalLaw.of(new double[2], rotated(factor, 4 * factor));
    assertThat(p.wasserstein(q)).isCloseTo(Math.sqrt(5) * 1e-9, within(1e-14));
  }

  @Test
  void aPointMassHasADistanceButNoRelativeEntropy() {
    NormalLaw point = NormalLaw.isotropic(new double[] {3, 4}, 0);
    NormalLaw iid = NormalLaw.of(Gaussian.iid(2));
    assertThat(point.wasserstein(iid)).isCloseTo(Math.sqrt(25 + 2), within(1e-14));
    assertThat(point.relativeEntropy(iid)).isInfinite();
    assertThat(point.mean()).containsExactly(3, 4);
    assertThat(iid.covariance()).isDeepEqualTo(new double[][] {{1, 0}, {0, 1}});
    assertThatThrownBy(() -> iid.relativeEntropy(point))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be positive");
    assertThatThrownBy(() -> iid.wasserstein(line(0, 1)))
        .hasMessageContaining("dimension of the other law must be between 2 and 2, got 1");
    assertThatThrownBy(() -> line(0, 1).renyi(line(0, 1), 1)).hasMessageContaining("order must be");
    assertThatThrownBy(() -> NormalLaw.of(new double[2], new double[][] {{1, 0}}))
        .hasMessageContaining("rows of covariance");
  }
}
