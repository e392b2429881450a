package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AppTest {
  @Test
  void a_job_that_refuses_its_settings_is_a_user_error_of_one_line() {
    Recorder console = new Recorder();
    int status =
        App.run(
            () -> {
              throw new IllegalArgumentException("draws must be at least 1,\n got 0");
            },
            console);
    assertThat(status).isEqualTo(App.USER_ERROR);
    assertThat(console.errors).containsExactly("draws must be at least 1, got 0");
  }

  @Test
  void a_missing_file_is_a_user_error_that_names_it() {
    Recorder console = new Recorder();
    DiagnoseJob job = new DiagnoseJob(List.of(Path.of("no-such-folder")), Optional.empty(), false);
    assertThat(App.run(job, console)).isEqualTo(App.USER_ERROR);
    assertThat(console.errors).hasSize(1);
    assertThat(console.errors.get(0)).startsWith("no-such-folder: ");
  }

  @Test
  void a_bug_is_not_hidden() {
    // While the job runs, an IllegalArgumentException is nothing that the user's settings can be
    // blamed for.
    Console broken =
        new Recorder() {
          @Override
          public void line(String text) {
            throw new IllegalArgumentException("text must be shorter");
          }
        };
    assertThatThrownBy(() -> App.run(new TargetsJob(), broken))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
