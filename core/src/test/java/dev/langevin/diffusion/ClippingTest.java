package dev.langevin.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ClippingTest {
  private static double[] clipped(Clipping clipping, int rows, double... values) {
    double[] out = values.clone();
    clipping.apply(out, rows, values.length / rows, new double[values.length / rows]);
    return out;
  }

  @Test
  void clamping_keeps_what_is_inside() {
    assertThat(clipped(new Clipping.Clamp(0.5), 2, -0.4, 0.6, -0.7, 0.5))
        .containsExactly(-0.4, 0.5, -0.5, 0.5);
  }

  /** |values| sorted: 0.5, 1, 2, 4; the quantile 0.5 lies between 1 and 2. */
  @Test
  void dynamic_thresholding_divides_each_row_by_its_own_quantile() {
    double[] rows = {-4, 1, 0.5, 2, 0.1, -0.2, 0.3, 0.4};
    double[] out = clipped(new Clipping.Dynamic(0.5, 10), 2, rows);
    double[] expected = {-1, 1 / 1.5, 0.5 / 1.5, 1, 0.1, -0.2, 0.3, 0.4}; // the second is within 1
    assertThat(out).containsExactly(expected, within(1e-15));
    assertThat(clipped(new Clipping.Dynamic(0.5, 1.2), 2, rows)[1])
        .isCloseTo(1 / 1.2, within(1e-15));
    assertThat(clipped(new Clipping.Dynamic(0.9, 1), 2, rows))
        .isEqualTo(clipped(new Clipping.Clamp(1), 2, rows));
  }

  @Test
  void a_clipped_denoiser_clips_its_rows_and_no_others() {
    Denoiser plain =
        new Denoiser() {
          @Override
          public int dimension() {
            return 2;
          }

          @Override
          public void denoise(double[] y, int rows, double sigma, double[] out) {
            for (int i = 0; i < 2 * rows; i++) {
              out[i] = y[i] / sigma;
            }
          }
        };
    double[] out = {9, 9, 9, 9};
    ClippedDenoiser clipped = new ClippedDenoiser(plain, new Clipping.Clamp(1));
    clipped.denoise(new double[] {1, -4, 5, 5}, 1, 2, out);
    assertThat(out).containsExactly(0.5, -1, 9, 9);
    assertThat(clipped.dimension()).isEqualTo(2);
  }

  @Test
  void nonsense_is_refused() {
    assertThatThrownBy(() -> new Clipping.Clamp(0)).hasMessageStartingWith("range must be");
    assertThatThrownBy(() -> new Clipping.Dynamic(1.1, 1)).hasMessageStartingWith("ratio must be");
    assertThatThrownBy(() -> new Clipping.Dynamic(0.5, 0.9))
        .hasMessage("most must be at least 1, got 0.9");
  }
}
