package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.app.target.Catalogue;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.Guidance;
import dev.langevin.interchange.Compatibility;
import dev.langevin.io.Datasets;
import dev.langevin.io.Images;
import dev.langevin.io.InputError;
import dev.langevin.io.Npy;
import dev.langevin.io.Provenance;
import dev.langevin.io.ReadOptions;
import dev.langevin.table.Dataset;
import dev.langevin.tensor.Labels;
import dev.langevin.tensor.Mlp;
import dev.langevin.tensor.NetworkDenoiser;
import dev.langevin.tensor.Precision;
import dev.langevin.tensor.Trainer;
import dev.langevin.tensor.TrainingSettings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generation beyond plain samples: classes, known parts, ways between samples, log densities, animation. */
class SteeredGenerationTest {
  private static final Provenance NOWHERE = new Provenance("test", "test", 0, Map.of(), Map.of());

  @TempDir Path folder;

  private GenerateJob job(String model, int count, String solver, GenerateOptions more) {
    return job(model, count, solver, 8, 1, more, folder.resolve("out.csv"));
  }

  private static GenerateJob job(
      String model,
      int count,
      String solver,
      int batch,
      int threads,
      GenerateOptions more,
      Path... out) {
    SolverSettings how = SolverSettings.of(solver, OptionalInt.of(12));
    return new GenerateJob(
        model, count, how, batch, NoiseChoice.ADDRESSED, 5, threads, List.of(out), more);
  }

  private double[] values(GenerateJob job) throws IOException {
    assertThat(job.run(new Recorder())).isEqualTo(Ending.FINISHED);
    boolean labelled = !job.more().classes().isEmpty();
    ReadOptions options = ReadOptions.defaults();
    return Datasets.read(job.out().get(0), labelled ? options.withLabel("label") : options)
        .values();
  }

  private static GenerateOptions classes(double guidance, String... names) {
    GenerateOptions none = GenerateOptions.NONE;
    return with(List.of(names), guidance, none.known(), none.interpolate(), Optional.empty());
  }

  private static GenerateOptions known(GenerateOptions.Known known) {
    return with(List.of(), 1, known, OptionalInt.empty(), Optional.empty());
  }

  private static GenerateOptions between(int columns) {
    return with(
        List.of(), 1, GenerateOptions.Known.NOTHING, OptionalInt.of(columns), Optional.empty());
  }

  private static GenerateOptions with(
      List<String> classes,
      double guidance,
      GenerateOptions.Known known,
      OptionalInt interpolate,
      Optional<Path> animation) {
    return new GenerateOptions(
        classes,
        guidance,
        known,
        interpolate,
        Optional.empty(),
        OptionalInt.empty(),
        animation,
        5,
        false);
  }

  private static GenerateOptions.Known picture(Path image, Path mask, int resample) {
    return new GenerateOptions.Known(Optional.of(image), Optional.of(mask), Map.of(), resample, 1);
  }

  private static GenerateOptions.Known column(String name, double value) {
    return new GenerateOptions.Known(
        Optional.empty(), Optional.empty(), Map.of(name, value), 10, 1);
  }

  @Test
  void everyClassOfAMixtureGetsItsShareAtItsOwnComponent() throws IOException {
    GaussianMixture ring = Catalogue.normal("ring").orElseThrow();
    for (String[] names : new String[][] {{"all"}, {"3", "0"}}) {
      GenerateJob job = job("ring", 20, "heun", classes(1, names));
      double[] x = values(job);
      int[] labels =
          Datasets.read(job.out().get(0), ReadOptions.defaults().withLabel("label")).labels();
      for (int r = 0; r < 20; r++) {
        double[] mean = ring.means()[labels[r]];
        // 6 standard deviations of 0.15: a false alarm of 1.5e-8 a sample, and neighbours are 10
        // away
        assertThat(Math.hypot(x[2 * r] - mean[0], x[2 * r + 1] - mean[1])).isLessThan(0.9);
      }
      assertThat(Arrays.stream(labels).distinct().count()).isEqualTo(names.length == 1 ? 8 : 2);
    }
    assertThat(Files.readString(folder.resolve("out.csv")))
        .contains("--class 3,0", "\"guidance\":1.0", "\"model_evaluations\":23");
  }

  @Test
  void guidanceOf0IsTheModelItselfAndOf1TheClassAlone() throws IOException {
    double[] plain = values(job("mixture", 9, "heun", GenerateOptions.NONE));
    assertThat(values(job("mixture", 9, "heun", classes(0, "1")))).isEqualTo(plain);
    double[] one = values(job("mixture", 9, "heun", classes(1, "1")));
    double[] near = values(job("mixture", 9, "heun", classes(1 + 1e-9, "1")));
    double[] strong = values(job("mixture", 9, "heun", classes(3, "1")));
    for (int i = 0; i < one.length; i++) {
      assertThat(near[i]).isCloseTo(one[i], within(1e-6));
    }
    assertThat(strong).isNotEqualTo(one);
    assertThat(Files.readString(folder.resolve("out.csv")))
        .contains("--guidance 3.0", "\"model_evaluations\":46");
  }

  @Test
  void guidedRowsAreThoseOfTheGuidanceOfTheLibrary() throws IOException {
    try (ModelSource model = ModelSource.open("mixture")) {
      GenerateJob job = job("mixture", 5, "heun", classes(2.5, "2"));
      ModelClasses classes = ModelClasses.of(model, "mixture").orElseThrow();
      double[] z =
          job.how()
              .recipe()
              .sample(
                  Guidance.classifierFree(classes.together(), classes.given(2), 2.5),
                  5,
                  8,
                  Generate.address(5),
                  (done, total) -> true);
      assertThat(values(job)).isEqualTo(model.scaling().toData(z));
    }
  }

  @Test
  void steeredRowsAreTheSameOnAnyNumberOfThreadsAndInAnyBatch() throws IOException {
    List<GenerateOptions> all =
        List.of(
            classes(2, "all"),
            between(5),
            known(column(Catalogue.normal("mixture").orElseThrow().outputs().get(0), 0.5)));
    for (GenerateOptions more : all) {
      Path one = folder.resolve("one.csv");
      Path other = folder.resolve("other.csv");
      double[] alone = values(job("mixture", 11, "heun", 64, 1, more, one));
      double[] together = values(job("mixture", 11, "heun", 3, 3, more, other));
      assertThat(together).isEqualTo(alone);
    }
  }

  @Test
  void theEndsOfAWayAreTheSamplesThemselves() throws IOException {
    double[] plain = values(job("mixture", 6, "heun", GenerateOptions.NONE));
    double[] ways = values(job("mixture", 3, "heun", between(5)));
    assertThat(ways).hasSize(3 * 5 * 2);
    for (int p = 0; p < 3; p++) {
      assertThat(Arrays.copyOfRange(ways, 10 * p, 10 * p + 2))
          .isEqualTo(Arrays.copyOfRange(plain, 4 * p, 4 * p + 2));
      assertThat(Arrays.copyOfRange(ways, 10 * p + 8, 10 * p + 10))
          .isEqualTo(Arrays.copyOfRange(plain, 4 * p + 2, 4 * p + 4));
    }
  }

  @Test
  void whatIsObservedComesOutAsGivenAndTheRestFollowsIt() throws IOException {
    String first = Catalogue.normal("ring").orElseThrow().outputs().get(0);
    double[] x = values(job("ring", 200, "ddim", known(column(first, 2.01))));
    int near = 0;
    for (int r = 0; r < 200; r++) {
      assertThat(x[2 * r]).isEqualTo(2.01);
      near += Math.abs(x[2 * r + 1]) < 0.75 ? 1 : 0;
    }
    // Of the conditional law all are so near to the mode at (2, 0), up to 6e-7; RePaint on 12 steps
    // brings some to its
    // neighbours. Of samples that know nothing a quarter is: 90 of 200 would come by chance once in
    // 10^8.
    assertThat(near).isGreaterThanOrEqualTo(90);
  }

  private Path bars() throws IOException {
    Path model = folder.resolve("bars.model");
    Toys.fit(Toys.images(folder), 4, model).run(new Recorder());
    return model;
  }

  private Path png(String name, int width, int height, int... levels) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSamples(0, 0, width, height, 0, levels);
    Path file = folder.resolve(name);
    Images.writePng(file, image, NOWHERE);
    return file;
  }

  @Test
  void knownPixelsOfAPictureComeOutToTheBit() throws IOException {
    Path model = bars();
    int[] levels = new int[16];
    int[] mask = new int[16];
    double[] given = new double[16];
    for (int p = 0; p < 16; p++) {
      levels[p] = 17 * p;
      mask[p] = p < 8 ? 0 : 255;
      given[p] = p / 2.0;
    }
    Path image = png("image.png", 4, 4, levels);
    Path holes = png("mask.png", 4, 4, mask);
    Path out = folder.resolve("out.npy");
    Path pictures = folder.resolve("pictures");
    GenerateOptions more = known(picture(image, holes, 2));
    job(model.toString(), 3, "heun", 8, 1, more, out, pictures).run(new Recorder());
    double[] x = Datasets.read(out).values();
    double[] shown = Datasets.read(pictures).values();
    for (int i = 0; i < x.length; i++) {
      if (i % 16 < 8) {
        assertThat(x[i]).isEqualTo(9 * (levels[i % 16] / 255.0));
        assertThat(shown[i]).isEqualTo(levels[i % 16]);
      } else {
        assertThat(x[i]).isEqualTo(Math.rint(x[i]));
      }
    }
    assertThat(Files.readString(folder.resolve("out.npy.json")))
        .contains("--inpaint image.png --mask mask.png --resample 2 --jump 1", "Inpainting[");

    Path array = folder.resolve("image.npy");
    Npy.write(array, new int[] {4, 4}, given, NOWHERE);
    GenerateOptions projected = known(picture(array, holes, 1));
    job(model.toString(), 2, "unipc", 8, 1, projected, out).run(new Recorder());
    assertThat(Arrays.copyOf(Datasets.read(out).values(), 8)).isEqualTo(Arrays.copyOf(given, 8));
  }

  @Test
  void anAnimationEndsWithTheSamplesAndHasAsManyFramesAsAsked() throws IOException {
    Path film = folder.resolve("film.png");
    Path grid = folder.resolve("grid.png");
    GenerateOptions more =
        with(List.of(), 1, GenerateOptions.Known.NOTHING, OptionalInt.empty(), Optional.of(film));
    job(bars().toString(), 4, "heun", 8, 1, more, grid).run(new Recorder());
    byte[] bytes = Files.readAllBytes(film);
    int at = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("acTL");
    assertThat(bytes[at + 7]).isEqualTo((byte) 5);
    assertThat(Images.read(film).values())
        .isEqualTo(Images.read(grid).values()); // the still picture
  }

  @Test
  void logDensitiesAreThoseOfTheExactLaw() throws IOException {
    for (String model : List.of("mixture", "two-modes")) {
      Path file = folder.resolve("densities.csv");
      GenerateOptions none = GenerateOptions.NONE;
      GenerateOptions more =
          new GenerateOptions(
              List.of(),
              1,
              none.known(),
              none.interpolate(),
              Optional.of(file),
              OptionalInt.empty(),
              Optional.empty(),
              5,
              false);
      GaussianMixture law = Catalogue.normal(model).orElseThrow();
      double[] x = values(job(model, 4, "heun", 8, 2, more, folder.resolve("out.csv")));
      double[] told = Datasets.read(file).values();
      int d = law.dimension();
      for (int r = 0; r < 4; r++) {
        double exact = law.logDensity(Arrays.copyOfRange(x, r * d, (r + 1) * d));
        // the tolerance is 0.005 nats a coordinate; noise of σ = 0.002 and the start cost less
        assertThat(told[3 * r + 1]).isCloseTo(exact, within(0.006 * d));
        assertThat(told[3 * r + 2]).isZero();
      }
    }
  }

  @Test
  void dataAreWeighedUnderTheModelOfAClass() throws IOException {
    Path data = Files.writeString(folder.resolve("data.csv"), "x,y\n2.1,0\n1.9,0.2\n");
    Path out = folder.resolve("densities.csv");
    Recorder console = new Recorder();
    LikelihoodJob job =
        new LikelihoodJob(
            "ring",
            DataSource.of(data.toString()),
            10,
            Optional.of("0"),
            OptionalInt.of(4),
            0.002,
            1,
            1,
            Optional.of(out));
    assertThat(job.run(console)).isEqualTo(Ending.FINISHED);
    double[] told = Datasets.read(out).values();
    double[][] points = {{2.1, 0}, {1.9, 0.2}};
    for (int r = 0; r < 2; r++) {
      double square = Math.pow(points[r][0] - 2, 2) + Math.pow(points[r][1], 2);
      double exact = -Math.log(2 * Math.PI * 0.15 * 0.15) - square / (2 * 0.15 * 0.15);
      assertThat(told[3 * r + 1]).isCloseTo(exact, within(0.03));
    }
    assertThat(console.text()).contains("log p: mean", "over 2 rows");
  }

  @Test
  void wholeNumbersAreToldInBits() throws IOException {
    Path model = folder.resolve("bars.model");
    DataSource bars = Toys.images(folder);
    Toys.fit(bars, 4, model).run(new Recorder());
    Recorder console = new Recorder();
    Path out = folder.resolve("bits.csv");
    new LikelihoodJob(
            model.toString(),
            bars,
            2,
            Optional.empty(),
            OptionalInt.of(2),
            0.1,
            1,
            1,
            Optional.of(out))
        .run(console);
    assertThat(console.text()).contains("Bits per dimension:", "an upper bound");
    double[] told = Datasets.read(out).values();
    assertThat(told[3]).isCloseTo(-told[1] / 16 / Math.log(2), within(1e-9));
  }

  @Test
  void ofANetworkWithLabelsTheLastStandsForNone() {
    TrainingSettings settings =
        TrainingSettings.defaults(new Mlp(2, 8, 1, 0).withLabels(4), 5).withBatch(4).withSteps(9);
    float[] rows = {0, 1, 1, 0, -1, 0, 0, -1};
    try (Trainer trainer =
        new Trainer(settings, rows, 4, new Labels(new int[] {0, 1, 2, 0}, 0.2))) {
      for (int step = 0; step < 3; step++) {
        trainer.step();
      }
      try (NetworkDenoiser network = trainer.denoiser()) {
        Classes known = Classes.of(new int[] {0, 1, 2, 0}, List.of(), 0.2);
        ModelClasses classes = new ModelClasses.Labels(network, known, "toy");
        assertThat(classes.count()).isEqualTo(3);
        assertThatThrownBy(() -> classes.number("3"))
            .hasMessageContaining("it knows 0, 1, 2".substring(3));
        double[] none = denoised(network.given(3));
        assertThat(denoised(classes.together())).isEqualTo(none);
        double[] ofClass = denoised(network.given(1));
        assertThat(denoised(classes.given(1))).isEqualTo(ofClass).isNotEqualTo(none);
      }
    }
  }

  private static double[] denoised(Denoiser denoiser) {
    double[] out = new double[2];
    denoiser.denoise(new double[] {0.3, -0.4}, 1, 0.5, out);
    return out;
  }

  @Test
  void idxIsReadBackAsItIs() throws IOException {
    Path idx = folder.resolve("fresh-idx3-ubyte");
    Path npy = folder.resolve("fresh.npy");
    job(bars().toString(), 5, "heun", 8, 1, GenerateOptions.NONE, idx, npy).run(new Recorder());
    Dataset back = Datasets.read(idx);
    assertThat(back.shape()).containsExactly(1, 4, 4);
    assertThat(back.values()).isEqualTo(Datasets.read(npy).values());
    assertThat(Files.size(idx)).isEqualTo(16 + 5 * 16);
    Path points = folder.resolve("points.idx");
    Path csv = folder.resolve("points.csv");
    job("ring", 5, "heun", 8, 1, GenerateOptions.NONE, points, csv).run(new Recorder());
    assertThat(Datasets.read(points).values()).isEqualTo(Datasets.read(csv).values());
    assertThat(Provenance.of(points)).isPresent();
  }

  @Test
  void sixteenBitsAreForNetworks() {
    assertThatThrownBy(
            () ->
                ModelSource.open(
                    "ring",
                    SolverSettings.of("heun"),
                    Compatibility.CORRECTED,
                    Precision.BF16,
                    new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("--precision");
  }

  @Test
  void whatCannotBeDoneIsRefusedWithARemedy() throws IOException {
    Path model = bars();
    Path npy = folder.resolve("x.npy");
    Path image = png("image.png", 4, 4, new int[16]);
    Path small = png("small.png", 2, 2, new int[4]);
    int[] grey = new int[16];
    grey[3] = 100;
    Path unclear = png("unclear.png", 4, 4, grey);
    int[] whole = new int[16];
    Arrays.fill(whole, 255);
    Path white = png("white.png", 4, 4, whole);
    int[] half = Arrays.copyOf(whole, 16);
    half[0] = 0;
    Path mask = png("mask.png", 4, 4, half);
    List<Object[]> cases = new ArrayList<>();
    cases.add(new Object[] {model.toString(), "heun", classes(1, "2"), "knows no classes"});
    cases.add(new Object[] {"ring", "heun", classes(1, "8"), "knows the numbers 0 to 7"});
    cases.add(new Object[] {"ring", "heun", classes(1, "1", "1"), "names 1 twice"});
    cases.add(new Object[] {"ring", "ddpm", between(3), "Choose a deterministic solver"});
    cases.add(new Object[] {"ring", "heun", known(column("q", 1)), "no column \"q\""});
    cases.add(new Object[] {"ring", "heun", known(picture(image, mask, 1)), "but a sample is 2"});
    String bars = model.toString();
    cases.add(new Object[] {bars, "unipc", known(picture(image, mask, 2)), "remembers its steps"});
    cases.add(new Object[] {bars, "heun", known(picture(small, mask, 1)), "is 1×2×2, but"});
    cases.add(new Object[] {bars, "heun", known(picture(image, unclear, 1)), "neither black nor"});
    cases.add(
        new Object[] {bars, "heun", known(picture(image, white, 1)), "nothing that is known"});
    cases.add(new Object[] {bars, "heun", known(picture(image, image, 1)), "nothing to be filled"});
    Path none = folder.resolve("none.png");
    cases.add(new Object[] {bars, "heun", known(picture(none, mask, 1)), "there is no such file"});
    for (Object[] one : cases) {
      GenerateOptions more = (GenerateOptions) one[2];
      assertThatThrownBy(
              () -> job((String) one[0], 3, (String) one[1], 8, 1, more, npy).run(new Recorder()))
          .as((String) one[3])
          .isInstanceOf(InputError.class)
          .hasMessageContaining((String) one[3]);
    }
    assertThat(npy).doesNotExist();
    assertThatThrownBy(() -> classes(2)).hasMessageContaining("Add --class");
    assertThatThrownBy(() -> LogDensities.requireProbes(1)).hasMessageContaining("probes must be");
  }
}
