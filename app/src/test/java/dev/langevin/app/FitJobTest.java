package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.io.InputError;
import dev.langevin.io.ReadOptions;
import dev.langevin.io.Safetensors;
import dev.langevin.math.NamedArray;
import dev.langevin.objective.DenoisingObjective;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FitJobTest {
  @TempDir Path folder;

  private static byte[] weights(Path model) throws IOException {
    return Files.readAllBytes(model.resolve(ModelFolder.WEIGHTS));
  }

  private static Safetensors training(Path model) {
    return Safetensors.read(model.resolve(ModelFolder.TRAINING));
  }

  @Test
  void aRunThatIsKilledAndResumedEndsWithTheSameWeightsToTheLastBit() throws IOException {
    DataSource data = Toys.source(Toys.table(folder));
    Path whole = folder.resolve("whole");
    Path killed = folder.resolve("killed");
    Toys.learn(Toys.fit(data, 25, whole), new Recorder());
    FitJob job = Toys.fit(data, 25, killed);
    for (int death : new int[] {1, 8, 17}) {
      assertThatThrownBy(() -> Toys.learn(job, new Recorder().dyingAt(death)))
          .isInstanceOf(Recorder.Killed.class);
    }
    Recorder console = new Recorder();
    assertThat(Toys.learn(job, console)).isEqualTo(Ending.FINISHED);
    assertThat(console.text()).contains("Resuming at step 16 of 25.");
    assertThat(weights(killed)).isEqualTo(weights(whole));
    assertThat(training(killed).arrays()).isEqualTo(training(whole).arrays());
    assertThat(new ModelFolder(killed).saved(new ModelFolder(killed).config()).history().entries())
        .isEqualTo(
            new ModelFolder(whole).saved(new ModelFolder(whole).config()).history().entries());
  }

  @Test
  void aRunThatIsStoppedKeepsItsLastStepAndResumes() throws IOException {
    DataSource data = Toys.images(folder);
    Path whole = folder.resolve("whole");
    Path stopped = folder.resolve("stopped");
    Toys.fit(data, 12, whole).run(new Recorder());
    Recorder console = new Recorder().stoppingAt(5);
    FitJob job = Toys.fit(data, 12, stopped);
    assertThat(job.run(console)).isEqualTo(Ending.STOPPED);
    assertThat(console.text()).contains("Stopped at step 5 of 12").contains("same command resumes");
    job.run(new Recorder());
    assertThat(weights(stopped)).isEqualTo(weights(whole));
  }

  @Test
  void twoRunsOfTheSameSeedWriteTheSameFilesAndAnotherSeedDoesNot() throws IOException {
    DataSource data = Toys.source(Toys.table(folder));
    Toys.fit(data, 6, folder.resolve("a")).run(new Recorder());
    Toys.fit(data, 6, folder.resolve("b")).run(new Recorder());
    assertThat(weights(folder.resolve("a"))).isEqualTo(weights(folder.resolve("b")));
    assertThat(folder.resolve("a").resolve(ModelFolder.CONFIG))
        .hasSameBinaryContentAs(folder.resolve("b").resolve(ModelFolder.CONFIG));
    FitSettings other = FitSettings.ofSteps(6, 6).withSize(8).withBatch(16);
    new FitJob(data, other, 1, folder.resolve("c"), false).run(new Recorder());
    assertThat(weights(folder.resolve("c"))).isNotEqualTo(weights(folder.resolve("a")));
  }

  @Test
  void theNumberOfThreadsChangesNothing() throws IOException {
    DataSource data = Toys.images(folder);
    for (int threads : new int[] {1, 2}) {
      Path model = folder.resolve("threads-" + threads);
      new FitJob(data, Toys.settings(6), threads, model, false).run(new Recorder());
      GenerateJob one = Toys.generate(model, 30, folder.resolve(threads + ".npy"));
      new GenerateJob(one.model(), 30, one.how(), 16, 7, threads, one.out()).run(new Recorder());
    }
    assertThat(weights(folder.resolve("threads-2")))
        .isEqualTo(weights(folder.resolve("threads-1")));
    assertThat(folder.resolve("2.npy")).hasSameBinaryContentAs(folder.resolve("1.npy"));
  }

  @Test
  void aFinishedModelSaysSoAndGoesOnWhenMoreIsAskedFor() throws IOException {
    DataSource data = Toys.source(Toys.table(folder));
    Path model = folder.resolve("model");
    Toys.fit(data, 5, model).run(new Recorder());
    byte[] before = weights(model);
    Recorder again = new Recorder();
    assertThat(Toys.fit(data, 5, model).run(again)).isEqualTo(Ending.FINISHED);
    assertThat(again.text()).contains("is finished: 5 steps");
    assertThat(weights(model)).isEqualTo(before);
    Recorder more = new Recorder();
    Toys.fit(data, 8, model).run(more);
    assertThat(more.text()).contains("Resuming at step 5 of 8.");
    assertThat(training(model).metadata()).containsEntry("step", "8");
  }

  @Test
  void minutesBecomeStepsThatAreRecorded() throws IOException {
    DataSource data = Toys.source(Toys.table(folder));
    Path model = folder.resolve("model");
    FitSettings brief =
        new FitSettings(
            OptionalLong.empty(),
            OptionalDouble.of(0.01),
            5,
            OptionalInt.of(16),
            OptionalDouble.of(1e-3),
            OptionalInt.of(8),
            0.2);
    new FitJob(data, brief, 1, model, false).run(new Recorder());
    ModelConfig config = new ModelFolder(model).config();
    long done = Long.parseLong(training(model).metadata().get("step"));
    assertThat(done).isBetween(1L, config.training().steps());
    assertThat(config.training().learningRate()).isEqualTo(1e-3);
    assertThat(config.holdout()).isEqualTo(0.2);
    assertThat(config.budget().minutes()).hasValue(0.01);
  }

  @Test
  void anotherSettingInTheSameFolderIsRefusedByName() throws IOException {
    DataSource data = Toys.source(Toys.table(folder));
    Path model = folder.resolve("model");
    Toys.fit(data, 3, model).run(new Recorder());
    FitJob other = new FitJob(data, Toys.settings(3).withBatch(8), 1, model, false);
    assertThatThrownBy(() -> other.run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("training.batch = 16, not 8")
        .hasMessageContaining("--fresh");
    FitJob otherData = Toys.fit(Toys.images(folder), 3, model);
    assertThatThrownBy(() -> otherData.run(new Recorder()))
        .hasMessageContaining("learned from other data");
    FitJob anew = new FitJob(data, Toys.settings(3).withBatch(8), 1, model, true);
    assertThat(anew.run(new Recorder())).isEqualTo(Ending.FINISHED);
    assertThat(new ModelFolder(model).config().training().batch()).isEqualTo(8);
  }

  @Test
  void twoRunsDoNotWorkInOneFolderAtTheSameTime() throws IOException {
    DataSource data = Toys.source(Toys.table(folder));
    Path model = folder.resolve("model");
    Toys.fit(data, 3, model).run(new Recorder());
    try (FileChannel held = new ModelFolder(model).lock()) {
      assertThat(held.isOpen()).isTrue();
      assertThatThrownBy(() -> Toys.fit(data, 6, model).run(new Recorder()))
          .isInstanceOf(InputError.class)
          .hasMessageContaining("another 'langevin fit' is at work");
    }
    assertThat(Toys.fit(data, 6, model).run(new Recorder())).isEqualTo(Ending.FINISHED);
  }

  @Test
  void aModelThatWasCutOffOrChangedIsRefusedWithARemedy() throws IOException {
    DataSource data = Toys.source(Toys.table(folder));
    Path model = folder.resolve("model");
    Toys.fit(data, 3, model).run(new Recorder());
    Path training = model.resolve(ModelFolder.TRAINING);
    byte[] whole = Files.readAllBytes(training);
    Files.write(training, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> Toys.fit(data, 6, model).run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining(ModelFolder.TRAINING);
    Files.write(training, whole);
    Path config = model.resolve(ModelFolder.CONFIG);
    String text = Files.readString(config);
    Files.writeString(config, text.replace("\"width\" : 8", "\"width\" : 10"));
    assertThatThrownBy(() -> Toys.generate(model, 3, folder.resolve("x.csv")).run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining(ModelFolder.WEIGHTS)
        .hasMessageContaining("--fresh");
    Files.writeString(config, text.substring(0, 100));
    assertThatThrownBy(() -> Toys.fit(data, 6, model).run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining(ModelFolder.CONFIG);
    Files.writeString(config, text.replace("\"format\" : 1", "\"format\" : 9"));
    assertThatThrownBy(() -> Toys.fit(data, 6, model).run(new Recorder()))
        .hasMessageContaining("has format 9");
  }

  @Test
  void aFolderOfSomethingElseIsLeftAlone() throws IOException {
    Path thesis = Files.createDirectory(folder.resolve("thesis"));
    Files.writeString(thesis.resolve("chapter.tex"), "precious");
    DataSource data = Toys.source(Toys.table(folder));
    FitJob job = new FitJob(data, Toys.settings(3), 1, thesis, true);
    assertThatThrownBy(() -> job.run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("holds no model");
    assertThat(thesis.resolve("chapter.tex")).hasContent("precious");
  }

  @Test
  void aLearningRateThatIsTooLargeIsTheUsersToMend() throws IOException {
    DataSource data = Toys.source(Toys.table(folder));
    FitSettings wild =
        new FitSettings(
            OptionalLong.of(300),
            OptionalDouble.empty(),
            5,
            OptionalInt.of(16),
            OptionalDouble.of(1e30),
            OptionalInt.of(8),
            0.1);
    FitJob job = new FitJob(data, wild, 1, folder.resolve("wild"), false);
    assertThatThrownBy(() -> job.run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("--learning-rate");
  }

  @Test
  void aConstantColumnIsWarnedOf() throws IOException {
    Path file = folder.resolve("flat.csv");
    Files.writeString(file, "a,b\n" + "1.5,3\n2.5,3\n0.25,3\n".repeat(10));
    Recorder console = new Recorder();
    Toys.fit(DataSource.of(file.toString()), 2, folder.resolve("model")).run(console);
    assertThat(console.warnings).hasSize(1);
    assertThat(console.warnings.get(0)).contains("column b").contains("one value only");
  }

  @Test
  void nonsenseInTheSettingsIsRefusedByName() {
    assertThatThrownBy(() -> Toys.settings(0)).hasMessage("steps must be at least 1, got 0");
    assertThatThrownBy(() -> Toys.settings(5).withSize(7)).hasMessage("size must be even, got 7");
    assertThatThrownBy(() -> Toys.settings(5).withBatch(0)).hasMessageStartingWith("batch must be");
    assertThatThrownBy(
            () ->
                new FitSettings(
                    OptionalLong.of(5),
                    OptionalDouble.of(1),
                    1,
                    OptionalInt.empty(),
                    OptionalDouble.empty(),
                    OptionalInt.empty(),
                    0.1))
        .hasMessage("steps must be left out where minutes are given");
    assertThatThrownBy(() -> FitSettings.holdout(1)).hasMessageStartingWith("holdout must be");
  }

  @Test
  void dataThatAreNotCleanAreRefusedInOneLine() throws IOException {
    String[][] cases = {
      {"a,b\n1,2\n3,NaN\n", "bad.csv:3"},
      {"a,b\n1,2\n3\n", "bad.csv:3"},
      {"a,b\n1,2\n", "at least 2"},
    };
    for (String[] one : cases) {
      Path file = Files.writeString(folder.resolve("bad.csv"), one[0]);
      FitJob job = Toys.fit(DataSource.of(file.toString()), 3, folder.resolve("model"));
      Recorder console = new Recorder();
      assertThat(App.run(job, console)).isEqualTo(2);
      assertThat(console.errors).hasSize(1);
      assertThat(console.errors.get(0)).contains(one[1]).doesNotContain("\n");
    }
    FitJob unknown =
        Toys.fit(
            new DataSource(
                Toys.table(folder).toString(), ReadOptions.defaults().withLabel("colour")),
            3,
            folder.resolve("model"));
    assertThatThrownBy(() -> unknown.run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("colour");
    FitJob missing = Toys.fit(DataSource.of("nowhere.csv"), 3, folder.resolve("model"));
    assertThatThrownBy(() -> missing.run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("nowhere.csv: there is no such file");
    FitJob nowhere =
        Toys.fit(Toys.source(Toys.table(folder)), 3, folder.resolve("no").resolve("model"));
    assertThatThrownBy(() -> nowhere.run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("mkdir -p");
    assertThat(folder.resolve("model")).doesNotExist();
  }

  @Test
  void anyObjectiveIsKeptWithTheModelAndResumedAndGeneratedFrom() throws IOException {
    DataSource data = Toys.images(folder);
    List<LearningSettings> ways =
        List.of(
            way("v", "min-snr", "log-uniform", "importance"),
            way("smld", "simple", "ladder", "independent"),
            way("ddpm", "likelihood", "uniform", "spread"));
    for (LearningSettings way : ways) {
      Path whole = folder.resolve("whole-" + way.objective().orElseThrow());
      Path killed = folder.resolve("killed-" + way.objective().orElseThrow());
      FitSettings settings = Toys.settings(10).with(way);
      new FitJob(data, settings, 1, whole, false).run(new Recorder());
      FitJob job = new FitJob(data, settings, 1, killed, false);
      assertThatThrownBy(() -> Toys.learn(job, new Recorder().dyingAt(6)))
          .isInstanceOf(Recorder.Killed.class);
      Toys.learn(job, new Recorder());
      assertThat(weights(killed)).isEqualTo(weights(whole));
      assertThat(new ModelFolder(killed).config().training().objective())
          .isInstanceOf(DenoisingObjective.class);
      Toys.generate(whole, 3, folder.resolve(whole.getFileName() + ".npy")).run(new Recorder());
      FitJob usual = new FitJob(data, Toys.settings(10), 1, whole, false);
      assertThatThrownBy(() -> usual.run(new Recorder()))
          .hasMessageContaining("began with training.objective.");
    }
    assertThatThrownBy(() -> way("eps", "simple", "uniform", "spread"))
        .hasMessage(
            "objective must be edm, ddpm, x0, v, score, smld, autoencoder, implicit, sliced or cd, got eps");
    assertThatThrownBy(() -> way("smld", "likelihood", "ladder", "spread"))
        .hasMessageContaining("no density");
    assertThatThrownBy(() -> way("v", "plain", "uniform", "often"))
        .hasMessage("level draws must be one of spread, independent, importance, got often");
  }

  private static LearningSettings way(
      String objective, String weighting, String levels, String draws) {
    return new LearningSettings(
        Optional.of(objective),
        Optional.of(weighting),
        Optional.of(levels),
        draws,
        "bf16",
        2,
        true,
        0.5);
  }

  @Test
  void aRunThatLeavesTheFiniteNumbersKeepsItsLastGoodCheckpointAndNamesTheTensor()
      throws IOException {
    DataSource data = Toys.source(Toys.table(folder));
    Path model = folder.resolve("model");
    Toys.fit(data, 4, model).run(new Recorder());
    Safetensors good = training(model);
    for (NamedArray array : good.arrays()) {
      if (array.name().equals("model.blocks.0.linear_1.weight")) {
        array.values()[1] = Float.NaN; // planted
      }
    }
    Safetensors.write(model.resolve(ModelFolder.TRAINING), good.arrays(), good.metadata());
    byte[] weights = weights(model);
    byte[] planted = Files.readAllBytes(model.resolve(ModelFolder.TRAINING));
    assertThatThrownBy(() -> Toys.learn(Toys.fit(data, 9, model), new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("at step 4 in blocks.0.linear_1.weight");
    assertThat(weights(model)).isEqualTo(weights);
    assertThat(Files.readAllBytes(model.resolve(ModelFolder.TRAINING))).isEqualTo(planted);
  }

  @Test
  void aModelOfImagesShowsWhatItWouldGenerateFromBothKindsOfWeights() throws IOException {
    Path model = folder.resolve("model");
    FitSettings eager = // moves far in few steps, so that the average stays behind
        new FitSettings(
            OptionalLong.of(40),
            OptionalDouble.empty(),
            5,
            OptionalInt.of(16),
            OptionalDouble.of(0.02),
            OptionalInt.of(8),
            0.1);
    FitJob job = new FitJob(Toys.images(folder), eager, 1, model, false);
    job.run(new Recorder());
    byte[] averaged = Files.readAllBytes(model.resolve(Preview.AVERAGED));
    byte[] raw = Files.readAllBytes(model.resolve(Preview.RAW));
    assertThat(raw).isNotEqualTo(averaged);
    assertThat(ImageIO.read(model.resolve(Preview.RAW).toFile()).getWidth()).isGreaterThan(16);
    new FitJob(job.data(), job.settings(), 1, model, true).run(new Recorder()); // anew
    assertThat(Files.readAllBytes(model.resolve(Preview.AVERAGED))).isEqualTo(averaged);
    Path table = folder.resolve("table");
    Toys.fit(Toys.source(Toys.table(folder)), 3, table).run(new Recorder());
    assertThat(table.resolve(Preview.AVERAGED)).doesNotExist();
  }
}
