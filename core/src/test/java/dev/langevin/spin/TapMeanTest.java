package dev.langevin.spin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** AMP and the TAP polish against sums over all states, and against each other: their fixed points are the same. */
class TapMeanTest {
  private static SpinGlass glass(int n, double beta, double fieldScale, long seed) {
    double[] field = new double[n];
    Seed.of(77).child(seed).random().fillGaussian(field, 0, n);
    for (int i = 0; i < n; i++) {
      field[i] *= fieldScale;
    }
    return new SherringtonKirkpatrick(n, beta).draw(Seed.of(seed)).withField(field);
  }

  private static double[] mean(TiltedMean method, double[] y) {
    double[] m = new double[method.dimension()];
    method.mean(y, 1, m);
    return m;
  }

  /** Root mean square error of the magnetisations over 60 instances at β = 0.5. */
  private static double error(int n, Function<SpinGlass, TiltedMean> method) {
    double sum = 0;
    for (int k = 0; k < 60; k++) {
      SpinGlass glass = glass(n, 0.5, 0.3, k);
      double[] m = mean(method.apply(glass), new double[n]);
      double[] exact = glass.model().enumerate().magnetisation();
      for (int i = 0; i < n; i++) {
        sum += (m[i] - exact[i]) * (m[i] - exact[i]) / n / 60;
      }
    }
    return Math.sqrt(sum);
  }

  @Test
  void the_error_of_the_mean_falls_as_spins_are_added_and_only_with_the_right_onsager_term() {
    double six = error(6, glass -> TapMean.standard().on(glass, 1));
    double fourteen = error(14, glass -> TapMean.standard().on(glass, 1));
    assertThat(six).isLessThan(0.045);
    assertThat(fourteen).isLessThan(0.75 * six);
    for (double wrong : new double[] {0, -1, 2}) {
      assertThat(error(14, glass -> new BrokenAmp(glass, wrong))).isGreaterThan(2 * fourteen);
    }
  }

  @Test
  void a_tilt_is_a_field() {
    SpinGlass glass = glass(50, 0.7, 1, 1);
    double[] tilt = new double[50];
    double[] both = new double[50];
    Seed.of(5).random().fillGaussian(tilt, 0, 50);
    for (int i = 0; i < 50; i++) {
      both[i] = tilt[i] + glass.model().field(i);
    }
    assertThat(mean(TapMean.standard().on(glass, 1), tilt))
        .containsExactly(
            mean(TapMean.standard().on(glass.withField(both), 1), new double[50]), within(1e-12));
  }

  @Test
  void amp_stops_where_the_tap_free_energy_is_stationary() {
    SpinGlass glass = glass(200, 0.8, 0.5, 2);
    double[] m = mean(new Amp(500, 1e-13).on(glass, 1), new double[200]);
    double[] gradient = new double[200];
    new TapFreeEnergy(glass).gradient(new double[200], m, gradient);
    assertThat(gradient).containsOnly(new double[] {0}, within(1e-10));
  }

  @Test
  void the_polish_takes_one_iteration_of_amp_to_where_amp_goes() {
    SpinGlass glass = glass(200, 0.8, 0.5, 3);
    TiltedMean polished =
        new TapMean(new Amp(1, 1e-12), new TapPolish(1000, 0.4, 1e-12)).on(glass, 1);
    double[] m = mean(polished, new double[200]);
    assertThat(polished.converged(0)).isTrue();
    assertThat(polished.residual(0)).isLessThan(1e-12);
    assertThat(polished.iterations(0)).isGreaterThan(20);
    assertThat(m)
        .containsExactly(mean(new Amp(500, 1e-13).on(glass, 1), new double[200]), within(1e-10));
  }

  @Test
  void the_polish_lowers_the_free_energy() {
    SpinGlass glass = glass(200, 0.8, 0.5, 3);
    TapFreeEnergy energy = new TapFreeEnergy(glass);
    double[] y = new double[200];
    double before = Double.POSITIVE_INFINITY;
    for (int steps : new int[] {0, 1, 2, 4, 8}) {
      double[] m =
          mean(new TapMean(new Amp(1, 1e-9), new TapPolish(steps, 0.3, 1e-9)).on(glass, 1), y);
      double value = energy.value(y, m);
      assertThat(value).isLessThan(before);
      before = value;
    }
  }

  @Test
  void too_few_iterations_are_told() {
    SpinGlass glass = glass(100, 0.9, 0.5, 4);
    TiltedMean amp = new TapMean(new Amp(2, 1e-8), new TapPolish(0, 0.5, 1e-8)).on(glass, 1);
    mean(amp, new double[100]);
    assertThat(amp.converged(0)).isFalse();
    assertThat(amp.iterations(0)).isEqualTo(2);
    assertThat(amp.residual(0)).isGreaterThan(1e-3);
    TiltedMean polished = new TapMean(new Amp(2, 1e-8), new TapPolish(3, 0.5, 1e-8)).on(glass, 1);
    mean(polished, new double[100]);
    assertThat(polished.converged(0)).isFalse();
    assertThat(polished.iterations(0)).isEqualTo(5);
  }

  @Test
  void at_low_temperature_amp_does_not_converge_and_says_so() {
    TiltedMean amp = new Amp(300, 1e-4).on(glass(300, 3, 0.1, 5), 1);
    mean(amp, new double[300]);
    assertThat(amp.converged(0)).isFalse();
  }

  @Test
  void a_row_does_not_depend_on_its_batch() {
    int n = 61;
    SpinGlass glass = glass(n, 0.8, 0.2, 6);
    double[] y = new double[5 * n];
    Seed.of(9).random().fillGaussian(y, 0, y.length);
    Arrays.fill(y, 3 * n, 4 * n, 0); // converges at another time than the others
    double[] m = new double[5 * n];
    TiltedMean together = TapMean.standard().on(glass, 5);
    together.mean(y, 5, m);
    TiltedMean alone = TapMean.standard().on(glass, 1);
    for (int r = 0; r < 5; r++) {
      double[] row = mean(alone, Arrays.copyOfRange(y, r * n, (r + 1) * n));
      assertThat(Arrays.copyOfRange(m, r * n, (r + 1) * n)).isEqualTo(row);
      assertThat(together.iterations(r)).isEqualTo(alone.iterations(0));
      assertThat(together.residual(r)).isEqualTo(alone.residual(0));
    }
  }

  @Test
  void a_guess_near_the_answer_saves_iterations() {
    SpinGlass glass = glass(200, 0.8, 0.5, 7);
    TiltedMean amp = new Amp(500, 1e-6).on(glass, 1);
    double[] m = mean(amp, new double[200]);
    int cold = amp.iterations(0);
    amp.mean(new double[200], 1, m);
    assertThat(amp.iterations(0)).isLessThan(cold / 2);
  }

  @Test
  void the_gradient_of_the_free_energy_is_its_derivative() {
    int n = 7;
    SpinGlass glass = glass(n, 0.6, 0.4, 8);
    TapFreeEnergy energy = new TapFreeEnergy(glass);
    double[] y = {0.1, 0, -0.4, 1, 0.3, -2, 0.05};
    double[] m = {0.5, -0.9, 0.1, 0.99, 0, -0.3, 0.7};
    double[] gradient = new double[n];
    energy.gradient(y, m, gradient);
    for (int i = 0; i < n; i++) {
      double[] up = m.clone();
      double[] down = m.clone();
      up[i] += 1e-6;
      down[i] -= 1e-6;
      double slope = (energy.value(y, up) - energy.value(y, down)) / 2e-6;
      assertThat(gradient[i]).isCloseTo(slope, within(1e-6));
    }
  }

  @Test
  void without_a_field_the_free_energy_of_no_magnetisation_is_the_annealed_one() {
    int n = 12;
    SpinGlass glass = glass(n, 0.6, 0, 9);
    double annealed = n * (Math.log(2) + 0.36 / 4) + glass.model().diagonal();
    assertThat(new TapFreeEnergy(glass).value(new double[n], new double[n]))
        .isCloseTo(-annealed, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.6})
  void the_least_free_energy_estimates_the_partition_function(double beta) {
    int n = 14;
    double worst = 0;
    for (int k = 0; k < 10; k++) {
      SpinGlass glass = glass(n, beta, 0.5, k);
      double[] y = new double[n];
      double[] m = mean(TapMean.standard().on(glass, 1), y);
      double estimate = -new TapFreeEnergy(glass).value(y, m);
      worst = Math.max(worst, Math.abs(estimate - glass.model().enumerate().logPartition()));
    }
    assertThat(worst).isLessThan(beta * beta); // of O(1) in n: n β²/4 ‖A‖² fluctuates by β²/2
  }

  @Test
  void saturated_spins_have_finite_free_energy() {
    SpinGlass glass = glass(3, 0.5, 0, 1);
    assertThat(new TapFreeEnergy(glass).value(new double[3], new double[] {1, -1, 1})).isFinite();
  }

  @Test
  void nonsense_is_refused_with_its_value() {
    assertThatThrownBy(() -> new Amp(0, 1)).hasMessage("iterations must be at least 1, got 0");
    assertThatThrownBy(() -> new Amp(1, 0))
        .hasMessage("tolerance must be positive and finite, got 0.0");
    assertThatThrownBy(() -> new TapPolish(-1, 0.5, 1))
        .hasMessage("steps must be at least 0, got -1");
    assertThatThrownBy(() -> new TapPolish(1, 1.5, 1))
        .hasMessage("stepSize must be at most 1, got 1.5");
    assertThatThrownBy(() -> TapMean.standard().on(glass(3, 1, 1, 1), 0))
        .hasMessage("rows must be at least 1, got 0");
  }
}
