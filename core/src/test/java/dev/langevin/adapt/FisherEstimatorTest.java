package dev.langevin.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.Density;
import dev.langevin.density.target.Gaussian;
import dev.langevin.mcmc.Metric;
import dev.langevin.mcmc.State;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import org.junit.jupiter.api.Test;

/** On a Gaussian any points in general position, however few and from wherever, give the covariance itself. */
class FisherEstimatorTest {
  private static final AddressedRandom RANDOM = Seed.of(20).child("fisher").random();

  private static void see(MetricEstimator estimator, Density density, int points) {
    for (int n = 0; n < points; n++) {
      double[] x = new double[density.dimension()];
      for (int i = 0; i < x.length; i++) {
        x[i] = 3 + 2 * RANDOM.nextDouble(); // nowhere near a draw
      }
      estimator.add(State.at(density, x));
    }
  }

  /** Column j of S Sᵀ, by a kick with the unit vector j and a move with what it gives. */
  private static double[] column(Metric metric, int j) {
    double[] unit = new double[metric.dimension()];
    unit[j] = 1;
    double[] w = new double[unit.length];
    metric.kick(w, unit, 1);
    double[] out = new double[unit.length];
    metric.move(new double[unit.length], w, 1, out);
    return out;
  }

  @Test
  void theDiagonalFormNeedsTwoPoints() {
    double[] sds = {0.01, 1, 30, 0.5};
    MetricEstimator estimator = MetricAdaptation.FISHER.estimator(4, true);
    see(estimator, Gaussian.diagonal(new double[4], sds), 2);
    double[] inverse = estimator.metric().inverse();
    for (int i = 0; i < 4; i++) {
      assertThat(inverse[i] / (sds[i] * sds[i])).isCloseTo(1, within(1e-9));
    }
  }

  /** The ridge of 1e-6 is all that stands between the metric and the covariance. */
  @Test
  void theLowRankFormNeedsOnePointMoreThanDirections() {
    double[][] covariance = new double[5][5];
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 5; j++) {
        covariance[i][j] = (i == j ? 1 : 0.95) * (i + 1) * (j + 1);
      }
    }
    MetricEstimator estimator = MetricAdaptation.LOW_RANK.estimator(5, true);
    see(estimator, Gaussian.of(new double[] {1, 0, 2, -1, 5}, covariance), 40);
    Metric metric = estimator.metric();
    for (int j = 0; j < 5; j++) {
      double[] column = column(metric, j);
      for (int i = 0; i < 5; i++) {
        // directions within a factor of 2 are left as they are: at most that factor may be off
        assertThat(column[i] / covariance[i][j]).isBetween(0.4, 2.5);
      }
    }
    assertThat(metric.toString()).startsWith("metric of rank");
  }

  /**
   * One direction of 300 is a hundred times longer; 30 draws nearly span it. Its length is underestimated, since
   * in gradients the little that they tell of it is covered by the other directions; what is left to the sampler must be a tenth of that at most.
   */
  @Test
  void inManyDimensionsTheSpanOfThePointsIsEnough() {
    int d = 300;
    Density density = new LongDirection(d);
    MetricEstimator estimator = MetricAdaptation.LOW_RANK.estimator(d, true);
    for (int n = 0; n < 30; n++) {
      double[] x = new double[d];
      double along = 0;
      for (int i = 0; i < d; i++) {
        x[i] = RANDOM.nextGaussian();
        along += x[i] / d;
      }
      for (int i = 0; i < d; i++) {
        x[i] += 99 * along;
      }
      estimator.add(State.at(density, x));
    }
    double[] first = column(estimator.metric(), 0);
    // Σ = I + 9999 vvᵀ, v = (1, …, 1)/√d, so 33 is the truth; without correction it would be 0
    assertThat(first[1]).isBetween(0.05 * 9999 / d, 9999.0 / d);
  }

  @Test
  void withoutGradientsThereAreVariances() {
    assertThat(MetricAdaptation.LOW_RANK.estimator(3, false))
        .isInstanceOf(MetricEstimator.Variances.class);
    assertThat(MetricAdaptation.FISHER.estimator(3, false))
        .isInstanceOf(MetricEstimator.Variances.class);
  }

  private record LongDirection(int dimension) implements Density {
    @Override
    public double logDensity(double[] x, double[] gradient) {
      double sum = 0;
      double square = 0;
      for (double value : x) {
        sum += value;
        square += value * value;
      }
      // Σ⁻¹ = I - (9999/10000) vvᵀ
      double along = 0.9999 * sum / dimension;
      for (int i = 0; i < x.length; i++) {
        gradient[i] = -x[i] + along;
      }
      return -0.5 * (square - along * sum);
    }
  }
}
