package dev.langevin.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.Gaussian;
import dev.langevin.mcmc.Barker;
import dev.langevin.mcmc.Hmc;
import dev.langevin.mcmc.Mala;
import dev.langevin.mcmc.Outcome;
import dev.langevin.mcmc.RandomWalkMetropolis;
import dev.langevin.mcmc.Sampler;
import dev.langevin.mcmc.State;
import dev.langevin.mcmc.TunableKernel;
import dev.langevin.mcmc.Underdamped;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WarmupTest {
  private static final Seed SEED = Seed.of(20).child("warm-up");
  private static final double[] SDS = {0.01, 0.3, 1, 5, 200};
  private static final Gaussian TARGET = Gaussian.diagonal(new double[5], SDS);

  static List<Sampler> samplers() {
    return List.of(
        RandomWalkMetropolis.defaults(),
        Mala.defaults(),
        Barker.defaults(),
        Underdamped.defaults().withTest(),
        Hmc.defaults());
  }

  /**
   * The last 50 iterations decide, so the acceptance misses its target by up to 0.1 or so (and tends to exceed it where it falls off
   * steeply, as Stan's does). Another target must change it.
   */
  @ParameterizedTest
  @MethodSource("samplers")
  void theAcceptanceFollowsItsTarget(Sampler sampler) {
    double usual = meanAcceptance(sampler, sampler.targetAcceptance());
    double lower = meanAcceptance(sampler, 0.5 * sampler.targetAcceptance());
    assertThat(usual).isCloseTo(sampler.targetAcceptance(), within(0.15));
    assertThat(lower).isLessThan(0.8 * usual);
  }

  private static double meanAcceptance(Sampler sampler, double target) {
    double sum = 0;
    for (int r = 0; r < 8; r++) {
      sum += acceptanceAfter(sampler, target, SEED.child(r));
    }
    return sum / 8;
  }

  private static double acceptanceAfter(Sampler sampler, double target, Seed seed) {
    TunableKernel kernel = (TunableKernel) sampler.on(TARGET);
    State state = kernel.start(new double[] {1, 1, -1, -1, 1});
    AddressedRandom random = seed.random();
    warm(kernel, state, 1000, target, random);
    double sum = 0;
    for (int i = 0; i < 1000; i++) {
      sum += kernel.step(state, random).acceptance();
    }
    return sum / 1000;
  }

  private static Warmup warm(
      TunableKernel kernel, State state, int iterations, double target, AddressedRandom random) {
    Warmup warmup = Warmup.of(kernel, iterations, target, MetricAdaptation.DIAGONAL);
    warmup.begin(state, random);
    for (int i = 0; i < iterations; i++) {
      Outcome outcome = kernel.step(state, random);
      warmup.learn(state, outcome, random);
    }
    assertThat(warmup.finished()).isTrue();
    return warmup;
  }

  /** 500 nearly independent draws: relative sd of a variance about 0.09 with HMC's autocorrelation, six of them allowed (2e-9). */
  @Test
  void theMetricIsTheTargetsVariances() {
    TunableKernel kernel = Hmc.defaults().on(TARGET);
    State state = kernel.start(new double[] {1, 1, -1, -1, 1});
    Warmup warmup = warm(kernel, state, 1000, 0.8, SEED.random());
    double[] inverse = kernel.tuning().metric().inverse();
    for (int i = 0; i < SDS.length; i++) {
      double regularised = 500 / 505.0 * SDS[i] * SDS[i] + 1e-3 * 5 / 505;
      assertThat(inverse[i] / regularised).isBetween(0.46, 1.54);
    }
    assertThat(warmup.evaluations()).isBetween(10L, 200L);
  }

  @Test
  void trajectoriesAreShortUntilTheMetricIsKnown() {
    TunableKernel kernel = Hmc.ofLength(20).on(TARGET);
    State state = kernel.start(new double[] {1, 1, -1, -1, 1});
    AddressedRandom random = SEED.random();
    Warmup warmup = Warmup.of(kernel, 1000, 0.8, MetricAdaptation.DIAGONAL);
    warmup.begin(state, random);
    int longest = 0;
    for (int i = 0; i < 1000; i++) {
      Outcome outcome = kernel.step(state, random);
      longest = Math.max(longest, outcome.evaluations());
      if (i < 100) {
        assertThat(longest).isLessThanOrEqualTo(10);
      }
      warmup.learn(state, outcome, random);
    }
    assertThat(longest).isGreaterThan(20);
    assertThat(kernel.tuning().limit()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void veryShortWarmupsLeaveTheMetricAlone() {
    TunableKernel kernel = Hmc.defaults().on(TARGET);
    State state = kernel.start(new double[] {1, 1, -1, -1, 1});
    warm(kernel, state, 19, 0.8, SEED.random());
    assertThat(kernel.tuning().metric().inverse()).containsExactly(1, 1, 1, 1, 1);
    assertThat(kernel.tuning().stepSize()).isLessThan(0.5);
    assertThat(kernel.tuning().limit()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void noneLeavesTheKernelAlone() {
    TunableKernel kernel = new Hmc(0.123, 3).on(TARGET);
    State state = kernel.start(new double[] {1, 1, -1, -1, 1});
    Warmup warmup = warm(kernel, state, 0, 0.8, SEED.random());
    assertThat(kernel.tuning().stepSize()).isEqualTo(0.123);
    assertThat(warmup.evaluations()).isZero();
    assertThatThrownBy(() -> warmup.learn(state, new Outcome(), SEED.random()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the warm-up of 0 iterations is over");
  }

  @Test
  void nonsenseIsRefused() {
    TunableKernel kernel = new Hmc(0.1, 3).on(TARGET);
    assertThatThrownBy(() -> Warmup.of(kernel, 100, 0, MetricAdaptation.DIAGONAL))
        .hasMessage("targetAcceptance must be strictly between 0.0 and 1.0, got 0.0");
    assertThatThrownBy(() -> Warmup.of(kernel, -1, 0.5, MetricAdaptation.DIAGONAL))
        .hasMessage("warmup must be at least 0, got -1");
  }
}
