package dev.langevin.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.adapt.LearnedIndependence;
import dev.langevin.mcmc.CoordinateGibbs;
import dev.langevin.mcmc.Hmc;
import dev.langevin.mcmc.Mala;
import dev.langevin.mcmc.Metric;
import dev.langevin.mcmc.RandomWalkMetropolis;
import dev.langevin.mcmc.Sampler;
import dev.langevin.mcmc.Slice;
import dev.langevin.mcmc.State;
import dev.langevin.mcmc.TunableKernel;
import dev.langevin.mcmc.Ula;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChainsTest {
  private static final Seed SEED = Seed.of(20).child("chains");
  private static final ChainListener SILENT = ChainListener.silent();

  static List<Sampler> menu() {
    return List.of(
        RandomWalkMetropolis.defaults(),
        Slice.defaults(),
        Ula.defaults(),
        new Ula(0.2),
        Mala.defaults(),
        Hmc.defaults(),
        new Hmc(0.3, 4));
  }

  static List<Sampler> withThoseThatTuneThemselves() {
    List<Sampler> all = new ArrayList<>(menu());
    all.add(CoordinateGibbs.defaults());
    all.add(LearnedIndependence.defaults());
    return all;
  }

  private static ChainSettings settings(int chains, int warmup, int draws, int thin) {
    return new ChainSettings(chains, warmup, draws, thin, Double.NaN, SEED);
  }

  private static ChainRun onThisThread(Sampler sampler, ChainSettings settings) {
    return Chains.run(sampler, new Targets.Positive(), settings, Runnable::run, SILENT);
  }

  private static ChainRun onThreads(int threads, Sampler sampler, ChainSettings settings) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      return Chains.run(sampler, new Targets.Positive(), settings, pool, SILENT);
    } finally {
      pool.shutdown();
    }
  }

  @ParameterizedTest
  @MethodSource("withThoseThatTuneThemselves")
  void theNumberOfThreadsDoesNotTouchTheDraws(Sampler sampler) {
    ChainSettings settings = settings(3, 200, 100, 2);
    ChainRun one = onThreads(1, sampler, settings);
    for (ChainRun other :
        List.of(onThreads(2, sampler, settings), onThisThread(sampler, settings))) {
      assertThat(other.draws().values()).isDeepEqualTo(one.draws().values());
      assertThat(other.draws().statisticValues()).isDeepEqualTo(one.draws().statisticValues());
      assertThat(other.adapted()).isEqualTo(one.adapted());
    }
    assertThat(one.draws().values()[0]).isNotEqualTo(one.draws().values()[1]);
  }

  /** Recorded once; the tests run on several JDKs, and all must find it. */
  @Test
  void theDrawsAreTheseOnEveryJdk() {
    ChainRun run = onThisThread(Hmc.defaults(), settings(2, 150, 50, 1));
    assertThat(run.draws().values()[1][2][49]).isEqualTo(7.347026683098166);
  }

  @Test
  void aChainDoesNotDependOnTheOthers() {
    ChainRun few = onThisThread(Mala.defaults(), settings(1, 50, 20, 1));
    ChainRun many = onThisThread(Mala.defaults(), settings(3, 50, 20, 1));
    assertThat(many.draws().values()[0]).isDeepEqualTo(few.draws().values()[0]);
  }

  @Test
  void moreDrawsBeginWithTheFewer() {
    double[] few = onThisThread(Mala.defaults(), settings(1, 50, 20, 1)).draws().values()[0][0];
    double[] many = onThisThread(Mala.defaults(), settings(1, 50, 90, 1)).draws().values()[0][0];
    assertThat(many).startsWith(few);
  }

  /** Means of log y and z over 4 × 1000 draws of HMC that are nearly independent: sd at most 0.03 and 0.2; six of them allowed. */
  @Test
  void theDrawsFollowTheModel() {
    Draws draws = onThreads(2, Hmc.defaults(), ChainSettings.defaults(SEED)).draws();
    assertThat(draws.chains()).isEqualTo(4);
    assertThat(draws.draws()).isEqualTo(1000);
    double sumLogY = 0;
    double sumZ = 0;
    for (int c = 0; c < 4; c++) {
      for (int i = 0; i < 1000; i++) {
        double y = draws.values()[c][0][i];
        double z = draws.values()[c][1][i];
        assertThat(draws.values()[c][2][i]).isEqualTo(y * z);
        sumLogY += Math.log(y);
        sumZ += z;
      }
    }
    assertThat(sumLogY / 4000).isCloseTo(1, within(0.18));
    assertThat(sumZ / 4000).isCloseTo(0, within(1.2));
  }

  @Test
  void theStatisticsAreNamedAsInStanAndSpeakOfTheDraws() {
    Draws draws = onThisThread(Hmc.defaults(), settings(2, 100, 60, 1)).draws();
    assertThat(draws.names()).containsExactly("y", "z", "yz");
    assertThat(draws.statistics())
        .containsExactly(
            "lp__", "accept_stat__", "stepsize__", "n_leapfrog__", "divergent__", "energy__");
    for (int c = 0; c < 2; c++) {
      for (int i = 0; i < 60; i++) {
        double z = draws.series("z")[c][i];
        double r = (Math.log(draws.series("y")[c][i]) - 1) / 0.5;
        double logDensity = draws.statistic("lp__")[c][i];
        assertThat(logDensity).isCloseTo(-0.5 * (r * r + z * z / 9), within(1e-9));
        assertThat(draws.statistic("accept_stat__")[c][i]).isBetween(0.0, 1.0);
        assertThat(draws.statistic("n_leapfrog__")[c][i]).isBetween(1.0, 40.0);
        assertThat(draws.statistic("divergent__")[c][i]).isZero();
        assertThat(draws.statistic("energy__")[c][i]).isGreaterThan(-logDensity);
      }
    }
  }

  @Test
  void aSamplerLeavesOutWhatItDoesNotHave() {
    ChainSettings settings = settings(1, 20, 5, 1);
    assertThat(onThisThread(RandomWalkMetropolis.defaults(), settings).draws().statistics())
        .containsExactly("lp__", "accept_stat__", "stepsize__", "divergent__");
    assertThat(onThisThread(Ula.defaults(), settings).draws().has("energy__")).isFalse();
  }

  @Test
  void thinningKeepsEveryThird() {
    Draws all = onThisThread(Hmc.defaults(), settings(1, 100, 60, 1)).draws();
    Draws third = onThisThread(Hmc.defaults(), settings(1, 100, 20, 3)).draws();
    for (int i = 0; i < 20; i++) {
      assertThat(third.values()[0][0][i]).isEqualTo(all.values()[0][0][3 * i + 2]);
      double leapfrogs = 0;
      for (int k = 0; k < 3; k++) {
        leapfrogs += all.statistic("n_leapfrog__")[0][3 * i + k];
      }
      assertThat(third.statistic("n_leapfrog__")[0][i]).isEqualTo(leapfrogs);
    }
  }

  @Test
  void theWarmupIsReported() {
    ChainRun run = onThisThread(Hmc.defaults(), settings(3, 1000, 10, 1));
    assertThat(run.adapted()).hasSize(3);
    assertThat(run.interrupted()).isFalse();
    for (int c = 0; c < 3; c++) {
      Adapted adapted = run.adapted().get(c);
      assertThat(run.draws().statistic("stepsize__")[c]).containsOnly(adapted.stepSize());
      assertThat(adapted.inverseMetric()[0]).isBetween(0.12, 0.4);
      assertThat(adapted.inverseMetric()[1]).isBetween(4.0, 15.0);
      assertThat(adapted.gradients()).isBetween(1000L, 20_000L);
      assertThat(adapted.warmupDivergences()).isBetween(0, 50);
      assertThat(adapted.start()).hasSize(2);
      assertThat(Math.abs(adapted.start()[0])).isLessThan(2);
    }
    assertThat(run.adapted().get(0)).isNotEqualTo(run.adapted().get(1));
  }

  @Test
  void withoutWarmupTheRecipeIsUsedAsItIs() {
    for (Sampler sampler : menu()) {
      Adapted adapted = onThisThread(sampler, settings(1, 0, 5, 1)).adapted().get(0);
      assertThat(adapted.stepSize()).isEqualTo(sampler.stepSize());
      assertThat(adapted.inverseMetric()).containsExactly(1, 1);
      assertThat(adapted.gradients()).isZero();
    }
  }

  @Test
  void aFixedUlaKeepsItsStepThroughTheWarmup() {
    Adapted fixed = onThisThread(new Ula(0.2), settings(1, 200, 5, 1)).adapted().get(0);
    assertThat(fixed.stepSize()).isEqualTo(0.2);
    assertThat(fixed.inverseMetric()).containsExactly(1, 1);
    assertThat(fixed.gradients()).isEqualTo(200);
    Adapted tuned = onThisThread(Ula.defaults(), settings(1, 1000, 5, 1)).adapted().get(0);
    assertThat(tuned.stepSize()).isNotEqualTo(0.1);
    assertThat(tuned.inverseMetric()[1]).isGreaterThan(2);
  }

  /** Once warmed up as MALA, the tuned ULA takes every step: no two draws are equal, as MALA's are now and then. */
  @Test
  void aTunedUlaIsUnadjustedAfterItsWarmup() {
    double[] ula = onThisThread(Ula.defaults(), settings(1, 300, 400, 1)).draws().values()[0][0];
    double[] mala = onThisThread(Mala.defaults(), settings(1, 300, 400, 1)).draws().values()[0][0];
    assertThat(repeats(ula)).isZero();
    assertThat(repeats(mala)).isPositive();
  }

  private static int repeats(double[] series) {
    int repeats = 0;
    for (int i = 1; i < series.length; i++) {
      repeats += series[i] == series[i - 1] ? 1 : 0;
    }
    return repeats;
  }

  @Test
  void theTargetAcceptanceCanBeChosen() {
    ChainSettings high = new ChainSettings(1, 500, 5, 1, 0.95, SEED);
    ChainSettings low = new ChainSettings(1, 500, 5, 1, 0.5, SEED);
    double small = onThisThread(Hmc.defaults(), high).adapted().get(0).stepSize();
    double large = onThisThread(Hmc.defaults(), low).adapted().get(0).stepSize();
    assertThat(small).isLessThan(0.8 * large);
  }

  @Test
  void everyChainHasItsOwnModel() {
    Targets.Positive model = new Targets.Positive();
    Chains.run(Mala.defaults(), model, settings(3, 20, 5, 1), Runnable::run, SILENT);
    assertThat(model.forks).hasValue(3);
  }

  /** Iteration i of chain c reads the stream at seed / "chain" / c / i: replayed here by hand. */
  @Test
  void theNumbersHaveTheAddressThatIsDocumented() {
    ChainRun run = onThisThread(Hmc.defaults(), settings(2, 150, 30, 1));
    Adapted adapted = run.adapted().get(1);
    TunableKernel kernel = Hmc.defaults().on(new Targets.Positive());
    kernel.tuning().stepSize(adapted.stepSize());
    kernel.tuning().metric(Metric.diagonal(adapted.inverseMetric()));
    double[][] values = run.draws().values()[1];
    Seed chain = SEED.child("chain").child(1);
    for (int i = 0; i < 29; i++) {
      State state = kernel.start(new double[] {StrictMath.log(values[0][i]), values[1][i]});
      kernel.step(state, new AddressedRandom(chain.child(150 + i + 1)));
      assertThat(state.position()[1]).isCloseTo(values[1][i + 1], within(1e-12));
    }
  }

  @Test
  void theListenerHearsOfEveryIteration() {
    int[][] heard = new int[2][2];
    ChainListener listener =
        (chain, done, total, warmup) -> {
          assertThat(total).isEqualTo(40 + 3 * 20);
          assertThat(done).isEqualTo(heard[chain][0] + heard[chain][1] + 1);
          heard[chain][warmup ? 0 : 1]++;
        };
    Chains.run(
        Mala.defaults(), new Targets.Positive(), settings(2, 40, 20, 3), Runnable::run, listener);
    assertThat(heard).isDeepEqualTo(new int[][] {{40, 60}, {40, 60}});
  }

  @Test
  void settingsRefuseNonsense() {
    assertThatThrownBy(() -> settings(0, 1, 1, 1)).hasMessage("chains must be at least 1, got 0");
    assertThatThrownBy(() -> settings(1, -1, 1, 1)).hasMessage("warmup must be at least 0, got -1");
    assertThatThrownBy(() -> settings(1, 1, 0, 1)).hasMessage("draws must be at least 1, got 0");
    assertThatThrownBy(() -> settings(1, 1, 1, 0)).hasMessage("thin must be at least 1, got 0");
    assertThatThrownBy(() -> settings(1, 1, 1 << 20, 1 << 12))
        .hasMessage("warmup + draws * thin must be at most 2147483647, got 4294967297");
    assertThatThrownBy(() -> new ChainSettings(1, 1, 1, 1, 1.0, SEED))
        .hasMessage("targetAcceptance must be strictly between 0.0 and 1.0, got 1.0");
  }
}
