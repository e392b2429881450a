package dev.langevin.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.GaussianMixture;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** The laws of one-dimensional diffusions against closed forms, to 1e-4 in total variation. */
class FokkerPlanckTest {
  private static final double FINE = 1e-4;
  private static final FokkerPlanck LINE = new FokkerPlanck(-7, 7, 1400);
  private static final GaussianMixture MIXTURE =
      GaussianMixture.isotropic(
          new double[] {0.3, 0.7}, new double[][] {{-1.2}, {0.8}}, new double[] {0.3, 0.4});

  private static DoubleUnaryOperator normal(double mean, double variance) {
    return x ->
        Math.exp(-(x - mean) * (x - mean) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
  }

  private static DoubleUnaryOperator density(GaussianMixture mixture) {
    return x -> Math.exp(mixture.logDensity(new double[] {x}));
  }

  private static DoubleUnaryOperator noised(double t) {
    return density(MIXTURE.noised(Math.exp(-t), Math.sqrt(-Math.expm1(-2 * t))));
  }

  @Test
  void the_ornstein_uhlenbeck_process_has_its_closed_form() {
    double[] p = LINE.averaged(normal(1.5, 0.04));
    p = LINE.advance(p, (x, t) -> -x, (x, t) -> 1, 0, 0.7, 400);
    double a = Math.exp(-0.7);
    double[] exact = LINE.averaged(normal(1.5 * a, 0.04 * a * a + 1 - a * a));
    assertThat(LINE.totalVariation(p, exact)).isLessThan(FINE);
    assertThat(LINE.mass(p)).isCloseTo(LINE.mass(LINE.averaged(normal(1.5, 0.04))), within(1e-12));
  }

  @Test
  void noise_takes_a_mixture_along_its_closed_form() {
    double[] p = LINE.advance(LINE.averaged(noised(0)), (x, t) -> -x, (x, t) -> 1, 0, 0.5, 400);
    assertThat(LINE.totalVariation(p, LINE.averaged(noised(0.5)))).isLessThan(FINE);
  }

  /** Drift x + 2∇log q_{T-s}: from q_T back to q_δ. */
  @Test
  void the_reverse_process_brings_the_mixture_back() {
    double horizon = 1.5;
    double end = horizon - 0.02;
    double[] p =
        LINE.advance(LINE.averaged(noised(horizon)), reverse(horizon, 1), (x, t) -> 1, 0, end, 600);
    double[] exact = LINE.averaged(noised(0.02));
    assertThat(LINE.totalVariation(p, exact)).isLessThan(FINE);
    double[] wrong =
        LINE.advance(
            LINE.averaged(noised(horizon)), reverse(horizon, 0.99), (x, t) -> 1, 0, end, 600);
    assertThat(LINE.totalVariation(wrong, exact)).isGreaterThan(20 * FINE);
  }

  private static FokkerPlanck.Coefficient reverse(double horizon, double factor) {
    double[] gradient = new double[1];
    double[] at = {Double.NaN};
    GaussianMixture[] law = {MIXTURE};
    return (x, s) -> {
      double t = horizon - s;
      if (t != at[0]) {
        at[0] = t;
        law[0] = MIXTURE.noised(Math.exp(-t), Math.sqrt(-Math.expm1(-2 * t)));
      }
      law[0].logDensity(new double[] {x}, gradient);
      return x + 2 * factor * gradient[0];
    };
  }

  /** dX = V' … with V = (x² - 1)²: whatever the start, the law becomes e^{-V}/Z. */
  @Test
  void langevin_dynamics_settles_on_the_gibbs_law() {
    FokkerPlanck line = new FokkerPlanck(-3, 3, 1200, 1);
    double[] p = line.averaged(normal(1.5, 0.01));
    p = line.advance(p, (x, t) -> -4 * x * (x * x - 1), (x, t) -> 1, 0, 40, 200);
    double[] gibbs = line.averaged(x -> Math.exp(-(x * x - 1) * (x * x - 1)));
    double z = line.mass(gibbs);
    for (int i = 0; i < gibbs.length; i++) {
      gibbs[i] /= z;
    }
    assertThat(line.totalVariation(p, gibbs)).isLessThan(FINE);
  }

  /** Geometric Brownian motion in its own scale: D = x²/2·σ², whose slope enters the flux. Lognormal. */
  @Test
  void a_diffusion_that_depends_on_the_place_is_taken_in_the_sense_of_ito() {
    FokkerPlanck line = new FokkerPlanck(0.01, 9, 4000);
    double sigma = 0.3;
    double[] p = line.averaged(lognormal(0, 0.2));
    p = line.advance(p, (x, t) -> 0.1 * x, (x, t) -> 0.5 * sigma * sigma * x * x, 0, 1, 400);
    double drift = 0.1 - 0.5 * sigma * sigma;
    double[] exact = line.averaged(lognormal(drift, Math.sqrt(0.04 + sigma * sigma)));
    assertThat(line.totalVariation(p, exact)).isLessThan(FINE);
  }

  private static DoubleUnaryOperator lognormal(double m, double s) {
    return x -> normal(m, s * s).applyAsDouble(Math.log(x)) / x;
  }

  @Test
  void the_order_is_two_in_both_widths() {
    double coarse = error(100, 25);
    double fine = error(400, 100);
    assertThat(Math.log(coarse / fine) / Math.log(4)).isBetween(1.8, 2.2);
  }

  private static double error(int cells, int steps) {
    FokkerPlanck line = new FokkerPlanck(-7, 7, cells);
    double[] p = line.averaged(normal(1.5, 0.25));
    p = line.advance(p, (x, t) -> -x, (x, t) -> 1, 0, 0.7, steps);
    double a = Math.exp(-0.7);
    return line.totalVariation(p, line.averaged(normal(1.5 * a, 0.25 * a * a + 1 - a * a)));
  }

  @Test
  void a_fully_implicit_step_keeps_a_rough_density_positive_however_long_it_is() {
    FokkerPlanck line = new FokkerPlanck(-3, 3, 300, 1);
    double[] p = new double[300];
    p[40] = 1 / line.width();
    p = line.advance(p, (x, t) -> -50 * x, (x, t) -> 0.01, 0, 2, 2);
    assertThat(Arrays.stream(p).min().orElseThrow()).isGreaterThanOrEqualTo(0);
    assertThat(line.mass(p)).isCloseTo(1, within(1e-12));
  }

  @Test
  void nonsense_is_refused() {
    assertThatThrownBy(() -> new FokkerPlanck(1, 1, 10)).hasMessageContaining("high");
    assertThatThrownBy(() -> new FokkerPlanck(0, 1, 2)).hasMessageContaining("cells");
    assertThatThrownBy(() -> new FokkerPlanck(0, 1, 10, 0.4)).hasMessageContaining("theta");
    FokkerPlanck line = new FokkerPlanck(0, 1, 4);
    double[] p = new double[4];
    assertThatThrownBy(() -> line.advance(p, (x, t) -> 0, (x, t) -> 0, 0, 1, 1))
        .hasMessageContaining("diffusion");
    assertThatThrownBy(() -> line.advance(p, (x, t) -> 0, (x, t) -> 1, 1, 1, 1))
        .hasMessageContaining("to must be after");
  }
}
