package dev.langevin.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.random.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MMD and KID: closed forms, unbiasedness, standard error. */
class KernelDistancesTest {
  private static final Seed SEED = Seed.of(171);

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 0.5", "5, 2"})
  void itIsThePlainSumOverPairs(int bandwidths, double scale) {
    double[] x = Samples.normal(7, 3, SEED.child(0));
    double[] y = Samples.normal(5, 3, 1, 2, SEED.child(1));
    double s2 = scale * scale * MedianHeuristic.squaredDistance(x, 7, y, 5, 3);
    double expected = mean(x, 7, x, 7, true, s2, bandwidths);
    expected += mean(y, 5, y, 5, true, s2, bandwidths);
    expected -= 2 * mean(x, 7, y, 5, false, s2, bandwidths);
    Estimate found = new MaximumMeanDiscrepancy(bandwidths, scale).between(x, 7, y, 5, 3, SEED);
    assertThat(found.value()).isCloseTo(expected, within(1e-14));
  }

  private static double mean(
      double[] x, int nx, double[] y, int ny, boolean skip, double s2, int bandwidths) {
    double sum = 0;
    for (int i = 0; i < nx; i++) {
      for (int j = 0; j < ny; j++) {
        for (int h = -(bandwidths / 2); h <= bandwidths / 2 && !(skip && i == j); h++) {
          double r = square(x, i, y, j);
          sum += StrictMath.exp(-r / (2 * s2 * StrictMath.pow(2, h))) / bandwidths;
        }
      }
    }
    return sum / (skip ? nx * (nx - 1.0) : (double) nx * ny);
  }

  private static double square(double[] x, int i, double[] y, int j) {
    double sum = 0;
    for (int k = 0; k < 3; k++) {
      sum += (x[3 * i + k] - y[3 * j + k]) * (x[3 * i + k] - y[3 * j + k]);
    }
    return sum;
  }

  /** E k = (s²/(s² + 2))^{d/2} within, times exp(-|m|²/(2(s² + 2))) between N(0, I) and N(m, I); here 5 scatters, false alarm below 1e-6. */
  @Test
  void betweenShiftedNormalsTheMeanIsTheClosedForm() {
    int repeats = 400;
    double[] gap = new double[repeats];
    for (int r = 0; r < repeats; r++) {
      double[] x = Samples.normal(100, 2, 0.5, 1, SEED.child(2).child(r));
      double[] y = Samples.normal(80, 2, SEED.child(3).child(r));
      double s2 = MedianHeuristic.squaredDistance(x, 100, y, 80, 2);
      double exact = 2 * s2 / (s2 + 2) * (1 - StrictMath.exp(-0.5 / (2 * (s2 + 2))));
      gap[r] = new MaximumMeanDiscrepancy(1, 1).between(x, 100, y, 80, 2, SEED).value() - exact;
    }
    double error = Math.sqrt(Rows.variance(gap) / repeats);
    assertThat(Rows.mean(gap)).isBetween(-5 * error, 5 * error);
    // power: pairs of a row with itself counted in, as a biased estimate does, would add 1/100 +
    // 1/80 times 1 - E k
    assertThat((1.0 / 100 + 1.0 / 80) * 0.5).isGreaterThan(8 * error);
  }

  /**
   * Mean 0 over 400 pairs of samples of one law within 5 scatters (false alarm below 1e-6); the V-statistic, which counts a row with itself, fails it.
   */
  @ParameterizedTest
  @ValueSource(strings = {"mmd", "kid"})
  void underEqualLawsTheMeanIsZero(String name) {
    int repeats = 400;
    double[] values = new double[repeats];
    double[] biased = new double[repeats];
    for (int r = 0; r < repeats; r++) {
      double[] x = Samples.normal(30, 3, SEED.child(4).child(r));
      double[] y = Samples.normal(30, 3, SEED.child(5).child(r));
      values[r] = Distance.named(name).between(x, 30, y, 30, 3, SEED).value();
      biased[r] = values[r] + diagonal(name, x, y) / 30;
    }
    double error = Math.sqrt(Rows.variance(values) / repeats);
    assertThat(Rows.mean(values)).isBetween(-5 * error, 5 * error);
    assertThat(Rows.mean(biased)).isGreaterThan(10 * error);
  }

  /** By how much counting a row with itself raises n times the value: k(x, x) less the mean of k(x, x'), summed over both samples. */
  private static double diagonal(String name, double[] x, double[] y) {
    if (name.equals("mmd")) {
      return 2 * (1 - 0.65); // the mean kernel at the median distance is below 0.65
    }
    double sum = 0;
    for (double[] rows : new double[][] {x, y}) {
      for (int i = 0; i < 30; i++) {
        double norm = Directions.dot(rows, 3 * i, rows, 3 * i, 3) / 3 + 1;
        sum += (norm * norm * norm - 2.1) / 30; // E (x·y/3 + 1)³ = 1 + 3·3/9 = 2
      }
    }
    return sum;
  }

  /** E (x·y/d + 1)³ with one dimension and means m: closed form of the kernel mean; within 5 scatters. */
  @Test
  void kernelDistanceOfShiftedNormalsIsTheClosedForm() {
    int repeats = 200;
    double[] values = new double[repeats];
    for (int r = 0; r < repeats; r++) {
      double[] x = Samples.normal(60, 1, 1, 1, SEED.child(6).child(r));
      double[] y = Samples.normal(60, 1, SEED.child(7).child(r));
      values[r] = new KernelInceptionDistance().between(x, 60, y, 60, 1, SEED).value();
    }
    // (μ_k - ν_k)² weighted by binomials: means 1, 0; second moments 2, 1; third 4, 0
    double exact = 3 * 1 + 3 * 1 + 16;
    double error = Math.sqrt(Rows.variance(values) / repeats);
    assertThat(Rows.mean(values)).isCloseTo(exact, within(5 * error));
  }

  /** The ratio of stated to actual scatter over 200 pairs: a chi-square's spread of 5 % and that of the distances' own; 0.75 … 1.35 is beyond 1e-6. */
  @ParameterizedTest
  @CsvSource({"mmd, 0", "mmd, 0.7", "kid, 0", "kid, 0.7"})
  void theStandardErrorIsTheScatterUnderEqualAndUnderDifferentLaws(String name, double shift) {
    int repeats = 200;
    double[] values = new double[repeats];
    double stated = 0;
    for (int r = 0; r < repeats; r++) {
      double[] x = Samples.normal(60, 3, shift, 1, SEED.child(8).child(r));
      double[] y = Samples.normal(90, 3, SEED.child(9).child(r));
      Estimate e = Distance.named(name).between(x, 60, y, 90, 3, SEED);
      values[r] = e.value();
      stated += e.standardError() / repeats;
    }
    assertThat(stated / Math.sqrt(Rows.variance(values))).isBetween(0.75, 1.35);
  }

  @Test
  void rowsThatCoincideAreNoDifference() {
    double[] same = new double[40];
    Arrays.fill(same, 3);
    for (String name : new String[] {"mmd", "kid"}) {
      Estimate e = Distance.named(name).between(same, 10, same, 20, 2, SEED);
      assertThat(e.value()).isCloseTo(0, within(1e-9));
      assertThat(e.standardError()).isCloseTo(0, within(1e-6));
    }
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> new MaximumMeanDiscrepancy(2, 1))
        .hasMessage("bandwidths must be odd, got 2");
    assertThatThrownBy(() -> new MaximumMeanDiscrepancy(1, 0)).hasMessageContaining("scale");
  }
}
