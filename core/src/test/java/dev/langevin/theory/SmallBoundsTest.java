package dev.langevin.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.Gaussian;
import org.junit.jupiter.api.Test;

/** Contraction in continuous time, Rényi's divergence, decreasing steps, annealing, inequalities: each against an exact case. */
class SmallBoundsTest {
  private static final Gaussian TARGET = Gaussian.illConditioned(3, 25);
  private static final GaussianLangevinLaw LAW = GaussianLangevinLaw.of(TARGET);
  private static final double RATE = 0.2; // 1/√25

  @Test
  void theDiffusionContractsAsFastAsItMust() {
    Contraction contraction = new Contraction(RATE);
    NormalLaw near = NormalLaw.isotropic(new double[] {0.1, 0.5, 2}, 0.3);
    NormalLaw far =
        NormalLaw.isotropic(new double[] {0, 0, 1e5}, 0.3); // along the widest direction
    for (double t : new double[] {0.01, 0.3, 1, 5, 20}) {
      assertThat(ratio(near, t)).isLessThanOrEqualTo(contraction.wasserstein(t));
      assertThat(ratio(far, t) / contraction.wasserstein(t)).as("sharp").isCloseTo(1, within(1e-3));
      assertThat(ratio(far, t))
          .as("a rate 1 % faster is refuted")
          .isGreaterThan(new Contraction(1.01 * RATE).wasserstein(t));
      NormalLaw later = LAW.afterTime(near, t);
      double kl = later.relativeEntropy(LAW.target()) / near.relativeEntropy(LAW.target());
      assertThat(kl).isLessThanOrEqualTo(contraction.relativeEntropy(t));
      for (double q : new double[] {1.1, 1.5, 2}) {
        double renyi = later.renyi(LAW.target(), q) / near.renyi(LAW.target(), q);
        assertThat(renyi).isLessThanOrEqualTo(contraction.renyi(q, t));
      }
      // χ² = e^{R_2} - 1
      double chi =
          Math.expm1(later.renyi(LAW.target(), 2)) / Math.expm1(near.renyi(LAW.target(), 2));
      assertThat(chi).isLessThanOrEqualTo(contraction.relativeEntropy(t));
    }
    assertThat(contraction.renyi(4, 1)).isCloseTo(Math.exp(-0.1), within(1e-15));
  }

  private static double ratio(NormalLaw start, double t) {
    return LAW.afterTime(start, t).wasserstein(LAW.target()) / start.wasserstein(LAW.target());
  }

  @Test
  void renyisDivergenceLiesBelowItsBound() {
    double h = 0.02; // L = 5: at most 1/15; β = 0.2: at most 0.55
    NormalLaw limit = LAW.stationary(h);
    double beta = 0.2 * (1 - h * 0.2 / 2);
    NormalLaw start = NormalLaw.isotropic(new double[] {0.2, 0.4, 2}, 0.15);
    for (double q : new double[] {1.2, 2, 3}) {
      double initial = start.renyi(limit, 2 * q);
      double bias = limit.renyi(LAW.target(), 2 * q - 1);
      RenyiBound bound = new RenyiBound(q, beta, 5, h, initial, bias);
      assertThat(bound.begins())
          .isCloseTo(Math.max(0, 2 * q / (beta * h) * (initial - 1)), within(1e-9));
      for (double more : new double[] {0, 10, 1e3, 1e5}) {
        double k = Math.ceil(bound.begins()) + more;
        double exact = LAW.afterSteps(start, h, k).renyi(LAW.target(), q);
        assertThat(exact).isLessThanOrEqualTo(bound.at(k));
      }
      assertThat(bound.at(1e9)).isCloseTo(bias, within(1e-12));
      double truth = LAW.afterSteps(start, h, 1e9).renyi(LAW.target(), q);
      assertThat(truth).as("the bias is real").isGreaterThan(bias / 4);
    }
    RenyiBound late = new RenyiBound(2, beta, 5, h, 3, 0);
    assertThat(late.at(late.begins() * 0.99)).isInfinite();
    assertThatThrownBy(() -> new RenyiBound(2, beta, 5, 0.07, 3, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stepSize must be at most min(1/(3L), 1/(9β))");
  }

  /** The exact law under the varying steps, one step at a time. */
  @Test
  void decreasingStepsKeepTheirBoundAndSaveTheLogarithm() {
    Curvature curvature = Curvature.given(3, 0.2, 5);
    DecreasingSteps steps = new DecreasingSteps(curvature, Start.mode());
    assertThat(steps.bound()).isCloseTo(Math.sqrt(3 / 0.2), within(1e-12));
    NormalLaw law = NormalLaw.isotropic(new double[3], 0);
    double last = Double.POSITIVE_INFINITY;
    for (int k = 0; k < 300; k++) {
      double h = steps.next();
      assertThat(h).isLessThanOrEqualTo(last);
      last = h;
      law = LAW.afterSteps(law, h, 1);
      assertThat(law.wasserstein(LAW.target())).isLessThan(steps.bound());
    }
    double accuracy = 0.05;
    double constant =
        Guarantee.of(curvature, Start.mode(), Divergence.W2, accuracy).orElseThrow().steps();
    long varying = new DecreasingSteps(curvature, Start.mode()).advance(accuracy, 100_000_000);
    double c = 2 * Math.sqrt(2) / 3 * 5 * Math.sqrt(3);
    double predicted = 27 * c * c / (8 * 0.2 * 0.2 * 0.2) * (1 / accuracy / accuracy - 0.2 / 3);
    assertThat(varying / predicted).isCloseTo(1, within(0.01));
    assertThat((double) varying).isLessThan(constant);
    assertThat(new DecreasingSteps(curvature, Start.mode()).advance(accuracy, 10)).isEqualTo(10);
    assertThatThrownBy(() -> new DecreasingSteps(Curvature.unknown(2), Start.mode()))
        .hasMessage("curvature must have its convexity, got none");
  }

  /** All 2^10 states of a random function, counted. */
  @Test
  void onAFiniteSetTheColdLawSitsAtTheMinimum() {
    int n = 1024;
    double[] f = new double[n];
    double least = Double.POSITIVE_INFINITY;
    var random = dev.langevin.random.Seed.of(3).random();
    for (int i = 0; i < n; i++) {
      f[i] = 1 + random.nextDouble();
      least = Math.min(least, f[i]);
    }
    for (double epsilon : new double[] {0.01, 0.1, 0.5}) {
      FiniteAnnealing annealing = FiniteAnnealing.relative(n, least, epsilon);
      for (double delta : new double[] {0.5, 0.01, 1e-6}) {
        double beta = annealing.inverseTemperature(delta);
        assertThat(beta).isLessThanOrEqualTo(Math.log(n / delta) / (epsilon * least));
        assertThat(missed(f, beta, (1 + epsilon) * least)).isLessThanOrEqualTo(delta);
        assertThat(annealing.missed(beta)).isCloseTo(delta, within(1e-12));
      }
      assertThat(annealing.missed(0)).isEqualTo(1);
    }
    // worst case: all others just above the gap, where nothing less would do
    double[] worst = new double[n];
    java.util.Arrays.fill(worst, 1.1 + 1e-9);
    worst[0] = 1;
    double beta = FiniteAnnealing.relative(n, 1, 0.1).inverseTemperature(0.01);
    assertThat(missed(worst, beta, 1.1)).isCloseTo(0.01, within(2e-4));
    assertThat(missed(worst, 0.99 * beta, 1.1)).as("1 % warmer is too warm").isGreaterThan(0.01);
    assertThatThrownBy(() -> new FiniteAnnealing(1, 1))
        .hasMessage("states must be at least 2, got 1.0");
  }

  private static double missed(double[] f, double beta, double level) {
    double all = 0;
    double above = 0;
    for (double value : f) {
      double weight = Math.exp(-beta * (value - 1));
      all += weight;
      above += value > level ? weight : 0;
    }
    return above / all;
  }

  @Test
  void inequalitiesHoldOnNormalLaws() {
    NormalLaw wide = NormalLaw.isotropic(new double[] {0.3}, 2);
    NormalLaw unit = NormalLaw.isotropic(new double[1], 1);
    double kl = wide.relativeEntropy(unit);
    assertThat(wide.wasserstein(unit)).isLessThan(Inequalities.talagrand(kl, 1));
    NormalLaw moved = NormalLaw.isotropic(new double[] {0.7}, 1);
    assertThat(moved.wasserstein(unit))
        .as("equality under a translation")
        .isCloseTo(Inequalities.talagrand(moved.relativeEntropy(unit), 1), within(1e-14));
    for (double epsilon : new double[] {1e-8, 0.1, 0.89, 0.9, 0.999}) {
      double entropy = Inequalities.entropyFor(epsilon);
      assertThat(Inequalities.totalVariation(entropy)).isCloseTo(epsilon, within(1e-14));
      assertThat(Inequalities.totalVariation(1.01 * entropy)).isGreaterThan(epsilon);
    }
    // e^{-x²/2 - cos x}: a normal law changed by an oscillation of 2
    assertThat(Inequalities.holleyStroock(1, 2)).isCloseTo(Math.exp(-2), within(1e-15));
    assertThat(Inequalities.holleyStroock(3, 0)).isEqualTo(3);
  }
}
