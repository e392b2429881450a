package dev.langevin.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.random.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmpiricalDenoiserTest {
  private static final int D = 5; // no multiple of four
  private static final int N = 150; // more than two tiles, and no whole number of them

  private static double[] normals(int length, long seed) {
    double[] values = new double[length];
    Seed.of(seed).random().fillGaussian(values, 0, length);
    return values;
  }

  private static double[] row(double[] values, int i) {
    return Arrays.copyOfRange(values, i * D, (i + 1) * D);
  }

  @Test
  void at_small_levels_it_returns_the_nearest_row_and_at_large_ones_the_mean() {
    double[] data = normals(N * D, 1);
    Denoiser denoiser = new EmpiricalDenoiser(data, D);
    double[] y = normals(40 * D, 2);
    double[] near = new double[y.length];
    denoiser.denoise(y, 40, 1e-3, near);
    double[] far = new double[y.length];
    denoiser.denoise(y, 40, 1e9, far);
    double[] mean = new double[D];
    for (int i = 0; i < N * D; i++) {
      mean[i % D] += data[i] / N;
    }
    for (int r = 0; r < 40; r++) {
      int nearest = 0;
      for (int i = 1; i < N; i++) {
        if (distance(y, r, data, i) < distance(y, r, data, nearest)) {
          nearest = i;
        }
      }
      assertThat(row(near, r)).isEqualTo(row(data, nearest));
      assertThat(row(far, r)).containsExactly(mean, within(1e-14));
    }
  }

  private static double distance(double[] y, int r, double[] data, int i) {
    double sum = 0;
    for (int j = 0; j < D; j++) {
      sum += Math.pow(y[r * D + j] - data[i * D + j], 2);
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.7, 3, 100})
  void it_is_the_mixture_of_points(double sigma) {
    double[] data = normals(N * D, 1);
    double[][] means = new double[N][];
    double[] weights = new double[N];
    double[] sds = new double[N];
    for (int i = 0; i < N; i++) {
      means[i] = row(data, i);
      weights[i] = 1;
      sds[i] = 1e-10;
    }
    DifferentiableDenoiser points = new EmpiricalDenoiser(data, D);
    DifferentiableDenoiser mixture =
        new GaussianMixtureDenoiser(GaussianMixture.isotropic(weights, means, sds));
    double[] y = normals(37 * D, 3);
    double[] v = normals(37 * D, 4);
    double[][] found = pulled(points, y, 37, sigma, v);
    double[][] expected = pulled(mixture, y, 37, sigma, v);
    assertThat(found[0]).containsExactly(expected[0], within(1e-12));
    assertThat(found[1]).containsExactly(expected[1], within(1e-12 / (sigma * sigma)));
    double[] plain = new double[y.length];
    points.denoise(y, 37, sigma, plain);
    assertThat(plain).isEqualTo(found[0]);
  }

  private static double[][] pulled(
      DifferentiableDenoiser denoiser, double[] y, int rows, double sigma, double[] v) {
    double[][] result = new double[2][y.length];
    denoiser.pullBack(y, rows, sigma, v, result[0], result[1]);
    return result;
  }

  @Test
  void a_row_depends_neither_on_its_batch_nor_on_the_twin() {
    EmpiricalDenoiser denoiser = new EmpiricalDenoiser(normals(N * D, 1), D);
    double[] y = normals(37 * D, 3);
    double[] together = new double[y.length];
    denoiser.denoise(y, 37, 0.5, together);
    for (int r = 0; r < 37; r++) {
      double[] alone = new double[D];
      denoiser.fork().denoise(row(y, r), 1, 0.5, alone);
      assertThat(alone).isEqualTo(row(together, r));
    }
    assertThat(denoiser.rows()).isEqualTo(N);
  }

  @Test
  void points_far_outside_find_their_row_without_underflow() {
    Denoiser denoiser = new EmpiricalDenoiser(new double[] {-1, 1}, 1);
    double[] out = new double[2];
    denoiser.denoise(new double[] {500, -500}, 2, 1e-3, out);
    assertThat(out).containsExactly(1, -1);
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> new EmpiricalDenoiser(new double[7], 2))
        .hasMessageContaining("multiple of dimension 2, got 7");
    assertThatThrownBy(() -> new EmpiricalDenoiser(new double[0], 2)).hasMessageContaining("got 0");
    assertThatThrownBy(() -> new EmpiricalDenoiser(new double[] {Double.NaN}, 1))
        .hasMessageContaining("data[0] must be finite");
  }
}
