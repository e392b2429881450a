package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langevin.chain.Draws;
import dev.langevin.io.Json;
import dev.langevin.random.Seed;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class DrawsReportTest {
  /** {@code good} is independent, {@code slow} remembers, {@code "far,off"} has a chain elsewhere, {@code still} does not move. */
  private static DrawsReport report() {
    RandomGenerator random = Seed.of(2).random();
    double[][][] values = new double[4][4][500];
    for (int c = 0; c < 4; c++) {
      for (int n = 0; n < 500; n++) {
        values[c][0][n] = random.nextGaussian();
        double before = n == 0 ? 0 : values[c][1][n - 1];
        values[c][1][n] = 0.8 * before + 0.6 * random.nextGaussian();
        values[c][2][n] = random.nextGaussian() + (c == 3 ? 3 : 0);
        values[c][3][n] = 7;
      }
    }
    return DrawsReport.of(
        new Draws(
            List.of("good", "slow", "far,off", "still"), values, List.of(), new double[4][0][]));
  }

  @Test
  void what_deserves_a_look_comes_first() {
    assertThat(report().doubtful(4)).containsExactly("far,off", "slow", "good", "still");
    assertThat(report().shown(2)).containsExactly("far,off", "slow");
    assertThat(report().shown(4)).containsExactly("good", "slow", "far,off", "still");
  }

  @Test
  void the_table_shows_what_is_not_known_as_a_dash() {
    Recorder console = new Recorder();
    report().show(console, false);
    String still = console.lines.get(4);
    assertThat(still).startsWith("still").contains(" 7.000").endsWith("-");
    assertThat(console.text()).contains("R-hat");
  }

  @Test
  void the_csv_has_every_digit_and_quotes_names_with_commas() {
    DrawsReport report = report();
    List<String> lines = report.csv(List.of("one", "two")).lines().toList();
    assertThat(lines).hasSize(7);
    assertThat(lines.get(0)).isEqualTo("# one");
    assertThat(lines.get(5)).startsWith("\"far,off\",");
    assertThat(lines.get(3)).startsWith("good," + report.summaries().get(0).mean() + ",");
    assertThat(lines.get(6)).startsWith("still,7.0,").endsWith(",");
  }

  @Test
  void the_map_is_ready_for_json() {
    Map<String, Object> map = report().toMap();
    assertThat(map).containsEntry("chains", 4).containsEntry("draws", 500);
    assertThat(Json.text(map)).contains("\"far,off\"", "\"r_hat\" : null");
  }
}
