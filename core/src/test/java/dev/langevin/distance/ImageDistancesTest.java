package dev.langevin.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What images are compared by besides the other distances. */
class ImageDistancesTest {
  private static final Seed SEED = Seed.of(471);
  private static final int REPEATS = 100;

  private static double[] repeated(Distance distance, int n, int d, double shift, double scale) {
    double[] values = new double[REPEATS];
    for (int r = 0; r < REPEATS; r++) {
      double[] x = Samples.normal(n, d, shift, scale, SEED.child(r).child(0));
      double[] y = Samples.normal(n, d, SEED.child(r).child(1));
      values[r] = distance.between(x, n, y, n, d, SEED).value();
    }
    return values;
  }

  /** Normal laws, d(shift² + (scale - 1)²), within 5 scatters (false alarm below 1e-6) beside the residue of order 1/n²; the plain distance, which is biased, is not. */
  @Test
  void theLimitOfTheFrechetDistanceHasNoBiasOfFirstOrder() {
    int d = 8;
    double exact = d * (0.25 + 0.25);
    double[] limit = repeated(new FrechetLimit(), 200, d, 0.5, 1.5);
    double error = Math.sqrt(Rows.variance(limit) / REPEATS);
    assertThat(Rows.mean(limit)).isCloseTo(exact, within(5 * error));
    double[] plain = repeated(new FrechetDistance(), 200, d, 0.5, 1.5);
    assertThat(Rows.mean(plain) - exact).isGreaterThan(5 * error);
  }

  @Test
  void onEqualLawsTheLimitIsAboutZeroWhereThePlainDistanceIsNot() {
    double plain = Rows.mean(repeated(new FrechetDistance(), 200, 8, 0, 1));
    double limit = Rows.mean(repeated(new FrechetLimit(), 200, 8, 0, 1));
    assertThat(plain).isGreaterThan(0.1);
    assertThat(Math.abs(limit)).isLessThan(plain / 10);
  }

  @Test
  void allAspectsOfOverlapAtOnceAreTheFourByThemselves() {
    double[] x = Samples.normal(70, 3, 0.5, 1.3, SEED.child(0));
    double[] y = Samples.normal(60, 3, SEED.child(1));
    Map<SupportOverlap.Aspect, Estimate> all = SupportOverlap.all(x, 70, y, 60, 3);
    for (SupportOverlap.Aspect aspect : SupportOverlap.Aspect.values()) {
      assertThat(all.get(aspect))
          .isEqualTo(SupportOverlap.of(aspect).between(x, 70, y, 60, 3, SEED));
    }
  }

  @Test
  void classesAreCountedByTheHighestScore() {
    double[] x = {3, 1, 0, 2, 1, 0, 0, 5, 1, 9, 8, 7}; // classes 0, 0, 1, 0
    double[] y = {0, 1, 2, 1, 1, 0}; // classes 2, 0 (the first of equals)
    double value = new ClassVariation().between(x, 4, y, 2, 3, SEED).value();
    assertThat(value).isCloseTo((0.25 + 0.25 + 0.5) / 2, within(1e-15));
  }

  /** One of four classes is missing: ½ (¼ + 3 (⅓ - ¼)) = ¼; within 5 scatters (false alarm below 1e-6), and the stated error is the scatter to 25 %. */
  @Test
  void aMissingClassIsItsShare() {
    double[] values = new double[200];
    double stated = 0;
    for (int r = 0; r < values.length; r++) {
      double[] x = scores(300, 3, SEED.child("x").child(r));
      double[] y = scores(300, 4, SEED.child("y").child(r));
      Estimate one = new ClassVariation().between(x, 300, y, 300, 4, SEED);
      values[r] = one.value();
      stated += one.standardError() / values.length;
    }
    double scatter = Math.sqrt(Rows.variance(values));
    // bias: the three other shares differ by 1/12, three of their scatters, so their signs are
    // certain enough
    assertThat(Rows.mean(values)).isCloseTo(0.25, within(5 * scatter / Math.sqrt(200)));
    assertThat(stated / scatter).isBetween(0.75, 1.25);
  }

  private static double[] scores(int n, int classes, Seed seed) {
    AddressedRandom random = seed.random();
    double[] scores = new double[n * 4];
    for (int i = 0; i < n; i++) {
      scores[i * 4 + random.nextInt(classes)] = 1;
    }
    return scores;
  }
}
