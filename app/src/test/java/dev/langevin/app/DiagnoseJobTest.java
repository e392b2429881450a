package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnoseJobTest {
  @TempDir Path temp;
  Path draws;
  Recorder sampled;

  @BeforeEach
  void sample() {
    draws = temp.resolve("draws");
    sampled = new Recorder();
    SampleSettings settings = SampleJobTest.small("hmc");
    App.run(new SampleJob("eight-schools", settings, 2, Optional.of(draws), false, false), sampled);
  }

  Recorder diagnose(Path... inputs) {
    Recorder console = new Recorder();
    DiagnoseJob job = new DiagnoseJob(List.of(inputs), Optional.empty(), false);
    assertThat(App.run(job, console)).isZero();
    return console;
  }

  static List<String> table(Recorder console) {
    int header = 0;
    while (!console.lines.get(header).startsWith("quantity")) {
      header++;
    }
    int end = header;
    while (!console.lines.get(end).isEmpty()) {
      end++;
    }
    return console.lines.subList(header, end);
  }

  @Test
  void says_the_same_as_the_run_whatever_the_format() {
    List<String> said = table(sampled);
    assertThat(said).hasSizeGreaterThan(5);
    assertThat(table(diagnose(draws))).isEqualTo(said);
    assertThat(table(diagnose(draws.resolve("draws.zarr")))).isEqualTo(said);
    assertThat(
            table(
                diagnose(
                    draws.resolve("chain-1.csv"),
                    draws.resolve("chain-2.csv"),
                    draws.resolve("chain-3.csv"))))
        .isEqualTo(said);
  }

  @Test
  void reads_a_folder_of_stan_files_without_the_summary() throws IOException {
    Path bare = Files.createDirectory(temp.resolve("bare"));
    for (String name : List.of("chain-1.csv", "chain-2.csv", "chain-3.csv", "summary.csv")) {
      Files.copy(draws.resolve(name), bare.resolve(name));
    }
    assertThat(table(diagnose(bare))).isEqualTo(table(sampled));
  }

  @Test
  void draws_pictures_where_it_is_told_to() {
    Path plots = temp.resolve("plots");
    DiagnoseJob job = new DiagnoseJob(List.of(draws), Optional.of(plots), true);
    assertThat(App.run(job, Console.silent())).isZero();
    assertThat(plots).isDirectoryContaining("glob:**/pairs.png");
  }

  @Test
  void a_folder_without_draws_is_a_user_error() throws IOException {
    Path empty = Files.createDirectory(temp.resolve("empty"));
    Recorder console = new Recorder();
    assertThat(App.run(new DiagnoseJob(List.of(empty), Optional.empty(), false), console))
        .isEqualTo(2);
    assertThat(console.errors).hasSize(1);
    assertThat(console.errors.get(0)).startsWith(empty + ": ");
  }
}
