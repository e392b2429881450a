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

  @Test
  void it_lies_above_the_entropy_and_comes_down_to_it() {
    for (boolean forward : new boolean[] {false, true}) {
      double before = Double.POSITIVE_INFINITY;
      for (int steps : new int[] {2, 8, 32, 128, 512, 2048}) {
        double gap = mean(steps, 0.005, 300, forward) - ENTROPY;
        assertThat(gap).isPositive().isLessThan(before);
        before = gap;
      }
      // a step of δ in ln σ costs δ² per coordinate: where σ is below its scale, or above with the
      // forward variance
      double delta = Math.log(300 / 0.005) / 2047;
      double product = Math.sqrt(LAMBDA[0] * LAMBDA[1]);
      double decades =
          forward ? Math.log(300 * 300 / product) : Math.log(product / (0.005 * 0.005));
      assertThat(before / (delta * decades)).isBetween(0.85, 1.0);
    }
  }

  /** The gap is of first order in the step. */
  @Test
  void halving_the_steps_halves_the_gap() {
    double limit = mean(1 << 20, 0.001, 1000, false) - ENTROPY;
    double coarse = mean(500, 0.001, 1000, false) - ENTROPY - limit;
    double fine = mean(1000, 0.001, 1000, false) - ENTROPY - limit;
    assertThat(coarse / fine).isCloseTo(2, within(0.05));
  }

  /** Over 3,000 data and 2 draws each; Student's interval at 1 - 10⁻⁶. Power: a denoiser that shrinks by 5 % too much lies outside. */
  @Test
  void drawn_bounds_have_the_mean_of_the_exact_formula() {
    GaussianDenoiser denoiser =
        new GaussianDenoiser(new double[2], new double[][] {{LAMBDA[0], 0}, {0, LAMBDA[1]}});
    GaussianDenoiser wrong =
        new GaussianDenoiser(new double[2], new double[][] {{0.8 * LAMBDA[0], 0}, {0, LAMBDA[1]}});
    for (boolean forward : new boolean[] {false, true}) {
      EvidenceBound bound = new EvidenceBound(TimeGrid.exponential(12, 0.05, 20), forward);
      double exact = bound.mean(2, LAMBDA[0] + LAMBDA[1], SQUARE_ERROR);
      Spread right = new Spread();
      Spread off = new Spread();
      AddressedRandom random = SEED.random();
      for (int i = 0; i < 3000; i++) {
        double[] x = {
          Math.sqrt(LAMBDA[0]) * random.nextGaussian(), Math.sqrt(LAMBDA[1]) * random.nextGaussian()
        };
        EvidenceBound.Bound one = bound.at(denoiser, x, 2, SEED.child(i));
        assertThat(one.halfWidth(0.9)).isPositive();
        right.add(one.value());
        off.add(bound.at(wrong, x, 2, SEED.child(i)).value());
      }
      double width = Spread.halfWidth(right.standardError(), 3000, 1 - 1e-6);
      assertThat(right.mean()).isCloseTo(exact, within(width));
      // common noise: the difference is known far better than either
      assertThat(off.mean() - right.mean()).isPositive();
    }
  }

  /** For data from a mixture the mean bound is above the mean of -log p, by more than chance explains at 10⁻⁶. */
  @Test
  void on_a_mixture_the_bound_is_on_the_right_side() {
    RoundMixture law =
        new RoundMixture(
            new double[] {0.4, 0.6}, new double[][] {{-1}, {1.5}}, new double[] {0.3, 0.5});
    EvidenceBound bound = new EvidenceBound(TimeGrid.exponential(40, 0.02, 30), false);
    AddressedRandom random = SEED.child("mixture").random();
    Spread gap = new Spread();
    for (int i = 0; i < 2000; i++) {
      double[] x = law.draw(random);
      gap.add(bound.at(law, x, 4, SEED.child(i)).value() + law.noised(0).logDensity(x));
    }
    double width = Spread.halfWidth(gap.standardError(), 2000, 1 - 2e-6);
    assertThat(gap.mean()).isGreaterThan(width).isLessThan(1);
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
