package dev.langevin.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.LogDensity;
import dev.langevin.density.Score;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.math.GaussKronrod;
import dev.langevin.random.Seed;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Quadrature between laws, and samples against laws. */
class LawDistancesTest {
  private static final Seed SEED = Seed.of(211);

  private static GaussianMixture normal(int d, double mean, double sd) {
    double[] means = new double[d];
    means[0] = mean;
    return GaussianMixture.isotropic(new double[] {1}, new double[][] {means}, new double[] {sd});
  }

  private static LogDensity law(int d, ToDoubleFunction<double[]> log) {
    return new LogDensity() {
      @Override
      public int dimension() {
        return d;
      }

      @Override
      public double logDensity(double[] x) {
        return log.applyAsDouble(x);
      }
    };
  }

  private static void near(Quadrature.Approximation found, double exact, double tolerance) {
    assertThat(found.value()).isCloseTo(exact, within(tolerance));
    assertThat(Math.abs(found.value() - exact)).isLessThanOrEqualTo(found.error() + 1e-14);
  }

  /** Kronrod's 15 nodes are exact up to degree 22 and Gauss's 7 up to 13, and not beyond: a wrong digit in any node would show. */
  @Test
  void theRulesHaveTheirDegrees() {
    for (int degree = 0; degree <= 24; degree += 2) {
      double fine = 0;
      double coarse = 0;
      for (int k = 0; k < GaussKronrod.NODES; k++) {
        fine += GaussKronrod.weight(k) * StrictMath.pow(GaussKronrod.node(k), degree);
        coarse += GaussKronrod.gauss(k) * StrictMath.pow(GaussKronrod.node(k), degree);
      }
      double exact = 2.0 / (degree + 1);
      assertThat(Math.abs(fine - exact) < 1e-15).as("Kronrod " + degree).isEqualTo(degree <= 22);
      assertThat(Math.abs(coarse - exact) < 1e-15).as("Gauss " + degree).isEqualTo(degree <= 13);
    }
  }

  /** TV = 2Φ(δ/2) - 1 and KL = δ²/2 between N(δ, I) and N(0, I). */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void shiftedNormalsHaveTheClosedForms(int d) {
    Quadrature.Divergences found =
        Quadrature.over(Box.cube(d, -12, 12)).between(normal(d, 1.5, 1), normal(d, 0, 1));
    double tv = 2 * NormalDistribution.of(0, 1).cumulativeProbability(0.75) - 1;
    near(found.totalVariation(), tv, 1e-6);
    near(found.relativeEntropy(), 1.125, 1e-6);
    assertThat(found.totalVariation().error()).isLessThan(3e-6);
    assertThat(found.logMassFirst()).isCloseTo(0, within(1e-9));
  }

  /** KL(N(0, s²) ‖ N(0, 1)) = (s² - 1)/2 - ln s, per dimension; not the same backwards. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void scaledNormalsHaveTheClosedFormInBothDirections(int d) {
    Quadrature quadrature = new Quadrature(Box.cube(d, -30, 30), 20, 1e-7, 4_000_000);
    GaussianMixture wide = normal(d, 0, 2);
    GaussianMixture unit = normal(d, 0, 1);
    double there = d * (1.5 - StrictMath.log(2));
    double back = d * (-0.375 + StrictMath.log(2));
    near(quadrature.between(wide, unit).relativeEntropy(), there, 1e-7);
    near(quadrature.between(unit, wide).relativeEntropy(), back, 1e-7);
    assertThat(quadrature.between(unit, wide).totalVariation().value())
        .isCloseTo(quadrature.between(wide, unit).totalVariation().value(), within(1e-8));
  }

  @Test
  void constantsDoNotMatterAndEqualLawsAreAtNoDistance() {
    LogDensity p = law(1, x -> 1000 - x[0] * x[0] / 2);
    Quadrature.Divergences same = Quadrature.over(Box.cube(1, -10, 10)).between(p, normal(1, 0, 1));
    assertThat(same.totalVariation().value()).isCloseTo(0, within(1e-12));
    assertThat(same.relativeEntropy().value()).isCloseTo(0, within(1e-12));
    assertThat(same.logMassFirst())
        .isCloseTo(1000 + 0.5 * StrictMath.log(2 * Math.PI), within(1e-9));
  }

  /** Uniform on [0, 1] against uniform on [0.25, 1.25]: jumps in place of smoothness; TV ¼, KL infinite. Exponential laws: KL = ln(a/b) + b/a - 1. */
  @Test
  void jumpsAndEmptyPlacesAreUnderstood() {
    LogDensity p = law(1, x -> x[0] > 0 && x[0] < 1 ? 0 : Double.NEGATIVE_INFINITY);
    LogDensity q = law(1, x -> x[0] > 0.25 && x[0] < 1.25 ? 0 : Double.NEGATIVE_INFINITY);
    Quadrature.Divergences found = Quadrature.over(Box.cube(1, -0.7, 2)).between(p, q);
    near(found.totalVariation(), 0.25, 1e-5);
    assertThat(found.relativeEntropy().value()).isInfinite();
    LogDensity fast = law(1, x -> x[0] < 0 ? Double.NEGATIVE_INFINITY : -3 * x[0]);
    LogDensity slow = law(1, x -> x[0] < 0 ? Double.NEGATIVE_INFINITY : -x[0]);
    near(
        Quadrature.over(Box.cube(1, -1, 40)).between(fast, slow).relativeEntropy(),
        StrictMath.log(3) + 1.0 / 3 - 1,
        1e-5);
  }

  /** Modes of width 0.02 in a box of 20: found by cutting where the error is. */
  @Test
  void narrowModesAreFoundByCutting() {
    GaussianMixture p =
        GaussianMixture.isotropic(
            new double[] {0.5, 0.5}, new double[][] {{-3, 1}, {4, 2}}, new double[] {0.1, 0.1});
    GaussianMixture q =
        GaussianMixture.isotropic(
            new double[] {0.9, 0.1}, new double[][] {{-3, 1}, {4, 2}}, new double[] {0.1, 0.1});
    Quadrature.Divergences found = Quadrature.over(Box.cube(2, -10, 10)).between(p, q);
    near(found.totalVariation(), 0.4, 1e-6);
    near(found.relativeEntropy(), 0.5 * StrictMath.log(0.25 / 0.09), 1e-5);
  }

  @Test
  void fewEvaluationsSayThatTheyWereTooFew() {
    Quadrature hasty = new Quadrature(Box.cube(2, -10, 10), 1, 1e-9, 225);
    Quadrature.Divergences found = hasty.between(normal(2, 1, 1), normal(2, 0, 1));
    assertThat(found.totalVariation().error()).isGreaterThan(1e-3);
  }

  @Test
  void lawsThatAreNotThereAreRefused() {
    LogDensity nowhere = law(1, x -> Double.NEGATIVE_INFINITY);
    Quadrature quadrature = Quadrature.over(Box.cube(1, 0, 1));
    assertThatThrownBy(() -> quadrature.between(nowhere, normal(1, 0, 1)))
        .hasMessageContaining("mass in the box");
    assertThatThrownBy(() -> quadrature.between(normal(2, 0, 1), normal(1, 0, 1)))
        .hasMessage("dimension of p must be between 1 and 1, got 2");
    LogDensity broken = law(1, x -> Double.NaN);
    assertThat(quadrature.between(normal(1, 0, 1), broken).totalVariation().value()).isNaN();
    assertThatThrownBy(() -> Box.of(new double[] {0, 1}, new double[] {1, 1}))
        .hasMessageContaining("high[1] - low[1]");
  }

  /** Mean 0 or below under the law itself, within 5 scatters of 100 (false alarm below 1e-6); the plain ½ Σ |n_k/n - Q_k| fails it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theHistogramDoesNotTakeChanceForDistance(int d) {
    HistogramVariation distance = new HistogramVariation(Box.cube(d, -6, 6), 12);
    GaussianMixture unit = normal(d, 0, 1);
    double[] values = new double[100];
    double[] errors = new double[100];
    for (int r = 0; r < 100; r++) {
      double[] x = Samples.normal(200, d, SEED.child(0).child(r));
      Estimate e = distance.between(x, 200, d, unit, SEED.child(1).child(r));
      values[r] = e.value();
      errors[r] = e.standardError();
    }
    double sd = Math.sqrt(Rows.variance(values));
    assertThat(Rows.mean(values)).isBetween(-0.1, 5 * sd / 10);
    assertThat(Rows.mean(errors) / sd).isBetween(0.7, 1.4);
    assertThat(plain(Samples.normal(200, 1, SEED.child(2)))).isGreaterThan(5 * sd / 10);
  }

  private static double plain(double[] x) {
    NormalDistribution unit = NormalDistribution.of(0, 1);
    double sum = 0;
    for (int k = -6; k < 6; k++) {
      double share = 0;
      for (double value : x) {
        share += value >= k && value < k + 1 ? 1.0 / x.length : 0;
      }
      sum += Math.abs(share - unit.probability(k, k + 1)) / 2;
    }
    return sum;
  }

  @Test
  void theHistogramBoundLiesJustBelowTheClosedForm() {
    double tv = 2 * NormalDistribution.of(0, 1).cumulativeProbability(0.5) - 1;
    double[] x = Samples.normal(5000, 1, 1, 1, SEED.child(3));
    Estimate e =
        new HistogramVariation(Box.cube(1, -8, 8), 48).between(x, 5000, 1, normal(1, 0, 1), SEED);
    assertThat(e.value()).isBetween(tv - 0.03, tv + 5 * e.standardError());
    assertThat(e.standardError()).isBetween(0.003, 0.01);
    double[] outside = Samples.normal(100, 1, 50, 1, SEED);
    assertThat(
            new HistogramVariation(Box.cube(1, -8, 8), 4)
                .between(outside, 100, 1, normal(1, 0, 1), SEED)
                .value())
        .isEqualTo(1);
  }

  /** Under the law: mean 0 within 5 scatters, and the stated error is the scatter; against a wider law both hold but for the mean. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 1.3})
  void theSteinDiscrepancyHasAnInterval(double sd) {
    Score score = normal(2, 0, sd);
    double[] values = new double[120];
    double stated = 0;
    for (int r = 0; r < 120; r++) {
      double[] x = Samples.normal(100, 2, SEED.child(4).child(r));
      Estimate e = SteinDiscrepancy.defaults().between(x, 100, 2, score, SEED);
      values[r] = e.value();
      stated += e.standardError() / 120;
    }
    double scatter = Math.sqrt(Rows.variance(values));
    assertThat(stated / scatter).isBetween(0.7, 1.4);
    assertThat(Math.abs(Rows.mean(values)) < 5 * scatter / Math.sqrt(120)).isEqualTo(sd == 1);
  }

  /** 5 error bars, as for comparisons of samples. */
  @Test
  void aSampleStandsBesideExactDrawsOfTheLaw() {
    GaussianMixture unit = normal(2, 0, 1);
    SteinDiscrepancy distance = SteinDiscrepancy.defaults();
    double[] x = Samples.normal(300, 2, SEED.child(5));
    Comparison same = Comparisons.against(distance, x, 300, 2, unit, unit, SEED, 6);
    assertThat(Comparisons.excess(same.measured(), same.floor())).isBetween(-5.0, 5.0);
    assertThat(same.reading()).contains("exact draws and the law", "with 300 rows");
    double[] moved = Samples.normal(300, 2, 1, 1, SEED.child(5));
    Comparison other = Comparisons.against(distance, moved, 300, 2, unit, unit, SEED, 6);
    assertThat(other.reading()).contains("clearly differs from the law");
    assertThatThrownBy(
            () -> Comparisons.against(distance, x, 300, 2, unit, normal(3, 0, 1), SEED, 6))
        .hasMessage("dimension of exact must be between 2 and 2, got 3");
  }
}
