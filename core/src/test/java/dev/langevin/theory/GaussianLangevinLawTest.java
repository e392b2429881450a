package dev.langevin.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.Gaussian;
import dev.langevin.mcmc.Kernel;
import dev.langevin.mcmc.State;
import dev.langevin.mcmc.Ula;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianLangevinLawTest {
  private static final double[] MEAN = {1, -2};
  private static final double[][] COVARIANCE = {{1.3, 0.6}, {0.6, 0.7}};
  private static final Gaussian DENSE = Gaussian.of(MEAN, COVARIANCE);
  private static final NormalLaw START =
      NormalLaw.of(new double[] {3, 0.5}, new double[][] {{0.4, -0.1}, {-0.1, 0.2}});

  /** One step in matrices: m' = μ + (I - hP)(m - μ), C' = (I - hP) C (I - hP) + noise · h I, P = Σ⁻¹. */
  private static NormalLaw step(NormalLaw law, double h, double noise) {
    double det = COVARIANCE[0][0] * COVARIANCE[1][1] - COVARIANCE[0][1] * COVARIANCE[1][0];
    double[][] a = {
      {1 - h * COVARIANCE[1][1] / det, h * COVARIANCE[0][1] / det},
      {h * COVARIANCE[1][0] / det, 1 - h * COVARIANCE[0][0] / det}
    };
    double[] gap = {law.mean()[0] - MEAN[0], law.mean()[1] - MEAN[1]};
    double[] mean = new double[2];
    double[][] covariance = new double[2][2];
    double[][] old = law.covariance();
    for (int i = 0; i < 2; i++) {
      mean[i] = MEAN[i] + a[i][0] * gap[0] + a[i][1] * gap[1];
      covariance[i][i] = noise * h;
      for (int j = 0; j < 2; j++) {
        for (int k = 0; k < 2; k++) {
          for (int l = 0; l < 2; l++) {
            covariance[i][j] += a[i][k] * old[k][l] * a[j][l];
          }
        }
      }
    }
    return NormalLaw.of(mean, covariance);
  }

  private static double gap(NormalLaw a, NormalLaw b) {
    double worst = 0;
    for (int i = 0; i < 2; i++) {
      worst = Math.max(worst, Math.abs(a.mean()[i] - b.mean()[i]));
      for (int j = 0; j < 2; j++) {
        worst = Math.max(worst, Math.abs(a.covariance()[i][j] - b.covariance()[i][j]));
      }
    }
    return worst;
  }

  /** Small, medium (eigenvalues of a on both sides of 0) and unstable step sizes. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 0.1, 0.5, 0.6})
  void theClosedFormIsTheRecursion(double h) {
    GaussianLangevinLaw law = GaussianLangevinLaw.of(DENSE);
    NormalLaw recursion = START;
    NormalLaw longer = START;
    NormalLaw noisier = START;
    for (int k = 0; k <= 12; k++) {
      NormalLaw closed = law.afterSteps(START, h, k);
      double scale = 1 + Math.abs(recursion.covariance()[0][0]);
      assertThat(gap(closed, recursion)).as("k = " + k).isLessThan(1e-12 * scale);
      if (k > 0) {
        assertThat(gap(closed, longer)).as("a step 1 % longer").isGreaterThan(1e-7);
        assertThat(gap(closed, noisier)).as("noise √h for √(2h)").isGreaterThan(1e-4);
      }
      recursion = step(recursion, h, 2);
      longer = step(longer, 1.01 * h, 2);
      noisier = step(noisier, h, 1);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0.1", "1, 1", "1, 1.9", "0.01, 3", "400, 0.004", "1, 1e-12"})
  void theStationaryVarianceIsTheKnownOne(double precision, double h) {
    GaussianLangevinLaw law =
        GaussianLangevinLaw.of(
            Gaussian.diagonal(new double[1], new double[] {1 / Math.sqrt(precision)}));
    double variance = law.stationary(h).covariance()[0][0];
    double expected = 1 / (precision * (1 - h * precision / 2));
    assertThat(variance / expected).isCloseTo(1, within(1e-12));
    NormalLaw start = NormalLaw.isotropic(new double[] {5}, 0);
    double limit = law.afterSteps(start, h, 1e15).covariance()[0][0];
    assertThat(limit / expected).isCloseTo(1, within(1e-12));
    if (h > 1e-6) {
      double longer = law.stationary(1.01 * h).covariance()[0][0];
      assertThat(Math.abs(longer / expected - 1)).as("1 % longer").isGreaterThan(1e-5);
      double halved = 1 / (precision * (1 - h * precision));
      assertThat(Math.abs(halved / expected - 1)).as("the 2 forgotten").isGreaterThan(1e-3);
    }
  }

  @Test
  void thereIsNoStationaryLawBeyondTheStableSteps() {
    GaussianLangevinLaw law = GaussianLangevinLaw.of(Gaussian.iid(3));
    assertThatThrownBy(() -> law.stationary(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stepSize must be strictly between 0.0 and 2.0");
    NormalLaw start = NormalLaw.isotropic(new double[3], 0);
    assertThat(law.afterSteps(start, 2, 7).covariance()[0][0]).isCloseTo(28, within(1e-12));
    assertThat(law.afterSteps(start, 2.5, 50).covariance()[0][0]).isGreaterThan(1e6);
  }

  /** W2 of the bias is h/4 √(Σλ) to first order: of order 1, where the theorem without M₂ has order ½. */
  @Test
  void theBiasFallsLikeTheStepSize() {
    GaussianLangevinLaw law = GaussianLangevinLaw.of(Gaussian.illConditioned(5, 10));
    double trace = 0;
    for (int i = 0; i < 5; i++) {
      trace += Math.pow(10, 0.5 - i / 4.0);
    }
    double coarse = law.stationary(2e-4).wasserstein(law.target());
    double fine = law.stationary(1e-4).wasserstein(law.target());
    assertThat(Math.log(coarse / fine) / Math.log(2)).isCloseTo(1, within(1e-3));
    assertThat(fine / (1e-4 / 4 * Math.sqrt(trace))).isCloseTo(1, within(1e-3));
  }

  /** Many short steps are the diffusion, with an error that halves with the step. */
  @Test
  void theDiffusionIsTheLimitOfShortSteps() {
    GaussianLangevinLaw law = GaussianLangevinLaw.of(DENSE);
    NormalLaw exact = law.afterTime(START, 0.8);
    double coarse = gap(law.afterSteps(START, 0.8 / 1000, 1000), exact);
    double fine = gap(law.afterSteps(START, 0.8 / 2000, 2000), exact);
    assertThat(coarse).isLessThan(3e-3);
    assertThat(coarse / fine).isCloseTo(2, within(0.01));
    assertThat(gap(law.afterTime(START, 0), START)).isLessThan(1e-14);
    assertThat(gap(law.afterTime(START, 1e3), law.target())).isLessThan(1e-13);
  }

  /** 2 × 2 second moments of (x, p) under one step, applied until nothing moves. */
  @ParameterizedTest
  @CsvSource({"1, 0.3, 1", "4, 0.7, 0.4", "0.25, 3, 2"})
  void withoutATestOboboAndBaoabSettleAtTheirKnownVariances(
      double lambda, double h, double friction) {
    double[] obabo = settled(lambda, h, friction, true);
    assertThat(obabo[0] / UnadjustedVariance.LEAPFROG.of(lambda, h)).isCloseTo(1, within(1e-12));
    double[] baoab = settled(lambda, h, friction, false);
    assertThat(baoab[0] * lambda).isCloseTo(1, within(1e-12));
    assertThat(UnadjustedVariance.BAOAB.of(lambda, h)).isEqualTo(1 / lambda);
    double twin = settled(lambda, 1.01 * h, friction, true)[0];
    assertThat(Math.abs(twin / UnadjustedVariance.LEAPFROG.of(lambda, h) - 1)).isGreaterThan(1e-4);
    assertThat(UnadjustedVariance.EULER.of(lambda, 0.1)).isGreaterThan(1 / lambda);
    assertThatThrownBy(() -> UnadjustedVariance.LEAPFROG.of(lambda, 2 / Math.sqrt(lambda)))
        .hasMessageContaining("stepSize must be strictly between");
  }

  /** Var x, Cov(x, p), Var p after 20000 steps from 0. */
  private static double[] settled(double lambda, double h, double friction, boolean obabo) {
    double[] v = {0, 0, 0};
    for (int i = 0; i < 20_000; i++) {
      if (obabo) {
        refresh(v, friction * h / 2);
        kick(v, lambda * h / 2);
        drift(v, h);
        kick(v, lambda * h / 2);
        refresh(v, friction * h / 2);
      } else {
        kick(v, lambda * h / 2);
        drift(v, h / 2);
        refresh(v, friction * h);
        drift(v, h / 2);
        kick(v, lambda * h / 2);
      }
    }
    return v;
  }

  private static void kick(double[] v, double k) { // p -= k x
    v[2] += -2 * k * v[1] + k * k * v[0];
    v[1] -= k * v[0];
  }

  private static void drift(double[] v, double t) { // x += t p
    v[0] += 2 * t * v[1] + t * t * v[2];
    v[1] += t * v[2];
  }

  private static void refresh(double[] v, double time) {
    double c = Math.exp(-time);
    v[1] *= c;
    v[2] = c * c * v[2] + 1 - c * c;
  }

  /**
   * The real kernel, 40,000 chains of 6 steps. Mean: normal, variance S/n; variance: chi-square, sd S√(2/n). Four statistics, each allowed 5.3 standard deviations:
   * false alarm below 4 · 1.2e-7 (a little more for the chi-square's tail), 1e-6 together.
   */
  @Test
  void theRealKernelHasThisLaw() {
    double h = 0.25;
    Gaussian target = Gaussian.diagonal(new double[] {1, -1}, new double[] {0.5, 1.5});
    NormalLaw start = NormalLaw.isotropic(new double[] {3, 0}, 0);
    double[] statistics = simulate(target, h, 40_000, 6);
    GaussianLangevinLaw law = GaussianLangevinLaw.of(target);
    assertThat(deviation(statistics, law.afterSteps(start, h, 6))).isLessThan(5.3);
    assertThat(deviation(statistics, law.afterSteps(start, 1.1 * h, 6)))
        .as("a step 10 % longer")
        .isGreaterThan(8);
    assertThat(deviation(statistics, law.afterSteps(start, h, 5)))
        .as("a step less")
        .isGreaterThan(8);
  }

  /** Mean and variance of coordinate 0, then of 1, then the number of chains. */
  private static double[] simulate(Gaussian target, double h, int chains, int steps) {
    Kernel kernel = new Ula(h).on(target);
    double[] sum = new double[2];
    double[] square = new double[2];
    Seed seed = Seed.of(7).child("law");
    AddressedRandom random = seed.random();
    for (int c = 0; c < chains; c++) {
      State state = kernel.start(new double[] {3, 0});
      random.moveTo(seed.child(c));
      for (int k = 0; k < steps; k++) {
        kernel.step(state, random);
      }
      for (int i = 0; i < 2; i++) {
        sum[i] += state.position()[i];
        square[i] += state.position()[i] * state.position()[i];
      }
    }
    double n = chains;
    double[] mean = {sum[0] / n, sum[1] / n};
    return new double[] {
      mean[0], square[0] / n - mean[0] * mean[0], mean[1], square[1] / n - mean[1] * mean[1], n
    };
  }

  private static double deviation(double[] statistics, NormalLaw law) {
    double worst = 0;
    double n = statistics[4];
    for (int i = 0; i < 2; i++) {
      double variance = law.covariance()[i][i];
      double z = (statistics[2 * i] - law.mean()[i]) / Math.sqrt(variance / n);
      double w = (statistics[2 * i + 1] / variance - 1) / Math.sqrt(2 / n);
      worst = Math.max(worst, Math.max(Math.abs(z), Math.abs(w)));
    }
    return worst;
  }
}
