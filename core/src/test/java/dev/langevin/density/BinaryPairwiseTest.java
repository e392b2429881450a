package dev.langevin.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A binary pairwise model against its formula, summed by brute force. */
class BinaryPairwiseTest {
  private static BinaryPairwise model(int n) {
    return new BinaryPairwise(couplings(n), field(n));
  }

  private static double[] couplings(int n) {
    AddressedRandom random = Seed.of(3).child("couplings").random();
    double[] j = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k <= i; k++) {
        double value = 0.4 * random.nextGaussian();
        j[i * n + k] = value;
        j[k * n + i] = value;
      }
    }
    return j;
  }

  private static double[] field(int n) {
    double[] h = new double[n];
    Seed.of(3).child("field").random().fillGaussian(h, 0, n);
    return h;
  }

  private static double[] state(int n, int bits) {
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = (bits >> i & 1) == 0 ? -1 : 1;
    }
    return x;
  }

  private static double formula(int n, double[] x) {
    double[] j = couplings(n);
    double[] h = field(n);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += h[i] * x[i];
      for (int k = 0; k < n; k++) {
        sum += 0.5 * j[i * n + k] * x[i] * x[k];
      }
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 7})
  void log_density_is_the_quadratic_form_at_every_state(int n) {
    BinaryPairwise model = model(n);
    for (int bits = 0; bits < 1 << n; bits++) {
      double[] x = state(n, bits);
      assertThat(model.logDensity(x)).isCloseTo(formula(n, x), within(1e-13));
    }
  }

  @Test
  void there_is_no_mass_outside_the_corners_of_the_cube() {
    for (double wrong : new double[] {0, 0.5, -1.5, Double.NaN}) {
      assertThat(model(3).logDensity(new double[] {1, wrong, -1}))
          .isEqualTo(Double.NEGATIVE_INFINITY);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 8})
  void twice_the_local_field_is_the_log_odds_of_a_spin(int n) {
    BinaryPairwise model = model(n);
    for (int bits = 0; bits < 1 << n; bits++) {
      double[] x = state(n, bits);
      double[] fields = new double[n];
      model.localFields(x, fields);
      for (int i = 0; i < n; i++) {
        double odds = formula(n, state(n, bits | 1 << i)) - formula(n, state(n, bits & ~(1 << i)));
        assertThat(2 * model.localField(i, x)).isCloseTo(odds, within(1e-13));
        assertThat(2 * fields[i]).isCloseTo(odds, within(1e-13));
      }
    }
  }

  @Test
  void local_fields_follow_a_flip() {
    int n = 6;
    BinaryPairwise model = model(n);
    double[] x = state(n, 0b101101);
    double[] fields = new double[n];
    double[] fresh = new double[n];
    model.localFields(x, fields);
    for (int site : new int[] {2, 5, 2, 0}) {
      x[site] = -x[site];
      model.flipped(site, x[site], fields);
      model.localFields(x, fresh);
      assertThat(fields).containsExactly(fresh, within(1e-14));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 5, 16, 1030})
  void a_product_is_the_sum_over_the_other_spins_and_the_same_in_any_batch(int n) {
    BinaryPairwise model = model(n);
    int rows = 3;
    double[] x = new double[rows * n];
    Seed.of(4).random().fillGaussian(x, 0, x.length);
    double[] out = new double[rows * n];
    model.multiply(x, rows, out);
    double[] alone = new double[n];
    for (int r = 0; r < rows; r++) {
      double[] row = Arrays.copyOfRange(x, r * n, (r + 1) * n);
      model.multiply(row, 1, alone);
      assertThat(Arrays.copyOfRange(out, r * n, (r + 1) * n)).isEqualTo(alone);
      for (int i = 0; i < n; i++) {
        assertThat(alone[i])
            .isCloseTo(model.localField(i, row) - model.field(i), within(1e-12 * n));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 9})
  void enumeration_is_the_sum_over_all_states(int n) {
    double partition = 0;
    double[] first = new double[n];
    double[] second = new double[n * n];
    for (int bits = 0; bits < 1 << n; bits++) {
      double[] x = state(n, bits);
      double weight = Math.exp(formula(n, x));
      partition += weight;
      for (int i = 0; i < n; i++) {
        first[i] += weight * x[i];
        for (int k = 0; k < n; k++) {
          second[i * n + k] += weight * x[i] * x[k];
        }
      }
    }
    BinaryEnumeration exact = model(n).enumerate();
    assertThat(exact.logPartition()).isCloseTo(Math.log(partition), within(1e-12));
    for (int i = 0; i < n; i++) {
      assertThat(exact.magnetisation()[i]).isCloseTo(first[i] / partition, within(1e-12));
      for (int k = 0; k < n; k++) {
        assertThat(exact.correlation()[i * n + k])
            .isCloseTo(second[i * n + k] / partition, within(1e-12));
      }
    }
  }

  @Test
  void enumeration_of_independent_spins_is_a_product_however_strong_the_field() {
    int n = 14;
    double[] h = new double[n];
    for (int i = 0; i < n; i++) {
      h[i] = 100 * (i - 6.5);
    }
    h[3] = 0.3;
    BinaryEnumeration exact = new BinaryPairwise(new double[n * n], h).enumerate();
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.abs(h[i]) + Math.log1p(Math.exp(-2 * Math.abs(h[i])));
      assertThat(exact.magnetisation()[i]).isCloseTo(Math.tanh(h[i]), within(1e-10));
      assertThat(exact.correlation()[3 * n + i])
          .isCloseTo(i == 3 ? 1 : Math.tanh(0.3) * Math.tanh(h[i]), within(1e-10));
    }
    assertThat(exact.logPartition()).isCloseTo(sum, within(1e-9));
  }

  @Test
  void another_field_keeps_the_couplings() {
    int n = 4;
    double[] other = {0.1, -0.2, 0.3, 2};
    BinaryPairwise moved = model(n).withField(other);
    assertThat(moved.coupling(2, 1)).isEqualTo(couplings(n)[2 * n + 1]);
    assertThat(moved.coupling(2, 2)).isZero();
    assertThat(moved.diagonal())
        .isCloseTo(
            (couplings(n)[0] + couplings(n)[5] + couplings(n)[10] + couplings(n)[15]) / 2,
            within(1e-15));
    assertThat(moved.field(3)).isEqualTo(2);
    double[] x = state(n, 0b0110);
    assertThat(moved.logDensity(x))
        .isCloseTo(new BinaryPairwise(couplings(n), other).logDensity(x), within(1e-14));
  }

  @Test
  void what_it_is_given_is_copied() {
    double[] j = {0, 1, 1, 0};
    double[] h = {0.5, 0};
    BinaryPairwise model = new BinaryPairwise(j, h);
    j[1] = 7;
    h[0] = 7;
    assertThat(model.localField(0, new double[] {1, 1})).isEqualTo(1.5);
  }

  @Test
  void nonsense_is_refused_with_its_value() {
    assertThatThrownBy(() -> new BinaryPairwise(new double[] {0, 1, 2, 0}, new double[2]))
        .hasMessage("couplings must be symmetric, got J[1][0] = 2.0 and J[0][1] = 1.0");
    assertThatThrownBy(() -> new BinaryPairwise(new double[3], new double[2]))
        .hasMessage("couplings must be of length 4, got length 3");
    assertThatThrownBy(() -> new BinaryPairwise(new double[0], new double[0]))
        .hasMessage("number of spins must be at least 1, got 0");
    assertThatThrownBy(() -> new BinaryPairwise(new double[] {Double.NaN}, new double[1]))
        .hasMessage("couplings[0] must be finite, got NaN");
    assertThatThrownBy(() -> model(2).withField(new double[] {1, Double.POSITIVE_INFINITY}))
        .hasMessage("field[1] must be finite, got Infinity");
    assertThatThrownBy(() -> model(25).enumerate())
        .hasMessage("number of spins must be between 1 and 24, got 25");
  }
}
