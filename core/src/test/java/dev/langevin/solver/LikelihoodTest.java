package dev.langevin.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.LogDensity;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.DifferentiableDenoiser;
import dev.langevin.diffusion.GaussianMixtureDenoiser;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import dev.langevin.solver.Likelihood.LogLikelihood;
import dev.langevin.solver.Likelihood.Probe;
import org.junit.jupiter.api.Test;

class LikelihoodTest {
  private static final Seed SEED = Seed.of(5).child("likelihood");
  private static final RoundMixture PLANE =
      new RoundMixture(
          new double[] {0.9, 0.1}, new double[][] {{-2, 1}, {1.5, 0.5}}, new double[] {0.3, 0.6});
  private static final RoundMixture SPACE =
      new RoundMixture(
          new double[] {0.3, 0.3, 0.4},
          new double[][] {
            {-1, 1, 0, 2, 0, 0, 1, -1}, {1, 1, 1, 0, 0, -1, 0, 1}, {0, -2, 0, 0, 1, 1, 0, 0}
          },
          new double[] {0.4, 0.5, 0.8});

  private static double error(Likelihood recipe, RoundMixture law, double[] x) {
    LogDensity start = law.noised(recipe.sigmaMax());
    double found = recipe.of(law, start, x, SEED).value();
    return Math.abs(found - law.noised(recipe.sigmaMin()).logDensity(x));
  }

  /** Draws of the data, and points where there are hardly any. */
  @Test
  void the_log_density_is_the_exact_one_of_the_noised_mixture_to_the_tolerance() {
    for (double tolerance : new double[] {1e-2, 1e-4, 1e-6, 1e-8}) {
      Likelihood recipe = new Likelihood(0.01, 50, tolerance);
      AddressedRandom random = SEED.child("points").random();
      double worst = 0;
      for (int i = 0; i < 12; i++) {
        worst = Math.max(worst, error(recipe, PLANE, PLANE.draw(random)));
      }
      for (double[] x : new double[][] {{0, 0}, {5, -4}, {0.2, 0.7}}) {
        worst = Math.max(worst, error(recipe, PLANE, x));
      }
      assertThat(worst).as("tolerance %s", tolerance).isLessThan(tolerance);
    }
  }

  @Test
  void other_levels_and_more_coordinates_do_not_matter() {
    AddressedRandom random = SEED.child("space").random();
    for (int i = 0; i < 4; i++) {
      double[] x = SPACE.draw(random);
      assertThat(error(new Likelihood(0.3, 7, 1e-5), SPACE, x)).isLessThan(1e-5);
      assertThat(error(new Likelihood(0.002, 80, 1e-5), SPACE, x)).isLessThan(1e-5);
    }
  }

  /** The library's own denoiser of full covariances, and its own noised density, constants included. */
  @Test
  void on_the_exact_mixture_denoiser_it_is_the_density_of_the_noised_mixture() {
    GaussianMixture law =
        GaussianMixture.of(
            new double[] {0.3, 0.7},
            new double[][] {{1, -1, 0}, {-1, 2, 0.5}},
            new double[][][] {
              {{0.5, 0.2, 0}, {0.2, 0.3, 0.1}, {0, 0.1, 0.4}},
              {{0.1, 0, 0}, {0, 0.1, 0}, {0, 0, 0.1}}
            });
    double[] x = {0.4, 0.1, -0.2};
    for (double tolerance : new double[] {1e-3, 1e-6}) {
      Likelihood recipe = new Likelihood(0.02, 40, tolerance);
      LogLikelihood found = recipe.of(new GaussianMixtureDenoiser(law), law.noised(1, 40), x, SEED);
      assertThat(found.value()).isCloseTo(law.noised(1, 0.02).logDensity(x), within(tolerance));
    }
  }

  /** A trace that is 1 % off is seen. */
  @Test
  void a_planted_error_in_the_trace_fails() {
    DifferentiableDenoiser twin = scaledPullBack(PLANE, 1.01);
    Likelihood recipe = new Likelihood(0.01, 50, 1e-4);
    double[] x = {-1.9, 1.2};
    double found = recipe.of(twin, PLANE.noised(50), x, SEED).value();
    assertThat(Math.abs(found - PLANE.noised(0.01).logDensity(x))).isGreaterThan(1e-2);
  }

  private static DifferentiableDenoiser scaledPullBack(RoundMixture law, double factor) {
    return new DifferentiableDenoiser() {
      @Override
      public int dimension() {
        return law.dimension();
      }

      @Override
      public void denoise(double[] y, int rows, double sigma, double[] out) {
        law.denoise(y, rows, sigma, out);
      }

      @Override
      public void pullBack(
          double[] y, int rows, double sigma, double[] v, double[] denoised, double[] out) {
        law.pullBack(y, rows, sigma, v, denoised, out);
        for (int i = 0; i < rows * law.dimension(); i++) {
          out[i] *= factor;
        }
      }
    };
  }

  /** N(0, σ_max²I) in place of the true law costs what the documentation says, and less with a larger σ_max. */
  @Test
  void without_the_start_law_the_error_falls_with_sigma_max() {
    double[] x = {-1.9, 1.2};
    double exact = PLANE.noised(0.01).logDensity(x);
    double near = Math.abs(new Likelihood(0.01, 20, 1e-8).of(PLANE, x, SEED).value() - exact);
    double far = Math.abs(new Likelihood(0.01, 2000, 1e-8).of(PLANE, x, SEED).value() - exact);
    assertThat(near).isBetween(1e-3, 0.1);
    assertThat(near / far).isBetween(80.0, 125.0); // as 1/σ_max
  }

  /**
   * 40 intervals at confidence 1 - 10⁻⁷ by 16 probes cover the exact value; were the values of probes normal, one misses with probability 4·10⁻⁶. Power: intervals of a
   * twentieth of a standard error, which cover one in 25, do not cover a third.
   */
  @Test
  void hutchinsons_intervals_cover_the_exact_value() {
    for (Probe probe : Probe.values()) {
      Likelihood recipe = new Likelihood(0.05, 30, 1e-4, 16, probe);
      AddressedRandom random = SEED.child("cover").random();
      int narrow = 0;
      for (int i = 0; i < 20; i++) {
        double[] x = SPACE.draw(random);
        LogLikelihood found = recipe.of(SPACE, SPACE.noised(30), x, SEED.child(i));
        double off = Math.abs(found.value() - SPACE.noised(0.05).logDensity(x));
        assertThat(found.standardError()).isPositive();
        assertThat(off).isLessThan(found.halfWidth(1 - 1e-7) + 1e-4);
        narrow += off < 0.05 * found.standardError() ? 1 : 0;
      }
      assertThat(narrow).isLessThan(8);
    }
  }

  @Test
  void rademacher_probes_spread_less_than_normal_ones() {
    double[] x = SPACE.draw(SEED.random());
    double[] error = new double[2];
    for (Probe probe : Probe.values()) {
      Likelihood recipe = new Likelihood(0.05, 30, 1e-4, 64, probe);
      error[probe.ordinal()] = recipe.of(SPACE, SPACE.noised(30), x, SEED).standardError();
    }
    assertThat(error[0]).isLessThan(error[1] / 2);
  }

  @Test
  void an_exact_trace_has_no_spread_and_its_evaluations_are_counted() {
    long[] asked = {0};
    DifferentiableDenoiser counting =
        new DifferentiableDenoiser() {
          @Override
          public int dimension() {
            return 2;
          }

          @Override
          public void denoise(double[] y, int rows, double sigma, double[] out) {
            throw new AssertionError();
          }

          @Override
          public void pullBack(
              double[] y, int rows, double sigma, double[] v, double[] denoised, double[] out) {
            asked[0] += rows;
            PLANE.pullBack(y, rows, sigma, v, denoised, out);
          }
        };
    Likelihood exact = new Likelihood(0.01, 50, 1e-3);
    LogLikelihood found = exact.of(counting, new double[] {0, 1}, SEED);
    assertThat(found.evaluations()).isEqualTo(asked[0]);
    assertThat(found.standardError()).isZero();
    assertThat(found.halfWidth(0.95)).isZero();
    assertThat(found.integrationError()).isBetween(0.0, 5e-4);
    assertThat(found).isEqualTo(exact.of(PLANE, new double[] {0, 1}, Seed.of(9)));
    asked[0] = 0;
    Likelihood probed = new Likelihood(0.01, 50, 1e-3, 3, Probe.GAUSSIAN);
    assertThat(probed.of(counting, new double[] {0, 1}, SEED).evaluations()).isEqualTo(asked[0]);
    assertThat(probed.of(PLANE, new double[] {0, 1}, SEED))
        .isNotEqualTo(probed.of(PLANE, new double[] {0, 1}, Seed.of(9)));
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> new Likelihood(1, 1, 0.1)).hasMessageContaining("sigmaMin must be");
    assertThatThrownBy(() -> new Likelihood(1, 2, 0)).hasMessageContaining("tolerance must be");
    assertThatThrownBy(() -> new Likelihood(1, 2, 1, 1, Probe.GAUSSIAN))
        .hasMessage("probes must be 0 or at least 2, got 1");
    Likelihood recipe = new Likelihood(1, 2, 1);
    assertThatThrownBy(() -> recipe.of(PLANE, new double[3], SEED))
        .hasMessageContaining("x must be");
    assertThat(recipe.of(PLANE, new double[2], SEED).value()).isCloseTo(-4, within(2.0));
  }
}
