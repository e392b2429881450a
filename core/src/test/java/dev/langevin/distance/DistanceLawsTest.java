package dev.langevin.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every distance must do; a new one enrols here. */
class DistanceLawsTest {
  private static final int D = 4;
  private static final Seed SEED = Seed.of(61);

  static Stream<Distance> all() {
    return Stream.concat(
        complete(), Stream.of(SupportOverlap.Aspect.values()).map(SupportOverlap::of));
  }

  /** Those that see shifts and scales alike, in either direction. */
  static Stream<Distance> complete() {
    ClassifierTwoSample classifier = new ClassifierTwoSample(8, 10, 3);
    return Stream.of(
        new SlicedWasserstein(8),
        new EnergyDistance(),
        classifier,
        new ClassifierVariation(classifier),
        new ClassifierRelativeEntropy(classifier),
        new MaximumMeanDiscrepancy(3, 1),
        new KernelInceptionDistance(),
        new FrechetDistance(),
        new FrechetLimit(),
        new AssignmentWasserstein(1),
        new AssignmentWasserstein(2),
        new SinkhornDivergence(0.5, 1000, 1e-13));
  }

  /** Those that are the same from either side, to rounding. */
  static Stream<Distance> symmetric() {
    return complete().filter(distance -> !distance.toString().contains("Classifier"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void theSameCallGivesTheSameNumber(Distance distance) {
    double[] x = Samples.normal(60, D, SEED.child(0));
    double[] y = Samples.normal(50, D, 0.5, 2, SEED.child(1));
    Estimate one = distance.between(x, 60, y, 50, D, SEED);
    assertThat(distance.between(x, 60, y, 50, D, SEED)).isEqualTo(one);
    assertThat(one.standardError()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("all")
  void samplesAreNotChangedAndMayBeLongerThanTheirRows(Distance distance) {
    double[] x = Samples.normal(60, D, SEED.child(0));
    double[] y = Samples.normal(60, D, SEED.child(1));
    double[] copyX = x.clone();
    double[] copyY = y.clone();
    double longer = distance.between(x, 40, y, 30, D, SEED).value();
    assertThat(x).isEqualTo(copyX);
    assertThat(y).isEqualTo(copyY);
    double[] cutX = Arrays.copyOf(x, 40 * D);
    double[] cutY = Arrays.copyOf(y, 30 * D);
    assertThat(distance.between(cutX, 40, cutY, 30, D, SEED).value()).isEqualTo(longer);
  }

  /** Equal samples are as close as can be: 0, or a guess; an unbiased estimate, or a bound, is then below. */
  @ParameterizedTest
  @MethodSource("all")
  void aSampleIsAtNoDistanceFromItself(Distance distance) {
    double[] x = Samples.normal(100, D, SEED.child(0));
    double nearest = distance instanceof ClassifierTwoSample ? 0.5 : 0;
    boolean below =
        distance instanceof MaximumMeanDiscrepancy
            || distance instanceof KernelInceptionDistance
            || distance instanceof FrechetLimit
            || distance instanceof ClassifierRelativeEntropy
            || distance instanceof SupportOverlap o && o.aspect() == SupportOverlap.Aspect.DENSITY;
    for (double[] twin : new double[][] {x.clone(), Samples.reversed(x, D)}) {
      double value = distance.between(x, 100, twin, 100, D, SEED).value();
      assertThat(value).isLessThanOrEqualTo(nearest + 1e-12);
      assertThat(value).isGreaterThanOrEqualTo(nearest - (below ? 0.5 : 1e-12));
    }
  }

  @ParameterizedTest
  @MethodSource("symmetric")
  void whichSampleComesFirstDoesNotMatter(Distance distance) {
    double[] x = Samples.normal(120, D, SEED.child(0));
    double[] y = Samples.normal(90, D, 1, 1.5, SEED.child(1));
    Estimate there = distance.between(x, 120, y, 90, D, SEED);
    Estimate back = distance.between(y, 90, x, 120, D, SEED);
    assertThat(back.value()).isCloseTo(there.value(), within(1e-11 * (1 + there.value())));
    // an assignment's prices are unique only up to small gaps
    double tolerance = distance instanceof AssignmentWasserstein ? 0.05 : 1e-7;
    assertThat(back.standardError())
        .isCloseTo(there.standardError(), within(tolerance * there.standardError()));
  }

  /** A classifier starts from other weights: equal in law only. */
  @Test
  void whichSampleComesFirstMattersLittleToAClassifier() {
    for (Distance distance :
        List.of(new ClassifierTwoSample(8, 10, 3), ClassifierVariation.defaults())) {
      double[] x = Samples.normal(120, D, SEED.child(0));
      double[] y = Samples.normal(90, D, 1, 1.5, SEED.child(1));
      Estimate there = distance.between(x, 120, y, 90, D, SEED);
      assertThat(distance.between(y, 90, x, 120, D, SEED).value())
          .isCloseTo(there.value(), within(4 * there.standardError()));
    }
  }

  /** Density and recall fall where the sample is moved or drawn together, precision where it is moved or spread. */
  @Test
  void theAspectsOfOverlapAreTold() {
    for (SupportOverlap.Aspect aspect : SupportOverlap.Aspect.values()) {
      boolean spread =
          aspect == SupportOverlap.Aspect.PRECISION || aspect == SupportOverlap.Aspect.DENSITY;
      for (int r = 0; r < 5; r++) {
        Distance distance = SupportOverlap.of(aspect);
        assertThat(excess(distance, 2, 1, r)).as(aspect + " shift").isGreaterThan(2.5);
        assertThat(excess(distance, 0, spread ? 3 : 0.2, r))
            .as(aspect + " scale")
            .isGreaterThan(2.5);
      }
    }
  }

  /**
   * Of 12,000 comparisons of equal laws none lay 5 error bars from the floor (see {@link Comparisons}): false alarm in 15 below
   * 1e-3.
   */
  @ParameterizedTest
  @MethodSource("all")
  void equalLawsStayWithinTheFloor(Distance distance) {
    for (int r = 0; r < 15; r++) {
      assertThat(excess(distance, 0, 1, r)).as("comparison " + r).isBetween(-5.0, 5.0);
    }
  }

  /** Power: with 100 rows, a shift of one standard deviation or three times the scale is seen in all of 10 + 10 comparisons. */
  @ParameterizedTest
  @MethodSource("complete")
  void differentLawsAreTold(Distance distance) {
    for (int r = 0; r < 10; r++) {
      assertThat(excess(distance, 1, 1, r)).as("shift, " + r).isGreaterThan(2.5);
      assertThat(excess(distance, 0, 3, r)).as("scale, " + r).isGreaterThan(2.5);
    }
  }

  /** The baseline that every model of a table must beat: right columns, each on its own. Here all share a factor, with correlations of 0.8. */
  @ParameterizedTest
  @MethodSource("complete")
  void columnsThatForgetEachOtherAreTold(Distance distance) {
    double[] real = together(480, Seed.of(63).child(0));
    double[] apart = new double[240 * D];
    for (int k = 0; k < D; k++) {
      double[] other = together(240, Seed.of(63).child(1).child(k));
      for (int i = 0; i < 240; i++) {
        apart[i * D + k] = other[i * D + k];
      }
    }
    Comparison c = Comparisons.against(distance, apart, 240, real, 480, D, Seed.of(63).child(2));
    assertThat(Comparisons.excess(c.measured(), c.floor())).isGreaterThan(2.5);
    double[] like = together(240, Seed.of(63).child(3));
    Comparison same = Comparisons.against(distance, like, 240, real, 480, D, Seed.of(63).child(2));
    assertThat(Comparisons.excess(same.measured(), same.floor())).isLessThan(5);
  }

  private static double[] together(int n, Seed seed) {
    double[] common = Samples.normal(n, 1, seed.child(0));
    double[] own = Samples.normal(n, D, seed.child(1));
    for (int i = 0; i < own.length; i++) {
      own[i] = Math.sqrt(0.8) * common[i / D] + Math.sqrt(0.2) * own[i];
    }
    return own;
  }

  private static double excess(Distance distance, double shift, double scale, int r) {
    Seed seed = Seed.of(62).child(r);
    double[] sample = Samples.normal(100, D, shift, scale, seed.child(0));
    double[] real = Samples.normal(240, D, seed.child(1));
    Comparison c = Comparisons.against(distance, sample, 100, real, 240, D, seed.child(2));
    return Comparisons.excess(c.measured(), c.floor());
  }

  @ParameterizedTest
  @MethodSource("all")
  void valuesAreWordedForPeople(Distance distance) {
    assertThat(distance.name()).isNotBlank();
    assertThat(distance.meaning(0.25)).contains(distance.display(0.25));
  }

  @ParameterizedTest
  @MethodSource("all")
  void misshapenSamplesAreRefused(Distance distance) {
    double[] x = Samples.normal(20, D, SEED);
    double[] hole = x.clone();
    hole[4 * D + 2] = Double.NaN;
    assertThatThrownBy(() -> distance.between(hole, 20, x, 20, D, SEED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("x must be finite, got NaN in row 4, column 2");
    assertThatThrownBy(() -> distance.between(x, 20, x, 21, D, SEED))
        .hasMessage("y must hold 21 rows of 4 values, got length 80");
    assertThatThrownBy(() -> distance.between(x, 1, x, 20, D, SEED))
        .hasMessage("rows of x must be at least 2, got 1");
    assertThatThrownBy(() -> distance.between(x, 20, x, 20, 0, SEED))
        .hasMessage("d must be at least 1, got 0");
  }

  @Test
  void theMenuNamesEachDistanceOnce() {
    Map<String, Distance> menu = Distance.menu();
    assertThat(menu.keySet())
        .contains("sliced", "mmd", "kid", "frechet", "w2", "sinkhorn", "tv", "kl", "coverage");
    assertThat(menu.values().stream().map(Distance::name)).doesNotHaveDuplicates();
    assertThat(menu.keySet()).allMatch(name -> name.matches("[a-z0-9-]+"));
  }

  @Test
  void anIntervalIsAsWideAsItsConfidence() {
    Estimate e = new Estimate(3, 2);
    assertThat(e.lower(0.95)).isCloseTo(3 - 2 * 1.959963984540054, within(1e-12));
    assertThat(e.upper(0.5)).isCloseTo(3 + 2 * 0.6744897501960817, within(1e-12));
    assertThatThrownBy(() -> e.upper(1)).hasMessageContaining("confidence");
  }
}
