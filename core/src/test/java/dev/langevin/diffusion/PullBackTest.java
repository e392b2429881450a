package dev.langevin.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PullBackTest {
  private static final double[][] FULL = {{2, 0.6, -0.3}, {0.6, 0.5, 0.1}, {-0.3, 0.1, 0.7}};
  private static final double[][] MEANS = {{1, -2, 0.5}, {-1, 0, 2}, {2, 1, 1}, {0, 0, 0}};

  /** Unequal weights; full, diagonal and isotropic covariances; one weight of zero. */
  private static GaussianMixture mixture() {
    double[][] diagonal = {{0.1, 0, 0}, {0, 1, 0}, {0, 0, 2}};
    double[][] small = {{0.01, 0, 0}, {0, 0.01, 0}, {0, 0, 0.01}};
    return GaussianMixture.of(
        new double[] {0.5, 0.3, 0.2, 0}, MEANS, new double[][][] {FULL, diagonal, small, small});
  }

  /** J by rows, from products with unit vectors: row i is Jᵀe_i. */
  private static double[][] jacobian(DifferentiableDenoiser denoiser, double[] y, double sigma) {
    int d = y.length;
    double[] repeated = new double[d * d];
    double[] unit = new double[d * d];
    for (int i = 0; i < d; i++) {
      System.arraycopy(y, 0, repeated, i * d, d);
      unit[i * d + i] = 1;
    }
    double[] out = new double[d * d];
    denoiser.pullBack(repeated, d, sigma, unit, new double[d * d], out);
    double[][] jacobian = new double[d][d];
    for (int i = 0; i < d; i++) {
      System.arraycopy(out, i * d, jacobian[i], 0, d);
    }
    return jacobian;
  }

  /** Points under noise, so that between modes lies something too. */
  private static double[] point(AddressedRandom random, double sigma) {
    double[] y = new double[3];
    mixture().sample(random, y);
    for (int j = 0; j < 3; j++) {
      y[j] += sigma * random.nextGaussian();
    }
    return y;
  }

  /** Richardson's extrapolation of central differences, order 6. */
  private static double[][] differences(Denoiser denoiser, double[] y, double sigma) {
    double[][] jacobian = new double[3][3];
    double h = 2e-3 * Math.max(sigma, 0.05);
    double[] weights = {0, 3.0 / 4, -3.0 / 20, 1.0 / 60};
    double[] moved = y.clone();
    double[] out = new double[3];
    for (int j = 0; j < 3; j++) {
      for (int m = -3; m <= 3; m++) {
        moved[j] = y[j] + m * h;
        denoiser.denoise(moved, 1, sigma, out);
        for (int i = 0; i < 3; i++) {
          jacobian[i][j] += Integer.signum(m) * weights[Math.abs(m)] / h * out[i];
        }
      }
      moved[j] = y[j];
    }
    return jacobian;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 1, 4, 80})
  void the_product_is_the_derivative_of_the_denoiser(double sigma) {
    DifferentiableDenoiser exact = new GaussianMixtureDenoiser(mixture());
    AddressedRandom random = Seed.of(21).random();
    double between = 0;
    for (int repeat = 0; repeat < 40; repeat++) {
      double[] y = point(random, sigma);
      double[][] found = jacobian(exact, y, sigma);
      double[][] expected = differences(exact, y, sigma);
      double[][] within = withinOnly(y, sigma);
      for (int i = 0; i < 3; i++) {
        assertThat(found[i]).containsExactly(expected[i], within(3e-10 * (1 + norm(found))));
        between = Math.max(between, Math.abs(found[i][i] - within[i][i]));
      }
    }
    // the term between the components matters here: without it the check fails
    assertThat(between).isGreaterThan(1e-5);
  }

  /** The broken twin: Σ_k r_k Σ_k(Σ_k + σ²I)⁻¹ without the covariance between the components. */
  private static double[][] withinOnly(double[] y, double sigma) {
    double[] shares = new double[4];
    mixture().noised(1, sigma).responsibilities(y, shares);
    double[][] sum = new double[3][3];
    for (int k = 0; k < 4; k++) {
      double[][] own =
          jacobian(new GaussianDenoiser(MEANS[k], mixture().covariances()[k]), y, sigma);
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          sum[i][j] += shares[k] * own[i][j];
        }
      }
    }
    return sum;
  }

  private static double norm(double[][] matrix) {
    double sum = 0;
    for (double[] row : matrix) {
      for (double value : row) {
        sum += value * value;
      }
    }
    return Math.sqrt(sum);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-200, 1e-6, 0.05, 1, 80, 1e6})
  void it_is_symmetric_and_has_no_negative_eigenvalues(double sigma) {
    DifferentiableDenoiser exact = new GaussianMixtureDenoiser(mixture());
    AddressedRandom random = Seed.of(22).random();
    for (int repeat = 0; repeat < 40; repeat++) {
      double[][] found = jacobian(exact, point(random, sigma), sigma);
      double scale = norm(found);
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < i; j++) {
          assertThat(found[i][j]).isCloseTo(found[j][i], within(1e-15 * (1 + scale)));
        }
      }
      EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(3, false, true);
      assertThat(eigen.decompose(new DMatrixRMaj(found))).isTrue();
      for (int i = 0; i < 3; i++) {
        assertThat(eigen.getEigenvalue(i).getReal()).isGreaterThan(-1e-15 * (1 + scale));
      }
    }
  }

  /** Second-order Tweedie: J σ² is the covariance of x₀ given y; here by numerical integration. */
  @Test
  void it_is_the_posterior_covariance_over_the_variance_of_the_noise() {
    GaussianMixture line =
        GaussianMixture.isotropic(
            new double[] {0.7, 0.3}, new double[][] {{-1}, {2}}, new double[] {0.5, 0.2});
    DifferentiableDenoiser denoiser = new GaussianMixtureDenoiser(line);
    for (double sigma : new double[] {0.2, 0.7, 3}) {
      for (double y = -4; y <= 4; y += 0.37) {
        double[] moments = new double[3];
        for (double x = -8; x <= 8; x += 1e-3) {
          double z = (y - x) / sigma;
          double weight = Math.exp(line.logDensity(new double[] {x}) - 0.5 * z * z);
          moments[0] += weight;
          moments[1] += weight * x;
          moments[2] += weight * x * x;
        }
        double mean = moments[1] / moments[0];
        double variance = moments[2] / moments[0] - mean * mean;
        double found = jacobian(denoiser, new double[] {y}, sigma)[0][0];
        assertThat(found).isCloseTo(variance / (sigma * sigma), within(1e-10));
      }
    }
  }

  @Test
  void the_gaussian_jacobian_is_its_gain_and_does_not_depend_on_the_point() {
    GaussianDenoiser normal = new GaussianDenoiser(MEANS[0], FULL);
    double[][] here = jacobian(normal, new double[] {4, 1, -7}, 0.7);
    assertThat(jacobian(normal, new double[] {0, 0, 0}, 0.7)).isDeepEqualTo(here);
    double[] zero = new double[3];
    normal.denoise(new double[3], 1, 0.7, zero);
    double[] out = new double[3];
    for (int j = 0; j < 3; j++) {
      double[] y = new double[3];
      y[j] = 1;
      normal.denoise(y, 1, 0.7, out);
      for (int i = 0; i < 3; i++) {
        assertThat(here[i][j]).isCloseTo(out[i] - zero[i], within(1e-14));
      }
    }
  }

  @Test
  void it_denoises_on_the_way_and_a_row_does_not_depend_on_its_batch() {
    GaussianMixtureDenoiser exact = new GaussianMixtureDenoiser(mixture());
    double[] y = new double[21];
    double[] v = new double[21];
    Seed.of(5).random().fillGaussian(y, 0, 21);
    Seed.of(6).random().fillGaussian(v, 0, 21);
    double[] plain = new double[21];
    exact.denoise(y, 7, 0.4, plain);
    double[] denoised = new double[21];
    double[] out = new double[21];
    exact.pullBack(y, 7, 0.4, v, denoised, out);
    assertThat(denoised).isEqualTo(plain);
    for (int r = 0; r < 7; r++) {
      double[] one = new double[3];
      double[] own = Arrays.copyOfRange(y, 3 * r, 3 * r + 3);
      double[] direction = Arrays.copyOfRange(v, 3 * r, 3 * r + 3);
      exact.pullBack(own, 1, 0.4, direction, new double[3], one);
      assertThat(one).isEqualTo(Arrays.copyOfRange(out, 3 * r, 3 * r + 3));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.3, 1, 4, 80})
  void differences_come_within_their_stated_error(double sigma) {
    GaussianMixtureDenoiser exact = new GaussianMixtureDenoiser(mixture());
    FiniteDifferences once = FiniteDifferences.symmetric(exact, FiniteDifferences.DOUBLE_PRECISION);
    FiniteDifferences often = FiniteDifferences.any(exact, FiniteDifferences.DOUBLE_PRECISION);
    AddressedRandom random = Seed.of(23).random();
    for (int repeat = 0; repeat < 40; repeat++) {
      double[] y = point(random, sigma);
      double rho = Math.sqrt(sigma * sigma + (y[0] * y[0] + y[1] * y[1] + y[2] * y[2]) / 3);
      double stated = 4e-10 * Math.pow(rho / sigma, 2.0 / 3);
      double[][] expected = jacobian(exact, y, sigma);
      double[][] one = jacobian(once, y, sigma);
      double[][] all = jacobian(often, y, sigma);
      for (int i = 0; i < 3; i++) {
        assertThat(one[i]).containsExactly(expected[i], within(stated * (1 + norm(expected))));
        assertThat(all[i]).containsExactly(expected[i], within(stated * (1 + norm(expected))));
      }
    }
  }

  /** D(y) = A y with A not symmetric: only the columns see the transpose. */
  @Test
  void only_the_way_by_columns_transposes() {
    double[][] a = {{1, 2}, {-3, 0.5}};
    Denoiser linear =
        new Denoiser() {
          @Override
          public int dimension() {
            return 2;
          }

          @Override
          public void denoise(double[] y, int rows, double sigma, double[] out) {
            for (int r = 0; r < 2 * rows; r += 2) {
              out[r] = a[0][0] * y[r] + a[0][1] * y[r + 1];
              out[r + 1] = a[1][0] * y[r] + a[1][1] * y[r + 1];
            }
          }
        };
    double[][] columns = jacobian(FiniteDifferences.any(linear, 1e-3), new double[] {1, 1}, 2);
    double[][] direct = jacobian(FiniteDifferences.symmetric(linear, 0.1), new double[] {1, 1}, 2);
    for (int i = 0; i < 2; i++) {
      assertThat(columns[i]).containsExactly(a[i], within(1e-11));
      assertThat(direct[i]).containsExactly(new double[] {a[0][i], a[1][i]}, within(1e-13));
    }
  }

  @Test
  void no_direction_gives_no_product_and_steps_make_sense() {
    FiniteDifferences of =
        FiniteDifferences.symmetric(new GaussianMixtureDenoiser(mixture()), 1e-5);
    double[] out = {1, 1, 1};
    of.pullBack(new double[] {1, 2, 3}, 1, 0.5, new double[3], new double[3], out);
    assertThat(out).containsOnly(0);
    assertThatThrownBy(() -> FiniteDifferences.any(of, 0))
        .hasMessageContaining("relativeStep must be strictly between 0.0 and 1.0, got 0.0");
  }
}
