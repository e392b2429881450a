package dev.langevin.anneal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.Density;
import dev.langevin.density.target.Banana;
import dev.langevin.density.target.Funnel;
import dev.langevin.density.target.Gaussian;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.mcmc.Hmc;
import dev.langevin.mcmc.Kernel;
import dev.langevin.mcmc.Mala;
import dev.langevin.mcmc.Outcome;
import dev.langevin.mcmc.RandomWalkMetropolis;
import dev.langevin.mcmc.Sampler;
import dev.langevin.mcmc.State;
import dev.langevin.mcmc.Statistic;
import dev.langevin.mcmc.Trajectory;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Allocation;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What parallel tempering promises beyond conservation: modes, log Z, an even ladder, round trips, and that it can be cut anywhere. */
class ParallelTemperingTest {
  private static final Seed SEED = Seed.of(32).child("parallel tempering");

  /** |t| with 23 degrees of freedom exceeds this with probability 1e-6. */
  private static final double T_23 = 6.6;

  @ParameterizedTest
  @CsvSource({"10, 6, fixed", "10, 10, learned", "30, 5, fixed"})
  void weightsOfSeparatedModesAreRecovered(int d, double separation, String reference) {
    boolean learned = reference.equals("learned");
    ParallelTempering recipe = new ParallelTempering(Mala.defaults(), new Reference(4, learned), 0);
    double[] weights =
        IntStream.range(0, 24)
            .mapToDouble(
                c ->
                    TwoModes.weight(
                        recipe.on(TwoModes.of(d, separation)),
                        TwoModes.left(d, separation),
                        learned ? 2500 : 400,
                        600,
                        SEED.child(d).child(c)))
            .toArray();
    assertThat(Math.abs(TwoModes.t(weights, TwoModes.WEIGHT))).isLessThan(T_23);
    assertThat(T_23 * TwoModes.sd(weights) / Math.sqrt(24)).as("what it detects").isLessThan(0.2);
  }

  /** The power of the test above: chains without temperatures stay where they began. */
  @Test
  void singleChainsStayInTheirMode() {
    for (Sampler sampler : List.of(new Mala(0.4), new Hmc(0.4, new Trajectory.Steps(4), 1))) {
      Kernel kernel = sampler.on(TwoModes.of(10, 10));
      assertThat(TwoModes.weight(kernel, TwoModes.left(10, 10), 0, 9000, SEED))
          .isGreaterThan(0.999);
    }
  }

  static List<Density> normalised() {
    return List.of(
        Gaussian.illConditioned(10, 30),
        TwoModes.of(10, 6),
        new Banana(5, 0.1, 2),
        new Funnel(4, 1.5));
  }

  /** Mean of 8 runs against its stated standard error, which rests on at least 15 batches each: 120 degrees of freedom, false alarm 4e-7 for each. */
  @ParameterizedTest
  @MethodSource("normalised")
  void theLogOfZIsRightWithinItsStatedError(Density target) {
    double[] logZ = new double[8];
    double variance = 0;
    for (int c = 0; c < logZ.length; c++) {
      Map<String, Double> figures = figures(target, 500, 1000, SEED.child("z").child(c));
      logZ[c] = figure(figures, "log_z");
      variance += Math.pow(figure(figures, "log_z_error") / logZ.length, 2);
    }
    assertThat(Math.abs(TwoModes.mean(logZ))).isLessThan(5.4 * Math.sqrt(variance));
    assertThat(5.4 * Math.sqrt(variance)).as("what it detects").isLessThan(0.5);
  }

  /** Sample standard deviation of 40 runs over the stated one: chi with 39 degrees of freedom, between 0.52 and 1.57 but for 1e-6. */
  @Test
  void theStatedErrorOfLogZIsTheScatterOfRuns() {
    double[] logZ = new double[40];
    double variance = 0;
    for (int c = 0; c < logZ.length; c++) {
      Map<String, Double> figures = figures(TwoModes.of(5, 5), 300, 640, SEED.child("e").child(c));
      logZ[c] = figure(figures, "log_z");
      variance += Math.pow(figure(figures, "log_z_error"), 2) / logZ.length;
    }
    assertThat(TwoModes.sd(logZ) / Math.sqrt(variance)).isBetween(0.52, 1.57);
  }

  @Test
  void aSupportWithBoundsIsLostMass() {
    Density half = new HalfNormal();
    Map<String, Double> figures = figures(half, 300, 4000, SEED.child("half"));
    assertThat(figure(figures, "log_z")).isCloseTo(Math.log(0.5), within(0.1));
  }

  private static Map<String, Double> figures(Density target, int warmup, int draws, Seed seed) {
    TemperingKernel kernel = ParallelTempering.ofScale(4).on(target);
    double[] start = new double[target.dimension()];
    Arrays.fill(start, 0.5);
    State state = kernel.start(start);
    TwoModes.warm(kernel, state, warmup, seed);
    AddressedRandom random = seed.random();
    for (int i = 0; i < draws; i++) {
      kernel.step(state, random.moveTo(seed.child(warmup + i)));
    }
    return kernel.figures(state);
  }

  private static double figure(Map<String, Double> figures, String name) {
    return Objects.requireNonNull(figures.get(name), name);
  }

  @Test
  void warmupEvensTheRejections() {
    Map<String, Double> figures = figures(TwoModes.of(10, 6), 3000, 3000, SEED);
    assertThat(figure(figures, "rejection_max") - figure(figures, "rejection_min")).isLessThan(0.1);
    assertThat(figure(figures, "rungs")).isEqualTo(Math.ceil(2 * figure(figures, "barrier")) + 1);
    TemperingKernel unwarmed = ParallelTempering.ofScale(4).on(TwoModes.of(10, 6));
    State state = unwarmed.start(new double[10]);
    AddressedRandom random = SEED.random();
    for (int i = 0; i < 3000; i++) {
      unwarmed.step(state, random);
    }
    Map<String, Double> before = unwarmed.figures(state);
    assertThat(figure(before, "rejection_max") - figure(before, "rejection_min"))
        .isGreaterThan(0.3);
  }

  @Test
  void theNumberOfRungsMayBeGiven() {
    ParallelTempering recipe = new ParallelTempering(Mala.defaults(), Reference.fixed(4), 5);
    TemperingKernel kernel = recipe.on(TwoModes.of(10, 6));
    State state = kernel.start(new double[10]);
    TwoModes.warm(kernel, state, 400, SEED);
    assertThat(kernel.ladder()).hasSize(5).isSorted().startsWith(0).endsWith(1);
    assertThat(kernel.ladder()).isNotEqualTo(Ladder.first(5));
  }

  @Test
  void aLearnedReferenceTakesThePlaceAndScaleOfTheTarget() {
    Gaussian target =
        Gaussian.diagonal(new double[] {8, -3, 0.1, 0}, new double[] {0.3, 2, 0.02, 1});
    ParallelTempering recipe = new ParallelTempering(Mala.defaults(), Reference.learned(6), 0);
    TemperingKernel kernel = recipe.on(target);
    State state = kernel.start(new double[4]);
    TwoModes.warm(kernel, state, 4000, SEED);
    AddressedRandom random = SEED.random();
    for (int i = 0; i < 1000; i++) {
      kernel.step(state, random.moveTo(SEED.child(4000 + i)));
    }
    assertThat(figure(kernel.figures(state), "barrier")).isLessThan(0.6);
    assertThat(figure(kernel.figures(state), "log_z")).isCloseTo(0, within(0.2));
    assertThat(figure(figures(target, 1000, 1000, SEED), "barrier")).isGreaterThan(3.0);
  }

  /** 30 arrivals in the two rounds before half-time do not happen in a warm-up of 200. */
  @Test
  void aReferenceDoesNotLearnFromAFewArrivals() {
    ParallelTempering recipe = new ParallelTempering(Mala.defaults(), Reference.learned(4), 7);
    TemperingKernel kernel = recipe.on(TwoModes.of(10, 8));
    State state = kernel.start(TwoModes.left(10, 8));
    TwoModes.warm(kernel, state, 200, SEED);
    double[] tuned = kernel.tuned();
    double[] means = Arrays.copyOfRange(tuned, 8, 18);
    assertThat(means).containsOnly(0);
  }

  /**
   * With explorers that draw afresh, a replica's path is a Markov chain and the number of round trips per step tends to 1/(2 + 2Σ r/(1 - r)) (Syed et al. 2022, theorem
   * 1). About 3000 trips, more regular than a Poisson process: 10 % is more than five standard deviations.
   */
  @Test
  void roundTripsAreAsManyAsTheBarrierAllows() {
    ParallelTempering recipe = new ParallelTempering(new Exact(), Reference.fixed(5), 6);
    TemperingKernel kernel = recipe.on(new Centred(4));
    State state = kernel.start(new double[4]);
    TwoModes.warm(kernel, state, 4000, SEED);
    AddressedRandom random = SEED.random();
    int steps = 20_000;
    for (int i = 0; i < steps; i++) {
      kernel.step(state, random);
    }
    Map<String, Double> figures = kernel.figures(state);
    double r = figure(figures, "barrier") / 5;
    assertThat(figure(figures, "rejection_max") - figure(figures, "rejection_min"))
        .isLessThan(0.05);
    double rate = figure(figures, "round_trips") / steps;
    double predicted = 1 / (2 + 2 * 5 * r / (1 - r));
    assertThat(rate / predicted).isBetween(0.9, 1.1);
    assertThat(rate).isLessThan(1 / (2 + 2 * figure(figures, "barrier")));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 5", "2, 0"})
  void aChainCanBeCutAnywhereAndGoOnElsewhere(int explorer, int rungs) {
    Sampler[] explorers = {
      Mala.defaults(), RandomWalkMetropolis.defaults(), new Hmc(0.3, new Trajectory.Steps(3), 0.4)
    };
    ParallelTempering recipe =
        new ParallelTempering(explorers[explorer], Reference.learned(4), rungs);
    GaussianMixture target = TwoModes.of(3, 4);
    TemperingKernel first = recipe.on(target);
    State state = first.start(new double[] {0.5, 0.1, 0});
    TwoModes.warm(first, state, 1500, SEED);
    AddressedRandom random = SEED.random();
    for (int i = 0; i < 37; i++) {
      first.step(state, random.moveTo(SEED.child(i)));
    }
    TemperingKernel second = recipe.on(TwoModes.of(3, 4));
    second.retune(first.tuned());
    State resumed = second.start(state.position());
    System.arraycopy(state.memory(), 0, resumed.memory(), 0, state.memory().length);
    for (int i = 37; i < 400; i++) {
      Outcome one = first.step(state, random.moveTo(SEED.child(i)));
      int evaluations = one.evaluations();
      Outcome other = second.step(resumed, random.moveTo(SEED.child(i)));
      assertThat(resumed.position()).containsExactly(state.position());
      assertThat(resumed.logDensity()).isEqualTo(target.logDensity(state.position()));
      assertThat(other.evaluations()).isEqualTo(evaluations);
    }
    assertThat(resumed.memory()).containsExactly(state.memory());
    assertThat(second.figures(resumed)).isEqualTo(first.figures(state));
    assertThat(second.tuned()).containsExactly(first.tuned());
  }

  @Test
  void everyEvaluationIsCounted() {
    int[] calls = {0};
    Density counting =
        new Density() {
          @Override
          public int dimension() {
            return 2;
          }

          @Override
          public double logDensity(double[] x, double[] gradient) {
            calls[0]++;
            gradient[0] = -x[0];
            gradient[1] = -x[1];
            return -0.5 * (x[0] * x[0] + x[1] * x[1]);
          }
        };
    TemperingKernel kernel = ParallelTempering.defaults().on(counting);
    State state = kernel.start(new double[2]);
    calls[0] = 0;
    kernel.beginWarmup(300, 0.7);
    long told = 0;
    AddressedRandom random = SEED.random();
    for (int i = 0; i < 300; i++) {
      told += kernel.learn(state, random).evaluations();
    }
    assertThat(told).isEqualTo(calls[0]);
    int step = kernel.step(state, random).evaluations();
    assertThat(step).as("one for each replica").isEqualTo(kernel.ladder().length);
  }

  @Test
  void stepsAllocateNothing() throws ReflectiveOperationException {
    TemperingKernel kernel = ParallelTempering.ofScale(3).on(new Centred(3));
    State state = kernel.start(new double[3]);
    AddressedRandom random = SEED.random();
    for (int i = 0; i < 10_000; i++) {
      kernel.step(state, random);
    }
    long before = Allocation.bytes();
    for (int i = 0; i < 10_000; i++) {
      kernel.step(state, random);
    }
    assertThat(Allocation.bytes() - before).isLessThan(10_000);
  }

  @Test
  void nanIsADivergenceOfTheStepAndTheChainGoesOn() {
    Density broken =
        new Centred(1) {
          @Override
          public double logDensity(double[] x, double[] gradient) {
            double log = super.logDensity(x, gradient);
            return x[0] > 6 ? Double.NaN : log;
          }
        };
    TemperingKernel kernel = ParallelTempering.ofScale(3).on(broken);
    State state = kernel.start(new double[1]);
    AddressedRandom random = SEED.random();
    int divergences = 0;
    for (int i = 0; i < 1000; i++) {
      divergences += kernel.step(state, random).diverged() ? 1 : 0;
      assertThat(state.position()[0]).isLessThanOrEqualTo(6);
    }
    assertThat(divergences).isBetween(10, 999);
    assertThat(figure(kernel.figures(state), "log_z")).isFinite();
  }

  @Test
  void wrongArgumentsAreRefused() {
    Sampler mala = Mala.defaults();
    Reference fixed = Reference.fixed(1);
    assertThatThrownBy(() -> new ParallelTempering(mala, fixed, 1))
        .hasMessage("rungs must be at least 2, got 1");
    assertThatThrownBy(() -> Reference.learned(0))
        .hasMessage("scale must be positive and finite, got 0.0");
    ParallelTempering nested = new ParallelTempering(ParallelTempering.defaults(), fixed, 0);
    assertThatThrownBy(() -> nested.on(new Centred(1)))
        .hasMessageStartingWith("explorer must not bring a warm-up of its own");
    TemperingKernel kernel = ParallelTempering.defaults().on(new Centred(1));
    assertThatThrownBy(() -> kernel.retune(new double[] {3, 0, 0.5}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(kernel.figures(kernel.start(new double[1]))).isEmpty();
  }

  /** N(0, I). */
  private static class Centred implements Density {
    private final int dimension;

    Centred(int dimension) {
      this.dimension = dimension;
    }

    @Override
    public int dimension() {
      return dimension;
    }

    @Override
    public double logDensity(double[] x, double[] gradient) {
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        gradient[i] = -x[i];
        sum += x[i] * x[i];
      }
      return -0.5 * sum;
    }
  }

  /** The half of the standard normal density above 0. */
  private static final class HalfNormal implements Density {
    @Override
    public int dimension() {
      return 1;
    }

    @Override
    public double logDensity(double[] x, double[] gradient) {
      gradient[0] = -x[0];
      double log = -0.5 * (x[0] * x[0] + Math.log(2 * Math.PI));
      return x[0] > 0 ? log : Double.NEGATIVE_INFINITY;
    }
  }

  /** Draws afresh from p_β between N(0, 5² I) and N(0, I), which is normal. */
  private record Exact() implements Sampler.Composite {
    @Override
    public String name() {
      return "exact";
    }

    @Override
    public List<Statistic> statistics() {
      return List.of();
    }

    @Override
    public Kernel on(Density density) {
      return new Kernel() {
        private final Outcome outcome = new Outcome();

        @Override
        public int dimension() {
          return density.dimension();
        }

        @Override
        public State start(double[] x) {
          return State.at(density, x);
        }

        @Override
        public Outcome step(State state, RandomGenerator random) {
          double beta = ((Bridge) density).beta();
          double sd = 1 / Math.sqrt(beta + (1 - beta) / 25);
          for (int i = 0; i < state.dimension(); i++) {
            state.position()[i] = sd * random.nextGaussian();
          }
          state.evaluate(density);
          return outcome.moved(1, Double.NaN, 1);
        }
      };
    }
  }
}
