package dev.langevin.mcmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.BinaryEnumeration;
import dev.langevin.density.BinaryPairwise;
import dev.langevin.density.target.Gaussian;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Against exact sums over all states. */
class GlauberTest {
  private static final Seed SEED = Seed.of(20).child("glauber");
  private static final int BATCHES = 100;

  /** Strong couplings of both signs, a field and a diagonal that must not matter. */
  private static final BinaryPairwise STRONG =
      new BinaryPairwise(
          new double[] {
            0.3, 0.9, -0.4, 0.0, 0.9, -0.7, 0.8, 0.2, -0.4, 0.8, 5.0, -1.1, 0.0, 0.2, -1.1, 0.1
          },
          new double[] {0.3, -0.2, 0.1, 0.4});

  /** Sherrington–Kirkpatrick: J = β A, A symmetric with entries N(0, 1/n). */
  private static BinaryPairwise sherringtonKirkpatrick(int n, double beta, double field) {
    AddressedRandom random = SEED.child("couplings").random();
    double[] couplings = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        couplings[i * n + j] = beta * random.nextGaussian() / Math.sqrt(n);
        couplings[j * n + i] = couplings[i * n + j];
      }
    }
    double[] fields = new double[n];
    Arrays.fill(fields, field);
    return new BinaryPairwise(couplings, fields);
  }

  /** Written plainly: a sweep that sums every local field afresh, with log odds of {@code factor} times the field. */
  private record Plain(BinaryPairwise model, double factor) implements Kernel {
    @Override
    public int dimension() {
      return model.dimension();
    }

    @Override
    public State start(double[] x) {
      return State.withoutGradientAt(model, x);
    }

    @Override
    public Outcome step(State state, RandomGenerator random) {
      double[] x = state.position();
      for (int i = 0; i < x.length; i++) {
        double odds = factor * model.localField(i, x);
        x[i] = random.nextDouble() < 1 / (1 + StrictMath.exp(-odds)) ? 1 : -1;
      }
      state.evaluate(model);
      return new Outcome().moved(1, Double.NaN, 1);
    }
  }

  private static DiscreteConservation onTheStrong(Kernel kernel) {
    List<double[]> states = new ArrayList<>();
    double[] log = new double[16];
    for (int s = 0; s < 16; s++) {
      double[] x = new double[4];
      for (int i = 0; i < 4; i++) {
        x[i] = (s >> i & 1) == 1 ? 1 : -1;
      }
      states.add(x);
      log[s] = STRONG.logDensity(x);
    }
    return DiscreteConservation.of(kernel, states, log, SEED.child("strong"));
  }

  @ParameterizedTest
  @EnumSource
  void exactDrawsStayExactDraws(Scan scan) {
    DiscreteConservation found = onTheStrong(new Glauber(STRONG, scan).on());
    assertThat(found.statistic()).isLessThan(found.threshold());
  }

  /** Log odds f in place of 2 f, and with the wrong sign. */
  @ParameterizedTest
  @CsvSource({"1", "-2", "1.9"})
  void wrongLogOddsAreCaught(double factor) {
    assertThat(onTheStrong(new Plain(STRONG, factor)).holds()).isFalse();
    assertThat(onTheStrong(new Plain(STRONG, 2)).holds()).isTrue();
  }

  @Test
  void itIsThePlainSweep() {
    BinaryPairwise model = sherringtonKirkpatrick(12, 1.5, 0.1);
    Kernel quick = new Glauber(model, Scan.SYSTEMATIC).on();
    Kernel plain = new Plain(model, 2);
    double[] x = new double[12];
    Arrays.fill(x, 1);
    State a = quick.start(x);
    State b = plain.start(x);
    AddressedRandom random = SEED.random();
    for (int s = 0; s < 2500; s++) { // the local fields are summed afresh twice on the way
      quick.step(a, random.moveTo(SEED.child(s)));
      plain.step(b, random.moveTo(SEED.child(s)));
      assertThat(a.position()).containsExactly(b.position());
      assertThat(a.logDensity()).isCloseTo(b.logDensity(), within(1e-12));
      for (int i = 0; i < 12; i++) {
        assertThat(a.memory()[i]).isCloseTo(model.localField(i, a.position()), within(1e-13));
      }
    }
  }

  /** Long chains on twelve spins: 12 magnetisations and 66 correlations within their own standard errors, 1e-6 in all (Bonferroni). */
  @ParameterizedTest
  @CsvSource({"0.5, 0, SYSTEMATIC", "0.5, 0.3, RANDOM", "1.2, 0.2, SYSTEMATIC"})
  void magnetisationsAndCorrelationsAreThoseOfTheEnumeration(double beta, double field, Scan scan) {
    int n = 12;
    BinaryPairwise model = sherringtonKirkpatrick(n, beta, field);
    double threshold = TDistribution.of(BATCHES - 1.0).inverseSurvivalProbability(1e-6 / (2 * 78));
    assertThat(farthest(new Glauber(model, scan).on(), model.enumerate())).isLessThan(threshold);
    assertThat(farthest(new Plain(model, 1.8), model.enumerate())).isGreaterThan(threshold);
  }

  /** The largest |z| of any mean, from batches of 500 sweeps. */
  private static double farthest(Kernel kernel, BinaryEnumeration truth) {
    int n = kernel.dimension();
    double[][] batches = new double[n * n][BATCHES];
    double[] x = new double[n];
    Arrays.fill(x, 1);
    State state = kernel.start(x);
    AddressedRandom random = SEED.child("long").random();
    for (int s = -500; s < 500 * BATCHES; s++) {
      kernel.step(state, random);
      if (s >= 0) {
        add(state.position(), batches, s / 500);
      }
    }
    double farthest = 0;
    for (int i = 0; i < n; i++) {
      farthest = Math.max(farthest, z(batches[i * n + i], truth.magnetisation()[i]));
      for (int j = 0; j < i; j++) {
        farthest = Math.max(farthest, z(batches[i * n + j], truth.correlation()[i * n + j]));
      }
    }
    return farthest;
  }

  private static void add(double[] x, double[][] batches, int batch) {
    for (int i = 0; i < x.length; i++) {
      batches[i * x.length + i][batch] += x[i] / 500;
      for (int j = 0; j < i; j++) {
        batches[i * x.length + j][batch] += x[i] * x[j] / 500;
      }
    }
  }

  private static double z(double[] batches, double expected) {
    double mean = Arrays.stream(batches).average().orElseThrow();
    double square = Arrays.stream(batches).map(b -> (b - mean) * (b - mean)).sum();
    return Math.abs(mean - expected) / Math.sqrt(square / (BATCHES - 1) / BATCHES);
  }

  @Test
  void aStoppedChainGoesOnToTheLastBit() {
    BinaryPairwise model = sherringtonKirkpatrick(9, 0.9, 0.1);
    for (Scan scan : Scan.values()) {
      Kernel first = new Glauber(model, scan).on();
      State state = first.start(new double[9]);
      AddressedRandom random = SEED.random();
      for (int s = 0; s < 990; s++) {
        first.step(state, random.moveTo(SEED.child(s)));
      }
      State successor = new Glauber(model, scan).on().start(state.position());
      System.arraycopy(state.memory(), 0, successor.memory(), 0, 10);
      Kernel second = new Glauber(model, scan).on();
      for (int s = 990; s < 1100; s++) {
        first.step(state, random.moveTo(SEED.child(s)));
        second.step(successor, random.moveTo(SEED.child(s)));
        assertThat(successor.position()).containsExactly(state.position());
        assertThat(successor.memory()).containsExactly(state.memory());
        assertThat(successor.logDensity()).isEqualTo(state.logDensity());
      }
    }
  }

  @Test
  void aStartIsMovedToTheNearestState() {
    Glauber recipe = new Glauber(STRONG, Scan.RANDOM);
    assertThat(recipe.on().start(new double[] {-1.9, 0.1, 0, -0.3}).position())
        .containsExactly(-1, 1, 1, -1);
    assertThat(recipe.on(Gaussian.iid(4)).dimension()).isEqualTo(4);
    assertThatThrownBy(() -> recipe.on(Gaussian.iid(3)))
        .hasMessage("density.dimension() must be between 4 and 4, got 3");
    assertThatThrownBy(() -> recipe.on().start(new double[] {1, 1, 1, Double.NaN}))
        .hasMessage("x[3] must be finite, got NaN");
    assertThat(recipe.tuned()).isFalse();
  }

  /** One spin with field h: it changes with the probability of the other side, and tells so. */
  @Test
  void theOutcomeTellsWhetherASpinFlipped() {
    Kernel kernel =
        new Glauber(new BinaryPairwise(new double[1], new double[] {50}), Scan.SYSTEMATIC).on();
    State state = kernel.start(new double[] {-1});
    assertThat(kernel.step(state, SEED.random()))
        .hasToString("moved, acceptance 1.0, 1 evaluations");
    assertThat(kernel.step(state, SEED.random()))
        .hasToString("stayed, acceptance 1.0, 1 evaluations");
  }
}
