package dev.langevin.anneal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.anneal.SimulatedAnnealing.Level;
import dev.langevin.anneal.SimulatedAnnealing.Minimum;
import dev.langevin.density.Density;
import dev.langevin.density.LogDensity;
import dev.langevin.density.target.Gaussian;
import dev.langevin.mcmc.Kernel;
import dev.langevin.mcmc.Mala;
import dev.langevin.mcmc.Outcome;
import dev.langevin.mcmc.RandomWalkMetropolis;
import dev.langevin.mcmc.State;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SimulatedAnnealingTest {
  private static final Seed SEED = Seed.of(35).child("annealing");
  private static final Cooling COOLING = new Cooling.Geometric(0.05, 5000, 60);

  /** f = 3 + |x - m|²/2 in 6 dimensions has the mean 3 + 6/(2β) at β (equipartition), standard deviation sqrt(3)/β. */
  @Test
  void everyLevelSamplesItsTemperature() {
    double[] centre = {1, -2, 3, 0, 5, 0.5};
    Density density = new Bowl(centre, 3);
    Minimum found =
        new SimulatedAnnealing(COOLING, 2000).minimise(density, Mala.defaults(), centre, SEED);
    for (Level level : found.trace()) {
      double excess = (level.mean() - 3) * level.beta();
      assertThat(excess).isCloseTo(3, within(0.6)); // 2000 draws of which at least 400 count
      assertThat(level.acceptance()).isBetween(0.4, 0.75);
    }
    assertThat(found.trace()).hasSize(60);
    assertThat(found.value()).isCloseTo(3, within(1e-3));
    assertThat(found.evaluations()).isEqualTo(60 * 2001L);
  }

  @Test
  void theLowerOfTwoValleysIsFoundFromTheHigher() {
    Density wells = new Wells();
    double[] start = {-2, 0};
    for (int r = 0; r < 20; r++) {
      Minimum found =
          new SimulatedAnnealing(COOLING, 100)
              .minimise(wells, RandomWalkMetropolis.defaults(), start, SEED.child(r));
      assertThat(found.point()[0]).isCloseTo(2, within(0.2));
      assertThat(found.value()).isEqualTo(-wells.logDensity(found.point()));
      Minimum quenched =
          new SimulatedAnnealing(new Cooling.Geometric(400, 5000, 60), 100)
              .minimise(wells, new Mala(0.0001), start, SEED.child(r));
      assertThat(quenched.point()[0]).as("cold from the start").isCloseTo(-2, within(0.3));
    }
  }

  /** Numbers to be divided into two heaps of equal weight: 2^12 signs, all of them tried. */
  @Test
  void aFiniteSetIsSearchedByAKernelOfOnesOwn() {
    double[] numbers = {31, 17, 5, 44, 23, 8, 19, 52, 37, 11, 29, 41};
    double least = Double.POSITIVE_INFINITY;
    for (int bits = 0; bits < 1 << 12; bits++) {
      double[] signs = new double[12];
      for (int i = 0; i < 12; i++) {
        signs[i] = (bits >> i & 1) == 1 ? 1 : -1;
      }
      least = Math.min(least, imbalance(numbers, signs));
    }
    double[] start = new double[12];
    Arrays.fill(start, 1);
    for (Cooling cooling :
        List.of(
            new Cooling.Adaptive(0.001, 10, 0.3),
            new Cooling.Logarithmic(5, 400),
            new Cooling.Geometric(0.001, 10, 40))) {
      Minimum found =
          new SimulatedAnnealing(cooling, 200)
              .minimise(beta -> new Flips(numbers, beta), Double.NaN, start, SEED);
      assertThat(found.value()).isEqualTo(least);
      assertThat(imbalance(numbers, found.point())).isEqualTo(least);
    }
  }

  @Test
  void theBestOnlyFallsAndEqualSeedsGiveEqualRuns() {
    SimulatedAnnealing recipe = new SimulatedAnnealing(new Cooling.Adaptive(0.1, 300, 0.5), 50);
    Gaussian density = Gaussian.illConditioned(4, 20);
    Minimum found = recipe.minimise(density, Mala.defaults(), new double[] {9, 9, 9, 9}, SEED);
    double best = Double.POSITIVE_INFINITY;
    for (Level level : found.trace()) {
      assertThat(level.best()).isLessThanOrEqualTo(best);
      best = level.best();
    }
    assertThat(found.value()).isEqualTo(best);
    assertThat(found.trace().get(found.trace().size() - 1).beta()).isEqualTo(300);
    Minimum again = recipe.minimise(density, Mala.defaults(), new double[] {9, 9, 9, 9}, SEED);
    assertThat(again.point()).containsExactly(found.point());
    assertThat(again.trace()).isEqualTo(found.trace());
  }

  @Test
  void coolingFollowsItsFormulas() {
    Cooling geometric = new Cooling.Geometric(2, 32, 5);
    assertThat(geometric.next(1, 2, 1)).isCloseTo(4, within(1e-12));
    assertThat(geometric.next(4, 16, 1)).isCloseTo(32, within(1e-12));
    assertThat(geometric.next(5, 32, 1)).isInfinite();
    Cooling logarithmic = new Cooling.Logarithmic(0.5, 3);
    assertThat(logarithmic.first()).isCloseTo(2 * Math.log(2), within(1e-15));
    assertThat(logarithmic.next(2, 1, 1)).isCloseTo(2 * Math.log(4), within(1e-15));
    assertThat(logarithmic.next(3, 1, 1)).isInfinite();
    Cooling adaptive = new Cooling.Adaptive(1, 10, 0.5);
    assertThat(adaptive.next(1, 1, 2)).isEqualTo(1.25);
    assertThat(adaptive.next(1, 1, 0)).isEqualTo(2);
    assertThat(adaptive.next(9, 8, 0.1)).isEqualTo(10);
    assertThat(adaptive.next(10, 10, 1)).isInfinite();
  }

  @Test
  void wrongArgumentsAreRefused() {
    assertThatThrownBy(() -> new Cooling.Geometric(2, 1, 5))
        .hasMessage("last must be above first = 2.0, got 1.0");
    assertThatThrownBy(() -> new SimulatedAnnealing(COOLING, 0))
        .hasMessage("steps must be at least 1, got 0");
  }

  private static double imbalance(double[] numbers, double[] signs) {
    double sum = 0;
    for (int i = 0; i < numbers.length; i++) {
      sum += numbers[i] * signs[i];
    }
    return Math.abs(sum);
  }

  /** Metropolis on signs: turns one of them. */
  private static final class Flips implements Kernel {
    private final LogDensity density;
    private final Outcome outcome = new Outcome();

    Flips(double[] numbers, double beta) {
      this.density =
          new LogDensity() {
            @Override
            public int dimension() {
              return numbers.length;
            }

            @Override
            public double logDensity(double[] x) {
              return -beta * imbalance(numbers, x);
            }
          };
    }

    @Override
    public int dimension() {
      return density.dimension();
    }

    @Override
    public State start(double[] x) {
      return State.withoutGradientAt(density, x);
    }

    @Override
    public Outcome step(State state, RandomGenerator random) {
      int i = random.nextInt(dimension());
      double before = state.logDensity();
      state.position()[i] *= -1;
      state.evaluate(density);
      double acceptance = Math.exp(Math.min(0, state.logDensity() - before));
      if (random.nextDouble() < acceptance) {
        return outcome.moved(acceptance, Double.NaN, 1);
      }
      state.position()[i] *= -1;
      state.evaluate(density);
      return outcome.stayed(acceptance, Double.NaN, 2);
    }
  }

  /** f = floor + |x - centre|²/2. */
  private record Bowl(double[] centre, double floor) implements Density {
    @Override
    public int dimension() {
      return centre.length;
    }

    @Override
    public double logDensity(double[] x, double[] gradient) {
      double sum = floor;
      for (int i = 0; i < x.length; i++) {
        gradient[i] = centre[i] - x[i];
        sum += 0.5 * gradient[i] * gradient[i];
      }
      return -sum;
    }
  }

  /** f = (x² - 4)²/4 + y²/2 - x/4: the valley at x = 2 is 1 lower than that at -2, over a ridge of 4. */
  private record Wells() implements Density {
    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public double logDensity(double[] x, double[] gradient) {
      double q = x[0] * x[0] - 4;
      gradient[0] = 0.25 - q * x[0];
      gradient[1] = -x[1];
      return 0.25 * x[0] - 0.25 * q * q - 0.5 * x[1] * x[1];
    }
  }
}
