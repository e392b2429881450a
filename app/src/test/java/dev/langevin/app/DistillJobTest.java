package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.io.Datasets;
import dev.langevin.io.InputError;
import dev.langevin.io.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistillJobTest {
  @TempDir Path folder;

  private DataSource data = DataSource.of(DataSource.DIGITS);

  private Path teacher() throws IOException {
    Path model = folder.resolve("teacher");
    data = Toys.source(Toys.table(folder));
    Toys.fit(data, 12, model).run(new Recorder());
    return model;
  }

  private DistillJob job(Path teacher, long steps, Path out) {
    FitSettings settings =
        FitSettings.ofSteps(steps, 5).with(LearningSettings.USUAL.with("fp32", 0));
    return new DistillJob(
        teacher, Optional.of(data), settings, DistillJob.recipe(6, "squared"), 0.9, 1, out, false);
  }

  private static byte[] weights(Path model) throws IOException {
    return Files.readAllBytes(model.resolve(ModelFolder.WEIGHTS));
  }

  private GenerateJob generate(Path model, SolverSettings how, String out) {
    return new GenerateJob(model.toString(), 30, how, 16, 7, 1, List.of(folder.resolve(out)));
  }

  private static SolverSettings steps(int count) {
    return SolverSettings.of(SolverSettings.SOLVER, OptionalInt.of(count));
  }

  @Test
  void aRunThatIsKilledAndResumedEndsWithTheSameWeightsToTheLastBit() throws IOException {
    Path teacher = teacher();
    Path whole = folder.resolve("whole");
    Path killed = folder.resolve("killed");
    job(teacher, 12, whole).run(new Recorder());
    for (int death : new int[] {1, 5}) {
      assertThatThrownBy(() -> job(teacher, 12, killed).run(new Recorder().dyingAt(death)))
          .isInstanceOf(Recorder.Killed.class);
    }
    Recorder console = new Recorder();
    assertThat(job(teacher, 12, killed).run(console)).isEqualTo(Ending.FINISHED);
    assertThat(console.text())
        .contains("Resuming at step 4 of 12.")
        .contains("Distilled: 12 steps");
    assertThat(weights(killed)).isEqualTo(weights(whole));
    assertThat(Safetensors.read(killed.resolve(ModelFolder.TRAINING)).arrays())
        .isEqualTo(Safetensors.read(whole.resolve(ModelFolder.TRAINING)).arrays());
    Recorder again = new Recorder();
    job(teacher, 12, killed).run(again);
    assertThat(again.text()).contains("is finished: 12 steps");
    assertThat(weights(killed)).as("it has learned").isNotEqualTo(weights(teacher));
  }

  @Test
  void itGeneratesWithAsManyEvaluationsAsSteps() throws IOException {
    Path fast = folder.resolve("fast");
    job(teacher(), 4, fast).run(new Recorder());
    assertThat(Files.readString(fast.resolve(ModelFolder.CONFIG)))
        .contains("langevin distill MODEL --steps 4 --levels 6 --metric squared");
    for (int count : new int[] {1, 2, 4}) {
      Recorder console = new Recorder();
      generate(fast, steps(count), count + ".csv").run(console);
      assertThat(Datasets.read(folder.resolve(count + ".csv")).rows()).isEqualTo(30);
      try (ModelSource model = ModelSource.open(fast.toString())) {
        Map<String, Object> map = SolverSettings.toMap(steps(count).recipe(model));
        assertThat(map)
            .containsEntry("solver", "Consistency[sigmaMin=0.002]")
            .containsEntry("evaluations", (long) count);
      }
    }
    generate(fast, SolverSettings.of("consistency", OptionalInt.of(2)), "named.csv")
        .run(new Recorder());
    assertThat(Datasets.read(folder.resolve("named.csv")).values())
        .isEqualTo(Datasets.read(folder.resolve("2.csv")).values());
  }

  @Test
  void onePairOfSolverAndModelOnly() throws IOException {
    Path teacher = teacher();
    Path fast = folder.resolve("fast");
    job(teacher, 2, fast).run(new Recorder());
    assertThatThrownBy(
            () -> generate(fast, SolverSettings.of("euler"), "x.csv").run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("has one solver")
        .hasMessageContaining("Leave out --solver");
    assertThatThrownBy(
            () -> generate(teacher, SolverSettings.of("consistency"), "x.csv").run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("is a denoiser")
        .hasMessageContaining("langevin distill");
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() throws IOException {
    Path teacher = teacher();
    Path fast = folder.resolve("fast");
    job(teacher, 2, fast).run(new Recorder());
    assertThatThrownBy(() -> job(fast, 2, folder.resolve("twice")).run(new Recorder()))
        .hasMessageContaining("is a consistency function already");
    assertThatThrownBy(() -> job(teacher, 2, teacher).run(new Recorder()))
        .hasMessageContaining("holds a denoiser");
    assertThatThrownBy(() -> Toys.fit(data, 2, fast).run(new Recorder()))
        .hasMessageContaining("holds a consistency function");
    DistillJob other =
        new DistillJob(
            teacher,
            Optional.of(data),
            job(teacher, 2, fast).settings(),
            DistillJob.recipe(7, "squared"),
            0.9,
            1,
            fast,
            false);
    assertThatThrownBy(() -> other.run(new Recorder()))
        .hasMessageContaining("was distilled otherwise");
    data = Toys.images(folder);
    assertThatThrownBy(() -> job(teacher, 2, folder.resolve("z")).run(new Recorder()))
        .hasMessageContaining("is not what the model learned from")
        .hasMessageContaining("--data");
  }

  @Test
  void whatStandsInTheFolderIsReadWithCare() throws IOException {
    Path fast = folder.resolve("fast");
    job(teacher(), 2, fast).run(new Recorder());
    Path file = fast.resolve(Distilled.FILE);
    String text = Files.readString(file);
    assertThat(Distilled.read(fast).orElseThrow().recipe().levels()).isEqualTo(6);
    for (String broken :
        List.of(
            text.replace("\"squared\"", "\"cubed\""),
            text.replaceAll("\"levels\" *: *6", "\"levels\": 1"),
            text.replaceAll("\"sigma_min\" *: *0.002", "\"sigma_min\": 90"),
            "{}",
            "[")) {
      assertThat(broken).isNotEqualTo(text);
      Files.writeString(file, broken);
      assertThatThrownBy(() -> ModelSource.open(fast.toString()))
          .isInstanceOf(InputError.class)
          .hasMessageContaining(Distilled.FILE);
    }
  }
}
