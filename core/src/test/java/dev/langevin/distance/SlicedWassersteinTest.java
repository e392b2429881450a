package dev.langevin.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.random.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlicedWassersteinTest {
  private static final Seed SEED = Seed.of(71);

  /** Orthogonal directions measure a shift exactly: no Monte Carlo error at all. */
  @ParameterizedTest
  @CsvSource({"1,3", "3,6", "8,8", "10,20"})
  void aShiftedSampleIsAtTheLengthOfTheShiftOverTheRootOfTheDimension(int d, int projections) {
    double[] x = Samples.normal(50, d, SEED);
    double[] y = x.clone();
    double square = 0;
    for (int c = 0; c < d; c++) {
      double shift = c - 1.5;
      square += shift * shift;
      for (int r = 0; r < 50; r++) {
        y[r * d + c] += shift;
      }
    }
    Estimate w = new SlicedWasserstein(projections).between(x, 50, y, 50, d, SEED);
    assertThat(w.value()).isCloseTo(Math.sqrt(square / d), within(1e-12));
  }

  /** N(0, I) and N(m, I): |m|/√d, five standard errors (false alarm 6e-7) and 0.5 % for the finite samples' own distance. */
  @Test
  void normalSamplesAreAtTheDistanceOfTheirLaws() {
    double[] x = Samples.normal(3000, 4, SEED.child(1));
    double[] y = Samples.normal(2000, 4, 0.6, 1, SEED.child(2));
    Estimate w = new SlicedWasserstein(16).between(x, 3000, y, 2000, 4, SEED);
    assertThat(w.value()).isCloseTo(0.6, within(5 * w.standardError() + 0.003));
    assertThat(w.standardError()).isBetween(0.01, 0.02);
    // The broken twin measures one direction and calls it the distance.
    double one = new SlicedWasserstein(1).between(x, 3000, y, 2000, 4, SEED).value();
    assertThat(one).isNotCloseTo(0.6, within(5 * w.standardError() + 0.003));
  }

  @Test
  void onTheLineAStretchedSampleIsAtTheStretchTimesItsSize() {
    double[] x = Samples.normal(400, 1, SEED.child(3));
    double[] y = Samples.normal(400, 1, 0, 3, SEED.child(3));
    double size = Math.sqrt(Arrays.stream(x).map(v -> v * v).sum() / 400);
    assertThat(new SlicedWasserstein(2).between(x, 400, y, 400, 1, SEED).value())
        .isCloseTo(2 * size, within(1e-12));
  }

  /** Unequal sizes: as if each row were repeated until both have the same number. */
  @ParameterizedTest
  @CsvSource({"2,3", "4,6", "1,5", "7,5", "5,5"})
  void unequalSizesAreTransportedExactly(int nx, int ny) {
    double[] x = Samples.normal(nx, 1, SEED.child(4));
    double[] y = Samples.normal(ny, 1, SEED.child(5));
    Arrays.sort(x);
    Arrays.sort(y);
    double direct = 0;
    for (int i = 0; i < nx * ny; i++) {
      double step = x[i / ny] - y[i / nx];
      direct += step * step / (nx * ny);
    }
    LineTransport transport = new LineTransport(nx, ny);
    assertThat(transport.cost(x, y)).isCloseTo(direct, within(1e-14));
    assertPotentialsAreOptimal(transport, x, y, direct);
  }

  private static void assertPotentialsAreOptimal(
      LineTransport transport, double[] x, double[] y, double cost) {
    double[] phi = transport.phi();
    double[] psi = transport.psi();
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < y.length; j++) {
        double step = x[i] - y[j];
        assertThat(phi[i] + psi[j]).isLessThanOrEqualTo(step * step + 1e-12);
      }
    }
    double dual =
        Arrays.stream(phi).average().orElseThrow() + Arrays.stream(psi).average().orElseThrow();
    assertThat(dual).isCloseTo(cost, within(1e-12));
  }

  /**
   * Standard error against the scatter of 150 fresh pairs. The scatter is known to 6 % and the ratio was 0.97 … 1.05 over 400 pairs, so 0.7 …
   * 1.4 is beyond five standard errors: false alarm below 1e-6. A twin that forgets a factor of 2 fails.
   */
  @Test
  void theStandardErrorIsTheScatter() {
    double sum = 0;
    double squares = 0;
    double stated = 0;
    int repeats = 150;
    for (int r = 0; r < repeats; r++) {
      Seed seed = SEED.child(6).child(r);
      double[] x = Samples.normal(150, 3, seed.child(0));
      double[] y = Samples.normal(250, 3, 0.7, 1.3, seed.child(1));
      Estimate w = new SlicedWasserstein(6).between(x, 150, y, 250, 3, SEED);
      sum += w.value() / repeats;
      squares += w.value() * w.value() / repeats;
      stated += w.standardError() / repeats;
    }
    double ratio = stated / Math.sqrt(squares - sum * sum);
    assertThat(ratio).isBetween(0.7, 1.4);
    assertThat(2 * ratio).isGreaterThan(1.4);
    assertThat(ratio / 2).isLessThan(0.7);
  }

  @Test
  void directionsAreOrthonormalInBlocksAndHaveTheirOwnAddresses() {
    int d = 5;
    double[] few = Directions.orthogonal(7, d, SEED);
    double[] many = Directions.orthogonal(12, d, SEED);
    assertThat(Arrays.copyOf(many, few.length)).isEqualTo(few);
    for (int a = 0; a < 12; a++) {
      for (int b = a - a % d; b <= a; b++) {
        assertThat(Directions.dot(many, a * d, many, b * d, d))
            .isCloseTo(a == b ? 1 : 0, within(1e-14));
      }
    }
  }

  @Test
  void equalValuesInDifferentRowsAreNoTrouble() {
    double[] x = {0, 0, 1, 1, 1, -0.0};
    double[] y = {1, 0, 0, 1, 0, 1};
    assertThat(new SlicedWasserstein(4).between(x, 6, y, 6, 1, SEED)).isEqualTo(new Estimate(0, 0));
  }

  @Test
  void noDirectionsAreRefused() {
    assertThatThrownBy(() -> new SlicedWasserstein(0))
        .hasMessage("projections must be at least 1, got 0");
    assertThat(SlicedWasserstein.defaults().projections()).isEqualTo(128);
  }
}
