package dev.langevin.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.OrnsteinUhlenbeck;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class FokkerPlanckTest {
  private static final OrnsteinUhlenbeck OU = new OrnsteinUhlenbeck();
  private static final GaussianMixture DATA =
      GaussianMixture.isotropic(
          new double[] {0.3, 0.7}, new double[][] {{-1.5}, {1}}, new double[] {0.4, 0.6});

  private static DoubleUnaryOperator noised(double t) {
    GaussianMixture law = DATA.noised(OU.signal(t), OU.noise(t));
    return x -> Math.exp(law.logDensity(new double[] {x}));
  }

  private static double score(double x, double t) {
    double[] gradient = new double[1];
    DATA.noised(OU.signal(t), OU.noise(t)).logDensity(new double[] {x}, gradient);
    return gradient[0];
  }

  private static double distance(FokkerPlanck of, double[] p, DoubleUnaryOperator density) {
    double[] truth = of.averages(density);
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      sum += Math.abs(p[i] - truth[i]) * of.width();
    }
    return sum;
  }

  private static double forwardError(int cells, double stepSize) {
    FokkerPlanck fp = FokkerPlanck.forward(OU, -7, 7, cells, stepSize);
    double[][] p = fp.densities(fp.averages(noised(0)), new double[] {0, 0.2, 1});
    return Math.max(distance(fp, p[1], noised(0.2)), distance(fp, p[2], noised(1)));
  }

  @Test
  void ornstein_uhlenbeck_is_right_to_one_in_ten_thousand() {
    assertThat(forwardError(1400, 1e-3)).isLessThan(1e-4);
  }

  @Test
  void the_error_is_of_second_order() {
    double order = Math.log(forwardError(200, 8e-3) / forwardError(400, 4e-3)) / Math.log(2);
    assertThat(order).isCloseTo(2, within(0.2));
  }

  @Test
  void the_implicit_rule_is_of_first_order_in_time() {
    double[] errors = new double[2];
    for (int i = 0; i < 2; i++) {
      FokkerPlanck fp =
          new FokkerPlanck((x, t) -> -x, (x, t) -> 1, -7, 7, 1400, 0.02 / (1 + i), true);
      double[][] p = fp.densities(fp.averages(noised(0)), new double[] {0, 0.5});
      errors[i] = distance(fp, p[1], noised(0.5));
    }
    assertThat(Math.log(errors[0] / errors[1]) / Math.log(2)).isCloseTo(1, within(0.2));
  }

  private static double reverseError(double sign) {
    FokkerPlanck fp =
        FokkerPlanck.reverse(OU, (x, t) -> sign * score(x, t), 1.5, -7, 7, 1400, 1e-3);
    double[][] p = fp.densities(fp.averages(noised(1.5)), new double[] {0, 1.45});
    return distance(fp, p[1], noised(0.05));
  }

  @Test
  void the_reverse_process_returns_to_the_data_and_with_the_wrong_sign_it_does_not() {
    assertThat(reverseError(1)).isLessThan(1e-4);
    assertThat(reverseError(-1)).isGreaterThan(0.1);
  }

  @Test
  void langevin_settles_at_its_target() {
    FokkerPlanck fp = FokkerPlanck.langevin(x -> score(x, 0), -6, 6, 1600, 0.05);
    double[][] p = fp.densities(fp.averages(noised(0.5)), new double[] {0, 40});
    assertThat(distance(fp, p[1], noised(0))).isLessThan(1e-4);
  }

  /** With D = (1 + x²)/2 and no drift, E X² grows by E 2D: d(1 + EX²)/dt = 1 + EX². */
  @Test
  void a_diffusion_that_depends_on_the_place_has_its_second_moment() {
    FokkerPlanck fp =
        new FokkerPlanck((x, t) -> 0, (x, t) -> 0.5 * (1 + x * x), -20, 20, 4000, 1e-3, false);
    double[][] p = fp.densities(fp.averages(x -> Math.exp(-2 * x * x)), new double[] {0, 0.1});
    double square = 0;
    double[] x = fp.centres();
    for (int i = 0; i < x.length; i++) {
      square += p[1][i] * x[i] * x[i] * fp.width();
    }
    assertThat(1 + square).isCloseTo(1.25 * Math.exp(0.1), within(1e-4));
  }

  @Test
  void mass_stays_and_the_implicit_rule_keeps_densities_positive() {
    FokkerPlanck fp = new FokkerPlanck((x, t) -> -40 * x * t, (x, t) -> 0.3, -3, 3, 150, 0.5, true);
    double[] point = new double[150];
    point[20] = 1 / fp.width();
    for (double[] p : fp.densities(point, new double[] {0, 0.5, 1, 5})) {
      assertThat(Arrays.stream(p).sum() * fp.width()).isCloseTo(1, within(1e-12));
      assertThat(Arrays.stream(p).min().orElseThrow()).isNotNegative();
    }
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> FokkerPlanck.langevin(x -> -x, 1, 1, 10, 0.1))
        .hasMessageContaining("high - low must be positive");
    assertThatThrownBy(() -> FokkerPlanck.langevin(x -> -x, 0, 1, 2, 0.1))
        .hasMessageContaining("cells must be at least 3");
    assertThatThrownBy(() -> FokkerPlanck.langevin(x -> -x, 0, 1, 10, 0))
        .hasMessageContaining("stepSize must be positive");
  }
}
