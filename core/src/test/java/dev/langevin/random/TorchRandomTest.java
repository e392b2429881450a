package dev.langevin.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** What PyTorch prints on the CPU, to the digits printed. */
class TorchRandomTest {
  private static float[] normals(long seed, int count) {
    float[] numbers = new float[count];
    new TorchRandom(seed).fillNormal(numbers);
    return numbers;
  }

  private static void starts(float[] numbers, double digit, double... printed) {
    for (int i = 0; i < printed.length; i++) {
      assertThat((double) numbers[i]).isCloseTo(printed[i], within(digit));
    }
  }

  @Test
  void the_words_are_those_of_mt19937() {
    TorchRandom random = new TorchRandom(5489);
    assertThat(random.nextWord() & 0xFFFFFFFFL).isEqualTo(3499211612L);
    for (int i = 2; i < 10_000; i++) {
      random.nextWord();
    }
    assertThat(random.nextWord() & 0xFFFFFFFFL).isEqualTo(4123659995L); // the C++ standard's check
  }

  @Test
  void uniforms_are_those_of_rand() {
    TorchRandom random = new TorchRandom(0);
    for (float printed : new float[] {0.4962566f, .7682218f, .08847743f, .13203049f}) {
      assertThat(random.nextFloat()).isEqualTo(printed);
    }
    assertThat(new TorchRandom(1L << 32).nextFloat()).isEqualTo(0.4962566f);
    float[] weights = new float[3];
    float bound = (float) (1 / Math.sqrt(27));
    new TorchRandom(0).fillUniform(weights, -bound, bound);
    starts(
        weights, 1e-9, -.00144083926, .10323862, -.158395112); // a 3 × 3 convolution of 3 channels
  }

  @Test
  void normals_of_many_are_those_of_randn() {
    starts(normals(0, 192), 6e-8, -1.1258398, -1.1523602, -.2505786);
  }

  @Test
  void normals_of_few_are_those_of_randn() {
    starts(normals(0, 6), 5e-5, 1.5410, -0.2934, -2.1788, 0.5684, -1.0845, -1.3986);
    starts(normals(42, 3), 5e-5, 0.3367, 0.1288, 0.2345);
  }

  @Test
  void the_second_of_a_pair_waits_for_the_next_call_and_no_longer_than_for_it() {
    TorchRandom random = new TorchRandom(0);
    float[] three = new float[3];
    random.fillNormal(three);
    float[] rest = new float[3];
    random.fillNormal(rest);
    assertThat(rest).isEqualTo(java.util.Arrays.copyOfRange(normals(0, 6), 3, 6));
  }

  /** 20 numbers: four of the first sixteen stay; the other sixteen are from the 21st uniform on. */
  @Test
  void where_sixteen_does_not_divide_the_last_sixteen_are_drawn_afresh() {
    float[] twenty = normals(3, 20);
    float[] sixteen = normals(3, 16);
    TorchRandom late = new TorchRandom(3);
    for (int i = 0; i < 20; i++) {
      late.nextFloat();
    }
    float[] fresh = new float[16];
    late.fillNormal(fresh);
    assertThat(java.util.Arrays.copyOf(twenty, 4)).isEqualTo(java.util.Arrays.copyOf(sixteen, 4));
    assertThat(java.util.Arrays.copyOfRange(twenty, 4, 20)).isEqualTo(fresh);
  }

  @Test
  void whole_numbers_and_permutations_are_torchs() {
    TorchRandom random = new TorchRandom(0);
    for (int printed : new int[] {44, 239, 933, 760, 963, 379}) {
      assertThat(random.nextInt(0, 1000)).isEqualTo(printed);
    }
    assertThat(new TorchRandom(0).nextInt(-7, 993)).isEqualTo(44 - 7);
    assertThat(new TorchRandom(0).permutation(10)).containsExactly(4, 1, 7, 5, 3, 9, 0, 8, 6, 2);
    assertThatThrownBy(() -> random.nextInt(3, 3)).hasMessage("low must be below high = 3, got 3");
  }

  /** Moments of 10⁶ numbers within five standard errors: false alarm 6e-7 each; half the radius, for one, fails. */
  @Test
  void normals_are_normal() {
    double sum = 0;
    double squares = 0;
    for (float value : normals(9, 1_000_000)) {
      sum += value;
      squares += value * (double) value;
    }
    assertThat(sum / 1e6).isCloseTo(0, within(5e-3));
    assertThat(squares / 1e6).isCloseTo(1, within(5 * Math.sqrt(2) * 1e-3));
    assertThat(squares / 4e6).isNotCloseTo(1, within(5 * Math.sqrt(2) * 1e-3));
  }
}
