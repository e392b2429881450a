package dev.langevin.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.Gaussian;
import org.junit.jupiter.api.Test;

class TemperedTest {
  private static final Gaussian TARGET =
      Gaussian.diagonal(new double[] {1, -2}, new double[] {0.5, 3});

  /** N(μ, Σ) at inverse temperature β is N(μ, Σ/β), up to the constant. */
  @Test
  void aNormalDensityHasItsCovarianceDividedByBeta() {
    double root = Math.sqrt(2.5);
    Gaussian expected =
        Gaussian.diagonal(new double[] {1, -2}, new double[] {0.5 / root, 3 / root});
    Tempered tempered = new Tempered(TARGET, 2.5);
    double[] gradient = new double[2];
    double[] other = new double[2];
    double constant = tempered.logDensity(new double[2]) - expected.logDensity(new double[2]);
    for (double[] x : new double[][] {{0, 0}, {3, 1}, {-2, 0.5}}) {
      double log = tempered.logDensity(x, gradient);
      assertThat(log - expected.logDensity(x, other)).isCloseTo(constant, within(1e-12));
      assertThat(gradient).containsExactly(other, within(1e-12));
      assertThat(tempered.logDensity(x)).isEqualTo(log);
      assertThat(tempered.fork().logDensity(x)).isEqualTo(log);
    }
    assertThat(tempered.dimension()).isEqualTo(2);
    assertThat(tempered.fork().beta()).isEqualTo(2.5);
  }

  @Test
  void betaIsPositive() {
    assertThatThrownBy(() -> new Tempered(TARGET, 0))
        .hasMessage("beta must be positive and finite, got 0.0");
  }
}
