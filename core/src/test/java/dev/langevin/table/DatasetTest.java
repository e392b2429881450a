package dev.langevin.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.langevin.math.NamedArray;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetTest {
  private static final double[] SIX = {1, 2, 3, 4, 5, 6};

  @Test
  void rows_and_width_follow_from_the_shape() {
    Dataset points = new Dataset("p", new int[] {2}, List.of("x", "y"), SIX, new int[] {0, 1, 0});
    assertThat(points.rows()).isEqualTo(3);
    assertThat(points.width()).isEqualTo(2);
    assertThat(points.isImages()).isFalse();
    assertThat(Dataset.of("i", new int[] {1, 2, 3}, SIX).isImages()).isTrue();
  }

  @Test
  void selected_rows_keep_their_labels_and_order() {
    Dataset chosen =
        new Dataset("p", new int[] {2}, List.of(), SIX, new int[] {7, 8, 9}).select(2, 0);
    assertThat(chosen.values()).containsExactly(5, 6, 1, 2);
    assertThat(chosen.labels()).containsExactly(9, 7);
  }

  @Test
  void values_that_do_not_fill_rows_or_are_not_finite_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dataset.of("p", new int[] {4}, SIX))
        .withMessageContaining("do not fill");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dataset.of("p", new int[] {1}, new double[] {Double.NaN}))
        .withMessageContaining("p[0] must be finite");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Dataset("p", new int[] {2}, List.of(), SIX, new int[2]))
        .withMessageContaining("2 labels for 3 rows");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NamedArray.size(2, -1))
        .withMessageContaining("negative");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NamedArray("w", new int[] {2, 2}, new float[3]))
        .withMessageContaining("w has shape [2, 2]");
  }
}
