package dev.langevin.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.random.Seed;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class QuantisationTest {
  private static final Quantisation PIXELS = Quantisation.pixels();

  @Test
  void eight_bits_on_minus_one_to_one_add_seven() {
    assertThat(PIXELS.bitsPerDimension(-10.0, 3))
        .isCloseTo(10 / (3 * Math.log(2)) + 7, within(1e-14));
    // uniform levels have 8 bits: density 1/2 on [-1, 1]
    assertThat(PIXELS.bitsPerDimension(5 * Math.log(0.5), 5)).isCloseTo(8, within(1e-14));
    Quantisation coarse = new Quantisation(4, 0, 2);
    assertThat(coarse.bitsPerDimension(Math.log(0.5), 1)).isCloseTo(2, within(1e-14));
  }

  /** Geometric-like law P(c) ∝ 0.98^c: its dequantised density is P(c)/w on each bin, and the mean of the bits is its entropy, to the last digits. */
  @Test
  void bits_of_a_known_discretised_law_are_its_entropy() {
    double total = 0;
    for (int c = 0; c < 256; c++) {
      total += Math.pow(0.98, c);
    }
    double entropy = 0;
    double bits = 0;
    for (int c = 0; c < 256; c++) {
      double p = Math.pow(0.98, c) / total;
      entropy -= p * Math.log(p) / Math.log(2);
      bits += p * PIXELS.bitsPerDimension(Math.log(p / PIXELS.width()), 1);
    }
    assertThat(bits).isCloseTo(entropy, within(1e-12));
  }

  /** A density that is not constant on bins: the dequantised bits exceed the discrete ones, by little where bins are narrow and by much where they are wide. */
  @Test
  void dequantised_bits_bound_the_discrete_ones_from_above() {
    NormalDistribution normal = NormalDistribution.of(0.1, 0.2);
    for (int levels : new int[] {256, 16}) {
      Quantisation q = new Quantisation(levels, -1, 1);
      double discrete = 0;
      double dequantised = 0;
      for (int c = 0; c < levels; c++) {
        double p = normal.probability(q.dequantise(c, 0), q.dequantise(c, 1));
        if (p < 1e-300) {
          continue;
        }
        discrete -= p * Math.log(p) / Math.log(2);
        for (int i = 0; i < 200; i++) {
          double x = q.dequantise(c, (i + 0.5) / 200);
          dequantised += p / 200 * q.bitsPerDimension(normal.logDensity(x), 1);
        }
      }
      double gap = dequantised - discrete;
      double expected = q.width() * q.width() / (24 * 0.04 * Math.log(2)); // w² E[(log p)'²]/24
      assertThat(gap / expected).as("%s levels", levels).isBetween(0.9, 1.1);
    }
  }

  @Test
  void every_point_of_a_bin_goes_back_to_its_level() {
    RandomGenerator random = Seed.of(3).random();
    for (Quantisation q : new Quantisation[] {PIXELS, new Quantisation(10, -3, 4)}) {
      for (int c = 0; c < q.levels(); c++) {
        assertThat(q.level(q.dequantise(c, 0.01 + 0.98 * random.nextDouble()))).isEqualTo(c);
      }
      assertThat(q.level(-1e9)).isZero();
      assertThat(q.level(1e9)).isEqualTo(q.levels() - 1);
    }
    assertThat(PIXELS.dequantise(0, 0)).isEqualTo(-1);
    assertThat(PIXELS.dequantise(255, 0.5)).isEqualTo(1 - 1 / 256.0);
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> new Quantisation(1, 0, 1))
        .hasMessage("levels must be at least 2, got 1");
    assertThatThrownBy(() -> new Quantisation(2, 1, 1)).hasMessageContaining("high must be");
    assertThatThrownBy(() -> PIXELS.dequantise(256, 0)).hasMessageContaining("level must be");
    assertThatThrownBy(() -> PIXELS.bitsPerDimension(1, 0)).hasMessageContaining("dimension must");
  }
}
