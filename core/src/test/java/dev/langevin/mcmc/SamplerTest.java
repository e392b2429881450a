package dev.langevin.mcmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.adapt.LearnedIndependence;
import dev.langevin.density.LogDensity;
import dev.langevin.random.Seed;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SamplerTest {
  @Test
  void recipesRefuseNonsense() {
    refused(() -> new RandomWalkMetropolis(0), "stepSize must be positive and finite, got 0.0");
    refused(
        () -> new Slice(0, Slice.Growth.DOUBLING, 3),
        "stepSize must be positive and finite, got 0.0");
    refused(() -> new Slice(1, Slice.Growth.STEPPING_OUT, 0), "limit must be at least 1, got 0");
    refused(
        () -> new Slice(1, Slice.Growth.DOUBLING, 51), "limit must be between 1 and 50, got 51");
    refused(() -> new LearnedIndependence(2), "degreesOfFreedom must be at least 3, got 2");
    refused(() -> new Ula(-1), "stepSize must be positive and finite, got -1.0");
    refused(() -> new Mala(Double.NaN), "stepSize must be positive and finite, got NaN");
    refused(() -> new Barker(0), "stepSize must be positive and finite, got 0.0");
    refused(() -> new Hmc(0, 1), "stepSize must be positive and finite, got 0.0");
    refused(() -> new Hmc(1, 0), "count must be at least 1, got 0");
    Trajectory steps = new Trajectory.Steps(3);
    refused(() -> new Hmc(1, steps, 1.5), "jitter must be between 0 and 1, got 1.5");
    refused(() -> new Hmc(1, steps, -0.1), "jitter must be between 0 and 1, got -0.1");
    refused(() -> new Hmc(1, steps, Double.NaN), "jitter must be between 0 and 1, got NaN");
    refused(() -> Hmc.ofLength(0), "length must be positive and finite, got 0.0");
    refused(() -> new Trajectory.Length(1, 0), "cap must be at least 1, got 0");
  }

  @Test
  void metricsRefuseNonsense() {
    refused(() -> Metric.identity(0), "dimension must be at least 1, got 0");
    refused(Metric::diagonal, "inverse.length must be at least 1, got 0");
    refused(() -> Metric.diagonal(1, 0), "inverse[1] must be positive and finite, got 0.0");
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void namesAreUniqueAndTargetsAreThePublishedOnes() {
    List<Sampler> menu =
        List.of(
            RandomWalkMetropolis.defaults(),
            Slice.defaults(),
            LearnedIndependence.defaults(),
            CoordinateGibbs.defaults(),
            Ula.defaults(),
            Mala.defaults(),
            Barker.defaults(),
            Underdamped.defaults(),
            Hmc.defaults(),
            Nuts.defaults(),
            Mams.defaults());
    assertThat(menu)
        .extracting(Sampler::name)
        .containsExactly(
            "rwm",
            "slice",
            "independence",
            "gibbs",
            "ula",
            "mala",
            "barker",
            "underdamped",
            "hmc",
            "nuts",
            "mams");
    double own = Double.NaN;
    assertThat(menu)
        .extracting(Sampler::targetAcceptance)
        .containsExactly(0.234, 0.65, own, own, 0.99, 0.574, 0.4, 0.99, 0.8, 0.8, 0.85);
    assertThat(new Slice(1, Slice.Growth.DOUBLING, 9).targetAcceptance()).isEqualTo(0.5);
    assertThat(menu)
        .allSatisfy(
            sampler -> assertThat(sampler.statistics().get(0).stanName()).isEqualTo("lp__"));
  }

  @Test
  void onlyTheDefaultUlaIsTuned() {
    assertThat(Ula.defaults().tuned()).isTrue();
    assertThat(Ula.defaults().warmup()).isEqualTo(new Mala(0.1));
    assertThat(new Ula(0.3).tuned()).isFalse();
    assertThat(new Ula(0.3).warmup()).isEqualTo(new Ula(0.3));
    assertThat(new Mala(0.3).tuned()).isTrue();
    assertThat(new Mala(0.3).warmup()).isEqualTo(new Mala(0.3));
  }

  @Test
  void aMetricIsACopy() {
    double[] inverse = {4, 9};
    Metric metric = Metric.diagonal(inverse);
    inverse[0] = 1;
    metric.inverse()[1] = 1;
    assertThat(metric.inverse()).containsExactly(4, 9);
  }

  /** Uniform on (0, 1): known without gradient, with hard walls. 20000 draws; the mean's sd is below 0.01, six of them allowed. */
  @Test
  void theRandomWalkNeedsNoGradient() {
    LogDensity uniform =
        new LogDensity() {
          @Override
          public int dimension() {
            return 1;
          }

          @Override
          public double logDensity(double[] x) {
            return x[0] > 0 && x[0] < 1 ? 0 : Double.NEGATIVE_INFINITY;
          }
        };
    Kernel kernel = new RandomWalkMetropolis(0.7).on(uniform);
    State state = kernel.start(new double[] {0.9});
    assertThat(state.gradient()).isEmpty();
    var random = Seed.of(3).random();
    double sum = 0;
    for (int i = 0; i < 20_000; i++) {
      kernel.step(state, random);
      assertThat(state.position()[0]).isBetween(0.0, 1.0);
      sum += state.position()[0];
    }
    assertThat(sum / 20_000).isBetween(0.44, 0.56);
  }

  @Test
  void anOutcomeTellsWhatHappened() {
    Outcome outcome = new Outcome();
    assertThat(outcome.moved(0.5, 2, 3)).hasToString("moved, acceptance 0.5, 3 evaluations");
    assertThat(outcome.stayed(0.25, 2, 1)).hasToString("stayed, acceptance 0.25, 1 evaluations");
    assertThat(outcome.diverged("energy error", 2000, 1, 1).reason())
        .isEqualTo("energy error is 2000.0");
    assertThat(outcome.moved(1, 2, 3).reason()).isEmpty();
  }
}
