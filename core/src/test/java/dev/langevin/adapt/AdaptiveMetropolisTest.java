package dev.langevin.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langevin.density.Density;
import dev.langevin.density.target.Gaussian;
import dev.langevin.diagnostics.EffectiveSampleSize;
import dev.langevin.mcmc.Outcome;
import dev.langevin.mcmc.RandomWalkMetropolis;
import dev.langevin.mcmc.Sampler;
import dev.langevin.mcmc.SelfTuningKernel;
import dev.langevin.mcmc.Slice;
import dev.langevin.mcmc.State;
import dev.langevin.mcmc.TunableKernel;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import org.junit.jupiter.api.Test;

/** What learning a covariance in warm-up is worth to the samplers that know no gradient. */
class AdaptiveMetropolisTest {
  private static final Seed SEED = Seed.of(20).child("adaptive metropolis");
  private static final int D = 8;
  private static final int WARMUP = 4000;
  private static final int DRAWS = 20_000;

  /** Variances from 1000^-½ to 1000^½, turned by the reflection I - 2uuᵀ with u ∝ (1, …, 1), so that every pair is correlated. */
  private static Gaussian correlated() {
    double[][] diagonal = Gaussian.illConditioned(D, 1000).covariance();
    double[][] turned = new double[D][D];
    for (int i = 0; i < D; i++) {
      for (int j = 0; j < D; j++) {
        for (int k = 0; k < D; k++) {
          turned[i][j] += turn(i, k) * diagonal[k][k] * turn(k, j);
        }
      }
    }
    for (int i = 0; i < D; i++) {
      for (int j = 0; j < i; j++) {
        turned[i][j] = turned[j][i];
      }
    }
    return Gaussian.of(new double[D], turned);
  }

  private static double turn(int i, int j) {
    return (i == j ? 1 : 0) - 2.0 / D;
  }

  /** The least effective sample size of a coordinate, and the mean acceptance. */
  private record Found(double ess, double acceptance) {}

  private static Found run(Sampler sampler, Density density, MetricAdaptation metric) {
    TunableKernel kernel = (TunableKernel) sampler.on(density);
    State state = kernel.start(new double[D]);
    AddressedRandom random = SEED.random();
    Warmup warmup = Warmup.of(kernel, WARMUP, sampler.targetAcceptance(), metric);
    warmup.begin(state, random);
    for (int i = 0; i < WARMUP; i++) {
      Outcome outcome = kernel.step(state, random.moveTo(SEED.child(i)));
      warmup.learn(state, outcome, random);
    }
    double acceptance = 0;
    double[][][] x = new double[D][1][DRAWS];
    for (int n = 0; n < DRAWS; n++) {
      acceptance += kernel.step(state, random.moveTo(SEED.child(WARMUP + n))).acceptance();
      for (int i = 0; i < D; i++) {
        x[i][0][n] = state.position()[i];
      }
    }
    double least = Double.POSITIVE_INFINITY;
    for (double[][] coordinate : x) {
      least = Math.min(least, EffectiveSampleSize.mean(coordinate));
    }
    return new Found(least, acceptance / DRAWS);
  }

  /**
   * Measured at this seed: see the assertions. The target's shape costs at most a third with a dense metric; with a diagonal one, which cannot see
   * correlations, a factor of ten.
   */
  @Test
  void aRandomWalkWithALearnedCovarianceForgetsTheShapeOfItsTarget() {
    Sampler walk = RandomWalkMetropolis.defaults();
    Found iid = run(walk, Gaussian.iid(D), MetricAdaptation.UNIT);
    Found dense = run(walk, correlated(), MetricAdaptation.DENSE);
    Found diagonal = run(walk, correlated(), MetricAdaptation.DIAGONAL);
    assertThat(dense.ess()).as(dense + " against " + iid).isGreaterThan(0.67 * iid.ess());
    assertThat(dense.acceptance()).isBetween(0.15, 0.33);
    assertThat(diagonal.ess()).as(diagonal.toString()).isLessThan(0.1 * iid.ess());
  }

  @Test
  void soDoesSliceSampling() {
    Sampler slice = Slice.defaults();
    Found iid = run(slice, Gaussian.iid(D), MetricAdaptation.UNIT);
    Found dense = run(slice, correlated(), MetricAdaptation.DENSE);
    assertThat(dense.ess()).as(dense + " against " + iid).isGreaterThan(0.67 * iid.ess());
    assertThat(dense.acceptance()).isBetween(0.6, 0.7);
  }

  /** On the same target: a t₅ in 8 dimensions accepts two thirds at best; log Z is 0 since the Gaussian is normalised, six standard errors allowed. */
  @Test
  void independenceLearnsMeanAndCovariance() {
    SelfTuningKernel kernel = LearnedIndependence.defaults().on(correlated());
    double[] x = new double[D];
    x[0] = 2;
    State state = kernel.start(x);
    AddressedRandom random = SEED.random();
    kernel.beginWarmup(WARMUP, Double.NaN);
    int evaluations = 0;
    for (int i = 0; i < WARMUP; i++) {
      evaluations += kernel.learn(state, random.moveTo(SEED.child(i))).evaluations();
    }
    assertThat(evaluations).isBetween(7500, 8200);
    assertThat(kernel.figures(state)).isEmpty();
    double acceptance = 0;
    for (int i = 0; i < DRAWS; i++) {
      acceptance += kernel.step(state, random.moveTo(SEED.child(WARMUP + i))).acceptance();
    }
    assertThat(acceptance / DRAWS).isBetween(0.3, 0.9);
    assertThat(kernel.figures(state).get("weights_ess_share")).isBetween(0.3, 0.95);
    double se = kernel.figures(state).getOrDefault("log_z_se", Double.NaN);
    assertThat(se).isBetween(0.002, 0.02);
    assertThat(Math.abs(kernel.figures(state).getOrDefault("log_z", Double.NaN)))
        .isLessThan(6 * se);
  }
}
