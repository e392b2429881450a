package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.io.InputError;
import dev.langevin.io.Json;
import dev.langevin.random.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images compared by a network that was trained on the digits that ship. */
class ImageEvaluationTest {
  private static final double HOLDOUT = 0.4;
  private static final double[] PIXELS = DataSource.of(DataSource.DIGITS).read().values();
  private static final int[] LABELS = DataSource.of(DataSource.DIGITS).read().labels();
  private static final Split SPLIT = Split.of(LABELS.length, HOLDOUT);

  @TempDir static Path folder;
  private static Path network;

  @BeforeAll
  static void train() throws IOException {
    network = folder.resolve("digits.features");
    Recorder console = new Recorder();
    new FeaturesJob(DataSource.of(DataSource.DIGITS), Optional.empty(), 20, 0, false, 1, 2, network)
        .run(console);
    assertThat(console.text()).contains("1617 images of 10 classes", "Right about 9");
  }

  private static Path csv(String name, int[] rows) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int row : rows) {
      double[] pixels = Arrays.copyOfRange(PIXELS, row * 64, row * 64 + 64);
      text.append(String.join(",", Arrays.stream(pixels).mapToObj(String::valueOf).toList()));
      text.append('\n');
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private static Path evaluate(String name, int[] rows, Recorder console) throws IOException {
    Path out = folder.resolve(name + ".json");
    job(csv(name + ".csv", rows), network.toString(), out, 2).run(console);
    return out;
  }

  private static EvaluateJob job(Path samples, String features, Path out, int threads) {
    return new EvaluateJob(
        samples,
        DataSource.of(DataSource.DIGITS),
        HOLDOUT,
        OptionalInt.empty(),
        List.of(),
        1,
        Optional.of(out),
        features,
        Optional.of(folder.resolve("pairs.png")),
        threads);
  }

  /** (measured - floor) in the floor's error bars. */
  private static double excess(Path json, String figure) {
    for (Object entry : new Fields("", Json.read(json)).list("comparisons")) {
      Fields one = new Fields("", asMap(entry));
      if (one.text("figure").equals(figure)) {
        return (one.number("measured") - one.number("floor")) / one.number("floor_standard_error");
      }
    }
    throw new AssertionError(figure + " is missing");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> asMap(Object entry) {
    return (Map<String, Object>) entry;
  }

  private static int[] learnedFrom(int firstClass) {
    return Arrays.stream(SPLIT.training()).filter(row -> LABELS[row] >= firstClass).toArray();
  }

  @Test
  void heldOutImagesLieAtTheFloorAndMissingClassesDoNot() throws IOException {
    Recorder console = new Recorder();
    int[] half = Arrays.copyOf(SPLIT.heldOut(), 300);
    Path same = evaluate("same", half, console);
    // 6 scatters of one comparison: false alarms below 1e-6 were it normal; the seed is fixed
    for (String figure : List.of("frechet", "kid", "recall", "coverage", "classifier", "classes")) {
      assertThat(excess(same, figure)).as(figure).isLessThan(6);
    }
    assertThat(console.text())
        .contains("Compared by: 64 features of the network", "300 samples and 300 other real")
        .contains("The network is sure of samples", "Wrote " + folder.resolve("pairs.png"));
    assertThat(folder.resolve("pairs.png")).isNotEmptyFile();
    Path missing = evaluate("missing", learnedFrom(3), new Recorder());
    for (String figure : List.of("frechet", "kid", "coverage", "classes")) {
      assertThat(excess(missing, figure)).as(figure).isGreaterThan(6);
    }
  }

  @Test
  void copiesAreFoundByTheirNeighbours() throws IOException {
    Recorder console = new Recorder();
    evaluate("copies", Arrays.copyOf(SPLIT.training(), 200), console);
    assertThat(console.text()).contains("learn by heart", "200 of the samples are exact copies");
  }

  @Test
  void figuresDoNotDependOnTheNumberOfThreads() throws IOException {
    Path samples = csv("some.csv", IntStream.range(0, 200).toArray());
    Path one = folder.resolve("one.json");
    Path two = folder.resolve("two.json");
    job(samples, network.toString(), one, 1).run(new Recorder());
    job(samples, network.toString(), two, 2).run(new Recorder());
    assertThat(two).hasSameBinaryContentAs(one);
    assertThat(Files.readString(one)).contains("\"provenance\"", "\"features\"", "measured_low");
  }

  @Test
  void whatDoesNotFitIsRefused() throws IOException {
    Path samples = csv("few.csv", IntStream.range(0, 50).toArray());
    Path out = folder.resolve("x.json");
    assertThatThrownBy(() -> job(samples, folder.toString(), out, 1).run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("is no feature network");
    DataSource points = DataSource.of(samples.toString());
    FeaturesJob job =
        new FeaturesJob(points, Optional.empty(), 1, 0, false, 1, 1, folder.resolve("n"));
    assertThatThrownBy(() -> job.run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("rows that are no images");
    DataSource noClasses = points.withImages("8x8");
    assertThatThrownBy(
            () ->
                new FeaturesJob(noClasses, Optional.empty(), 1, 0, false, 1, 1, folder.resolve("n"))
                    .run(new Recorder()))
        .hasMessageContaining("has no classes");
  }

  @Test
  void imagesOfEachKindAreDisjointAndEnough() {
    Split split = Split.of(100, 0.1);
    var fresh = DataSource.of(DataSource.DIGITS).read();
    ImageRows rows = ImageRows.of(fresh, split, 1000, Seed.of(1));
    assertThat(rows.count()).isEqualTo(50);
    assertThat(rows.samples()).doesNotHaveDuplicates().hasSize(50);
    int[] both =
        IntStream.concat(Arrays.stream(rows.learned()), Arrays.stream(rows.others())).toArray();
    assertThat(both).doesNotHaveDuplicates().hasSize(100);
    assertThat(split.training()).contains(rows.learned());
    assertThat(rows.others()).contains(split.heldOut());
  }
}
