package dev.langevin.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.math.NamedArray;
import dev.langevin.random.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutTest {
  private final Layout layout = new Layout();

  LayoutTest() {
    layout.normal("a.weight", 0.5, 40, 50);
    layout.constant("a.bias", 1, 3);
    layout.normal("b.weight", 0, 2, 2);
  }

  @Test
  void startValuesHaveTheMeanAndDeviationAskedFor() {
    float[] start = layout.start(Seed.of(1));
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 2000; i++) {
      sum += start[i];
      squares += start[i] * start[i];
    }
    // 2000 draws: standard errors 0.011 and 0.0056; five of them, false alarm below 1e-5
    assertThat(sum / 2000).isCloseTo(0, within(0.056));
    assertThat(squares / 2000).isCloseTo(0.25, within(0.04));
    assertThat(List.of(start[2000], start[2001], start[2002])).containsOnly(1f);
    assertThat(List.of(start[2003], start[2006])).containsOnly(0f);
  }

  @Test
  void oneMoreWeightDoesNotMoveTheOthers() {
    Layout longer = new Layout();
    longer.normal("new.weight", 1, 5);
    longer.normal("a.weight", 0.5, 40, 50);
    float[] start = longer.start(Seed.of(1));
    assertThat(java.util.Arrays.copyOfRange(start, 5, 2005))
        .isEqualTo(java.util.Arrays.copyOf(layout.start(Seed.of(1)), 2000));
  }

  @Test
  void whatIsSplitCanBeJoinedInAnyOrder() {
    float[] values = layout.start(Seed.of(2));
    List<NamedArray> arrays = new ArrayList<>(layout.split("x.", values));
    Collections.reverse(arrays);
    arrays.add(new NamedArray("other", new int[] {1}, new float[1]));
    assertThat(layout.join("x.", arrays)).isEqualTo(values);
  }

  @Test
  void missingUnknownAndMisshapenArraysAreNamed() {
    List<NamedArray> arrays = layout.split("", layout.start(Seed.of(2)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layout.join("", arrays.subList(0, 2)))
        .withMessageContaining("b.weight");
    List<NamedArray> more = new ArrayList<>(arrays);
    more.add(new NamedArray("c", new int[] {1}, new float[1]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layout.join("", more))
        .withMessageContaining("c");
    List<NamedArray> turned = new ArrayList<>(arrays);
    turned.set(0, new NamedArray("a.weight", new int[] {50, 40}, new float[2000]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layout.join("", turned))
        .withMessageContaining("a.weight")
        .withMessageContaining("[40, 50]");
  }

  @Test
  void theFirstWeightThatIsNotFiniteIsNamed() {
    float[] values = layout.start(Seed.of(2));
    assertThat(layout.firstNotFinite(values)).isNull();
    values[2001] = Float.NaN;
    assertThat(layout.firstNotFinite(values)).isEqualTo("a.bias");
  }
}
