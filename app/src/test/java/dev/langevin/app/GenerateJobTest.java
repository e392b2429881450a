package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.app.target.Catalogue;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.io.Datasets;
import dev.langevin.io.InputError;
import dev.langevin.table.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateJobTest {
  @TempDir Path folder;

  private Path bars() throws IOException {
    Path model = folder.resolve("bars.model");
    Toys.fit(Toys.images(folder), 4, model).run(new Recorder());
    return model;
  }

  private Path ring() throws IOException {
    Path model = folder.resolve("ring.model");
    Toys.fit(Toys.source(Toys.table(folder)), 4, model).run(new Recorder());
    return model;
  }

  @Test
  void imagesGoIntoEveryFormatAndHoldTheSameNumbers() throws IOException {
    Path npy = folder.resolve("fresh.npy");
    Path csv = folder.resolve("fresh.csv.gz");
    Path grid = folder.resolve("fresh.png");
    Path pictures = folder.resolve("fresh");
    Recorder console = new Recorder();
    Toys.generate(bars(), 10, npy, csv, grid, pictures).run(console);
    Dataset fresh = Datasets.read(npy);
    assertThat(fresh.rows()).isEqualTo(10);
    assertThat(fresh.shape()).containsExactly(1, 4, 4);
    assertThat(Arrays.stream(fresh.values())).allMatch(v -> v >= 0 && v <= 9 && v == Math.rint(v));
    assertThat(Datasets.read(csv).values()).isEqualTo(fresh.values());
    assertThat(grid).isNotEmptyFile();
    try (Stream<Path> files = Files.list(pictures)) {
      assertThat(files.filter(file -> file.toString().endsWith(".png"))).hasSize(10);
    }
    assertThat(console.text()).contains("Wrote " + npy + ": 10 samples");
  }

  @Test
  void theSameCommandWritesTheSameBytesWhereverTheModelLies() throws IOException {
    Path model = bars();
    Path first = Files.createDirectory(folder.resolve("first"));
    Path second = Files.createDirectory(folder.resolve("second"));
    for (Path place : List.of(first, second)) {
      Toys.generate(
              model, 7, place.resolve("x.npy"), place.resolve("x.png"), place.resolve("x.csv"))
          .run(new Recorder());
      model = Files.move(model, second.resolve("bars.model"));
    }
    for (String name : List.of("x.npy", "x.npy.json", "x.png", "x.csv")) {
      assertThat(first.resolve(name)).hasSameBinaryContentAs(second.resolve(name));
    }
  }

  @Test
  void anotherSeedGivesOtherSamples() throws IOException {
    Path model = ring();
    GenerateJob job = Toys.generate(model, 5, folder.resolve("a.npy"));
    job.run(new Recorder());
    new GenerateJob(
            job.model(), 5, "heun", job.steps(), 128, 8, 1, List.of(folder.resolve("b.npy")))
        .run(new Recorder());
    assertThat(Datasets.read(folder.resolve("a.npy")).values())
        .isNotEqualTo(Datasets.read(folder.resolve("b.npy")).values());
  }

  @Test
  void tablesComeBackOnTheirOwnScaleWithTheirColumns() throws IOException {
    Path csv = folder.resolve("fresh.csv");
    Toys.generate(ring(), 200, csv).run(new Recorder());
    Dataset fresh = Datasets.read(csv);
    assertThat(fresh.columns()).containsExactly("x", "y", "count");
    double mean = 0;
    for (int row = 0; row < 200; row++) {
      mean += fresh.values()[3 * row] / 200;
      assertThat(fresh.values()[3 * row + 2]).isIn(0.0, 1.0, 2.0, 3.0, 4.0);
    }
    assertThat(mean).isCloseTo(100, within(10.0));
  }

  @Test
  void everySolverOfTheMenuRuns() throws IOException {
    Path model = ring();
    for (String solver : GenerateJob.solvers()) {
      Path out = folder.resolve(solver + ".npy");
      new GenerateJob(model.toString(), 3, solver, OptionalInt.of(5), 2, 1, 1, List.of(out))
          .run(new Recorder());
      assertThat(Datasets.read(out).rows()).isEqualTo(3);
    }
  }

  @Test
  void theExactMixtureComesOutWithItsOwnMoments() throws IOException {
    Path out = folder.resolve("mixture.csv");
    int n = 4000;
    for (String solver : List.of("heun", "exponential")) {
      new GenerateJob("mixture", n, solver, OptionalInt.empty(), 500, 1, 1, List.of(out))
          .run(new Recorder());
      double[] x = Datasets.read(out).values();
      GaussianMixture mixture = (GaussianMixture) Catalogue.named("mixture").model().get();
      for (int c = 0; c < 2; c++) {
        double sum = 0;
        double squares = 0;
        for (int row = 0; row < n; row++) {
          sum += x[2 * row + c];
          squares += x[2 * row + c] * x[2 * row + c];
        }
        double mean = sum / n;
        double variance = mixture.covariance()[c][c];
        // 5 standard errors of a mean, false alarms 6e-7; the variance within 15 %, some 5 of its
        // own.
        assertThat(mean).isCloseTo(mixture.mean()[c], within(5 * Math.sqrt(variance / n)));
        assertThat(squares / n - mean * mean).isCloseTo(variance, within(0.15 * variance));
      }
    }
  }

  @Test
  void aRunThatIsStoppedKeepsTheFinishedSamples() throws IOException {
    Path out = folder.resolve("some.npy");
    GenerateJob job =
        new GenerateJob("mixture", 50, "heun", OptionalInt.of(4), 10, 1, 1, List.of(out));
    Recorder console = new Recorder().stoppingAt(25);
    assertThat(job.run(console)).isEqualTo(Ending.STOPPED);
    assertThat(Datasets.read(out).rows()).isEqualTo(20);
    assertThat(console.text()).contains("Stopped: 20 of 50 samples were finished and are kept.");
  }

  @Test
  void whatCannotBeDoneIsRefusedBeforeTheWorkBegins() throws IOException {
    Path model = ring();
    String[][] cases = {
      {"fresh.png", "are no pictures"},
      {"folder", "are no pictures"},
      {"fresh.txt", "its ending names no format"},
      {"nowhere/fresh.csv", "does not exist"},
    };
    for (String[] one : cases) {
      assertThatThrownBy(() -> Toys.generate(model, 3, folder.resolve(one[0])).run(new Recorder()))
          .isInstanceOf(InputError.class)
          .hasMessageContaining(one[1]);
    }
    Path csv = folder.resolve("x.csv");
    assertThatThrownBy(() -> Toys.generate(folder.resolve("none"), 3, csv).run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("there is no such model");
    assertThatThrownBy(() -> Toys.generate(folder, 3, csv).run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("there is no config.json in it");
    Path weights = model.resolve(ModelFolder.WEIGHTS);
    byte[] whole = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(whole, whole.length - 7));
    assertThatThrownBy(() -> Toys.generate(model, 3, csv).run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining(ModelFolder.WEIGHTS);
    assertThat(csv).doesNotExist();
  }

  @Test
  void nonsenseInTheSettingsIsRefusedByName() {
    assertThatThrownBy(() -> Toys.generate(folder, 0, folder.resolve("x.csv")))
        .hasMessage("count must be at least 1, got 0");
    assertThatThrownBy(() -> Toys.generate(folder, 1)).hasMessageStartingWith("out must name");
    assertThatThrownBy(
            () -> new GenerateJob("m", 1, "magic", OptionalInt.empty(), 1, 1, 1, List.of(folder)))
        .hasMessageContaining(
            "solver must be one of [heun, exponential, euler, annealed, euler-maruyama, adaptive-rk], got magic");
    assertThatThrownBy(
            () -> new GenerateJob("m", 1, "heun", OptionalInt.of(0), 1, 1, 1, List.of(folder)))
        .hasMessageStartingWith("steps must be");
  }
}
