package dev.langevin.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.Gaussian;
import dev.langevin.mcmc.Mams;
import dev.langevin.mcmc.Mclmc;
import dev.langevin.mcmc.Metric;
import dev.langevin.mcmc.MicrocanonicalKernel;
import dev.langevin.mcmc.Outcome;
import dev.langevin.mcmc.State;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import org.junit.jupiter.api.Test;

class MicrocanonicalWarmupTest {
  private static final Seed SEED = Seed.of(20).child("microcanonical warm-up");
  private static final double[] SDS = {0.01, 0.3, 1, 5, 200, 1, 2, 3, 4, 0.1};
  private static final Gaussian TARGET = Gaussian.diagonal(new double[10], SDS);
  private static final double[][] COVARIANCE = {{4, 1.5, -0.4}, {1.5, 1, 0.1}, {-0.4, 0.1, 0.3}};

  /** Points from anywhere, far from draws of the target; 10^12 trajectories leave no ridge to speak of. */
  @Test
  void theFisherMetricOfAGaussianIsItsCovarianceFromDPlusOnePoints() {
    Gaussian gaussian = Gaussian.of(new double[] {1, 2, 3}, COVARIANCE);
    FisherMetric dense = new FisherMetric(3, true);
    AddressedRandom random = SEED.random();
    for (int n = 0; n < 4; n++) {
      dense.add(
          State.at(
              gaussian,
              new double[] {
                20 * random.nextDouble(), 20 * random.nextDouble(), 20 * random.nextDouble()
              }));
    }
    Metric exact = Metric.dense(COVARIANCE);
    assertThat(dense.learn(1_000_000_000).numbers()).containsExactly(exact.numbers(), within(1e-3));
    double[] shrunk = dense.learn(1).numbers();
    assertThat(shrunk[2]).as("first off-diagonal entry").isLessThan(0.6 * exact.numbers()[2]);
  }

  @Test
  void theDiagonalFisherMetricIsExactOnADiagonalGaussian() {
    FisherMetric diagonal = new FisherMetric(10, false);
    AddressedRandom random = SEED.random();
    double[] x = new double[10];
    for (int n = 0; n < 3; n++) {
      random.fillGaussian(x, 0, 10);
      diagonal.add(State.at(TARGET, x));
    }
    double[] inverse = diagonal.learn(3).inverse();
    for (int i = 0; i < 10; i++) {
      assertThat(inverse[i]).isCloseTo(SDS[i] * SDS[i], within(1e-9 * SDS[i] * SDS[i]));
    }
  }

  @Test
  void aCoordinateThatDoesNotMoveKeepsItsUnit() {
    FisherMetric diagonal = new FisherMetric(2, false);
    Gaussian gaussian = Gaussian.iid(2);
    for (int n = 0; n < 3; n++) {
      diagonal.add(State.at(gaussian, new double[] {n, 1}));
    }
    assertThat(diagonal.learn(1).inverse()).containsExactly(1, 1);
  }

  /**
   * On a Gaussian squares have the correlation cos² t. Without jitter t (1 + cos² t)/(1 - cos² t) is least at t = 1.32; the variogram is estimated from 4000
   * exact rotations in 5 dimensions, the cost is flat within 3 % of its least value from 1.13 to 1.53.
   */
  @Test
  void theBestLengthOnAGaussianIsAboutAQuarterTurn() {
    AddressedRandom random = SEED.random();
    TrajectoryLength lengths = new TrajectoryLength(new double[5], 6);
    double[] x = new double[5];
    double[] w = new double[5];
    double[] at = new double[5];
    for (int r = 0; r < 4000; r++) {
      random.fillGaussian(x, 0, 5);
      random.fillGaussian(w, 0, 5);
      for (double t = 0.0625; t < 7; t += 0.125) {
        for (int i = 0; i < 5; i++) {
          at[i] = x[i] * StrictMath.cos(t) + w[i] * StrictMath.sin(t);
        }
        lengths.add(x, t, at);
      }
    }
    assertThat(lengths.best(0, 0, 99)).isBetween(1.13, 1.53);
    assertThat(lengths.best(0.5, 0, 99)).isBetween(1.0, 1.7);
    assertThat(lengths.best(0, 2, 99)).isBetween(2.0, 2.13);
  }

  @Test
  void nothingSeenLeavesTheLengthAsItIs() {
    assertThat(new TrajectoryLength(new double[2], 6).best(0.5, 1, 99)).isEqualTo(99);
  }

  /** x' = a x + noise has the time (1 + a)/(1 - a); batches of 1000 points, 1000 of them, are within 20 % (six deviations of sqrt(2/1000)/2 with four coordinates). */
  @Test
  void batchMeansFindTheAutocorrelationTime() {
    int n = 1_000_000;
    BatchMeans means = new BatchMeans(4, n);
    AddressedRandom random = SEED.random();
    double[] x = new double[4];
    assertThat(means.full()).isFalse();
    for (int t = 0; t < n; t++) {
      for (int i = 0; i < 4; i++) {
        x[i] = 0.8 * x[i] + random.nextGaussian();
      }
      means.add(x);
    }
    assertThat(means.full()).isTrue();
    assertThat(means.time()).isCloseTo(9, within(1.8));
  }

  /** With ΔE = c eps³ and c known, the step size that gives ΔE² = 5·10⁻⁴ d is known. */
  @Test
  void theEnergyErrorDecidesTheStepSize() {
    EnergyErrorSteps steps = new EnergyErrorSteps(20);
    double c = 3;
    double eps = 0.5;
    for (int n = 0; n < 400; n++) {
      eps = steps.learn(eps, new Outcome().moved(1, 0, 1).energyError(c * eps * eps * eps));
    }
    double expected = StrictMath.pow(EnergyErrorSteps.VARIANCE * 20 / (c * c), 1.0 / 6);
    assertThat(eps).isCloseTo(expected, within(1e-3 * expected));
    assertThat(steps.learn(eps, new Outcome().diverged("energy error", Double.NaN, 0, 1)))
        .isEqualTo(0.8 * eps);
  }

  @Test
  void mamsReachesItsAcceptanceAndMetricInEightyIterations() {
    double acceptance = 0;
    double gradients = 0;
    for (int r = 0; r < 10; r++) {
      MicrocanonicalKernel kernel = Mams.defaults().on(TARGET);
      AddressedRandom random = SEED.child(r).random();
      State state = kernel.start(new double[] {0.01, 1, -1, -1, 1, 1, 1, 1, 1, 1});
      gradients += warm(kernel, state, 80, MetricAdaptation.DIAGONAL, random) / 10;
      for (int i = 0; i < SDS.length; i++) {
        double ratio = kernel.tuning().metric().inverse()[i] / (SDS[i] * SDS[i]);
        assertThat(ratio).isCloseTo(1, within(1e-6));
      }
      assertThat(kernel.unit()).isBetween(0.5 * Math.sqrt(10), 2 * Math.sqrt(10));
      assertThat(kernel.tuning().limit()).isEqualTo(Integer.MAX_VALUE);
      for (int n = 0; n < 200; n++) {
        acceptance += kernel.step(state, random).acceptance() / 2000;
      }
    }
    assertThat(acceptance).isCloseTo(0.85, within(0.08));
    assertThat(gradients).isLessThan(1500);
  }

  @Test
  void mclmcReachesItsEnergyError() {
    MicrocanonicalKernel kernel = Mclmc.defaults().on(TARGET);
    AddressedRandom random = SEED.random();
    State state = kernel.start(new double[] {0.01, 1, -1, -1, 1, 1, 1, 1, 1, 1});
    warm(kernel, state, 2000, MetricAdaptation.DIAGONAL, random);
    double sum = 0;
    for (int n = 0; n < 5000; n++) {
      double error = kernel.step(state, random).energyError();
      sum += error * error / 5000;
    }
    double wanted = EnergyErrorSteps.VARIANCE * 10;
    assertThat(sum).isBetween(wanted / 3, 3 * wanted);
    assertThat(kernel.tuning().metric().inverse()[4]).isCloseTo(40_000, within(0.1));
    assertThat(kernel.unit()).isBetween(1.0, 12.0);
  }

  private static double warm(
      MicrocanonicalKernel kernel,
      State state,
      int iterations,
      MetricAdaptation metric,
      AddressedRandom random) {
    Warmup warmup = Warmup.of(kernel, iterations, 0.85, metric);
    warmup.begin(state, random);
    double gradients = 0;
    for (int n = 0; n < iterations; n++) {
      Outcome outcome = kernel.step(state, random);
      gradients += outcome.evaluations();
      warmup.learn(state, outcome, random);
    }
    assertThat(warmup.finished()).isTrue();
    return gradients + warmup.evaluations();
  }

  @Test
  void fewIterationsLearnTheStepSizeOnlyAndNoneNothing() {
    for (int iterations : new int[] {0, 19}) {
      for (MicrocanonicalKernel kernel :
          new MicrocanonicalKernel[] {
            Mams.defaults().on(TARGET), Mclmc.defaults().on(TARGET),
          }) {
        double before = kernel.tuning().stepSize();
        State state = kernel.start(new double[] {0.01, 1, -1, -1, 1, 1, 1, 1, 1, 1});
        warm(kernel, state, iterations, MetricAdaptation.DENSE, SEED.random());
        assertThat(kernel.unit()).isEqualTo(Math.sqrt(10));
        assertThat(kernel.tuning().metric().inverse()).containsOnly(1.0);
        assertThat(kernel.tuning().stepSize() == before).isEqualTo(iterations == 0);
      }
    }
  }

  @Test
  void theUnitMetricStays() {
    MicrocanonicalKernel kernel = Mams.defaults().on(Gaussian.iid(4));
    State state = kernel.start(new double[] {1, 1, -1, -1});
    warm(kernel, state, 100, MetricAdaptation.UNIT, SEED.random());
    assertThat(kernel.tuning().metric().inverse()).containsOnly(1.0);
    assertThat(kernel.unit()).isBetween(1.0, 5.0);
  }

  @Test
  void anEndedWarmupRefusesToLearn() {
    MicrocanonicalKernel kernel = Mams.defaults().on(TARGET);
    Warmup warmup = Warmup.of(kernel, 0, 0.85, MetricAdaptation.UNIT);
    State state = kernel.start(new double[10]);
    assertThatThrownBy(() -> warmup.learn(state, new Outcome(), SEED.random()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the warm-up of 0 iterations is over");
  }
}
