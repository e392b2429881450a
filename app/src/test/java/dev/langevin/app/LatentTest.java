package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.io.Datasets;
import dev.langevin.io.InputError;
import dev.langevin.io.Npy;
import dev.langevin.io.Provenance;
import dev.langevin.table.Dataset;
import dev.langevin.tensor.Autoencoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatentTest {
  @TempDir Path folder;

  private FitJob encoder(DataSource data, long steps, Path out) {
    LearningSettings how =
        new LearningSettings(
            Optional.of("autoencoder"),
            Optional.empty(),
            Optional.empty(),
            "spread",
            "fp32",
            1,
            false,
            0);
    return new FitJob(data, Toys.settings(steps).with(how), 1, out, false);
  }

  private static byte[] weights(Path model) throws IOException {
    return Files.readAllBytes(model.resolve(ModelFolder.WEIGHTS));
  }

  @Test
  void anAutoencoderResumesToTheLastBitAndNamesWhatItLoses() throws IOException {
    DataSource data = Toys.images(folder);
    Path whole = folder.resolve("whole");
    Path killed = folder.resolve("killed");
    Recorder console = new Recorder();
    encoder(data, 12, whole).run(console);
    assertThat(console.text())
        .containsPattern("loses -?\\d+\\.\\d\\d dB PSNR")
        .contains("--latent");
    assertThatThrownBy(() -> encoder(data, 12, killed).run(new Recorder().dyingAt(5)))
        .isInstanceOf(Recorder.Killed.class);
    encoder(data, 12, killed).run(new Recorder());
    assertThat(weights(killed)).isEqualTo(weights(whole));
    ModelConfig config = new ModelFolder(whole).config();
    assertThat(config.training().architecture()).isInstanceOf(Autoencoder.class);
    try (Latent latent = Latent.of(whole)) {
      Dataset images = data.read();
      Dataset z = latent.encode(images);
      assertThat(z.shape()).containsExactly(4, 1, 1);
      double[] back = latent.decode(z.values());
      double sum = 0;
      for (int i = 0; i < back.length; i++) {
        sum += Math.pow((back[i] - images.values()[i]) / 9, 2) / back.length; // grey values 0 … 9
      }
      assertThat(latent.error(images)).isCloseTo(sum, within(1e-12));
    }
  }

  @Test
  void aModelOfLatentsGeneratesImagesByItself() throws IOException {
    DataSource data = Toys.images(folder);
    Path code = folder.resolve("code");
    Path model = folder.resolve("model");
    encoder(data, 6, code).run(new Recorder());
    DataSource latents = data.withLatent(code);
    Toys.fit(latents, 6, model).run(new Recorder());
    try (var files = Files.walk(code)) {
      files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
    Path out = folder.resolve("fresh.npy");
    Toys.generate(model, 30, out, folder.resolve("fresh.png")).run(new Recorder());
    Dataset fresh = Datasets.read(out);
    assertThat(fresh.shape()).containsExactly(1, 4, 4);
    assertThat(fresh.values()).hasSize(480);
    for (double value : fresh.values()) {
      assertThat(value).isBetween(0.0, 9.0).isEqualTo(Math.rint(value));
    }
    ModelConfig config = new ModelFolder(model).config();
    double square = 0;
    for (float z : config.scaling().toNetwork(data.withLatent(model).read().values())) {
      square += z * z / 240.0;
    }
    assertThat(Math.sqrt(square)).as("latents are scaled").isCloseTo(0.5, within(0.1));
  }

  @Test
  void aModelOfLatentsIsDistilledAsAnyOther() throws IOException {
    DataSource data = Toys.images(folder);
    Path code = folder.resolve("code");
    Path model = folder.resolve("model");
    Path fast = folder.resolve("fast");
    encoder(data, 4, code).run(new Recorder());
    Toys.fit(data.withLatent(code), 4, model).run(new Recorder());
    new DistillJob(
            model,
            Optional.of(data),
            FitSettings.ofSteps(3, 1),
            DistillJob.recipe(5, "squared"),
            0,
            1,
            fast,
            false)
        .run(new Recorder());
    Path out = folder.resolve("fresh.npy");
    SolverSettings one = SolverSettings.of(SolverSettings.SOLVER, OptionalInt.of(1));
    new GenerateJob(fast.toString(), 5, one, 5, 7, 1, List.of(out)).run(new Recorder());
    assertThat(Datasets.read(out).shape()).containsExactly(1, 4, 4);
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() throws IOException {
    DataSource data = Toys.images(folder);
    Path code = folder.resolve("code");
    encoder(data, 2, code).run(new Recorder());
    assertThatThrownBy(() -> ModelSource.open(code.toString()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("nothing is generated")
        .hasMessageContaining("--latent");
    Path model = folder.resolve("model");
    Toys.fit(data, 2, model).run(new Recorder());
    assertThatThrownBy(() -> data.withLatent(model).read())
        .hasMessageContaining("is no autoencoder");
    assertThatThrownBy(() -> Toys.fit(data.withLatent(code), 2, model).run(new Recorder()))
        .hasMessageContaining("learned from other data");
    Path odd = folder.resolve("odd.npy");
    Provenance made = new Provenance("test", "test", 0, Map.of(), Map.of());
    Npy.write(odd, Dataset.of("odd", new int[] {1, 6, 4}, new double[240]), made);
    DataSource other = DataSource.of(odd.toString());
    assertThatThrownBy(() -> encoder(other, 2, folder.resolve("z")).run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("must be divisible by 4");
    assertThatThrownBy(() -> other.withLatent(code).read())
        .hasMessageContaining("the autoencoder knows images of 1×4×4");
    assertThatThrownBy(
            () ->
                encoder(Toys.source(Toys.table(folder)), 2, folder.resolve("z"))
                    .run(new Recorder()))
        .hasMessageContaining("must be images");
  }
}
