package dev.langevin.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.Gaussian;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The theorems against the exact laws on normal targets, where all is known: no random numbers. */
class LangevinBoundTest {
  private static final double[] FRACTIONS = {1e-4, 0.01, 0.2, 1};
  private static final double[] STEPS = {0, 1, 2, 5, 20, 100, 1e3, 1e5};

  private static Curvature rough(Gaussian target) {
    Curvature all = Curvature.of(target);
    return new Curvature(
        all.dimension(),
        all.convexity(),
        all.smoothness(),
        Optional.empty(),
        Optional.empty(),
        all.caveats());
  }

  private static Curvature isoperimetric(Gaussian target) {
    Curvature all = Curvature.of(target);
    return Curvature.unknown(all.dimension())
        .withLogSobolev(all.convexity().orElseThrow())
        .withSmoothness(all.smoothness().orElseThrow());
  }

  private static NormalLaw law(Gaussian target, Start start, double shift) {
    double[] x = new double[target.dimension()];
    x[0] = shift; // variance kappa^-1/2: the steepest direction
    double big = Curvature.of(target).smoothness().orElseThrow().value();
    return NormalLaw.isotropic(x, start.shape() == Start.Shape.NORMAL ? 1 / big : 0);
  }

  private static Start start(Gaussian target, boolean normal, double shift) {
    double[] x = new double[target.dimension()];
    x[0] = shift;
    return normal ? Start.around(target, x) : Start.at(target, x);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 1, false, 0",
    "2, 1, true, 0",
    "2, 10, false, 0",
    "2, 10, true, 3",
    "10, 100, false, 3",
    "10, 100, true, 0",
    "3, 1000, false, 0.5"
  })
  void theExactDistancesLieBelowTheBoundsAtEveryStep(
      int d, double kappa, boolean normal, double shift) {
    Gaussian target = Gaussian.illConditioned(d, kappa);
    Start start = start(target, normal, shift);
    NormalLaw begin = law(target, start, shift);
    GaussianLangevinLaw law = GaussianLangevinLaw.of(target);
    for (Curvature curvature :
        new Curvature[] {Curvature.of(target), rough(target), isoperimetric(target)}) {
      Optional<WassersteinBound> coupling = WassersteinBound.of(curvature, start);
      EntropyBound entropy = EntropyBound.of(curvature, start).orElseThrow();
      for (double fraction : FRACTIONS) {
        for (double k : STEPS) {
          coupling.ifPresent(
              bound -> {
                double h = fraction * bound.largestStep();
                double exact = law.afterSteps(begin, h, k).wasserstein(law.target());
                assertThat(exact).isLessThanOrEqualTo(bound.at(h, k) * (1 + 1e-12));
              });
          double h = fraction * entropy.largestStep();
          NormalLaw reached = law.afterSteps(begin, h, k);
          double kl = reached.relativeEntropy(law.target());
          double own = entropy.at(h, k);
          assertThat(kl).isLessThanOrEqualTo(own * (1 + 1e-12));
          assertThat(reached.wasserstein(law.target()))
              .isLessThanOrEqualTo(entropy.implied(Divergence.W2, own) * (1 + 1e-12));
        }
      }
    }
  }

  /**
   * How loose: with M₂ = 0 the bias in W2 is bounded within 1 + √(1 + 64/9) = 3.85 at κ = 1 (h/4 + √(h²/16 + 4h²/9) against h/4) and within about 3.6 κ at κ = 100,
   * at any h; without M₂ by a factor that grows like h^-½.
   */
  @Test
  void theTightnessOfTheBiasIsOnRecord() {
    assertThat(looseness(1, 0.01, true)).isCloseTo(1 + Math.sqrt(1 + 64.0 / 9), within(0.02));
    assertThat(looseness(100, 1e-4, true)).isCloseTo(361, within(1.0));
    assertThat(looseness(100, 1e-6, true)).isCloseTo(looseness(100, 1e-7, true), within(0.1));
    double coarse = looseness(1, 1e-2, false);
    double fine = looseness(1, 1e-4, false);
    assertThat(fine / coarse).isCloseTo(10, within(0.2));
    assertThat(coarse).isCloseTo(4 * 0.9428 / Math.sqrt(0.01), within(0.5));
  }

  private static double looseness(double kappa, double h, boolean constantHessian) {
    Gaussian target = Gaussian.illConditioned(4, kappa);
    Curvature curvature = constantHessian ? Curvature.of(target) : rough(target);
    GaussianLangevinLaw law = GaussianLangevinLaw.of(target);
    double exact = law.stationary(h).wasserstein(law.target());
    return WassersteinBound.of(curvature, Start.mode()).orElseThrow().bias(h) / exact;
  }

  /** From far away the first term rules, and is exact at κ = 1: nothing that contracts faster could be true. */
  @Test
  void theContractionCannotBeImproved() {
    Gaussian target = Gaussian.iid(2);
    GaussianLangevinLaw law = GaussianLangevinLaw.of(target);
    double far = 1e6;
    Start start = start(target, false, far);
    WassersteinBound bound = WassersteinBound.of(Curvature.of(target), start).orElseThrow();
    double exact = law.afterSteps(law(target, start, far), 0.1, 20).wasserstein(law.target());
    assertThat(exact / bound.at(0.1, 20)).isBetween(0.999, 1.0);
    double twin = bound.initial(0.1) * Math.pow(1 - 0.101, 20) + bound.bias(0.1);
    assertThat(exact).as("a rate 1 % faster is refuted").isGreaterThan(twin);
  }

  /** The published constants are those of the proofs, rounded up. */
  @Test
  void theConstantsAreNotWorseThanThePublishedOnes() {
    Gaussian target = Gaussian.illConditioned(6, 30);
    Curvature c = isoperimetric(target);
    double alpha = c.logSobolev().orElseThrow().value();
    double big = c.smoothness().orElseThrow().value();
    EntropyBound entropy = EntropyBound.of(c, Start.mode()).orElseThrow();
    WassersteinBound coupling = WassersteinBound.of(rough(target), Start.mode()).orElseThrow();
    for (double fraction : FRACTIONS) {
      double h = fraction * entropy.largestStep();
      assertThat(entropy.bias(h)).isLessThan(8 * h * 6 * big * big / alpha);
      double g = fraction * coupling.largestStep();
      assertThat(coupling.bias(g)).isLessThan(1.65 * big / alpha * Math.sqrt(6 * g));
    }
    double h = 1e-6 * entropy.largestStep();
    assertThat(entropy.bias(h) / (h * 6 * big * big / (2 * alpha))).isCloseTo(1, within(1e-5));
    assertThat(7 * Math.sqrt(2) / 6).as("1.65 is √2/2 + 2√2/3").isCloseTo(1.65, within(1e-3));
  }

  /** c² = ((1 - mh) c + β)² + v², the definition, in place of its solution. */
  @Test
  void theSmoothBiasSolvesItsEquation() {
    Curvature c = Curvature.given(5, 0.5, 3).withHessianChange(Constant.given(0.2));
    WassersteinBound bound = WassersteinBound.of(c, Start.mode()).orElseThrow();
    double h = 1e-3;
    double bias = bound.bias(h);
    double beta = 0.5 * h * h * (3 * Math.sqrt(15) + 0.2 * 5);
    double v = 2 * Math.sqrt(2) / 3 * 3 * h * Math.sqrt(5 * h);
    double next = (1 - 0.5 * h) * bias + beta;
    assertThat(next * next + v * v).isCloseTo(bias * bias, within(1e-13 * bias * bias));
    WassersteinBound harder =
        WassersteinBound.of(c.withHessianChange(Constant.given(1e6)), Start.mode()).orElseThrow();
    WassersteinBound rough =
        WassersteinBound.of(Curvature.given(5, 0.5, 3), Start.mode()).orElseThrow();
    assertThat(harder.bias(h)).as("never worse than without M₂").isEqualTo(rough.bias(h));
  }

  /** From the mode W2 ≤ √(d/m), and KL(N(x*, I/M)) ≤ (d/2) ln κ: equalities if all curvatures are m. */
  @Test
  void theStartIsAsFarAsItCanBe() {
    Gaussian flat = Gaussian.diagonal(new double[3], new double[] {2, 2, 2});
    GaussianLangevinLaw law = GaussianLangevinLaw.of(flat);
    Curvature wide =
        Curvature.of(flat).withSmoothness(Constant.given(1)); // true: 1/4, but any larger will do
    double w2 = WassersteinBound.of(wide, Start.mode()).orElseThrow().initial(0.1);
    NormalLaw point = NormalLaw.isotropic(new double[3], 0);
    assertThat(w2).isCloseTo(point.wasserstein(law.target()), within(1e-12));
    double kl = EntropyBound.of(wide, new Start(Start.Shape.NORMAL, 0)).orElseThrow().initial(0.1);
    assertThat(kl).isCloseTo(1.5 * Math.log(4), within(1e-12));
    double exact = NormalLaw.isotropic(new double[3], 1).relativeEntropy(law.target());
    assertThat(exact).isLessThan(kl);
    double[] x = {1, 2, 2};
    assertThat(Start.at(flat, x).gradientNorm()).isCloseTo(0.75, within(1e-15));
    double away = Start.at(flat, x).distance(3, 0.25, 1);
    assertThat(away).isGreaterThan(NormalLaw.isotropic(x, 0).wasserstein(law.target()));
    assertThat(away).isLessThan(1.3 * NormalLaw.isotropic(x, 0).wasserstein(law.target()));
  }

  @Test
  void fromAPointTheRelativeEntropyBeginsAfterOneStep() {
    EntropyBound bound = EntropyBound.of(Curvature.given(2, 1, 2), Start.mode()).orElseThrow();
    double h = 0.5 * bound.largestStep();
    assertThat(bound.at(h, 0)).isInfinite();
    double first = 2 * h * 2 - 1 - Math.log(2 * h); // (d/2)(M s² - 1 - ln(m s²)), s² = 2h
    assertThat(bound.remainder(h, 1)).isCloseTo(first, within(1e-12));
  }
}
