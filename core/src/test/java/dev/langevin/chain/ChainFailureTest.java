package dev.langevin.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langevin.density.Model;
import dev.langevin.mcmc.Hmc;
import dev.langevin.mcmc.Mala;
import dev.langevin.mcmc.RandomWalkMetropolis;
import dev.langevin.mcmc.Sampler;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** What goes wrong in a chain is told once, with chain, iteration and point. */
class ChainFailureTest {
  private static final Seed SEED = Seed.of(20).child("failures");
  private static final ChainSettings SETTINGS = new ChainSettings(3, 100, 50, 1, Double.NaN, SEED);

  private static ChainRun run(Sampler sampler, Model model) {
    return Chains.run(sampler, model, SETTINGS, Runnable::run, ChainListener.silent());
  }

  private static ChainFailure failureOf(Sampler sampler, DoubleUnaryOperator log) {
    ChainFailure failure =
        catchThrowableOfType(ChainFailure.class, () -> run(sampler, new Targets.Line(log)));
    assertThat(failure).isNotNull();
    return failure;
  }

  private static double normal(double x) {
    return -x * x / 2;
  }

  @Test
  void aDensityThatThrowsAtOnceIsNamedWithItsPoint() {
    ChainFailure failure =
        failureOf(
            Hmc.defaults(),
            x -> {
              throw new ArithmeticException("no");
            });
    assertThat(failure)
        .hasMessageMatching(
            "chain 1, at the start, x = \\[-?\\d\\.\\d+]: the log density of line threw"
                + " java\\.lang\\.ArithmeticException: no")
        .hasCauseInstanceOf(ArithmeticException.class);
    assertThat(failure.chain()).isZero();
    assertThat(failure.iteration()).isEqualTo(-1);
    assertThat(Math.abs(failure.point()[0])).isLessThan(2);
  }

  @Test
  void aDensityThatThrowsLaterIsNamedWithItsIteration() {
    for (Sampler sampler : List.of(Mala.defaults(), RandomWalkMetropolis.defaults())) {
      int[] evaluations = new int[1];
      ChainFailure failure =
          failureOf(
              sampler,
              x -> {
                if (++evaluations[0] > 200) {
                  throw new IllegalArgumentException("too often");
                }
                return normal(x);
              });
      assertThat(failure.iteration()).isBetween(30, 80);
      assertThat(failure.getMessage())
          .matches(
              "chain \\d, iteration "
                  + (failure.iteration() + 1)
                  + ", x = .*: the log density of line threw"
                  + " java.lang.IllegalArgumentException: too often");
    }
  }

  @Test
  void aReportThatThrowsIsNamed() {
    Model model =
        new Model() {
          private final Targets.Line line = new Targets.Line(ChainFailureTest::normal);

          @Override
          public String name() {
            return "mute";
          }

          @Override
          public int dimension() {
            return 1;
          }

          @Override
          public List<String> outputs() {
            return List.of("x");
          }

          @Override
          public double logDensity(double[] x, double[] gradient) {
            return line.logDensity(x, gradient);
          }

          @Override
          public void report(double[] x, double[] out) {
            throw new IllegalStateException("mute");
          }
        };
    assertThatThrownBy(() -> run(Mala.defaults(), model))
        .isInstanceOf(ChainFailure.class)
        .hasMessageStartingWith("chain 1, iteration 101, x = [")
        .hasMessageEndingWith("the report of mute threw java.lang.IllegalStateException: mute");
  }

  @Test
  void aDensityThatIsNaNEverywhereIsNamed() {
    ChainFailure failure = failureOf(Hmc.defaults(), x -> Double.NaN);
    assertThat(failure)
        .hasMessageMatching(
            "chain 1, at the start, x = \\[.*]: none of 100 points drawn uniformly from"
                + " \\(-2, 2\\) will do; here log density at x must be finite, got NaN");
  }

  @Test
  void aDensityThatIsFiniteAtTheStartOnlyIsNamed() {
    double[] first = {Double.NaN};
    ChainFailure failure =
        failureOf(
            Mala.defaults(),
            x -> {
              first[0] = Double.isNaN(first[0]) ? x : first[0];
              return x == first[0] ? 0 : Double.NaN;
            });
    assertThat(failure.getMessage())
        .startsWith("chain 1, at the start")
        .contains("no step is small enough");
  }

  @Test
  void anImproperDensityIsNamed() {
    assertThat(failureOf(new RandomWalkMetropolis(1), x -> 0))
        .hasMessageStartingWith("chain 1, at the start")
        .hasMessageContaining("not proper")
        .hasNoCause();
  }

  /** A tenth of (-2, 2) is inside: 100 tries miss it with probability 3e-5 a chain, and this seed does not. */
  @Test
  void aStartOutsideTheSupportIsTriedAgain() {
    ChainRun run =
        run(Mala.defaults(), new Targets.Line(x -> x > 1.6 ? -x : Double.NEGATIVE_INFINITY));
    for (Adapted adapted : run.adapted()) {
      assertThat(adapted.start()[0]).isBetween(1.6, 2.0);
    }
    assertThat(Arrays.stream(run.draws().values()[0][0]).min().orElseThrow()).isGreaterThan(1.6);
  }

  @Test
  void anErrorOfTheMachineFliesAsItIs() {
    assertThatThrownBy(
            () ->
                run(
                    Mala.defaults(),
                    new Targets.Line(
                        x -> {
                          throw new StackOverflowError("deep");
                        })))
        .isInstanceOf(StackOverflowError.class)
        .hasMessage("deep");
  }

  @Test
  void aBugInTheListenerFliesAsItIs() {
    ChainListener broken =
        (chain, done, total, warmup) -> {
          throw new UnsupportedOperationException("listener");
        };
    assertThatThrownBy(
            () ->
                Chains.run(
                    Mala.defaults(), new Targets.Positive(), SETTINGS, Runnable::run, broken))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("listener");
  }

  @Test
  void anExecutorThatRefusesIsReported() {
    ExecutorService pool = Executors.newFixedThreadPool(1);
    pool.shutdown();
    assertThatThrownBy(
            () ->
                Chains.run(
                    Mala.defaults(),
                    new Targets.Positive(),
                    SETTINGS,
                    pool,
                    ChainListener.silent()))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void manyCoordinatesAreCutShortInTheMessage() {
    ChainFailure failure = new ChainFailure(1, 4, new double[20], "trouble", null);
    assertThat(failure)
        .hasMessage(
            "chain 2, iteration 5, x = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, … (20 coordinates)]:"
                + " trouble");
  }
}
