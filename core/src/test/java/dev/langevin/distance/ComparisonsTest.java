package dev.langevin.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.random.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ComparisonsTest {
  private static final Seed SEED = Seed.of(101);

  /** |difference of the means| of the first column; remembers what it was asked. */
  private static final class MeanGap implements Distance {
    private final List<int[]> sizes = new ArrayList<>();
    private final List<double[]> firsts = new ArrayList<>();
    private final List<double[]> seconds = new ArrayList<>();

    @Override
    public String name() {
      return "mean gap";
    }

    @Override
    public Estimate between(double[] x, int nx, double[] y, int ny, int d, Seed seed) {
      sizes.add(new int[] {nx, ny, d});
      firsts.add(x);
      seconds.add(y);
      double gap =
          DoubleStream.of(x).average().orElseThrow() - DoubleStream.of(y).average().orElseThrow();
      return new Estimate(Math.abs(gap), Math.sqrt(1.0 / nx + 1.0 / ny));
    }
  }

  @Test
  void bothSidesAlwaysHaveTheSameNumberOfRows() {
    assertThat(sizes(50, 300)).containsOnly(new int[] {50, 50, 1});
    assertThat(sizes(500, 301)).containsOnly(new int[] {150, 150, 1});
    assertThat(sizes(150, 300)).containsOnly(new int[] {150, 150, 1});
    assertThat(sizes(50, 300)).hasSize(2 * Comparisons.REPETITIONS);
  }

  private static List<int[]> sizes(int n, int m) {
    MeanGap distance = new MeanGap();
    Comparisons.against(
        distance, Samples.normal(n, 1, SEED), n, Samples.normal(m, 1, SEED), m, 1, SEED);
    return distance.sizes;
  }

  @Test
  void realRowsAreNeverComparedWithThemselvesAndCutsAreFresh() {
    double[] real = new double[20];
    for (int i = 0; i < 20; i++) {
      real[i] = i;
    }
    double[] sample = {100, 101, 102, 103, 104, 105, 106};
    MeanGap distance = new MeanGap();
    Comparisons.against(distance, sample, 7, real, 20, 1, SEED, 5);
    assertThat(distance.firsts).hasSize(10);
    for (int call = 0; call < 10; call += 2) {
      assertThat(distance.firsts.get(call)).containsExactlyInAnyOrder(sample);
      double[] half = distance.seconds.get(call);
      double[] other = distance.firsts.get(call + 1);
      assertThat(distance.seconds.get(call + 1)).isEqualTo(half);
      assertThat(
              DoubleStream.concat(DoubleStream.of(half), DoubleStream.of(other)).distinct().count())
          .isEqualTo(14);
    }
    assertThat(distance.seconds.get(0)).isNotEqualTo(distance.seconds.get(2));
  }

  @Test
  void valuesAreMeansOverTheCuts() {
    double[] real = Samples.normal(400, 1, SEED.child(0));
    double[] sample = Samples.normal(100, 1, 3, 1, SEED.child(1));
    Comparison c = Comparisons.against(new MeanGap(), sample, 100, real, 400, 1, SEED, 20);
    assertThat(c.name()).isEqualTo("mean gap");
    assertThat(c.measured().value()).isCloseTo(3, within(0.6));
    assertThat(c.measured().standardError()).isCloseTo(Math.sqrt(0.02), within(1e-12));
    // |N(0, 0.02)|: mean 0.113, sd 0.085; with the stated 0.141 in root mean square 0.117
    assertThat(c.floor().value()).isBetween(0.04, 0.2);
    assertThat(c.floor().standardError()).isBetween(0.105, 0.135);
  }

  @Test
  void readingsAreOnePlainSentence() {
    double[] real = Samples.normal(400, 1, SEED.child(2));
    assertThat(reading(real, Samples.normal(150, 1, SEED.child(3))))
        .matches(
            "Between the sample and real rows the mean gap is 0\\.\\d+, between real rows and other real rows 0\\.\\d+: no"
                + " difference beyond chance, with 150 rows on each side\\.");
    assertThat(reading(real, Samples.normal(150, 1, 0.45, 1, SEED.child(3))))
        .endsWith(": the sample differs from real data by more than chance.");
    assertThat(reading(real, Samples.normal(150, 1, 3, 1, SEED.child(3))))
        .endsWith(": the sample clearly differs from real data.");
  }

  private static String reading(double[] real, double[] sample) {
    return Comparisons.against(new MeanGap(), sample, 150, real, 400, 1, SEED).reading();
  }

  @Test
  void copiesOfRealRowsAreSuspected() {
    double[] real = Samples.normal(200, 3, SEED.child(4));
    Comparison c = Comparisons.against(new SlicedWasserstein(6), real, 200, real, 200, 3, SEED);
    assertThat(c.measured().value()).isLessThan(c.floor().value());
    Distance tooClose =
        new Distance() {
          private int calls;

          @Override
          public String name() {
            return "too close";
          }

          @Override
          public Estimate between(double[] x, int nx, double[] y, int ny, int d, Seed seed) {
            return new Estimate(calls++ % 2 == 0 ? 0.1 : 0.5, 0.05);
          }
        };
    assertThat(Comparisons.against(tooClose, real, 200, real, 200, 3, SEED).reading())
        .endsWith("so rows of the sample may be copies of real ones.");
  }

  @Test
  void theSameSeedGivesTheSameComparison() {
    double[] real = Samples.normal(100, 2, SEED.child(5));
    double[] sample = Samples.normal(30, 2, SEED.child(6));
    Comparison one = Comparisons.against(new SlicedWasserstein(4), sample, 30, real, 100, 2, SEED);
    assertThat(Comparisons.against(new SlicedWasserstein(4), sample, 30, real, 100, 2, SEED))
        .isEqualTo(one);
    assertThat(Comparisons.against(new SlicedWasserstein(4), sample, 30, real, 100, 2, Seed.of(1)))
        .isNotEqualTo(one);
  }

  @Test
  void numbersHaveThreeDigits() {
    assertThat(Comparisons.rounded(0.0123456)).isEqualTo("0.0123");
    assertThat(Comparisons.rounded(12345)).isEqualTo("12300");
    assertThat(Comparisons.rounded(0.5)).isEqualTo("0.5");
    assertThat(Comparisons.rounded(Double.NaN)).isEqualTo("NaN");
    assertThat(ClassifierTwoSample.defaults().meaning(0.6215))
        .isEqualTo("a classifier guesses right 62.2 % of the time (50 % is chance)");
  }

  @Test
  void nonsenseIsRefused() {
    double[] x = Samples.normal(10, 1, SEED);
    Distance distance = new EnergyDistance();
    assertThatThrownBy(() -> Comparisons.against(distance, x, 10, x, 3, 1, SEED))
        .hasMessage("rows of real must be at least 4, got 3");
    assertThatThrownBy(() -> Comparisons.against(distance, x, 10, x, 10, 1, SEED, 1))
        .hasMessage("repetitions must be at least 2, got 1");
    assertThatThrownBy(() -> Comparisons.against(distance, x, 11, x, 10, 1, SEED))
        .hasMessageContaining("sample must hold 11 rows");
  }
}
