package dev.langevin.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.CovarianceShape;
import dev.langevin.density.target.Gaussian;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.random.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Covariances that are no matrices: the same numbers, in memory that d = 10⁵ allows. */
class CovarianceShapeTest {
  private static final int D = 7; // no multiple of four

  private static double[] normals(int length, long seed) {
    double[] values = new double[length];
    Seed.of(seed).random().fillGaussian(values, 0, length);
    return values;
  }

  private static double[][] spread(double... diagonal) {
    double[][] matrix = new double[diagonal.length][diagonal.length];
    for (int i = 0; i < diagonal.length; i++) {
      matrix[i][i] = diagonal[i];
    }
    return matrix;
  }

  /** All that a component computes at one point, in a row. */
  private static double[] figures(NoisedNormal law, double sigma) {
    double[] y = normals(2 * D, 2);
    double[] all = new double[1 + 4 * D];
    double[] out = new double[2 * D];
    double[] pull = new double[D];
    law.level(Levels.variance(sigma));
    all[0] = law.weigh(y, D);
    law.add(0.7, y, D, out);
    System.arraycopy(out, D, all, 1, D);
    law.addPull(0.3, y, D, pull);
    System.arraycopy(pull, 0, all, 1 + D, D);
    law.addGain(0.2, y, out, D);
    System.arraycopy(out, D, all, 1 + 2 * D, D);
    System.arraycopy(out, 0, all, 1 + 3 * D, D); // nothing of another row is touched
    return all;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 0.4, 2, 300})
  void every_shape_computes_the_same(double sigma) {
    double[] mean = normals(D, 1);
    double[] round = {0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8};
    double[] unlike = {0.8, 0.1, 2, 0.8, 0, 0.3, 1.1};
    double[] expected = figures(new RoundNormal(mean, 0.8), sigma);
    assertClose(figures(new DiagonalNormal(mean, round), sigma), expected);
    assertClose(figures(new FullNormal(mean, spread(round)), sigma), expected);
    double[] diagonal = figures(new DiagonalNormal(mean, unlike), sigma);
    assertClose(figures(new FullNormal(mean, spread(unlike)), sigma), diagonal);
    assertClose(figures(new FullNormal(mean, spread(unlike)).fork(), sigma), diagonal);
    assertThat(NoisedNormal.diagonal(mean, round)).isInstanceOf(RoundNormal.class);
    assertThat(NoisedNormal.diagonal(mean, unlike)).isInstanceOf(DiagonalNormal.class);
    assertThat(NoisedNormal.of(mean, spread(unlike))).isInstanceOf(DiagonalNormal.class);
    double[] twin = figures(new RoundNormal(mean, 0.8 * (1 + 1e-6)), sigma);
    assertThat(Math.abs(twin[0] - expected[0])).isGreaterThan(1e-12);
  }

  private static void assertClose(double[] found, double[] expected) {
    double size = 1 + Math.abs(expected[0]);
    assertThat(found).containsExactly(expected, within(1e-14 * size * D));
  }

  @Test
  void a_diagonal_mixture_is_the_one_of_the_same_matrices() {
    double[] weights = {1, 3};
    double[][] means = {normals(D, 3), normals(D, 4)};
    double[][] sds = {new double[D], new double[D]};
    double[][][] matrices = new double[2][D][D];
    for (int k = 0; k < 2; k++) {
      for (int j = 0; j < D; j++) {
        sds[k][j] = 0.3 + 0.2 * j * k;
        matrices[k][j][j] = sds[k][j] * sds[k][j];
      }
    }
    GaussianMixture flat = GaussianMixture.diagonal(weights, means, sds);
    GaussianMixture full = GaussianMixture.of(weights, means, matrices);
    double[] y = normals(D, 5);
    assertThat(flat.noised(0.6, 1.2).logDensity(y))
        .isCloseTo(full.noised(0.6, 1.2).logDensity(y), within(1e-13));
    assertThat(flat.shape(0)).isEqualTo(CovarianceShape.ISOTROPIC);
    assertThat(flat.shape(1)).isEqualTo(CovarianceShape.DIAGONAL);
    assertThat(flat.mean(1)).isEqualTo(means[1]);
    for (int j = 0; j < D; j++) {
      assertThat(flat.variances(1)[j]).isEqualTo(matrices[1][j][j]);
    }
    assertThat(flat.covariance(1)).isDeepEqualTo(matrices[1]);
    assertThat(flat.reweighted(new double[] {2, 2}).weights()).containsExactly(0.5, 0.5);
    assertThat(denoise(new GaussianMixtureDenoiser(flat), y, 0.7))
        .isEqualTo(denoise(new GaussianMixtureDenoiser(full), y, 0.7));
  }

  private static double[] denoise(Denoiser denoiser, double[] y, double sigma) {
    double[] out = new double[y.length];
    denoiser.denoise(y, y.length / denoiser.dimension(), sigma, out);
    return out;
  }

  /** A covariance matrix would take 80 gigabytes. D is known where the components are far apart beside the noise: the row's own component alone answers. */
  @Test
  void a_hundred_thousand_dimensions_fit() {
    int d = 100_000;
    double[][] means = {normals(d, 6), normals(d, 7)};
    double[][] sds = {new double[d], new double[d]};
    for (int j = 0; j < d; j++) {
      sds[0][j] = 0.5 + 0.1 * (j % 3);
      sds[1][j] = 0.4;
    }
    GaussianMixture wide = GaussianMixture.diagonal(new double[] {0.9, 0.1}, means, sds);
    double[] y = normals(2 * d, 8);
    for (int j = 0; j < d; j++) {
      y[j] += means[0][j];
      y[d + j] += means[1][j];
    }
    double[] found = denoise(new GaussianMixtureDenoiser(wide), y, 0.9);
    double[] normal = denoise(GaussianDenoiser.diagonal(means[0], wide.variances(0)), y, 0.9);
    for (int j = 0; j < d; j += 997) {
      double v = sds[0][j] * sds[0][j];
      double first = means[0][j] + v / (v + 0.81) * (y[j] - means[0][j]);
      double second = means[1][j] + 0.16 / 0.97 * (y[d + j] - means[1][j]);
      assertThat(found[j]).isCloseTo(first, within(1e-14));
      assertThat(found[d + j]).isCloseTo(second, within(1e-14));
      assertThat(normal[j]).isCloseTo(first, within(1e-14));
    }
    assertThat(Gaussian.diagonal(means[0], sds[0]).logDensity(means[0])).isFinite();
  }

  @Test
  void a_forked_normal_denoiser_is_the_same() {
    GaussianDenoiser one = GaussianDenoiser.diagonal(new double[] {1, 2}, new double[] {0.5, 0});
    double[] y = {3, 4, -1, 0};
    double[] expected = denoise(new GaussianDenoiser(new double[] {1, 2}, spread(0.5, 0)), y, 0.6);
    assertThat(denoise(one, y, 0.6)).isEqualTo(expected);
    assertThat(denoise(one.fork(), y, 0.6)).isEqualTo(expected);
  }

  @Test
  void what_makes_no_sense_is_refused() {
    double[] weights = {1};
    double[][] means = {{0, 0}};
    assertThatThrownBy(() -> GaussianMixture.diagonal(weights, means, new double[][] {{1, 0}}))
        .hasMessageContaining("sds[0][1] must be positive");
    assertThatThrownBy(() -> GaussianMixture.diagonal(weights, means, new double[][] {{1}}))
        .hasMessageContaining("sds[0] must be of length 2");
    assertThatThrownBy(() -> GaussianMixture.diagonal(weights, means, new double[2][2]))
        .hasMessageContaining("one entry per weight");
    assertThatThrownBy(() -> GaussianDenoiser.diagonal(new double[2], new double[] {1, -1}))
        .hasMessageContaining("negative eigenvalues");
    assertThatThrownBy(() -> GaussianDenoiser.diagonal(new double[2], new double[1]))
        .hasMessageContaining("variances must be of length 2");
  }
}
