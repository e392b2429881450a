package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.io.InputError;
import dev.langevin.io.Safetensors;
import dev.langevin.math.NamedArray;
import dev.langevin.tensor.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmaJobTest {
  @TempDir Path folder;

  private Path model(long steps, String name) throws IOException {
    Path model = folder.resolve(name);
    Toys.fit(Toys.source(Toys.table(folder)), steps, model).run(new Recorder());
    return model;
  }

  private static List<NamedArray> of(Checkpoint checkpoint, String prefix) {
    return checkpoint.arrays().stream().filter(a -> a.name().startsWith(prefix)).toList();
  }

  @Test
  void theLengthThatWasKeptGivesTheKeptAverageAndAnotherGivesAnother() throws IOException {
    Path model = model(120, "model");
    ModelFolder kept = new ModelFolder(model);
    Checkpoint checkpoint = kept.saved(kept.config()).checkpoint();
    Path out = folder.resolve("out");
    Recorder console = new Recorder();
    assertThat(new EmaJob(model, 0.05, out).run(console)).isEqualTo(Ending.FINISHED);
    assertThat(console.text()).contains("of the 120 steps");
    List<NamedArray> own = of(checkpoint, "average_05.");
    List<NamedArray> made = Safetensors.read(out.resolve(ModelFolder.WEIGHTS)).arrays();
    assertThat(made).hasSameSizeAs(own);
    double furthest = 0;
    double difference = 0;
    List<NamedArray> other = Snapshots.choose(model, checkpoint, 0.15).weights();
    for (int i = 0; i < made.size(); i++) {
      assertThat(own.get(i).name()).isEqualTo("average_05." + made.get(i).name());
      for (int j = 0; j < made.get(i).values().length; j++) {
        float value = made.get(i).values()[j];
        furthest = Math.max(furthest, Math.abs(value - own.get(i).values()[j]));
        difference = Math.max(difference, Math.abs(value - other.get(i).values()[j]));
      }
    }
    assertThat(furthest).isLessThan(1e-5);
    assertThat(difference).isGreaterThan(1e-3);
    Toys.generate(out, 3, folder.resolve("x.csv")).run(new Recorder());
    new EmaJob(model, 0.1, out).run(new Recorder()); // a folder of ours is replaced
    Path last = folder.resolve("last");
    new EmaJob(model, 0, last).run(new Recorder());
    assertThat(Safetensors.read(last.resolve(ModelFolder.WEIGHTS)).arrays().get(0).values())
        .isEqualTo(checkpoint.rawWeights().get(0).values());
  }

  @Test
  void whatIsKeptIsTheSameAfterAResumeAndBounded() throws IOException {
    Path whole = model(120, "whole");
    FitJob job = Toys.fit(Toys.source(Toys.table(folder)), 120, folder.resolve("stopped"));
    job.run(new Recorder().stoppingAt(70));
    job.run(new Recorder());
    for (long step : new long[] {64, 80, 96, 116}) {
      assertThat(Snapshots.isKept(step)).isTrue();
      String name = String.format("average-%09d.safetensors", step);
      assertThat(job.out().resolve(name)).hasSameBinaryContentAs(whole.resolve(name));
    }
    long kept = 0;
    for (long step = 25_000; step <= 100_000; step++) {
      kept += Snapshots.isKept(step) ? 1 : 0;
    }
    assertThat(kept).isBetween(7L, 9L);
  }

  @Test
  void nonsenseIsRefused() throws IOException {
    assertThatThrownBy(() -> new EmaJob(folder, 0.4, folder)).hasMessageContaining("length must");
    Path model = model(4, "few");
    assertThatThrownBy(() -> new EmaJob(model, 0.1, model).run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("is the model itself");
    Path training = model.resolve(ModelFolder.TRAINING);
    Safetensors whole = Safetensors.read(training);
    List<NamedArray> without =
        whole.arrays().stream().filter(a -> !a.name().startsWith("average_")).toList();
    Safetensors.write(training, without, whole.metadata());
    assertThatThrownBy(() -> new EmaJob(model, 0.1, folder.resolve("x")).run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("keeps no averages");
    assertThat(Files.exists(folder.resolve("x"))).isFalse();
    Recorder console = new Recorder();
    Toys.fit(Toys.source(Toys.table(folder)), 8, model).run(console); // from before they were kept
    assertThat(console.text()).contains("Resuming at step 4 of 8.");
    new EmaJob(model, 0.1, folder.resolve("x")).run(new Recorder());
  }
}
