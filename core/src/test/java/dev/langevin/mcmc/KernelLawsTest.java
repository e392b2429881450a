package dev.langevin.mcmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.density.Density;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Allocation;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws that every sampler of the {@link Menu} obeys. */
class KernelLawsTest {
  private static final Seed SEED = Seed.of(20).child("kernel laws");
  private static final double[] POINT = {0.4, -0.3};

  static List<Menu.Entry> all() {
    return Menu.all();
  }

  static List<Menu.Entry> exact() {
    return Menu.exact();
  }

  static List<Menu.Entry> tunable() {
    return Menu.tunable();
  }

  static List<Menu.Entry> withFixedDraws() {
    return Menu.all().stream().filter(Menu.Entry::fixedDraws).toList();
  }

  static List<Menu.Entry> withGradient() {
    return Menu.all().stream().filter(Menu.Entry::usesGradient).toList();
  }

  @Test
  void everySamplerIsEnrolled() {
    Set<?> enrolled =
        Menu.all().stream()
            .map(Menu.Entry::sampler)
            .filter(sampler -> !(sampler instanceof Sampler.Composite))
            .map(Object::getClass)
            .collect(Collectors.toSet());
    Set<Class<?>> menu = new HashSet<>(Set.of(Sampler.class.getPermittedSubclasses()));
    menu.remove(Sampler.Composite.class);
    assertThat(enrolled).isEqualTo(menu);
  }

  @Test
  void theConservationTestSeesOnePointSevenPercent() {
    assertThat(Conservation.detectable()).isLessThan(0.018);
  }

  /** False alarm 1e-6 for each sampler, see {@link Conservation}; the twins of {@link TwinsTest} show the power. */
  @ParameterizedTest
  @MethodSource("exact")
  void exactDrawsStayExactDraws(Menu.Entry entry) {
    Kernel kernel = entry.sampler().on(new BentLogistic());
    if (kernel instanceof TunableKernel tunable) {
      tunable.tuning().metric(Metric.diagonal(0.7, 2.1));
    }
    Conservation found = Conservation.of(kernel, SEED.child(entry.toString()));
    assertThat(found.distance()).isLessThan(Conservation.threshold());
    assertThat(found.moved()).isBetween(0.3, entry.rejects() ? 0.99 : 1);
  }

  /** What a stopped chain hands on (position, memory, what was tuned) is all that its successor needs. */
  @ParameterizedTest
  @MethodSource("all")
  void anotherKernelGoesOnToTheLastBit(Menu.Entry entry) {
    Kernel first = entry.sampler().on(new BentLogistic());
    if (first instanceof TunableKernel tunable) {
      tunable.tuning().stepSize(0.8 * tunable.tuning().stepSize());
      tunable.tuning().metric(Metric.dense(new double[][] {{0.7, 0.3}, {0.3, 2.1}}));
    }
    State state = first.start(POINT);
    AddressedRandom random = SEED.random();
    for (int i = 0; i < 50; i++) {
      first.step(state, random.moveTo(SEED.child(i)));
    }
    Kernel second = entry.sampler().on(new BentLogistic());
    second.retune(first.tuned());
    State successor = second.start(state.position());
    System.arraycopy(state.memory(), 0, successor.memory(), 0, state.memory().length);
    for (int i = 50; i < 100; i++) {
      first.step(state, random.moveTo(SEED.child(i)));
      second.step(successor, random.moveTo(SEED.child(i)));
      assertThat(successor.position()).containsExactly(state.position());
      assertThat(successor.memory()).containsExactly(state.memory());
    }
    assertThat(state.position()).isNotEqualTo(POINT);
  }

  @ParameterizedTest
  @MethodSource("all")
  void equalRandomNumbersGiveEqualSteps(Menu.Entry entry) {
    assertThat(path(entry, new BentLogistic(), 200))
        .isDeepEqualTo(path(entry, new BentLogistic(), 200));
  }

  private static double[][] path(Menu.Entry entry, Density density, int steps) {
    Kernel kernel = entry.sampler().on(density);
    State state = kernel.start(POINT);
    AddressedRandom random = SEED.random();
    double[][] path = new double[steps][];
    for (int i = 0; i < steps; i++) {
      kernel.step(state, random.moveTo(SEED.child(i)));
      path[i] = state.position().clone();
    }
    return path;
  }

  /** Powers of two scale without rounding, so the two runs agree to the last bit. */
  @ParameterizedTest
  @MethodSource("tunable")
  void theMetricStandardises(Menu.Entry entry) {
    double[] scale = {4, 0.125};
    assertThat(stretchedPath(entry, scale)).isDeepEqualTo(path(entry, new BentLogistic(), 100));
  }

  private static double[][] stretchedPath(Menu.Entry entry, double[] scale) {
    TunableKernel kernel = entry.tunable(new Stretched(new BentLogistic(), scale));
    kernel.tuning().metric(Metric.diagonal(scale[0] * scale[0], scale[1] * scale[1]));
    State state = kernel.start(new double[] {scale[0] * POINT[0], scale[1] * POINT[1]});
    AddressedRandom random = SEED.random();
    double[][] path = new double[100][];
    for (int i = 0; i < path.length; i++) {
      kernel.step(state, random.moveTo(SEED.child(i)));
      path[i] = new double[] {state.position()[0] / scale[0], state.position()[1] / scale[1]};
    }
    return path;
  }

  @ParameterizedTest
  @MethodSource("withFixedDraws")
  void everyPathDrawsAsManyNumbers(Menu.Entry entry) {
    CountingRandom random = new CountingRandom(SEED.random());
    Kernel kernel = entry.sampler().on(new BentLogistic());
    State state = kernel.start(POINT);
    kernel.step(state, random);
    int normals = random.normals;
    int uniforms = random.uniforms;
    assertThat(normals).isEqualTo(entry.normals());
    int moved = 0;
    for (int i = 1; i < 100; i++) {
      moved += kernel.step(state, random).moved() ? 1 : 0;
    }
    assertThat(moved).isBetween(20, 99);
    for (double elsewhere : new double[] {Double.NEGATIVE_INFINITY, Double.NaN}) {
      Kernel lonely = entry.sampler().on(new OnePoint(elsewhere));
      State there = lonely.start(POINT);
      for (int i = 0; i < 50; i++) {
        lonely.step(there, random);
      }
    }
    assertThat(random.normals).isEqualTo(200 * normals);
    assertThat(random.uniforms).isEqualTo(200 * uniforms);
  }

  @ParameterizedTest
  @MethodSource("all")
  void negativeInfinityIsARejection(Menu.Entry entry) {
    Kernel kernel = entry.sampler().on(new OnePoint(Double.NEGATIVE_INFINITY));
    State state = kernel.start(POINT);
    Outcome outcome = kernel.step(state, SEED.random());
    assertThat(outcome.moved()).isFalse();
    assertThat(outcome.diverged()).isFalse();
    assertThat(outcome.reason()).isEmpty();
    assertThat(outcome.acceptance()).isZero();
    assertThat(state.position()).containsExactly(POINT);
    if (kernel instanceof TunableKernel tunable) {
      assertThat(tunable.trial(state, SEED.random())).isEqualTo(Double.NEGATIVE_INFINITY);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatIsNoNumberIsADivergence(Menu.Entry entry) {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      Kernel kernel = entry.sampler().on(new OnePoint(bad));
      State state = kernel.start(POINT);
      Outcome outcome = kernel.step(state, SEED.random());
      assertThat(outcome.moved()).isFalse();
      assertThat(outcome.diverged()).isTrue();
      assertThat(outcome.acceptance()).isZero();
      assertThat(outcome.reason()).isEqualTo("log density is " + bad);
      assertThat(outcome)
          .hasToString(
              "diverged (log density is %s), acceptance 0.0, %d evaluations"
                  .formatted(bad, entry.leastEvaluations()));
      assertThat(state.position()).containsExactly(POINT);
      assertThat(state.logDensity()).isZero();
      if (kernel instanceof TunableKernel tunable) {
        assertThat(tunable.trial(state, SEED.random())).isEqualTo(Double.NEGATIVE_INFINITY);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("withGradient")
  void aGradientThatIsNoNumberIsADivergence(Menu.Entry entry) {
    Density density = density(x -> -x[0] * x[0] / 2, Double.NaN);
    Kernel kernel = entry.sampler().on(density);
    State state = kernel.start(new double[2]);
    Outcome outcome = kernel.step(state, SEED.random());
    assertThat(outcome.diverged()).isTrue();
    String what = entry.sampler() instanceof Barker ? "acceptance ratio" : "energy"; // it has none
    assertThat(outcome.reason()).contains(what).contains("NaN");
    assertThat(state.position()).containsExactly(0, 0);
  }

  /** Gradient 0 at the origin, and {@code elsewhere} in every coordinate away from it. */
  private static Density density(ToDoubleFunction<double[]> log, double elsewhere) {
    return new Density() {
      @Override
      public int dimension() {
        return 2;
      }

      @Override
      public double logDensity(double[] x, double[] gradient) {
        Arrays.fill(gradient, x[0] == 0 && x[1] == 0 ? 0 : elsewhere);
        return log.applyAsDouble(x);
      }
    };
  }

  @ParameterizedTest
  @MethodSource("all")
  void aBadStartIsRefused(Menu.Entry entry) {
    Kernel kernel = entry.sampler().on(new BentLogistic());
    assertThatThrownBy(() -> kernel.start(new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x must be of length 2, got length 3");
    assertThatThrownBy(() -> kernel.start(new double[] {1, Double.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x[1] must be finite, got NaN");
    for (double bad : new double[] {Double.NEGATIVE_INFINITY, Double.NaN}) {
      assertThatThrownBy(() -> entry.sampler().on(new OnePoint(bad)).start(new double[] {1, 1}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("log density at x must be finite, got " + bad);
    }
  }

  @ParameterizedTest
  @MethodSource("withGradient")
  void aStartWithoutGradientIsRefused(Menu.Entry entry) {
    Kernel kernel = entry.sampler().on(density(x -> 0, Double.NaN));
    assertThatThrownBy(() -> kernel.start(new double[] {1, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("gradient at x[0] must be finite, got NaN");
  }

  @ParameterizedTest
  @MethodSource("all")
  void startCopiesThePoint(Menu.Entry entry) {
    Kernel kernel = entry.sampler().on(new BentLogistic());
    double[] x = POINT.clone();
    State state = kernel.start(x);
    x[0] = 99;
    assertThat(state.position()).containsExactly(POINT);
    assertThat(state.dimension()).isEqualTo(kernel.dimension()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("all")
  void theStateCarriesTheDensityOfItsPoint(Menu.Entry entry) {
    Kernel kernel = entry.sampler().on(new BentLogistic());
    State state = kernel.start(POINT);
    AddressedRandom random = SEED.random();
    double[] gradient = new double[2];
    for (int i = 0; i < 100; i++) {
      kernel.step(state, random);
      double expected = new BentLogistic().logDensity(state.position(), gradient);
      assertThat(state.logDensity()).isEqualTo(expected);
      if (entry.usesGradient()) {
        assertThat(state.gradient()).containsExactly(gradient);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void evaluationsAreCounted(Menu.Entry entry) {
    Stretched counting = new Stretched(new BentLogistic(), new double[] {1, 1});
    Kernel kernel = entry.sampler().on(counting);
    State state = kernel.start(POINT);
    counting.evaluations = 0;
    AddressedRandom random = SEED.random();
    int told = 0;
    for (int i = 0; i < 100; i++) {
      told += kernel.step(state, random).evaluations();
    }
    assertThat(told).isEqualTo(counting.evaluations);
  }

  @ParameterizedTest
  @MethodSource("all")
  void stepsAllocateNothing(Menu.Entry entry) throws ReflectiveOperationException {
    Kernel kernel = entry.sampler().on(new BentLogistic());
    State state = kernel.start(POINT);
    AddressedRandom random = SEED.random();
    walk(kernel, state, random);
    long least =
        Long.MAX_VALUE; // what a step allocates every walk does; now and then the virtual machine
    // does of its own
    for (int i = 0; i < 3; i++) {
      long before = Allocation.bytes();
      walk(kernel, state, random);
      least = Math.min(least, Allocation.bytes() - before);
    }
    assertThat(least).as("bytes for 10000 steps").isLessThan(10_000);
  }

  private static void walk(Kernel kernel, State state, AddressedRandom random) {
    for (int i = 0; i < 10_000; i++) {
      kernel.step(state, random);
    }
  }

  @ParameterizedTest
  @MethodSource("tunable")
  void aTrialGoesNowhere(Menu.Entry entry) {
    TunableKernel kernel = entry.tunable(new BentLogistic());
    State state = kernel.start(POINT);
    double logRatio = kernel.trial(state, SEED.random());
    assertThat(state.position()).containsExactly(POINT);
    if (kernel.step(state, SEED.random()).evaluations() == 1) {
      double acceptance =
          entry
              .sampler()
              .on(new BentLogistic())
              .step(kernel.start(POINT), SEED.random())
              .acceptance();
      assertThat(acceptance).isEqualTo(StrictMath.exp(Math.min(0, logRatio)));
    }
    kernel.tuning().stepSize(1e-9);
    assertThat(kernel.trial(kernel.start(POINT), SEED.random())).isBetween(-1e-3, 1e-3);
  }

  @ParameterizedTest
  @MethodSource("tunable")
  void theKnobsAreChecked(Menu.Entry entry) {
    Tuning tuning = entry.tunable(new BentLogistic()).tuning();
    assertThat(tuning.stepSize()).isEqualTo(entry.sampler().stepSize());
    assertThat(tuning.metric().inverse()).containsExactly(1, 1);
    assertThatThrownBy(() -> tuning.stepSize(0))
        .hasMessage("stepSize must be positive and finite, got 0.0");
    assertThatThrownBy(() -> tuning.limit(0)).hasMessage("limit must be at least 1, got 0");
    assertThatThrownBy(() -> tuning.metric(Metric.identity(3)))
        .hasMessage("metric.dimension() must be between 2 and 2, got 3");
  }

  /** log p is 0 at {@link #POINT} and {@code elsewhere} everywhere else. */
  private record OnePoint(double elsewhere) implements Density {
    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public double logDensity(double[] x, double[] gradient) {
      Arrays.fill(gradient, 0);
      return Arrays.equals(x, POINT) ? 0 : elsewhere;
    }
  }

  /** The law of S x for x from another density, which also counts. */
  private static final class Stretched implements Density {
    private final Density density;
    private final double[] scale;
    private int evaluations;

    Stretched(Density density, double[] scale) {
      this.density = density;
      this.scale = scale;
    }

    @Override
    public int dimension() {
      return density.dimension();
    }

    @Override
    public double logDensity(double[] x, double[] gradient) {
      evaluations++;
      double[] y = x.clone();
      for (int i = 0; i < y.length; i++) {
        y[i] /= scale[i];
      }
      double logDensity = density.logDensity(y, gradient);
      for (int i = 0; i < y.length; i++) {
        gradient[i] /= scale[i];
      }
      return logDensity;
    }
  }
}
