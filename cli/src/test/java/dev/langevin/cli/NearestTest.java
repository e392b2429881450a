package dev.langevin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "abc, abc, 0",
    "abc, acb, 1",
    "abc, ab, 1",
    "abc, abd, 1",
    "kitten, sitting, 3",
    "'', abc, 3"
  })
  void distance_counts_insertions_deletions_substitutions_and_swaps(
      String a, String b, int distance) {
    assertThat(Nearest.distance(a, b)).isEqualTo(distance);
    assertThat(Nearest.distance(b, a)).isEqualTo(distance);
  }

  @Test
  void a_hint_is_given_only_for_what_is_near() {
    List<String> known = List.of("sample", "targets");
    assertThat(Nearest.hint("smaple", known)).isEqualTo("Did you mean sample? ");
    assertThat(Nearest.hint("xyzzy", known)).isEmpty();
  }
}
