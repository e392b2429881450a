package dev.langevin.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.random.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FftTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 64, 512})
  void forwardIsTheDirectSum(int size) {
    double[] re = normals(size, "re");
    double[] im = normals(size, "im");
    double[] ourRe = re.clone();
    double[] ourIm = im.clone();
    new Fft(size).forward(ourRe, ourIm);
    for (int k = 0; k < size; k++) {
      double sumRe = 0;
      double sumIm = 0;
      for (int j = 0; j < size; j++) {
        double angle = -2 * Math.PI * ((long) j * k % size) / size;
        sumRe += re[j] * StrictMath.cos(angle) - im[j] * StrictMath.sin(angle);
        sumIm += re[j] * StrictMath.sin(angle) + im[j] * StrictMath.cos(angle);
      }
      assertThat(ourRe[k]).isCloseTo(sumRe, within(1e-12 * size));
      assertThat(ourIm[k]).isCloseTo(sumIm, within(1e-12 * size));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16, 1024})
  void inverseUndoesForward(int size) {
    double[] re = normals(size, "re");
    double[] im = normals(size, "im");
    double[] ourRe = re.clone();
    double[] ourIm = im.clone();
    Fft fft = new Fft(size);
    fft.forward(ourRe, ourIm);
    fft.inverse(ourRe, ourIm);
    assertThat(ourRe).containsExactly(re, within(1e-13));
    assertThat(ourIm).containsExactly(im, within(1e-13));
  }

  @Test
  void aTransformHoldsAtLeastWhatWasAskedFor() {
    assertThat(Fft.holding(1).size()).isEqualTo(1);
    assertThat(Fft.holding(2).size()).isEqualTo(2);
    assertThat(Fft.holding(1000).size()).isEqualTo(1024);
    assertThat(Fft.holding(1024).size()).isEqualTo(1024);
    assertThat(Fft.holding(1025).size()).isEqualTo(2048);
  }

  @Test
  void otherLengthsAreRefused() {
    assertThatThrownBy(() -> new Fft(12))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("size must be a power of two, got 12");
    assertThatThrownBy(() -> new Fft(0)).hasMessageContaining("got 0");
    assertThatThrownBy(() -> Fft.holding(0)).hasMessageContaining("length");
    assertThatThrownBy(() -> new Fft(4).forward(new double[4], new double[3]))
        .hasMessage("im must be of length 4, got length 3");
  }

  private static double[] normals(int size, String name) {
    double[] x = new double[size];
    Seed.of(1).child(name).random().fillGaussian(x, 0, size);
    return x;
  }
}
