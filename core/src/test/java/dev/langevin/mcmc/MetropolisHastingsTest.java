package dev.langevin.mcmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.density.LogDensity;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** A user's proposals on discrete states, against sums over all of them. */
class MetropolisHastingsTest {
  private static final Seed SEED = Seed.of(20).child("metropolis-hastings");
  private static final int MOST = 9;
  private static final double RATE = 3;
  private static final int ITEMS = 4;

  private static LogDensity density(int dimension, ToDoubleFunction<double[]> log) {
    return new LogDensity() {
      @Override
      public int dimension() {
        return dimension;
      }

      @Override
      public double logDensity(double[] x) {
        return log.applyAsDouble(x);
      }
    };
  }

  /** Poisson of rate 3, cut off above 9. */
  private static double poisson(double[] x) {
    double k = x[0];
    if (!(k >= 0 && k <= MOST && k == Math.rint(k))) {
      return Double.NEGATIVE_INFINITY;
    }
    double log = k * Math.log(RATE);
    for (int i = 2; i <= k; i++) {
      log -= Math.log(i);
    }
    return log;
  }

  /** Up with probability 0.7, else down; but from 0 always up: q(1|0) = 1, q(0|1) = 0.3. */
  private record BirthAndDeath(boolean withRatio) implements Proposal {
    private static final double UP = 0.7;

    private static double log(double from, double to) {
      return Math.log(to < from ? 1 - UP : from == 0 ? 1 : UP);
    }

    @Override
    public double propose(double[] x, double[] out, RandomGenerator random) {
      boolean up = random.nextDouble() < UP || x[0] == 0;
      out[0] = x[0] + (up ? 1 : -1);
      return withRatio ? log(out[0], x[0]) - log(x[0], out[0]) : 0;
    }

    @Override
    public void land(double[] x) {
      x[0] = Math.max(0, Math.min(MOST, Math.rint(x[0])));
    }
  }

  private static DiscreteConservation onThePoisson(boolean withRatio) {
    List<double[]> states = new ArrayList<>();
    double[] log = new double[MOST + 1];
    for (int k = 0; k <= MOST; k++) {
      states.add(new double[] {k});
      log[k] = poisson(states.get(k));
    }
    Kernel kernel =
        new MetropolisHastings(new BirthAndDeath(withRatio))
            .on(density(1, MetropolisHastingsTest::poisson));
    return DiscreteConservation.of(kernel, states, log, SEED.child("poisson"));
  }

  @Test
  void aBirthAndDeathProposalKeepsThePoissonLaw() {
    DiscreteConservation found = onThePoisson(true);
    assertThat(found.statistic()).isLessThan(found.threshold());
  }

  @Test
  void withoutTheRatioOfProposalsItDoesNot() {
    assertThat(onThePoisson(false).holds()).isFalse();
  }

  /** Permutations x of 0 … 3 with log p = 0.25 Σ i x_i. */
  private static double order(double[] x) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += 0.25 * i * x[i];
    }
    return sum;
  }

  /**
   * Exchanges position i, drawn in proportion to 1 + i x_i, with another, drawn uniformly: q(x'|x) ∝ (2 + i x_i + j x_j) / Σ_k (1 + k x_k).
   */
  private record Exchange(boolean withRatio) implements Proposal {
    private static double total(double[] x) {
      double total = 0;
      for (int k = 0; k < x.length; k++) {
        total += 1 + k * x[k];
      }
      return total;
    }

    private static double log(double[] x, int i, int j) {
      return Math.log((2 + i * x[i] + j * x[j]) / total(x));
    }

    @Override
    public double propose(double[] x, double[] out, RandomGenerator random) {
      double rest = total(x) * random.nextDouble();
      int i = 0;
      while (i < x.length - 1 && (rest -= 1 + i * x[i]) >= 0) {
        i++;
      }
      int j = (i + 1 + (int) ((x.length - 1) * random.nextDouble())) % x.length;
      System.arraycopy(x, 0, out, 0, x.length);
      out[i] = x[j];
      out[j] = x[i];
      return withRatio ? log(out, i, j) - log(x, i, j) : 0;
    }
  }

  private static void permutations(double[] x, int from, List<double[]> all) {
    if (from == x.length) {
      all.add(x.clone());
    }
    for (int i = from; i < x.length; i++) {
      swap(x, from, i);
      permutations(x, from + 1, all);
      swap(x, from, i);
    }
  }

  private static void swap(double[] x, int i, int j) {
    double y = x[i];
    x[i] = x[j];
    x[j] = y;
  }

  private static DiscreteConservation onPermutations(boolean withRatio) {
    List<double[]> states = new ArrayList<>();
    double[] identity = new double[ITEMS];
    for (int i = 0; i < ITEMS; i++) {
      identity[i] = i;
    }
    permutations(identity, 0, states);
    double[] log = states.stream().mapToDouble(MetropolisHastingsTest::order).toArray();
    Kernel kernel =
        new MetropolisHastings(new Exchange(withRatio))
            .on(density(ITEMS, MetropolisHastingsTest::order));
    return DiscreteConservation.of(kernel, states, log, SEED.child("permutations"));
  }

  @Test
  void aBiasedExchangeKeepsTheLawOfPermutations() {
    DiscreteConservation found = onPermutations(true);
    assertThat(found.statistic()).isLessThan(found.threshold());
  }

  @Test
  void withoutTheRatioOfExchangesItDoesNot() {
    assertThat(onPermutations(false).holds()).isFalse();
  }

  /** The ergodic mean, from the wrong end: 100 batches of 1000; the mean's sd is measured, six of them allowed (t, 99 degrees: 4e-8). */
  @Test
  void theChainForgetsWhereItBegan() {
    Kernel kernel =
        new MetropolisHastings(new BirthAndDeath(true))
            .on(density(1, MetropolisHastingsTest::poisson));
    State state = kernel.start(new double[] {MOST});
    AddressedRandom random = SEED.random();
    double[] batches = new double[100];
    for (int b = 0; b < 100; b++) {
      for (int i = 0; i < 1000; i++) {
        kernel.step(state, random);
        batches[b] += state.position()[0] / 1000;
      }
    }
    double[] log = new double[MOST + 1];
    for (int k = 0; k <= MOST; k++) {
      log[k] = poisson(new double[] {k});
    }
    double expected = 0;
    double[] p = DiscreteConservation.probabilities(log);
    for (int k = 0; k <= MOST; k++) {
      expected += k * p[k];
    }
    assertThat(Math.abs(z(batches, expected))).isLessThan(6);
    assertThat(Math.abs(z(batches, 1.1 * expected))).isGreaterThan(6);
  }

  private static double z(double[] batches, double expected) {
    double sum = 0;
    double squares = 0;
    for (double b : batches) {
      sum += b;
      squares += b * b;
    }
    int n = batches.length;
    double mean = sum / n;
    return (mean - expected) / Math.sqrt((squares / n - mean * mean) / (n - 1));
  }

  @Test
  void aStartLandsOnTheNearestState() {
    Kernel kernel =
        new MetropolisHastings(new BirthAndDeath(true))
            .on(density(1, MetropolisHastingsTest::poisson));
    assertThat(kernel.start(new double[] {1.7}).position()).containsExactly(2);
    assertThat(kernel.start(new double[] {-1.7}).position()).containsExactly(0);
    Kernel exchange = new MetropolisHastings(new Exchange(true)).on(density(2, x -> 0));
    assertThat(exchange.start(new double[] {1, 0}).position()).containsExactly(1, 0);
  }

  @Test
  void aProposalThatCannotComeBackIsRejectedAndOneThatFailsDiverges() {
    assertThat(outcome(Double.NEGATIVE_INFINITY))
        .hasToString("stayed, acceptance 0.0, 1 evaluations");
    assertThat(outcome(Double.NaN).reason()).isEqualTo("log ratio of the proposals is NaN");
    assertThat(outcome(Double.POSITIVE_INFINITY).diverged()).isTrue();
    assertThat(outcome(3).moved()).isTrue();
  }

  private static Outcome outcome(double logRatio) {
    Proposal proposal =
        (x, out, random) -> {
          out[0] = 1;
          return logRatio;
        };
    Kernel kernel = new MetropolisHastings(proposal).on(density(1, x -> 0));
    State state = kernel.start(new double[1]);
    Outcome outcome = kernel.step(state, SEED.random());
    assertThat(state.position()[0]).isEqualTo(outcome.moved() ? 1 : 0);
    return outcome;
  }

  @Test
  void nothingIsTuned() {
    MetropolisHastings recipe = new MetropolisHastings(new BirthAndDeath(true));
    assertThat(recipe.tuned()).isFalse();
    assertThat(recipe.name()).isEqualTo("metropolis-hastings");
    Kernel kernel = recipe.on(density(1, x -> 0));
    assertThat(kernel.tuned()).isEmpty();
    assertThatThrownBy(() -> kernel.retune(new double[1]))
        .hasMessage("tuned must be of length 0, got length 1");
  }
}
