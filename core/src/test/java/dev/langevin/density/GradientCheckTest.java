package dev.langevin.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GradientCheckTest {
  /** Σ_i scale_i (sin x_i - x_i⁴/4); {@code wrong} is the factor by which entry 1 of the gradient is off. */
  private record Wave(double[] scales, double wrong) implements Density {
    @Override
    public int dimension() {
      return scales.length;
    }

    @Override
    public double logDensity(double[] x, double[] gradient) {
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        double cube = x[i] * x[i] * x[i];
        sum += scales[i] * (StrictMath.sin(x[i]) - cube * x[i] / 4);
        gradient[i] = scales[i] * (StrictMath.cos(x[i]) - cube) * (i == 1 ? wrong : 1);
      }
      return sum;
    }
  }

  @Test
  void aRightGradientPassesAtAnyScale() {
    for (double scale : new double[] {1e-8, 1, 1e8}) {
      Wave wave = new Wave(new double[] {scale, 2 * scale, scale / 3}, 1);
      GradientCheck check = GradientCheck.at(wave, new double[] {0.3, -1.4, 2});
      assertThat(check.passes(1e-10)).as(check.toString()).isTrue();
      assertThat(check.maxAbsolute()).isLessThan(1e-9 * scale);
    }
  }

  @Test
  void aGradientOffByATenThousandthIsNamedByCoordinateWithBothValues() {
    Wave wave = new Wave(new double[] {100, 1, 100}, 1.0001);
    GradientCheck check = GradientCheck.at(wave, new double[] {0.3, -1.4, 2});
    assertThat(check.passes()).isFalse();
    assertThat(check.worst().index()).isEqualTo(1);
    double right = StrictMath.cos(-1.4) + 1.4 * 1.4 * 1.4;
    assertThat(check.worst().measured()).isCloseTo(right, within(1e-9));
    assertThat(check.worst().written()).isCloseTo(1.0001 * right, within(1e-12));
    assertThat(check.maxRelative()).isCloseTo(1e-4, within(1e-6));
    assertThat(check.maxAbsolute()).isCloseTo(1e-4 * right, within(1e-8));
    assertThat(check.toString())
        .contains("DISAGREES", "x[1] (index 1)", "written 2.914", "measured 2.913");
  }

  @Test
  void aGradientThatIsNaNIsTheWorst() {
    GradientCheck check =
        GradientCheck.at(new Wave(new double[] {1, 1, 1}, Double.NaN), new double[] {1, 1, 1});
    assertThat(check.passes(1)).isFalse();
    assertThat(check.worst().index()).isEqualTo(1);
    assertThat(check.maxRelative()).isInfinite();
  }

  /** log x on x &gt; 0. */
  private static class Border implements Density {
    @Override
    public int dimension() {
      return 1;
    }

    @Override
    public double logDensity(double[] x, double[] gradient) {
      gradient[0] = 1 / x[0];
      return x[0] > 0 ? StrictMath.log(x[0]) : Double.NEGATIVE_INFINITY;
    }
  }

  @Test
  void stepsShrinkUntilTheyStayInsideTheSupport() {
    GradientCheck check = GradientCheck.at(new Border(), new double[] {0.001});
    assertThat(check.passes(1e-9)).as(check.toString()).isTrue();
    assertThat(check.worst().uncertainty()).isLessThan(1e-6);
  }

  @Test
  void aPointOutsideTheSupportIsRefused() {
    assertThatThrownBy(() -> GradientCheck.at(new Border(), new double[] {-1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be finite at x, got -Infinity at [-1.0]");
    assertThatThrownBy(() -> GradientCheck.at(new Border(), new double[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("x must be of length 1");
  }

  @Test
  void aDensityThatBreaksItsContractIsRefused() {
    Density writes =
        new Border() {
          @Override
          public double logDensity(double[] x, double[] gradient) {
            x[0] += 1;
            return 0;
          }
        };
    assertThatThrownBy(() -> GradientCheck.at(writes, new double[] {1}))
        .hasMessageContaining("must not write to x");
    Density differs =
        new Border() {
          @Override
          public double logDensity(double[] x) {
            return 5;
          }
        };
    assertThatThrownBy(() -> GradientCheck.at(differs, new double[] {1}))
        .hasMessageContaining("same with and without a gradient, got 0.0 with and 5.0 without");
  }
}
