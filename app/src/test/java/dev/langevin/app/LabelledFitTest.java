package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.io.InputError;
import dev.langevin.random.Seed;
import dev.langevin.tensor.NetworkDenoiser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledFitTest {
  private static final FitSettings CLASSES =
      Toys.settings(7).with(LearningSettings.USUAL.withClasses(0.25));

  @TempDir Path folder;

  private static byte[] weights(Path model) throws IOException {
    return Files.readAllBytes(model.resolve(ModelFolder.WEIGHTS));
  }

  private static FitJob job(DataSource data, FitSettings settings, Path out) {
    return new FitJob(data, settings, 1, out, false);
  }

  /** As many classes as there are rows of bars. */
  private DataSource bars() throws IOException {
    StringBuilder labels = new StringBuilder("kind\n");
    for (int i = 0; i < 60; i++) {
      labels.append(i % 3).append('\n');
    }
    Path file = Files.writeString(folder.resolve("kinds.csv"), labels);
    return Toys.images(folder).withLabels(file.toString());
  }

  @Test
  void aRunWithClassesThatIsKilledEndsWithTheSameWeightsToTheLastBit() throws IOException {
    DataSource table = Toys.source(Toys.table(folder)).withLabels(DataSource.AUTO);
    for (DataSource data : new DataSource[] {table, bars()}) {
      Path place = Files.createTempDirectory(folder, "run");
      Path whole = place.resolve("whole");
      Path killed = place.resolve("killed");
      new FitJob(data, CLASSES, 1, whole, true).run(new Recorder());
      FitJob job = job(data, CLASSES, killed);
      assertThatThrownBy(() -> Toys.learn(job, new Recorder().dyingAt(4)))
          .isInstanceOf(Recorder.Killed.class);
      Toys.learn(job, new Recorder());
      assertThat(weights(killed)).isEqualTo(weights(whole));
      new FitJob(data, Toys.settings(1), 1, whole, true).run(new Recorder());
      assertThatThrownBy(() -> job(data, Toys.settings(7), killed).run(new Recorder()))
          .hasMessageContaining("began with classes.count =");
      assertThatThrownBy(() -> job(data, CLASSES, whole).run(new Recorder()))
          .hasMessageContaining("began with classes.count = null");
    }
  }

  @Test
  void aDescriptionWhoseClassesDoNotFitTheNetworkIsRefused() throws IOException {
    Path model = folder.resolve("model");
    job(bars(), CLASSES.withSteps(1), model).run(new Recorder());
    Path config = model.resolve(ModelFolder.CONFIG);
    String text = Files.readString(config);
    Files.writeString(config, text.replace("\"count\" : 3", "\"count\" : 4"));
    assertThatThrownBy(() -> Toys.generate(model, 3, folder.resolve("x.npy")).run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("one number for each class");
    Files.writeString(config, text.replace("\"dropped\" : 0.25", "\"dropped\" : 0"));
    assertThatThrownBy(() -> Toys.generate(model, 3, folder.resolve("x.npy")).run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("not as many as the network has labels");
  }

  @Test
  void theModelRemembersNamesAndNumbersOfItsClassesAndWhichStandsForNone() throws IOException {
    DataSource table = Toys.source(Toys.table(folder)).withLabels(DataSource.AUTO);
    Recorder console = new Recorder();
    job(table, CLASSES, folder.resolve("named")).run(console);
    assertThat(console.text()).contains("in 2 classes [lower, upper]");
    Classes named = new ModelFolder(folder.resolve("named")).config().classes().orElseThrow();
    assertThat(named.names()).containsExactly("lower", "upper");
    assertThat(Arrays.stream(named.rows()).sum()).isEqualTo(120);
    assertThat(named.number("--class", "upper")).isEqualTo(1);
    assertThat(named.number("--class", "0")).isZero();
    assertThat(named.none()).hasValue(2);
    assertThatThrownBy(() -> named.number("--class", "middle"))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("0 (lower), 1 (upper)");
    Path sure = folder.resolve("sure");
    job(bars(), Toys.settings(3).with(LearningSettings.USUAL.withClasses(0)), sure)
        .run(new Recorder());
    ModelConfig config = new ModelFolder(sure).config();
    assertThat(config.training().architecture().labels()).isEqualTo(3);
    assertThat(config.classes().orElseThrow().none()).isEmpty();
    assertThatThrownBy(() -> Toys.generate(sure, 3, folder.resolve("x.npy")).run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("one class at a time");
  }

  @Test
  void labelsThatAreMissingOrOfOtherRowsAreRefused() throws IOException {
    FitJob none = job(Toys.images(folder), CLASSES, folder.resolve("model"));
    assertThatThrownBy(() -> none.run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("has no labels")
        .hasMessageContaining("--labels FILE");
    Path few = Files.writeString(folder.resolve("few.csv"), "kind\n0\n1\n");
    FitJob short1 =
        job(Toys.images(folder).withLabels(few.toString()), CLASSES, folder.resolve("model"));
    assertThatThrownBy(() -> short1.run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("has 2 labels")
        .hasMessageContaining("60 rows");
    assertThatThrownBy(() -> LearningSettings.USUAL.withClasses(1.5))
        .hasMessage("label-drop must be between 0 and 1, got 1.5");
    DataSource bars = bars();
    job(bars, CLASSES, folder.resolve("model")).run(new Recorder());
    Path file = folder.resolve("kinds.csv");
    Files.writeString(file, Files.readString(file).replaceFirst("2\n", "1\n"));
    assertThatThrownBy(() -> job(bars, CLASSES, folder.resolve("model")).run(new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("began with classes.");
  }

  @Test
  void theLabelsBesideMnistsImagesAreFoundByTheirName() throws IOException {
    Path images = folder.resolve("train-images-idx3-ubyte.gz");
    Path labels = Files.createFile(folder.resolve("train-labels-idx1-ubyte.gz"));
    assertThat(DataSource.of(images.toString()).withLabels("auto").options().labelFile())
        .hasValue(labels);
    assertThat(DataSource.of("other.npy").withLabels("auto").options().labelFile()).isEmpty();
    assertThat(DataSource.of(DataSource.DIGITS).withLabels("auto").read().labels()).isNotEmpty();
  }

  /** Half-way between two narrow classes the best answer is the mean, of the class where it is told, of all rows where it is not. */
  @Test
  void aNetworkThatIsToldAClassAnswersWithThatClassesMean() throws IOException {
    RandomGenerator random = Seed.of(3).random();
    StringBuilder text = new StringBuilder("x,kind\n");
    for (int i = 0; i < 400; i++) {
      int kind = i % 4 == 0 ? 1 : 0;
      double x = 4 * kind - 1 + 0.3 * random.nextGaussian();
      text.append(String.format(Locale.ROOT, "%.5f,%d\n", x, kind));
    }
    Path file = Files.writeString(folder.resolve("two.csv"), text);
    DataSource data = DataSource.of(file.toString()).withLabel("kind").withLabels("auto");
    FitSettings settings =
        new FitSettings(
            OptionalLong.of(400),
            OptionalDouble.empty(),
            5,
            OptionalInt.of(256),
            OptionalDouble.empty(),
            OptionalInt.of(32),
            0.1,
            LearningSettings.USUAL.withClasses(0.2));
    Path model = folder.resolve("model");
    job(data, settings, model).run(new Recorder());
    ModelFolder kept = new ModelFolder(model);
    ModelConfig config = kept.config();
    try (NetworkDenoiser network = kept.trained(config).denoiser()) {
      double[] means = {mean(file, 0), mean(file, 1), mean(file, -1)};
      double between = (means[0] + means[1]) / 2;
      double y = (between - config.scaling().shift()[0]) / config.scaling().scale()[0];
      for (int label = 0; label < means.length; label++) {
        double[] out = new double[1];
        network.given(label).denoise(new double[] {y}, 1, 2, out);
        assertThat(config.scaling().toData(out)[0]).isCloseTo(means[label], within(0.15));
      }
      double[] rows = new double[3];
      network.givenEach(new int[] {0, 1, 2}).denoise(new double[3], 3, 2, rows);
      for (int label = 0; label < means.length; label++) {
        double[] one = new double[1];
        network.given(label).denoise(new double[1], 1, 2, one);
        assertThat(rows[label]).isCloseTo(one[0], within(1e-5));
      }
      assertThatThrownBy(() -> network.givenEach(new int[] {0, 1}).denoise(rows, 3, 2, rows))
          .hasMessage("rows must be at most the 2 labels given, got 3");
      assertThatThrownBy(() -> network.givenEach(new int[] {0, 3}))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** The mean of the rows of a class; of all where it is negative. */
  private static double mean(Path file, int kind) throws IOException {
    return Files.readAllLines(file).stream()
        .skip(1)
        .map(line -> line.split(","))
        .filter(cells -> kind < 0 || Integer.parseInt(cells[1]) == kind)
        .mapToDouble(cells -> Double.parseDouble(cells[0]))
        .average()
        .orElseThrow();
  }
}
