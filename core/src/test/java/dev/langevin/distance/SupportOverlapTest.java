package dev.langevin.distance;

import static dev.langevin.distance.SupportOverlap.Aspect.COVERAGE;
import static dev.langevin.distance.SupportOverlap.Aspect.DENSITY;
import static dev.langevin.distance.SupportOverlap.Aspect.PRECISION;
import static dev.langevin.distance.SupportOverlap.Aspect.RECALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.random.Seed;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SupportOverlapTest {
  private static final Seed SEED = Seed.of(191);

  private static double share(SupportOverlap.Aspect aspect, int k, double[] x, double[] y) {
    return 1 - new SupportOverlap(aspect, k).between(x, x.length, y, y.length, 1, SEED).value();
  }

  /** By hand: with k = 1 the balls of y have radii 1, 1, 2, 4 around 0, 1, 3, 7; those of x have 1, 1, 6 around 1, 2, 8. */
  @Test
  void fourRowsByHand() {
    double[] y = {0, 1, 3, 7};
    double[] x = {1, 2, 8.5};
    // 1 lies in the balls of 0, 1 and 3; 2 in those of 1 and 3; 8.5 in that of 7
    assertThat(share(PRECISION, 1, x, y)).isCloseTo(1, within(1e-15));
    assertThat(share(DENSITY, 1, x, y)).isCloseTo(2, within(1e-15));
    assertThat(share(COVERAGE, 1, x, y)).isCloseTo(1, within(1e-15));
    assertThat(share(PRECISION, 1, new double[] {-2, 2, 12}, y)).isCloseTo(1.0 / 3, within(1e-15));
    assertThat(share(COVERAGE, 1, new double[] {-2, 2, 12}, y)).isCloseTo(0.5, within(1e-15));
    // balls of x: [-6, 2], [-2, 6], [2, 22]: all four rows of y
    assertThat(share(RECALL, 1, new double[] {-2, 2, 12}, y)).isCloseTo(1, within(1e-15));
    assertThat(share(RECALL, 1, new double[] {3, 3.5, 4}, y)).isCloseTo(0.25, within(1e-15));
  }

  /** Under one law coverage has mean 1 - C(…): for n = m rows, 1 - Π_{i<k} (n - 1 - i)/(2n - 1 - i) (Naeem et al. 2020, eq. 9); within 5 scatters (false alarm below 1e-6), which a neighbour more would not be. */
  @Test
  void coverageOfEqualLawsIsTheClosedForm() {
    int n = 50;
    int k = 5;
    double missed = 1;
    for (int i = 0; i < k; i++) {
      missed *= (n - 1.0 - i) / (2 * n - 1 - i);
    }
    double[] values = new double[200];
    for (int r = 0; r < values.length; r++) {
      double[] x = Samples.normal(n, 3, SEED.child(0).child(r));
      double[] y = Samples.normal(n, 3, SEED.child(1).child(r));
      values[r] = new SupportOverlap(COVERAGE, k).between(x, n, y, n, 3, SEED).value();
    }
    double error = Math.sqrt(Rows.variance(values) / values.length);
    assertThat(Rows.mean(values)).isCloseTo(missed, within(5 * error));
    double twin = missed * (n - 1.0 - k) / (2 * n - 1 - k);
    assertThat(Math.abs(Rows.mean(values) - twin)).isGreaterThan(5 * error);
  }

  /** Density of equal laws is 1 in the mean, whatever they are: each ball holds k of n - 1 own rows, and as large a share of the others. Within 5 scatters (false alarm below 1e-6); a ball that held its own centre would be found. */
  @Test
  void densityOfEqualLawsIsOne() {
    double[] values = new double[200];
    for (int r = 0; r < values.length; r++) {
      double[] x = Samples.normal(50, 3, SEED.child(2).child(r));
      double[] y = Samples.normal(50, 3, SEED.child(3).child(r));
      values[r] = new SupportOverlap(DENSITY, 3).between(x, 50, y, 50, 3, SEED).value();
    }
    double error = Math.sqrt(Rows.variance(values) / values.length);
    assertThat(Rows.mean(values)).isCloseTo(0, within(5 * error));
    assertThat(Math.abs(Rows.mean(values) + 1.0 / 3)).isGreaterThan(5 * error);
  }

  @Test
  void aDroppedModeIsMissingFromRecallAndCoverageAndNotFromPrecision() {
    double[] real = DoubleStream.concat(normals(0, 100), normals(50, 100)).toArray();
    double[] sample = normals(0, 200).map(value -> value * 0.99).toArray();
    assertThat(share(PRECISION, 3, sample, real)).isGreaterThan(0.9);
    assertThat(share(RECALL, 3, sample, real)).isLessThan(0.6);
    assertThat(share(COVERAGE, 3, sample, real)).isLessThan(0.6);
  }

  private static DoubleStream normals(double mean, int n) {
    return DoubleStream.of(Samples.normal(n, 1, mean, 1, SEED.child(4).child((int) mean + n)));
  }

  @Test
  void valuesAreWordedAsTheShareThatIsThere() {
    assertThat(SupportOverlap.of(PRECISION).meaning(0.08)).isEqualTo("precision is 92.0 %");
    assertThat(SupportOverlap.of(DENSITY).meaning(-0.25)).isEqualTo("density is 1.25");
    assertThat(SupportOverlap.of(COVERAGE).name()).isEqualTo("1 - coverage");
  }

  @Test
  void duplicatesAreInEachOthersBalls() {
    double[] same = {2, 2, 2, 2};
    assertThat(share(PRECISION, 2, same, same)).isEqualTo(1);
    assertThat(share(COVERAGE, 2, same, new double[] {2, 2, 2, 3})).isEqualTo(1);
    assertThat(share(PRECISION, 2, new double[] {3, 3, 3}, same)).isZero();
  }

  @Test
  void moreNeighboursThanRowsAreRefused() {
    assertThatThrownBy(() -> share(PRECISION, 4, new double[4], new double[9]))
        .hasMessage("neighbours must be between 1 and 3, got 4");
    assertThatThrownBy(() -> new SupportOverlap(RECALL, 0)).hasMessageContaining("neighbours");
  }
}
