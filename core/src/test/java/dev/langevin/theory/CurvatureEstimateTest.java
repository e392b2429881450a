package dev.langevin.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.Density;
import dev.langevin.density.target.Banana;
import dev.langevin.density.target.Funnel;
import dev.langevin.density.target.Gaussian;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.random.Seed;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class CurvatureEstimateTest {
  private static final Seed SEED = Seed.of(5).child("curvature");

  private static double[][] draws(int n, int d, BiConsumer<RandomGenerator, double[]> sample) {
    double[][] points = new double[n][d];
    for (int i = 0; i < n; i++) {
      sample.accept(SEED.child("draws").child(i).random(), points[i]);
    }
    return points;
  }

  @Test
  void onNormalLawsTheEigenvaluesAreFound() {
    Gaussian dense =
        Gaussian.of(
            new double[] {1, 2}, new double[][] {{1.3, 0.6}, {0.6, 0.7}}); // eigenvalues 1 ± √0.45
    Curvature known = Curvature.of(dense);
    CurvatureEstimate estimate = CurvatureEstimate.of(dense, draws(5, 2, dense::sample), SEED);
    double m = 1 / (1 + Math.sqrt(0.45));
    double big = 1 / (1 - Math.sqrt(0.45));
    assertThat(known.convexity().orElseThrow().value()).isCloseTo(m, within(1e-14));
    assertThat(known.smoothness().orElseThrow().value()).isCloseTo(big, within(1e-13));
    assertThat(known.hessianChange().orElseThrow().value()).isZero();
    assertThat(known.estimated()).isFalse();
    assertThat(estimate.smallest()).isCloseTo(m, within(1e-8));
    assertThat(estimate.largest()).isCloseTo(big, within(1e-8));
    Curvature found = estimate.curvature();
    assertThat(found.convexity().orElseThrow().origin()).isEqualTo(Origin.ESTIMATED);
    assertThat(found.convexity().orElseThrow().source()).isEqualTo("seen at 5 points");
    assertThat(found.estimated()).isTrue();
    assertThat(found.caveats()).hasSize(1);
    assertThat(found.conditionNumber().orElseThrow()).isCloseTo(big / m, within(1e-6));
  }

  /** Fewer Lanczos steps than dimensions: inside the spectrum, near its ends, the same for the same seed. */
  @Test
  void inManyDimensionsTheEndsAreApproachedFromInside() {
    Gaussian target = Gaussian.illConditioned(300, 50);
    double[][] points = draws(2, 300, target::sample);
    double m = 1 / Math.sqrt(50);
    double big = Math.sqrt(50);
    CurvatureEstimate all = CurvatureEstimate.of(target, points, SEED);
    assertThat(all.largest()).isBetween(0.95 * big, big * (1 + 1e-7));
    assertThat(all.smallest()).isBetween(m * (1 - 1e-7), 1.5 * m);
    CurvatureEstimate few = CurvatureEstimate.of(target, points, 5, SEED);
    assertThat(few.largest()).isLessThan(all.largest());
    assertThat(few.smallest()).isGreaterThan(all.smallest());
    assertThat(CurvatureEstimate.of(target, points, SEED)).isEqualTo(all);
    assertThat(CurvatureEstimate.of(target, points, 5, SEED.child(1))).isNotEqualTo(few);
  }

  /** One eigenvalue alone: the iteration stops at once and must begin anew, d times. */
  @Test
  void equalEigenvaluesDoNotStopIt() {
    CurvatureEstimate estimate =
        CurvatureEstimate.of(Gaussian.iid(6), draws(1, 6, Gaussian.iid(6)::sample), SEED);
    assertThat(estimate.smallest()).isCloseTo(1, within(1e-8));
    assertThat(estimate.largest()).isCloseTo(1, within(1e-8));
  }

  /** ½N(-2, 1) + ½N(2, 1): curvature 1 - 4 = -3 in the middle, where no draw need be. */
  @Test
  void negativeCurvatureIsFoundAndNamed() {
    GaussianMixture mixture =
        GaussianMixture.isotropic(
            new double[] {1, 1}, new double[][] {{-2, 0}, {2, 0}}, new double[] {1, 1});
    double[][] points = {{-2, 0}, {0, 0.5}, {2, 0}};
    CurvatureEstimate estimate = CurvatureEstimate.of(mixture, points, SEED);
    assertThat(estimate.negative()).isTrue();
    assertThat(estimate.smallest()).isCloseTo(-3, within(1e-6));
    assertThat(estimate.smallestAt()).isEqualTo(1);
    Curvature found = estimate.curvature();
    assertThat(found.convexity()).isEmpty();
    assertThat(found.smoothness().orElseThrow().value()).isCloseTo(3, within(1e-6));
    assertThat(found.caveats().get(1))
        .startsWith("curvature -3 < 0 at point 1, x = (0, 0.5): not log-concave, so no m > 0");
    Explanation none = Explanation.of(found, Start.mode(), Divergence.W2, 0.1);
    assertThat(none.guarantees()).isEmpty();
    assertThat(none.lines())
        .anyMatch(line -> line.startsWith("because: curvature -3 < 0 at point 1"));
    Explanation helped =
        Explanation.of(
            found.withLogSobolev(Constant.given(0.05)), Start.mode(), Divergence.W2, 0.5);
    assertThat(helped.guarantees()).hasSize(1).allMatch(Guarantee::estimated);
    CurvatureEstimate blind =
        CurvatureEstimate.of(mixture, new double[][] {{-2.5, 0}, {2.5, 0}}, SEED);
    assertThat(blind.negative()).as("what the points do not show is not seen").isFalse();
  }

  @Test
  void theBentTargetsThatShipAreNotLogConcave() {
    Banana banana = new Banana(2, 0.1, 10);
    Funnel funnel = new Funnel(5);
    CurvatureEstimate bent = CurvatureEstimate.of(banana, draws(50, 2, banana::sample), SEED);
    CurvatureEstimate mouth = CurvatureEstimate.of(funnel, draws(50, 5, funnel::sample), SEED);
    assertThat(bent.negative()).isTrue();
    assertThat(mouth.negative()).isTrue();
    assertThat(mouth.curvature().caveats())
        .anyMatch(line -> line.contains("there may be no M at all"));
  }

  /** V = x₁²/2 on R²: no curvature along the second coordinate. */
  @Test
  void aFlatDirectionIsNoConvexity() {
    CurvatureEstimate estimate = CurvatureEstimate.of(new Ridge(), new double[][] {{0.4, 9}}, SEED);
    assertThat(estimate.negative()).isFalse();
    assertThat(estimate.curvature().convexity()).isEmpty();
    assertThat(estimate.curvature().caveats().get(1)).startsWith("no curvature in some direction");
  }

  /** V = x₁²/2 where x₂ > 0, nothing elsewhere. */
  private static final class Ridge implements Density {
    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public double logDensity(double[] x, double[] gradient) {
      gradient[0] = x[1] > 0 ? -x[0] : Double.NaN;
      gradient[1] = 0;
      return -0.5 * x[0] * x[0];
    }
  }

  @Test
  void pointsWithoutGradientsAreLeftOutAndCounted() {
    double[][] points = {{1, -1}, {1, 1}};
    CurvatureEstimate estimate = CurvatureEstimate.of(new Ridge(), points, SEED);
    assertThat(estimate.points()).isEqualTo(1);
    assertThat(estimate.skipped()).isEqualTo(1);
    assertThat(estimate.curvature().caveats())
        .contains("1 points had no finite gradients and were left out");
    assertThatThrownBy(() -> CurvatureEstimate.of(new Ridge(), new double[][] {{1, -1}}, SEED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("points must have finite gradients about them, got none among 1");
    assertThatThrownBy(() -> CurvatureEstimate.of(new Ridge(), new double[0][], SEED))
        .hasMessageContaining("number of points must be at least 1");
  }

  @Test
  void theBetterOfTwoIsoperimetricConstantsCounts() {
    Curvature c = Curvature.given(2, 1, 4);
    assertThat(c.isoperimetry().orElseThrow().value()).isEqualTo(1);
    assertThat(c.withLogSobolev(Constant.given(2)).isoperimetry().orElseThrow().value())
        .isEqualTo(2);
    assertThat(c.withLogSobolev(Constant.given(0.5)).isoperimetry().orElseThrow().value())
        .isEqualTo(1);
    assertThat(Curvature.known(new Funnel(3))).isEqualTo(Curvature.unknown(3));
    assertThat(Curvature.known(Gaussian.iid(3))).isEqualTo(Curvature.of(Gaussian.iid(3)));
  }
}
