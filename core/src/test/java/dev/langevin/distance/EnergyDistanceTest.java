package dev.langevin.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.random.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EnergyDistanceTest {
  private static final Seed SEED = Seed.of(81);

  @Test
  void twoPointsAreAtTwiceTheirDistance() {
    double[] x = {1, 1, 1, 1};
    double[] y = {4, 5, 4, 5, 4, 5};
    Estimate e = new EnergyDistance().between(x, 2, y, 3, 2, SEED);
    assertThat(e.value()).isCloseTo(10, within(1e-14)); // 3, 4, 5
    assertThat(e.standardError()).isCloseTo(0, within(1e-14));
  }

  @Test
  void onTheLineItIsTwiceTheSquaredDifferenceOfTheDistributionFunctions() {
    double[] x = Samples.normal(40, 1, SEED.child(0));
    double[] y = Samples.normal(30, 1, 0.5, 1, SEED.child(1));
    double[] all = new double[70];
    System.arraycopy(x, 0, all, 0, 40);
    System.arraycopy(y, 0, all, 40, 30);
    Arrays.sort(all);
    double integral = 0;
    for (int i = 0; i < 69; i++) {
      double gap = below(x, all[i]) - below(y, all[i]);
      integral += 2 * gap * gap * (all[i + 1] - all[i]);
    }
    assertThat(new EnergyDistance().between(x, 40, y, 30, 1, SEED).value())
        .isCloseTo(integral, within(1e-13));
  }

  private static double below(double[] x, double at) {
    double count = 0;
    for (double value : x) {
      count += value <= at ? 1.0 / x.length : 0;
    }
    return count;
  }

  /** As for the sliced Wasserstein distance: false alarm below 1e-6. */
  @Test
  void theStandardErrorIsTheScatter() {
    double sum = 0;
    double squares = 0;
    double stated = 0;
    int repeats = 150;
    for (int r = 0; r < repeats; r++) {
      Seed seed = SEED.child(2).child(r);
      double[] x = Samples.normal(60, 3, seed.child(0));
      double[] y = Samples.normal(90, 3, 0.7, 1.3, seed.child(1));
      Estimate e = new EnergyDistance().between(x, 60, y, 90, 3, SEED);
      sum += e.value() / repeats;
      squares += e.value() * e.value() / repeats;
      stated += e.standardError() / repeats;
    }
    assertThat(stated / Math.sqrt(squares - sum * sum)).isBetween(0.7, 1.4);
  }
}
