package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.app.target.Catalogue;
import dev.langevin.io.Datasets;
import dev.langevin.io.InputError;
import dev.langevin.random.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShowJobTest {
  @TempDir Path folder;

  private static SolverSettings how(String solver, int steps) {
    return new SolverSettings(
        solver,
        Map.of(),
        OptionalInt.of(steps),
        Optional.empty(),
        OptionalDouble.empty(),
        OptionalDouble.of(20));
  }

  private static SolverSettings settings(Picture picture) {
    return switch (picture.settings()) {
      case NONE -> SolverSettings.of("heun");
      case STEPS -> SolverSettings.of("heun", OptionalInt.of(10));
      case GRID -> how("heun", 10);
      case SOLVER ->
          new SolverSettings(
              "unipc",
              Map.of("order", 2.0),
              OptionalInt.empty(),
              Optional.of("log-snr"),
              OptionalDouble.empty(),
              OptionalDouble.of(20));
      case RUN -> how("unipc", 10);
    };
  }

  private Path show(Picture picture, String model, int points, long seed, String file)
      throws IOException {
    Path out = folder.resolve(file);
    ShowJob job = new ShowJob(picture, model, settings(picture), points, seed, out);
    assertThat(job.run(new Recorder())).isEqualTo(Ending.FINISHED);
    return out;
  }

  @ParameterizedTest
  @EnumSource
  void everyPictureIsAFunctionOfItsSettingsAndSaysHowItWasMade(Picture picture) throws IOException {
    Path first = show(picture, picture.model(), 20, 1, "first.png");
    assertThat(show(picture, picture.model(), 20, 1, "again.png")).hasSameBinaryContentAs(first);
    assertThat(Files.readAllBytes(show(picture, picture.model(), 20, 2, "other.png")))
        .isNotEqualTo(Files.readAllBytes(first));
    assertThat(Files.readString(first, StandardCharsets.ISO_8859_1))
        .contains("langevin show " + picture.label() + " " + picture.model())
        .contains(picture.settings().flags(settings(picture)) + " --points 20 --seed 1");
    assertThat(ImageIO.read(first.toFile()).getWidth()).isBetween(600, 2000);
    assertThat(Picture.named(picture.label())).isEqualTo(picture);
    assertThat(picture.purpose()).isNotBlank();
  }

  @Test
  void aLineIsShownAsHistogramsUnderItsExactDensities() throws IOException {
    Path forward = show(Picture.FORWARD, "line", 300, 1, "forward.png");
    Path reverse = show(Picture.REVERSE, "line", 300, 1, "reverse.png");
    assertThat(colours(forward)).contains(0x222222);
    assertThat(colours(reverse)).contains(0x222222);
  }

  private static Set<Integer> colours(Path file) throws IOException {
    var image = ImageIO.read(file.toFile());
    Set<Integer> colours = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        colours.add(image.getRGB(x, y) & 0xFFFFFF);
      }
    }
    return colours;
  }

  @Test
  void theRowsOfAFileComeBackAsTheyAre() throws IOException {
    double[] x =
        NoiseStrip.draws(Catalogue.normal("ring").orElseThrow(), 30, Seed.of(5).child("rows"));
    StringBuilder text = new StringBuilder("x,y\n");
    for (int i = 0; i < x.length; i += 2) {
      text.append(x[i]).append(',').append(x[i + 1]).append('\n');
    }
    Path data = Files.writeString(folder.resolve("rows.csv"), text);
    String model = "empirical:" + data;
    Path out = folder.resolve("copies.csv");
    new GenerateJob(model, 50, how("heun", 20), 50, 1, 1, List.of(out)).run(new Recorder());
    double[] copies = Datasets.read(out).values();
    for (int i = 0; i < copies.length; i += 2) {
      double nearest = Double.POSITIVE_INFINITY;
      for (int j = 0; j < x.length; j += 2) {
        nearest = Math.min(nearest, Math.hypot(copies[i] - x[j], copies[i + 1] - x[j + 1]));
      }
      assertThat(nearest).isLessThan(1e-3);
    }
    assertThat(Files.readString(out)).contains("empirical:rows.csv", "exact denoiser of 30 rows");
    assertThat(show(Picture.MEMORISATION, model, 20, 1, "copies.png")).isNotEmptyFile();
  }

  /** 400 points: the reverse process ends within 6 standard errors, 0.09, of 0.1 (false alarm 1e-9); Langevin, from either mode, does not. */
  @Test
  void theReverseProcessFindsTheWeightsThatLangevinKeepsFromItsStart() {
    ShowJob job =
        new ShowJob(
            Picture.WEIGHTS,
            "imbalanced",
            SolverSettings.of("heun", OptionalInt.of(200)),
            400,
            3,
            folder.resolve("weights.png"));
    Recorder console = new Recorder();
    new WeightCourses(job).picture(console);
    double[] ends =
        console
            .text()
            .lines()
            .mapToDouble(line -> Double.parseDouble(line.replaceAll(".*: (\\S+) in.*", "$1")))
            .toArray();
    assertThat(ends).hasSize(4);
    assertThat(ends[0]).isGreaterThan(0.9);
    assertThat(ends[1]).isLessThan(0.01);
    assertThat(ends[3]).isBetween(0.01, 0.19);
  }

  @Test
  void whatCannotBeShownIsRefused() {
    assertThatThrownBy(() -> Picture.named("nothing"))
        .hasMessageStartingWith("picture must be one of forward, reverse, ")
        .hasMessageEndingWith(", got nothing");
    SolverSettings how = SolverSettings.of("heun");
    Path png = folder.resolve("x.png");
    assertThatThrownBy(
            () -> new ShowJob(Picture.FORWARD, "ring", how, 10, 1, folder.resolve("x.jpg")))
        .hasMessageStartingWith("out must end with .png");
    assertThatThrownBy(() -> new ShowJob(Picture.FORWARD, "ring", how, 9, 1, png))
        .hasMessageStartingWith("points must be");
    assertThatThrownBy(() -> new ShowJob(Picture.BUDGET, "line", how("heun", 4), 10, 1, png))
        .hasMessage("the settings of a run must be left out with budget");
    assertThatThrownBy(() -> new ShowJob(Picture.SOLVERS, "grid", how("euler", 4), 10, 1, png))
        .hasMessage(
            "the settings of a run must be left out with solvers, but for --steps, --spacing, --sigma-min, --sigma-max");
    for (Picture picture :
        Arrays.asList(Picture.FORWARD, Picture.REVERSE, Picture.SOLVERS, Picture.WEIGHTS)) {
      assertThatThrownBy(
              () -> new ShowJob(picture, "gaussian", how, 10, 1, png).run(new Recorder()))
          .isInstanceOf(InputError.class);
    }
    assertThatThrownBy(
            () -> new ShowJob(Picture.MEMORISATION, "line", how, 10, 1, png).run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("has not two columns");
    assertThatThrownBy(
            () -> new ShowJob(Picture.FORWARD, "funnel", how, 10, 1, png).run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("has no exact denoiser");
  }
}
