package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({"0.12, 2", "0.012, 3", "1.2, 1", "12, 0", "1200, 0", "1e-9, 6", "0, 3", "NaN, 3"})
  void an_error_is_shown_with_two_digits(double error, int decimals) {
    assertThat(Numbers.decimals(error)).isEqualTo(decimals);
  }

  @ParameterizedTest
  @CsvSource({
    "1.2345, 2, 1.23",
    "-0.001, 2, 0.00",
    "-0.4, 0, 0",
    "NaN, 2, -",
    "Infinity, 1, inf",
    "-Infinity, 1, -inf",
    "123456789, 0, 1.23e+08",
    "0.0000123, 6, 1.23e-05"
  })
  void values_are_shown_with_as_many_decimals_as_said(double value, int decimals, String text) {
    assertThat(Numbers.fixed(value, decimals)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0.01234, 0.0123", "4.5678, 4.57", "789.4, 789", "12345, 12345", "0, 0"})
  void brief_numbers_have_three_digits(double value, String text) {
    assertThat(Numbers.brief(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0.84, 0.8 s", "42.3, 42 s", "200, 3 min 20 s"})
  void durations_read_as_people_say_them(double seconds, String text) {
    assertThat(Numbers.seconds(seconds)).isEqualTo(text);
  }
}
