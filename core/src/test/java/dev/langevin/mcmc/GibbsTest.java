package dev.langevin.mcmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.adapt.LearnedIndependence;
import dev.langevin.chain.ChainListener;
import dev.langevin.chain.ChainRun;
import dev.langevin.chain.ChainSettings;
import dev.langevin.chain.Chains;
import dev.langevin.density.LogDensity;
import dev.langevin.density.target.Gaussian;
import dev.langevin.diagnostics.EffectiveSampleSize;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GibbsTest {
  private static final Seed SEED = Seed.of(20).child("gibbs");
  private static final BentLogistic DENSITY = new BentLogistic();

  /** x2 given x1 of {@link BentLogistic}. */
  private static final Conditional BEND =
      (x, random) -> x[1] = 0.3 * x[0] * x[0] + 1.5 * random.nextGaussian();

  private static Gibbs bent(Conditional conditional, Scan scan) {
    return new Gibbs(
        List.of(
            GibbsBlock.within(new Slice(2, Slice.Growth.STEPPING_OUT, 5), 0),
            GibbsBlock.exact(conditional, 1)),
        scan);
  }

  /** False alarm 1e-6, see {@link Conservation}. */
  @ParameterizedTest
  @EnumSource
  void anExactConditionalBesideASliceKeepsTheTarget(Scan scan) {
    Conservation found = Conservation.of(bent(BEND, scan).on(DENSITY), SEED);
    assertThat(found.distance()).isLessThan(Conservation.threshold());
  }

  @Test
  void aConditionalThatIsStaleIsCaught() {
    double[] before = new double[1];
    Conditional stale =
        (x, random) -> {
          double bend = 0.3 * before[0] * before[0]; // of the sweep before
          before[0] = x[0];
          x[1] = bend + 1.5 * random.nextGaussian();
        };
    assertThat(Conservation.of(bent(stale, Scan.SYSTEMATIC).on(DENSITY), SEED).holds()).isFalse();
  }

  @Test
  void aConditionalOfTheWrongSpreadIsCaught() {
    Conditional narrow = (x, random) -> x[1] = 0.3 * x[0] * x[0] + 1.4 * random.nextGaussian();
    assertThat(Conservation.of(bent(narrow, Scan.SYSTEMATIC).on(DENSITY), SEED).holds()).isFalse();
  }

  /** Blocks of two in four dimensions, one by HMC, one by a nested sweep, one overlapping both: moments of a correlated Gaussian. */
  @Test
  void blocksOfSeveralCoordinatesMayOverlapAndNest() {
    double[][] covariance = {
      {2, 0.6, 0.5, 0}, {0.6, 1, -0.3, 0.2}, {0.5, -0.3, 1.5, 0.4}, {0, 0.2, 0.4, 0.8}
    };
    double[] mean = {1, -1, 0.5, 2};
    Gibbs recipe =
        new Gibbs(
            List.of(
                GibbsBlock.within(new Hmc(0.6, 3), 2, 0),
                GibbsBlock.within(CoordinateGibbs.defaults(), 1, 3),
                GibbsBlock.within(new RandomWalkMetropolis(0.9), 0, 1)),
            Scan.SYSTEMATIC);
    Kernel kernel = recipe.on(Gaussian.of(mean, covariance));
    State state = kernel.start(mean);
    AddressedRandom random = SEED.random();
    int n = 20_000;
    double[][][] x = new double[14][1][n];
    double[] expected = new double[14];
    for (int s = 0; s < n; s++) {
      kernel.step(state, random.moveTo(SEED.child(s)));
      int at = 0;
      for (int i = 0; i < 4; i++) {
        x[at][0][s] = state.position()[i];
        expected[at++] = mean[i];
        for (int j = 0; j <= i; j++) {
          x[at][0][s] = (state.position()[i] - mean[i]) * (state.position()[j] - mean[j]);
          expected[at++] = covariance[i][j];
        }
      }
    }
    for (int q = 0; q < 14; q++) {
      assertThat(Math.abs(z(x[q], expected[q]))).as("quantity " + q).isLessThan(5.5); // 5e-7 in all
    }
    assertThat(Math.abs(z(x[1], 1.2 * expected[1]))).isGreaterThan(5.5);
  }

  private static double z(double[][] x, double expected) {
    double sum = 0;
    double squares = 0;
    for (double v : x[0]) {
      sum += v;
      squares += v * v;
    }
    int n = x[0].length;
    double mean = sum / n;
    return (mean - expected) / Math.sqrt((squares / n - mean * mean) / EffectiveSampleSize.mean(x));
  }

  /** Scales from 0.001 to 1000, each found by its own coordinate. */
  @Test
  void aWarmupTunesEveryBlockByItself() {
    double[] sds = {1e-3, 1, 1e3};
    CoordinateGibbs recipe = new CoordinateGibbs(new RandomWalkMetropolis(1), Scan.RANDOM);
    assertThat(acceptance(recipe, sds, Double.NaN)).isBetween(0.39, 0.49);
    assertThat(acceptance(recipe, sds, 0.7)).isBetween(0.65, 0.75);
    SelfTuningKernel kernel = tuned(recipe, sds, Double.NaN);
    double[] told = kernel.tuned();
    int each = told.length / 3;
    for (int i = 0; i < 3; i++) {
      // acceptance 0.44 on a normal: 2.4 standard deviations (Gelman, Roberts & Gilks 1996)
      assertThat(told[i * each + 1] / sds[i]).isBetween(1.7, 3.4);
    }
    double slice = acceptance(CoordinateGibbs.defaults(), sds, Double.NaN);
    assertThat(slice).isBetween(0.6, 0.7);
  }

  private static SelfTuningKernel tuned(CoordinateGibbs recipe, double[] sds, double target) {
    SelfTuningKernel kernel = recipe.on(Gaussian.diagonal(new double[3], sds));
    State state = kernel.start(new double[3]);
    AddressedRandom random = SEED.random();
    kernel.beginWarmup(1000, target);
    for (int i = 0; i < 1000; i++) {
      kernel.learn(state, random);
    }
    return kernel;
  }

  private static double acceptance(CoordinateGibbs recipe, double[] sds, double target) {
    SelfTuningKernel kernel = tuned(recipe, sds, target);
    State state = kernel.start(new double[3]);
    AddressedRandom random = SEED.child(1).random();
    double sum = 0;
    for (int i = 0; i < 3000; i++) {
      sum += kernel.step(state, random).acceptance();
    }
    return sum / 3000;
  }

  /** x1 has a hole in its density at x0 > 0: the visit to x1 diverges there, that to x0 goes on. */
  @Test
  void aVisitThatDivergesLeavesTheOthersAlone() {
    LogDensity holed =
        new LogDensity() {
          @Override
          public int dimension() {
            return 2;
          }

          @Override
          public double logDensity(double[] x) {
            return x[1] == 0 ? -x[0] * x[0] / 2 : Double.NaN;
          }
        };
    Kernel kernel = new CoordinateGibbs(new RandomWalkMetropolis(0.1), Scan.SYSTEMATIC).on(holed);
    State state = kernel.start(new double[2]);
    Outcome outcome = kernel.step(state, SEED.random());
    assertThat(outcome.diverged()).isTrue();
    assertThat(outcome.moved()).isTrue();
    assertThat(outcome.reason()).isEqualTo("log density is NaN");
    assertThat(outcome.acceptance()).isBetween(0.4, 0.5);
    assertThat(state.position()[0]).isNotZero();
    assertThat(state.position()[1]).isZero();
  }

  @Test
  void aConditionalThatLeavesTheSupportIsADivergence() {
    LogDensity half =
        new LogDensity() {
          @Override
          public int dimension() {
            return 1;
          }

          @Override
          public double logDensity(double[] x) {
            return x[0] > 0 ? -x[0] : Double.NEGATIVE_INFINITY;
          }
        };
    Gibbs recipe = new Gibbs(List.of(GibbsBlock.exact((x, r) -> x[0] = -1, 0)), Scan.RANDOM);
    Kernel kernel = recipe.on(half);
    Outcome outcome = kernel.step(kernel.start(new double[] {1}), SEED.random());
    assertThat(outcome.reason()).isEqualTo("log density after an exact draw is -Infinity");
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> new Gibbs(List.of(), Scan.RANDOM))
        .hasMessage("number of blocks must be at least 1, got 0");
    assertThatThrownBy(() -> GibbsBlock.exact(BEND))
        .hasMessage("number of coordinates of a block must be at least 1, got 0");
    assertThatThrownBy(() -> GibbsBlock.within(new Mala(1), 1, 1))
        .hasMessage("coordinates of a block must be different, got [1, 1]");
    assertThatThrownBy(() -> gibbsOf(GibbsBlock.exact(BEND, 2)))
        .hasMessage("coordinate of a block must be between 0 and 1, got 2");
    assertThatThrownBy(() -> gibbsOf(GibbsBlock.exact(BEND, 1)))
        .hasMessage("coordinate 0 must be in a block, got none");
    Kernel kernel = bent(BEND, Scan.RANDOM).on(DENSITY);
    assertThatThrownBy(() -> kernel.retune(new double[] {7, 1}))
        .hasMessage("tuned must be the numbers of 2 blocks, got 2");
    double[] tooMany = Arrays.copyOf(kernel.tuned(), kernel.tuned().length + 1);
    assertThatThrownBy(() -> kernel.retune(tooMany))
        .hasMessage("tuned must be the numbers of 2 blocks, got more: " + tooMany.length);
  }

  private static Kernel gibbsOf(GibbsBlock block) {
    return new Gibbs(List.of(block), Scan.SYSTEMATIC).on(DENSITY);
  }

  static List<Sampler> ready() {
    return List.of(
        CoordinateGibbs.defaults(),
        new CoordinateGibbs(RandomWalkMetropolis.defaults(), Scan.RANDOM),
        Slice.defaults(),
        LearnedIndependence.defaults());
  }

  /** Through the chains, tuned from a random start: E x² of two coordinates at |z| &lt; 5.2, 1e-6 in all. */
  @ParameterizedTest
  @MethodSource("ready")
  void readyRecipesSampleAGaussian(Sampler sampler) {
    Gaussian target = Gaussian.diagonal(new double[] {3, -2}, new double[] {0.1, 5});
    ChainSettings settings = new ChainSettings(2, 500, 2000, 2, Double.NaN, SEED.child("run"));
    ChainRun run = Chains.run(sampler, target, settings, Runnable::run, ChainListener.silent());
    for (int i = 0; i < 2; i++) {
      double[][] series = run.draws().series(i);
      double[][] squares = new double[1][4000];
      for (int n = 0; n < 4000; n++) {
        double x = series[n / 2000][n % 2000];
        squares[0][n] = x * x;
      }
      double expected = i == 0 ? 9.01 : 29;
      assertThat(Math.abs(z(squares, expected))).isLessThan(5.2);
    }
  }
}
