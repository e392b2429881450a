package dev.langevin.density.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.GradientCheck;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class GaussianMixtureTest {
  private static final double[] WEIGHTS = {0.5, 0.2, 0.3};
  private static final double[][] MEANS = {{-1, 0, 2}, {3, 1, 0}, {0, -2, 1}};
  private static final double[][][] COVARIANCES = {
    {{2, 0.5, -0.3}, {0.5, 1, 0.2}, {-0.3, 0.2, 0.7}}, // full
    {{0.5, 0, 0}, {0, 3, 0}, {0, 0, 1.5}}, // diagonal
    {{0.8, 0, 0}, {0, 0.8, 0}, {0, 0, 0.8}} // isotropic
  };

  private static GaussianMixture mixture() {
    return GaussianMixture.of(WEIGHTS, MEANS, COVARIANCES);
  }

  /** The plain formula with inverse and determinant from EJML. */
  private static double plain(
      double[] weights, double[][] means, double[][][] covariances, double[] x) {
    double density = 0;
    for (int k = 0; k < weights.length; k++) {
      DMatrixRMaj covariance = new DMatrixRMaj(covariances[k]);
      double determinant = CommonOps_DDRM.det(covariance);
      CommonOps_DDRM.invert(covariance);
      double square = 0;
      for (int i = 0; i < x.length; i++) {
        for (int j = 0; j < x.length; j++) {
          square += (x[i] - means[k][i]) * covariance.get(i, j) * (x[j] - means[k][j]);
        }
      }
      double normal =
          Math.exp(-square / 2) / Math.sqrt(Math.pow(2 * Math.PI, x.length) * determinant);
      density += weights[k] * normal;
    }
    return Math.log(density);
  }

  private static double[] point(int index) {
    double[] x = new double[3];
    Seed.of(5).child(index).random().fillGaussian(x, 0, 3);
    return new double[] {3 * x[0], 3 * x[1], 3 * x[2]};
  }

  @Test
  void logDensityIsThePlainFormula() {
    for (int p = 0; p < 20; p++) {
      double[] x = point(p);
      assertThat(mixture().logDensity(x))
          .isCloseTo(plain(WEIGHTS, MEANS, COVARIANCES, x), within(1e-12));
    }
  }

  @Test
  void gradientIsThatByDifferences() {
    for (int p = 0; p < 10; p++) {
      GradientCheck check = GradientCheck.at(mixture(), point(p));
      assertThat(check.passes(1e-8)).as(check.toString()).isTrue();
    }
  }

  @Test
  void isotropicFormIsTheGeneralOneWithEqualVariances() {
    double[] sds = {0.5, 2, 1.25};
    double[][][] matrices = new double[3][3][3];
    for (int k = 0; k < 3; k++) {
      for (int i = 0; i < 3; i++) {
        matrices[k][i][i] = sds[k] * sds[k];
      }
    }
    GaussianMixture fast = GaussianMixture.isotropic(WEIGHTS, MEANS, sds);
    assertThat(fast.covariances()).isDeepEqualTo(matrices);
    for (int p = 0; p < 5; p++) {
      assertThat(fast.logDensity(point(p)))
          .isCloseTo(plain(WEIGHTS, MEANS, matrices, point(p)), within(1e-12));
    }
  }

  @Test
  void noisingScalesMeansAndAddsToCovariances() {
    double a = 0.7;
    double b = 1.3;
    double[][] means = new double[3][3];
    double[][][] covariances = new double[3][3][3];
    for (int k = 0; k < 3; k++) {
      for (int i = 0; i < 3; i++) {
        means[k][i] = a * MEANS[k][i];
        for (int j = 0; j < 3; j++) {
          covariances[k][i][j] = a * a * COVARIANCES[k][i][j] + (i == j ? b * b : 0);
        }
      }
    }
    GaussianMixture noised = mixture().noised(a, b);
    for (int p = 0; p < 5; p++) {
      assertThat(noised.logDensity(point(p)))
          .isCloseTo(plain(WEIGHTS, means, covariances, point(p)), within(1e-12));
    }
    assertThat(mixture().noised(0, 2).covariances()[0][1]).containsExactly(0, 4, 0);
  }

  @Test
  void theScoreStaysRightWhereEveryComponentUnderflows() {
    GaussianMixture far =
        GaussianMixture.isotropic(
            new double[] {0.5, 0.5}, new double[][] {{0}, {1}}, new double[] {1, 1});
    double[] gradient = new double[1];
    double logDensity = far.logDensity(new double[] {1e6}, gradient);
    assertThat(gradient[0]).isEqualTo(1 - 1e6);
    double nearer =
        Math.log(0.5) + NormalDistribution.of(1, 1).logDensity(1e6); // the other adds nothing
    assertThat(logDensity).isCloseTo(nearer, within(1e-3));
    assertThat(far.logDensity(new double[] {1e200})).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(far.logDensity(new double[] {Double.NaN})).isNaN();
  }

  @Test
  void responsibilitiesAreTheProbabilitiesOfTheComponents() {
    double[] r = new double[3];
    double[] x = point(3);
    mixture().responsibilities(x, r);
    double total = 0;
    for (int k = 0; k < 3; k++) {
      double[] one = {k == 0 ? 1 : 0, k == 1 ? 1 : 0, k == 2 ? 1 : 0};
      double share =
          WEIGHTS[k]
              * Math.exp(plain(one, MEANS, COVARIANCES, x) - plain(WEIGHTS, MEANS, COVARIANCES, x));
      assertThat(r[k]).isCloseTo(share, within(1e-12));
      total += r[k];
    }
    assertThat(total).isCloseTo(1, within(1e-15));
  }

  /**
   * Means and products of 40 000 draws against the exact moments, 9 statistics at |z| &lt; 5.3: false alarm 1e-6 in all. A mixture with
   * weights moved by 0.05 is caught.
   */
  @Test
  void drawsHaveTheExactMeanAndCovariance() {
    assertThat(largestZ(mixture(), mixture())).isLessThan(5.3);
    GaussianMixture twin = GaussianMixture.of(new double[] {0.45, 0.25, 0.3}, MEANS, COVARIANCES);
    assertThat(largestZ(twin, mixture())).isGreaterThan(5.3);
  }

  private static double largestZ(GaussianMixture drawn, GaussianMixture law) {
    int n = 40_000;
    AddressedRandom random = Seed.of(8).random();
    double[][] draws = new double[n][3];
    for (double[] draw : draws) {
      drawn.sample(random, draw);
    }
    double[] mean = law.mean();
    double[][] covariance = law.covariance();
    double largest = 0;
    for (int i = 0; i < 3; i++) {
      for (int j = i - 1; j < 3; j++) { // j = i-1 stands for the mean of i
        double sum = 0;
        double squares = 0;
        for (double[] draw : draws) {
          double value = draw[i] - mean[i];
          double other = j < i ? 1 : draw[j] - mean[j];
          sum += value * other;
          squares += value * value * other * other;
        }
        double expected = j < i ? 0 : covariance[i][j];
        double average = sum / n;
        double error = Math.sqrt((squares / n - average * average) / n);
        largest = Math.max(largest, Math.abs(average - expected) / error);
      }
    }
    return largest;
  }

  @Test
  void everyDrawTakesTheSameNumberOfRandomNumbers() {
    AddressedRandom random = Seed.of(9).random();
    double[] out = new double[3];
    GaussianMixture onlySecond = GaussianMixture.of(new double[] {0, 1, 0}, MEANS, COVARIANCES);
    onlySecond.sample(random, out);
    AddressedRandom counted = Seed.of(9).random();
    counted.nextDouble();
    for (int i = 0; i < 3; i++) {
      assertThat(out[i])
          .isEqualTo(MEANS[1][i] + Math.sqrt(COVARIANCES[1][i][i]) * counted.nextGaussian());
    }
  }

  @Test
  void weightsAreScaledToOneAndComponentsOfWeightZeroAreInert() {
    GaussianMixture three = GaussianMixture.of(new double[] {5, 2, 3}, MEANS, COVARIANCES);
    assertThat(three.weights()).containsExactly(WEIGHTS, within(1e-16));
    GaussianMixture two =
        GaussianMixture.isotropic(
            new double[] {1, 0}, new double[][] {{0, 0}, {1, 1}}, new double[] {1, 1});
    GradientCheck check = GradientCheck.at(two, new double[] {0.4, -2});
    assertThat(check.passes()).as(check.toString()).isTrue();
    assertThat(check.coordinates().get(1).written()).isEqualTo(2);
  }

  @Test
  void forksShareNoScratch() {
    GaussianMixture mixture = mixture();
    GaussianMixture twin = mixture.fork();
    double before = mixture.logDensity(point(0));
    twin.logDensity(point(1));
    assertThat(mixture.fork().logDensity(point(0))).isEqualTo(before);
    assertThat(twin).isNotSameAs(mixture);
  }

  @Test
  void wrongArgumentsAreRefusedByName() {
    List<Runnable> wrong =
        List.of(
            () -> GaussianMixture.of(new double[] {-1, 1, 1}, MEANS, COVARIANCES),
            () -> GaussianMixture.of(new double[3], MEANS, COVARIANCES),
            () -> GaussianMixture.of(new double[2], MEANS, COVARIANCES),
            () -> GaussianMixture.isotropic(WEIGHTS, MEANS, new double[] {1, 1, 0}),
            () -> GaussianMixture.isotropic(WEIGHTS, MEANS, new double[] {1}),
            () -> mixture().noised(Double.NaN, 1),
            () -> mixture().noised(0, 0));
    for (Runnable one : wrong) {
      assertThatThrownBy(one::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(", got ");
    }
    double[][][] indefinite = COVARIANCES.clone();
    indefinite[1] = new double[][] {{1, 2, 0}, {2, 1, 0}, {0, 0, 1}};
    assertThatThrownBy(() -> GaussianMixture.of(WEIGHTS, MEANS, indefinite))
        .hasMessageContaining("covariances[1] must be positive definite");
    indefinite[1] = new double[][] {{1, 0.2, 0}, {0.1, 1, 0}, {0, 0, 1}};
    assertThatThrownBy(() -> GaussianMixture.of(WEIGHTS, MEANS, indefinite))
        .hasMessageContaining("covariances[1] must be symmetric");
  }
}
