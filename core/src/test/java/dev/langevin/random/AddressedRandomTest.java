package dev.langevin.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

/** Laws of addressed randomness. Statistical tests have a false-alarm rate of 1e-6 each (DKW; Massart 1990). */
class AddressedRandomTest {
  private static final int N = 100_000;

  /** sup|F_n - F| above this has probability below 1e-6: sqrt(ln(2/1e-6) / (2n)). */
  private static final double DKW = Math.sqrt(Math.log(2 / 1e-6) / (2.0 * N));

  @Test
  void equal_addresses_give_equal_numbers_and_different_addresses_different_ones() {
    Seed a = Seed.of(7).child("chain").child(3);
    Seed b = Seed.of(7).child("chain").child(3);
    assertThat(a).isEqualTo(b);
    assertThat(a.random().nextLong()).isEqualTo(b.random().nextLong());
    assertThat(a.random().nextLong()).isNotEqualTo(a.child(0).random().nextLong());
    assertThat(Seed.of(7).child("1")).isNotEqualTo(Seed.of(7).child(1));
    assertThat(Seed.of(0)).isNotEqualTo(Seed.of(1));
  }

  @Test
  void numbers_never_change_between_releases_or_jdks() {
    AddressedRandom random = Seed.of(1).child("golden").random();
    assertThat(random.nextLong()).isEqualTo(GOLDEN_LONG);
    assertThat(random.nextDouble()).isEqualTo(GOLDEN_DOUBLE);
    assertThat(random.nextGaussian()).isEqualTo(GOLDEN_GAUSSIAN);
    assertThat(random.nextExponential()).isEqualTo(GOLDEN_EXPONENTIAL);
    assertThat(random.nextInt(1000)).isEqualTo(GOLDEN_INT);
  }

  @Test
  void moving_back_repeats_the_stream() {
    Seed seed = Seed.of(5);
    AddressedRandom random = seed.random();
    double[] first = random.doubles(10).toArray();
    assertThat(random.moveTo(seed).doubles(10).toArray()).isEqualTo(first);
  }

  @Test
  void children_of_one_address_do_not_collide() {
    Set<Seed> seen = new HashSet<>();
    Seed parent = Seed.of(11);
    for (long i = -50_000; i < 50_000; i++) {
      assertThat(seen.add(parent.child(i))).isTrue();
    }
  }

  @Test
  void one_stream_is_uniform_normal_and_exponential() {
    AddressedRandom random = Seed.of(2).random();
    assertThat(distance(random.doubles(N).toArray(), x -> x)).isLessThan(DKW);
    double[] normal = new double[N];
    random.fillGaussian(normal, 0, N);
    assertThat(distance(normal, NormalDistribution.of(0, 1)::cumulativeProbability))
        .isLessThan(DKW);
    double[] exponential = new double[N];
    Arrays.setAll(exponential, i -> random.nextExponential());
    assertThat(distance(exponential, x -> -Math.expm1(-x))).isLessThan(DKW);
  }

  @Test
  void the_first_numbers_of_neighbouring_addresses_are_independent_uniforms_and_normals() {
    Seed parent = Seed.of(3).child("rows");
    AddressedRandom random = parent.random();
    double[] uniform = new double[N];
    double[] normal = new double[N];
    double lagged = 0;
    for (int i = 0; i < N; i++) {
      uniform[i] = random.moveTo(parent.child(i)).nextDouble();
      normal[i] = random.moveTo(parent.child(i).child(0)).nextGaussian();
      lagged += i == 0 ? 0 : normal[i] * normal[i - 1];
    }
    assertThat(distance(uniform, x -> x)).isLessThan(DKW);
    assertThat(distance(normal, NormalDistribution.of(0, 1)::cumulativeProbability))
        .isLessThan(DKW);
    // lagged/sqrt(N) is N(0,1) up to O(1/N): |z| > 4.89 has probability 1e-6.
    assertThat(Math.abs(lagged / Math.sqrt(N))).isLessThan(4.89);
  }

  @Test
  void the_distance_would_notice_a_generator_that_is_off() {
    AddressedRandom random = Seed.of(2).random();
    double[] shifted = random.doubles(N).map(x -> Math.min(1, x * 1.02)).toArray();
    assertThat(distance(shifted, x -> x)).isGreaterThan(DKW);
  }

  @Test
  void bounded_integers_are_uniform_and_take_one_draw_each() {
    AddressedRandom random = Seed.of(4).random();
    int[] counts = new int[6];
    for (int i = 0; i < 60_000; i++) {
      counts[random.nextInt(6)]++;
    }
    // Each count is binomial(60000, 1/6): sd 91.3, and 6 counts at 1e-6 give |z| < 5.25.
    for (int count : counts) {
      assertThat(Math.abs(count - 10_000)).isLessThan((int) (5.25 * 91.3));
    }
    AddressedRandom a = Seed.of(4).random();
    AddressedRandom b = Seed.of(4).random();
    a.nextInt(3);
    b.nextLong();
    assertThat(a.nextLong()).isEqualTo(b.nextLong());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> random.nextInt(0))
        .withMessageContaining("bound");
  }

  private static double distance(double[] sample, DoubleUnaryOperator cdf) {
    double[] x = sample.clone();
    Arrays.sort(x);
    double worst = 0;
    for (int i = 0; i < x.length; i++) {
      double f = cdf.applyAsDouble(x[i]);
      worst = Math.max(worst, Math.max(f - (double) i / x.length, (i + 1.0) / x.length - f));
    }
    return worst;
  }

  private static final long GOLDEN_LONG = 1184058571182566227L;
  private static final double GOLDEN_DOUBLE = 0.18088462157240748;
  private static final double GOLDEN_GAUSSIAN = 0.16205251137271176;
  private static final double GOLDEN_EXPONENTIAL = 1.0105579599799241;
  private static final int GOLDEN_INT = 526;
}
