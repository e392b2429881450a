package dev.langevin.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.diffusion.GaussianDenoiser;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.math.Spread;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class EvidenceBoundTest {
  private static final Seed SEED = Seed.of(11).child("bound");
  private static final double[] LAMBDA = {1.69, 0.09};
  private static final double ENTROPY =
      0.5 * Math.log(2 * Math.PI * Math.E * LAMBDA[0])
          + 0.5 * Math.log(2 * Math.PI * Math.E * LAMBDA[1]);

  /** E|x₀ - D|² = Σ λσ²/(λ + σ²) for normal data. */
  private static final DoubleUnaryOperator SQUARE_ERROR =
      s -> LAMBDA[0] * s * s / (LAMBDA[0] + s * s) + LAMBDA[1] * s * s / (LAMBDA[1] + s * s);

  private static double mean(int steps, double low, double high, boolean forward) {
    EvidenceBound bound = new EvidenceBound(TimeGrid.exponential(steps, low, high), forward);
    return bound.mean(2, LAMBDA[0] + LAMBDA[1], SQUARE_ERROR);
  }

  /** By hand, for data N(0, λ) and two levels: the model's law is normal, and so are all divergences. */
  @Test
  void two_levels_are_what_they_are_by_hand() {
    double lambda = 0.7;
    double s = 3;
    double t = 0.5;
    double r = t * t / (s * s);
    double gain = lambda / (lambda + s * s);
    // q: mean r y + (1 - r) x0, variance t²(1 - r); p: r y + (1 - r) gain y
    for (boolean forward : new boolean[] {false, true}) {
      double vq = t * t * (1 - r);
      double vp = forward ? s * s - t * t : vq;
      double gap = (1 - r) * (1 - r) * (lambda * (1 - gain) * (1 - gain) + gain * gain * s * s);
      double kl = 0.5 * (vq / vp - 1 - Math.log(vq / vp) + gap / vp);
      double low = lambda / (lambda + t * t);
      double last = lambda * (1 - low) * (1 - low) + low * low * t * t;
      double expected =
          lambda / (2 * s * s) + kl + 0.5 * Math.log(2 * Math.PI * t * t) + last / (2 * t * t);
      EvidenceBound bound = new EvidenceBound(new TimeGrid(new double[] {s, t, 0}), forward);
      double found = bound.mean(1, lambda, u -> lambda * u * u / (lambda + u * u));
      assertThat(found).isCloseTo(expected, within(1e-13));
      EvidenceBound open = new EvidenceBound(new TimeGrid(new double[] {s, t}), forward);
      assertThat(open.mean(1, lambda, u -> lambda * u * u / (lambda + u * u))).isEqualTo(found);
    }
  }

  /**
   * In the precision γ = 1/σ² half the denoiser's square error is the derivative of ½ ln(1 + λγ), the information in y about x₀ (Guo, Shamai &amp; Verdú 2005). So the bound, a sum over the
   * error at the left end of every step, is above the entropy by the sum's excess over that integral, and by what start and last draw miss.
   */
  private static double gap(TimeGrid grid, boolean forward) {
    double sum = 0;
    for (double lambda : LAMBDA) {
      sum += ends(grid, lambda);
      for (int k = 0; k < grid.steps() - 1; k++) {
        double s = precision(grid, k);
        double t = precision(grid, k + 1);
        double own = 0.5 * (t - s) * lambda / (1 + lambda * s);
        double term = forward ? s / t * own + 0.5 * (s / t - 1 - Math.log(s / t)) : own;
        sum += term - 0.5 * Math.log((1 + lambda * t) / (1 + lambda * s));
      }
    }
    return sum;
  }

  private static double ends(TimeGrid grid, double lambda) {
    double first = lambda * precision(grid, 0);
    double last = lambda * precision(grid, grid.steps() - 1);
    return 0.5 * (first - Math.log1p(first)) + 0.5 * (Math.log1p(1 / last) - 1 / (1 + last));
  }

  private static double precision(TimeGrid grid, int k) {
    return 1 / (grid.time(k) * grid.time(k));
  }

  @Test
  void it_lies_above_the_entropy_by_the_gap_in_closed_form() {
    for (boolean forward : new boolean[] {false, true}) {
      for (int steps : new int[] {2, 8, 32, 128, 512, 2048}) {
        double gap = gap(TimeGrid.exponential(steps, 0.005, 300), forward);
        assertThat(gap).isPositive();
        assertThat(mean(steps, 0.005, 300, forward))
            .isCloseTo(ENTROPY + gap, within(1e-11 * gap + 1e-12));
      }
    }
  }

  /**
   * A step of δ in ln σ is one of 2δγ in γ: the sum's excess is ½δ ∫ -γ m'(γ) dγ to first order, m the square error, which for normal data is ½δ [ln(1 + λγ) + 1/(1 + λγ)] between the ends. The
   * forward variance adds δ ∫ dσ/σ - δ ∫ m dγ. What is left out is 0.63δ of it; a gap of T levels is so known beforehand.
   */
  @Test
  void the_gap_is_of_first_order_in_the_step_with_this_coefficient() {
    for (boolean forward : new boolean[] {false, true}) {
      double[] off = new double[2];
      for (int i = 0; i < 2; i++) {
        TimeGrid grid =
            TimeGrid.exponential(i == 0 ? 512 : 2045, 0.005, 300); // a quarter of the step
        double delta = Math.log(300 / 0.005) / (grid.steps() - 1);
        double ends = ends(grid, LAMBDA[0]) + ends(grid, LAMBDA[1]);
        off[i] =
            (mean(grid.steps(), 0.005, 300, forward) - ENTROPY - ends)
                    / (delta * slope(grid, forward))
                - 1;
        assertThat(Math.abs(off[i]) / delta).isBetween(0.6, 0.66);
      }
      assertThat(off[0] / off[1]).isCloseTo(4, within(0.05));
    }
  }

  private static double slope(TimeGrid grid, boolean forward) {
    double top = precision(grid, 0);
    double bottom = precision(grid, grid.steps() - 1);
    double sum = 0;
    for (double lambda : LAMBDA) {
      double high = 1 + lambda * bottom;
      double low = 1 + lambda * top;
      sum += 0.5 * (Math.log(high) + 1 / high - Math.log(low) - 1 / low);
      sum += forward ? 0.5 * Math.log(bottom / top) - Math.log(high / low) : 0;
    }
    return sum;
  }

  /** Over 3,000 data and 2 draws each; Student's interval at 1 - 10⁻⁶. Power: for a denoiser that takes the first variance for 0.4 of what it is, the same check fails. */
  @Test
  void drawn_bounds_have_the_mean_of_the_exact_formula() {
    for (boolean forward : new boolean[] {false, true}) {
      EvidenceBound bound = new EvidenceBound(TimeGrid.exponential(12, 0.05, 20), forward);
      double exact = bound.mean(2, LAMBDA[0] + LAMBDA[1], SQUARE_ERROR);
      Spread right = drawn(bound, 1);
      Spread wrong = drawn(bound, 0.4);
      assertThat(Math.abs(right.mean() - exact)).isLessThan(width(right));
      assertThat(Math.abs(wrong.mean() - exact)).isGreaterThan(width(wrong));
    }
  }

  private static double width(Spread spread) {
    return Spread.halfWidth(spread.standardError(), 3000, 1 - 1e-6);
  }

  private static Spread drawn(EvidenceBound bound, double factor) {
    GaussianDenoiser denoiser =
        new GaussianDenoiser(
            new double[2], new double[][] {{factor * LAMBDA[0], 0}, {0, LAMBDA[1]}});
    Spread spread = new Spread();
    AddressedRandom random = SEED.random();
    for (int i = 0; i < 3000; i++) {
      double[] x = {
        Math.sqrt(LAMBDA[0]) * random.nextGaussian(), Math.sqrt(LAMBDA[1]) * random.nextGaussian()
      };
      EvidenceBound.Bound one = bound.at(denoiser, x, 2, SEED.child(i));
      assertThat(one.halfWidth(0.9)).isPositive();
      spread.add(one.value());
    }
    return spread;
  }

  private static final RoundMixture MIXTURE =
      new RoundMixture(
          new double[] {0.4, 0.6}, new double[][] {{-1}, {1.5}}, new double[] {0.3, 0.5});

  /** The mean of the bound less the entropy, by the trapezoidal rule, which has all digits here: 0.673 nats at 40 levels, and as 1/T from there. */
  private static double mixtureGap(int steps) {
    double square = 0.4 * (1 + 0.09) + 0.6 * (2.25 + 0.25);
    EvidenceBound bound = new EvidenceBound(TimeGrid.exponential(steps, 0.02, 30), false);
    double entropy = -integral(0, y -> Math.log(density(y, 0)) * density(y, 0));
    return bound.mean(1, square, EvidenceBoundTest::squareError) - entropy;
  }

  private static double density(double y, double sigma) {
    return Math.exp(MIXTURE.noised(sigma).logDensity(new double[] {y}));
  }

  /** σ² (1 - σ² E s²), by Tweedie's formula. */
  private static double squareError(double sigma) {
    double[] mean = new double[1];
    double fisher =
        integral(
            sigma,
            y -> {
              MIXTURE.denoise(new double[] {y}, 1, sigma, mean);
              double score = (mean[0] - y) / (sigma * sigma);
              return density(y, sigma) * score * score;
            });
    return sigma * sigma * (1 - sigma * sigma * fisher);
  }

  private static double integral(double sigma, DoubleUnaryOperator f) {
    double step = Math.sqrt(0.09 + sigma * sigma) / 20;
    double reach = 6 + 9 * sigma;
    double sum = 0;
    for (double y = -reach; y <= reach; y += step) {
      sum += step * f.applyAsDouble(y);
    }
    return sum;
  }

  @Test
  void on_a_mixture_the_gap_is_of_first_order_too() {
    assertThat(mixtureGap(40)).isCloseTo(0.673, within(5e-4));
    double half = mixtureGap(159);
    double quarter = mixtureGap(317); // half the step
    assertThat(half / quarter).isCloseTo(2, within(0.05));
    assertThat(quarter).isPositive();
  }

  /** Over 2,000 data from the mixture, at 1 - 10⁻⁶; the interval does not reach to what half as many levels give, nor to 0. */
  @Test
  void on_a_mixture_drawn_bounds_are_above_the_negative_log_density_by_the_gap() {
    EvidenceBound bound = new EvidenceBound(TimeGrid.exponential(40, 0.02, 30), false);
    AddressedRandom random = SEED.child("mixture").random();
    Spread gap = new Spread();
    for (int i = 0; i < 2000; i++) {
      double[] x = MIXTURE.draw(random);
      gap.add(bound.at(MIXTURE, x, 4, SEED.child(i)).value() + MIXTURE.noised(0).logDensity(x));
    }
    double width = Spread.halfWidth(gap.standardError(), 2000, 1 - 1e-6);
    assertThat(gap.mean()).isCloseTo(mixtureGap(40), within(width)).isGreaterThan(width);
    assertThat(mixtureGap(20)).isGreaterThan(gap.mean() + width);
  }

  @Test
  void welfords_spread_is_the_textbooks() {
    Spread spread = new Spread();
    for (double value : new double[] {1, 4, 7, 0}) {
      spread.add(value);
    }
    assertThat(spread.mean()).isEqualTo(3);
    assertThat(spread.standardError()).isCloseTo(Math.sqrt(30.0 / 3 / 4), within(1e-15));
    // Student, 3 degrees of freedom: 3.182446
    assertThat(Spread.halfWidth(2, 4, 0.95)).isCloseTo(2 * 3.182446305, within(1e-8));
  }

  @Test
  void what_makes_no_sense_is_refused() {
    EvidenceBound bound = new EvidenceBound(TimeGrid.exponential(4, 0.1, 20), false);
    GaussianDenoiser denoiser = new GaussianDenoiser(new double[1], new double[][] {{1}});
    assertThatThrownBy(() -> bound.at(denoiser, new double[2], 2, SEED))
        .hasMessageContaining("x must");
    assertThatThrownBy(() -> bound.at(denoiser, new double[1], 1, SEED))
        .hasMessage("draws must be at least 2, got 1");
    assertThatThrownBy(() -> bound.mean(0, 1, s -> s)).hasMessageContaining("dimension must");
  }
}
