package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void aligns_names_to_the_left_and_numbers_to_the_right() {
    Table table =
        new Table(
            List.of("name", "n", "what"),
            List.of(List.of("a", "-1.5", "short"), List.of("bcdef", "100", "longer words")));
    assertThat(table.lines())
        .containsExactly("name      n  what", "a      -1.5  short", "bcdef   100  longer words");
  }

  @Test
  void a_missing_number_does_not_turn_its_column_into_text() {
    Table table =
        new Table(List.of("q", "mean"), List.of(List.of("x", "-"), List.of("y", "12.25")));
    assertThat(table.lines()).containsExactly("q   mean", "x      -", "y  12.25");
  }

  @Test
  void refuses_rows_of_another_length() {
    List<List<String>> rows = List.of(List.of("a"));
    assertThatThrownBy(() -> new Table(List.of("x", "y"), rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 cells");
  }
}
