package dev.langevin.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionsTest {
  private static final int ROWS = 5;

  private static GaussianMixture mixture() {
    return GaussianMixture.isotropic(
        new double[] {0.3, 0.7}, new double[][] {{-1, 0.5}, {1.5, -0.2}}, new double[] {0.4, 0.9});
  }

  private static double[] normals(double scale) {
    double[] values = new double[2 * ROWS];
    Seed.of(7).random().fillGaussian(values, 0, values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] *= scale;
    }
    return values;
  }

  private static double[] denoise(Denoiser denoiser, double[] y, double sigma) {
    double[] out = new double[y.length];
    denoiser.denoise(y, y.length / denoiser.dimension(), sigma, out);
    return out;
  }

  static List<Noising> noisings() {
    return NoisingTest.noisings();
  }

  /** Each row of a view against the noised mixture's own score, from which every form follows. */
  @ParameterizedTest
  @MethodSource("noisings")
  void a_denoiser_is_seen_in_every_form_of_every_process(Noising noising) {
    Denoiser exact = new GaussianMixtureDenoiser(mixture());
    for (double sigma : new double[] {0.02, 0.5, 2, 30}) {
      double t = noising.time(sigma);
      double a = noising.signal(t);
      double b = noising.noise(t);
      double[] x = normals(a + b);
      double[] point = new double[2];
      double[] score = new double[2];
      double[] found = new double[x.length];
      for (Prediction form : Prediction.values()) {
        Predictions.of(exact, form, noising).predict(x, ROWS, t, found);
        for (int r = 0; r < ROWS; r++) {
          System.arraycopy(x, 2 * r, point, 0, 2);
          mixture().noised(a, b).score(point, score);
          for (int j = 0; j < 2; j++) {
            double noise = -b * score[j];
            double denoised = (point[j] - b * noise) / a;
            double expected =
                switch (form) {
                  case DENOISED -> denoised;
                  case NOISE -> noise;
                  case SCORE -> score[j];
                  case VELOCITY -> a * noise - b * denoised;
                };
            double size = Math.abs(expected) + Math.abs(point[j]) * (1 + 1 / b / b) + 1 / a;
            assertThat(found[2 * r + j])
                .as("%s at %s", form, sigma)
                .isCloseTo(expected, within(1e-13 * size));
          }
        }
      }
    }
  }

  /**
   * A view turned back into a denoiser. NOISE and SCORE hold D to u|y|, the others to rounding; the level is found again from its time to as many digits as {@link NoisingTest} allows. The twin takes the
   * view for one of another process.
   */
  @ParameterizedTest
  @MethodSource("noisings")
  void a_view_of_a_denoiser_is_that_denoiser_at_every_level(Noising noising) {
    Denoiser exact = new GaussianMixtureDenoiser(mixture());
    Noising other = noising instanceof StraightPath ? new OrnsteinUhlenbeck() : new StraightPath();
    for (double sigma : new double[] {0.011, 0.5, 3, 40, 1e4, 1e8}) {
      double t = noising.time(sigma);
      if (noising.signal(t) == 0) {
        continue;
      }
      double[] y = normals(1 + sigma);
      double[] expected = denoise(exact, y, sigma);
      double level = 1e-15 * (4 + 2 * NoisingTest.condition(noising, t) + Math.log(1e12));
      for (Prediction form : Prediction.values()) {
        Predictor view = Predictions.of(exact, form, noising);
        double[] found = denoise(Predictions.denoiser(2, form, noising, view), y, sigma);
        for (int i = 0; i < y.length; i++) {
          double bound = 8 * 0x1p-53 * (1 + Math.abs(y[i])) + 3 * level;
          assertThat(found[i]).as("%s at %s", form, sigma).isCloseTo(expected[i], within(bound));
        }
        if (sigma == 0.5) {
          double[] twin = denoise(Predictions.denoiser(2, form, other, view), y, sigma);
          assertThat(Math.abs(twin[0] - expected[0]))
              .as("%s, other process", form)
              .isGreaterThan(1e-3);
        }
      }
    }
  }

  /** A function written down by hand: N(0, 1.5²) in the variables of the straight path. */
  @Test
  void a_formula_of_the_noise_is_a_denoiser() {
    StraightPath path = new StraightPath();
    AtomicInteger calls = new AtomicInteger();
    Predictor noise =
        (x, rows, t, out) -> {
          calls.incrementAndGet();
          for (int i = 0; i < 2 * rows; i++) {
            out[i] = t * x[i] / ((1 - t) * (1 - t) * 2.25 + t * t);
          }
        };
    Denoiser denoiser = Predictions.denoiser(2, Prediction.NOISE, path, noise);
    assertThat(denoiser.dimension()).isEqualTo(2);
    double[] y = normals(2);
    double[] found = denoise(denoiser, y, 0.8);
    for (int i = 0; i < y.length; i++) {
      assertThat(found[i]).isCloseTo(2.25 / (2.25 + 0.64) * y[i], within(1e-14));
    }
    assertThat(calls.get()).isEqualTo(1); // the whole batch at once
    assertThat(denoise(denoiser, new double[] {y[4], y[5]}, 0.8))
        .containsExactly(found[4], found[5]);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void without_signal_only_what_is_known_is_answered(boolean straight) {
    NoiseSchedule schedule = new NoiseSchedule.ZeroTerminalSnr(NoiseSchedule.linear(), 1);
    Noising noising = straight ? new StraightPath() : new TimeRescaled(schedule);
    assertThat(noising.signal(noising.end())).isZero();
    double b = noising.noise(noising.end());
    Denoiser exact = new GaussianMixtureDenoiser(mixture());
    double[] x = normals(1);
    double[] out = new double[x.length];
    Predictions.of(exact, Prediction.NOISE, noising).predict(x, ROWS, noising.end(), out);
    assertThat(out[3]).isCloseTo(x[3] / b, within(1e-15));
    Predictions.of(exact, Prediction.SCORE, noising).predict(x, ROWS, noising.end(), out);
    assertThat(out[3]).isCloseTo(-x[3] / b / b, within(1e-15));
    for (Prediction form : List.of(Prediction.DENOISED, Prediction.VELOCITY)) {
      Predictor view = Predictions.of(exact, form, noising);
      assertThatThrownBy(() -> view.predict(x, ROWS, noising.end(), out))
          .hasMessage(form + " of a denoiser is not known where no signal is left, a = 0");
    }
    Predictor pull = (at, rows, t, to) -> Arrays.fill(to, 0, 2 * rows, -0.6 * b);
    double[] mean = denoise(Predictions.denoiser(2, Prediction.VELOCITY, noising, pull), x, 1e300);
    assertThat(mean).containsOnly(mean[0]);
    assertThat(mean[0]).isCloseTo(0.6, within(1e-14));
    if (straight) { // 1 - t is 0 to rounding; the other clock still tells the level from the end
      Denoiser blind = Predictions.denoiser(2, Prediction.NOISE, noising, pull);
      assertThatThrownBy(() -> denoise(blind, x, 1e300))
          .hasMessage("NOISE cannot be turned into DENOISED where no signal is left, a = 0");
    }
  }

  @Test
  void what_makes_no_sense_is_refused() {
    Predictor nothing = (x, rows, t, out) -> {};
    Noising noising = new OrnsteinUhlenbeck();
    assertThatThrownBy(() -> Predictions.denoiser(0, Prediction.NOISE, noising, nothing))
        .hasMessageContaining("dimension must be at least 1");
    Denoiser denoiser = Predictions.denoiser(1, Prediction.NOISE, noising, nothing);
    assertThatThrownBy(() -> denoise(denoiser, new double[1], 0))
        .hasMessageContaining("sigma must be positive");
    Predictor view = Predictions.of(denoiser, Prediction.NOISE, noising);
    assertThatThrownBy(() -> view.predict(new double[1], 1, 0, new double[1]))
        .hasMessageContaining("noise scale b must be positive");
  }
}
