package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.app.target.Catalogue;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.Spacing;
import dev.langevin.io.Datasets;
import dev.langevin.io.InputError;
import dev.langevin.solver.Solver;
import dev.langevin.table.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    new GenerateJob(job.model(), 5, job.how(), 128, 8, 1, List.of(folder.resolve("b.npy")))
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
    for (String solver : SolverMenu.names()) {
      Path out = folder.resolve(solver + ".npy");
      new GenerateJob(model.toString(), 3, steps(solver, 5), 2, 1, 1, List.of(out))
          .run(new Recorder());
      assertThat(Datasets.read(out).rows()).isEqualTo(3);
    }
  }

  @Test
  void theExactMixtureComesOutWithItsOwnMoments() throws IOException {
    Path out = folder.resolve("mixture.csv");
    int n = 4000;
    for (String solver : List.of("heun", "exponential")) {
      new GenerateJob("mixture", n, SolverSettings.of(solver), 500, 1, 1, List.of(out))
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
    GenerateJob job = new GenerateJob("mixture", 50, steps("heun", 4), 10, 1, 1, List.of(out));
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
    assertThatThrownBy(() -> SolverSettings.of("magic"))
        .hasMessageStartingWith("solver must be one of heun, euler, ddim, ")
        .hasMessageEndingWith(", got magic");
    assertThatThrownBy(() -> steps("heun", 0)).hasMessageStartingWith("steps must be");
    assertThatThrownBy(() -> with("heun", Map.of("eta", 1.0)))
        .hasMessage("eta must be left out with heun, whose settings are nothing");
    assertThatThrownBy(() -> with("ddim", Map.of("eta", 2.0)))
        .hasMessage("eta must be between 0 and 1, got 2.0");
    assertThatThrownBy(() -> with("annealed", Map.of("rho", 3.0)))
        .hasMessage("rho must be left out with log-snr, whose settings are nothing");
    assertThatThrownBy(() -> with("dpm++", Map.of("order", 1.5)))
        .hasMessage("order must be a whole number, got 1.5");
    assertThatThrownBy(() -> with("dpm++", Map.of("heun", 2.0)))
        .hasMessage("heun must be 0 or 1, got 2.0");
    assertThatThrownBy(() -> spaced("magic", 0.01, 10))
        .hasMessage(
            "spacing must be one of karras, log-snr, uniform-t, quadratic-t, above-floor, linspace, leading, trailing, got magic");
    assertThatThrownBy(() -> spaced("leading", 0.01, 10))
        .hasMessage("sigmaMin must be left out with spacing leading, which has its own ends");
    assertThatThrownBy(() -> spaced("karras", 10, 1))
        .hasMessageStartingWith("sigmaMin must be below");
  }

  private static SolverSettings steps(String solver, int steps) {
    return SolverSettings.of(solver, OptionalInt.of(steps));
  }

  private static SolverSettings with(String solver, Map<String, Double> set) {
    return new SolverSettings(
        solver,
        set,
        OptionalInt.of(3),
        Optional.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  private static SolverSettings spaced(String spacing, double sigmaMin, double sigmaMax) {
    return new SolverSettings(
        "unipc",
        Map.of(),
        OptionalInt.of(4),
        Optional.of(spacing),
        OptionalDouble.of(sigmaMin),
        OptionalDouble.of(sigmaMax));
  }

  @Test
  void everySolverOfTheLibraryIsOnTheMenuAndEverySettingReachesItsRecipe() {
    for (Solver solver : Solver.menu()) {
      assertThat(SolverMenu.names())
          .contains(solver.name().replaceAll("[123]m?$", "")); // dpm++3m is dpm++ with order=3
    }
    for (SolverMenu.Entry entry : SolverMenu.all()) {
      Solver usual = entry.of(Map.of());
      assertThat(entry.source()).matches(".*\\d{4}.*");
      for (Setting setting : entry.settings()) {
        assertThat(SpacingMenu.knows(setting.key())).as(setting.key()).isFalse();
        Solver other =
            Stream.of(1.0, 2.0, 0.5, 0.0)
                .filter(value -> taken(entry, setting, value))
                .map(value -> entry.of(Map.of(setting.key(), value)))
                .filter(solver -> !solver.equals(usual))
                .findFirst()
                .orElseThrow();
        assertThat(other.toString()).isNotEqualTo(usual.toString());
      }
    }
    for (Spacing spacing : Spacing.menu()) {
      assertThat(SpacingMenu.named(spacing.name()).of(Map.of())).isEqualTo(spacing);
    }
  }

  private static boolean taken(SolverMenu.Entry entry, Setting setting, double value) {
    try {
      entry.of(Map.of(setting.key(), value));
      return true;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  @Test
  void aFileNamesEverySettingOfItsMakingAndTheCommandRepeatsIt() throws IOException {
    Path out = folder.resolve("ring.npy");
    SolverSettings how =
        new SolverSettings(
            "dpm++",
            Map.of("order", 2.0, "rho", 3.5),
            OptionalInt.of(9),
            Optional.of("karras"),
            OptionalDouble.of(0.01),
            OptionalDouble.of(20));
    new GenerateJob("ring", 3, how, 2, 1, 1, List.of(out)).run(new Recorder());
    assertThat(Files.readString(folder.resolve("ring.npy.json")))
        .contains(
            "DpmSolverPlusPlus[order=2, rule=MIDPOINT, halved=false, lowerBelow=0]",
            "Karras[rho=3.5]",
            "\"evaluations\"",
            "--solver dpm++ --set order=2 --set rho=3.5 --steps 9 --spacing karras --sigma-min 0.01"
                + " --sigma-max 20.0 --batch 2 --seed 1");
  }

  @Test
  void exactModelsGiveTheSameBytesOnAnyNumberOfThreads() throws IOException {
    Path rows = Files.writeString(folder.resolve("rows.csv"), "x,y\n0,1.5\n2.5,3\n4,-1.25\n");
    for (String model : List.of("ring", "empirical:" + rows)) {
      Path alone = folder.resolve("alone.csv");
      Path together = folder.resolve("together.csv");
      new GenerateJob(model, 50, steps("ddpm", 9), 8, 1, 1, List.of(alone)).run(new Recorder());
      new GenerateJob(model, 50, steps("ddpm", 9), 8, 1, 3, List.of(together)).run(new Recorder());
      assertThat(together).hasSameBinaryContentAs(alone);
      assertThat(ModelSource.open(model).twins()).isPresent();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'x,y\n1,2\nNaN,3\n', bad.csv:3:1",
    "'x,y\n1,2\n3\n', bad.csv:3:2",
    "'x,y\n1,2\n3,inf\n', bad.csv:3:2",
    "'x,y\n1,2\n3,banana\n', bad.csv:3:2",
    "'x,y\n', has a header but no lines of data",
    "'', is empty",
    "'\0\1\2', bad.csv"
  })
  void rowsThatCannotBeALawAreRefusedWithTheirPlace(String text, String place) throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.csv"), text.translateEscapes());
    assertThatThrownBy(() -> ModelSource.open("empirical:" + bad))
        .isInstanceOf(InputError.class)
        .hasMessageContaining(place);
  }

  @Test
  void rowsThatAreNotThereAreRefused() {
    assertThatThrownBy(() -> ModelSource.open("empirical:" + folder))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("holds no PNG or JPEG images");
    assertThatThrownBy(() -> ModelSource.open("empirical:" + folder.resolve("none.csv")))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("there is no such file");
    assertThatThrownBy(() -> ModelSource.open("empirical:"))
        .isInstanceOf(InputError.class)
        .hasMessage("empirical:: names no data. Write empirical:FILE.");
  }

  @Test
  void everyNormalLawOfTheCatalogueIsAModel() throws IOException {
    assertThat(Catalogue.normals())
        .containsExactly(
            "gaussian",
            "gaussian-ill",
            "mixture",
            "two-modes",
            "ring",
            "grid",
            "imbalanced",
            "line");
    for (String name : Catalogue.normals()) {
      Path out = folder.resolve(name + ".csv");
      new GenerateJob(name, 200, steps("unipc", 12), 100, 1, 1, List.of(out)).run(new Recorder());
      Dataset fresh = Datasets.read(out);
      GaussianMixture law = Catalogue.normal(name).orElseThrow();
      assertThat(fresh.columns()).isEqualTo(law.outputs());
      double largest = 0;
      for (int r = 0; r < 200; r++) {
        largest = Math.max(largest, Math.abs(fresh.values()[r * law.dimension()] - law.mean()[0]));
      }
      assertThat(largest).isBetween(0.1, 6 * Math.sqrt(law.covariance()[0][0]));
    }
  }

  @Test
  void torchNoiseMakesOneBatchAndIsNamed() throws IOException {
    List<double[]> drawn = new java.util.ArrayList<>();
    for (int batch : new int[] {2, 128}) {
      Path out = folder.resolve("torch" + batch + ".csv");
      SolverSettings how = SolverSettings.of("ddim", OptionalInt.of(5));
      new GenerateJob("ring", 9, how, batch, NoiseChoice.TORCH, 1, 1, List.of(out))
          .run(new Recorder());
      drawn.add(Datasets.read(out).values());
      assertThat(Files.readString(out))
          .contains("--batch 9 --noise torch --seed 1")
          .contains("\"noise\":\"torch\"");
    }
    assertThat(drawn.get(0)).isEqualTo(drawn.get(1));
    Path out = folder.resolve("addressed.csv");
    SolverSettings how = SolverSettings.of("ddim", OptionalInt.of(5));
    new GenerateJob("ring", 9, how, 128, 1, 1, List.of(out)).run(new Recorder());
    assertThat(Datasets.read(out).values()).isNotEqualTo(drawn.get(0));
    assertThat(Files.readString(out)).doesNotContain("torch");
  }
}
