package dev.langevin.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.random.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InterpolatedNoiseTest {
  private static final AddressedNoise SOURCE = new AddressedNoise(Seed.of(3).child("arcs"));

  private static double[] rows(NoiseSource noise, int d, long first, int rows) {
    NoiseSource.Reader reader = noise.reader(d, rows);
    double[] out = new double[rows * d];
    reader.begin(first, rows);
    reader.fill(0, 1, out);
    return out;
  }

  @Test
  void theEndsAreTheSourcesRowsToTheLastBit() {
    double[] source = rows(SOURCE, 7, 0, 6);
    double[] arcs = rows(new InterpolatedNoise(SOURCE, 4), 7, 0, 12);
    for (int p = 0; p < 3; p++) {
      for (int end = 0; end < 2; end++) {
        int from = (4 * p + 3 * end) * 7;
        int at = (2 * p + end) * 7;
        assertThat(Arrays.copyOfRange(arcs, from, from + 7))
            .isEqualTo(Arrays.copyOfRange(source, at, at + 7));
      }
    }
  }

  @Test
  void aRowDoesNotDependOnItsBatch() {
    InterpolatedNoise noise = new InterpolatedNoise(SOURCE, 5);
    double[] all = rows(noise, 3, 0, 15);
    for (int first = 0; first < 15; first += 2) {
      int count = Math.min(2, 15 - first);
      assertThat(rows(noise, 3, first, count))
          .isEqualTo(Arrays.copyOfRange(all, 3 * first, 3 * (first + count)));
    }
  }

  @Test
  void ofUnitVectorsTheArcStaysOnTheSphereAtAConstantSpeedAndAStraightLineDoesNot() {
    double[] ends = {1, 0, 0, 0.6, 0.8, 0}; // 53 degrees apart
    double[] point = new double[3];
    for (int k = 0; k <= 10; k++) {
      InterpolatedNoise.slerp(ends, 3, k / 10.0, point, 0);
      double angle = k / 10.0 * StrictMath.acos(0.6);
      assertThat(point[0]).isCloseTo(StrictMath.cos(angle), within(1e-14));
      assertThat(point[1]).isCloseTo(StrictMath.sin(angle), within(1e-14));
      assertThat(point[2]).isZero();
    }
    double straight = Math.hypot(0.5 * (1 + 0.6), 0.5 * 0.8);
    assertThat(straight).isLessThan(0.9); // what the test would see of the wrong formula
  }

  @Test
  void parallelEndsAreJoinedByALine() {
    double[] point = new double[2];
    InterpolatedNoise.slerp(new double[] {1, 2, 3, 6}, 2, 0.25, point, 0);
    assertThat(point).containsExactly(new double[] {1.5, 3}, within(1e-14));
    InterpolatedNoise.slerp(new double[] {1, 2, -1, -2}, 2, 0.5, point, 0);
    assertThat(point).containsExactly(new double[] {0, 0}, within(1e-14));
    InterpolatedNoise.slerp(new double[] {0, 0, 1, 2}, 2, 0.5, point, 0);
    assertThat(point).containsExactly(new double[] {0.5, 1}, within(1e-14));
  }

  @Test
  void whatHasNoArcsIsRefused() {
    assertThatThrownBy(() -> new InterpolatedNoise(SOURCE, 1))
        .hasMessage("columns must be at least 2, got 1");
    assertThatThrownBy(() -> new InterpolatedNoise(new TorchNoise(1), 3))
        .hasMessageStartingWith("source must be row by row");
    NoiseSource.Reader reader = new InterpolatedNoise(SOURCE, 3).reader(2, 1);
    reader.begin(0, 1);
    assertThatThrownBy(() -> reader.fill(1, 1, new double[2]))
        .isInstanceOf(IllegalStateException.class);
  }
}
