package dev.langevin.app;

import dev.langevin.io.AtomicFolder;
import dev.langevin.io.Hashes;
import dev.langevin.io.InputError;
import dev.langevin.io.Provenance;
import dev.langevin.math.Check;
import dev.langevin.table.Dataset;
import dev.langevin.tensor.Backend;
import dev.langevin.tensor.Classifier;
import dev.langevin.tensor.ClassifierTrainer;
import dev.langevin.tensor.ClassifierTraining;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Trains the network on whose features images are compared, and measures it on images that it has not seen.
 *
 * @param data images with a class each
 * @param test others, of the same classes, to measure it on; where there are none, a tenth of {@code data} is kept apart
 * @param epochs passes through the images, at least 1
 * @param shift images are moved at random by up to so many pixels, 0 … 8
 * @param flips whether they are mirrored at random
 * @param seed equal seeds give equal networks on one kind of processor
 * @param threads how many threads work, at least 1; the network does not depend on it
 * @param out the network's folder
 */
public record FeaturesJob(
    DataSource data,
    Optional<DataSource> test,
    int epochs,
    int shift,
    boolean flips,
    long seed,
    int threads,
    Path out)
    implements Job {
  /** Passes, unless said otherwise. */
  public static final int EPOCHS = 10;

  /** Pixels, unless said otherwise. */
  public static final int SHIFT = 1;

  /** The seed, unless said otherwise. */
  public static final long SEED = 1;

  private static final double APART = 0.1;

  public FeaturesJob {
    Check.between("epochs", epochs, 1, 10_000);
    Check.between("shift", shift, 0, 8);
    Check.between("threads", threads, 1, 4096);
  }

  @Override
  public Ending run(Console console) throws IOException {
    AtomicFolder.requireReplaceable(out);
    Dataset all = labelled(data);
    Split split = Split.of(all.rows(), test.isPresent() ? 0 : APART);
    Dataset judge = test.isPresent() ? labelled(test.get()) : all.select(split.heldOut());
    Dataset learned = all.select(split.training());
    int classes = 1 + Math.max(most(learned), most(judge));
    requireUsable(learned, judge, classes);
    Backend.threads(threads);
    Classifier network = Classifier.of(learned.shape(), classes);
    ClassifierTraining settings = ClassifierTraining.of(network, epochs, shift, flips, seed);
    console.line(
        "%s: %d images of %d classes; a network of %d weights, judged on %d others"
            .formatted(data.name(), learned.rows(), classes, network.parameters(), judge.rows()));
    PixelRange range = PixelRange.of(learned);
    float[] images = range.unit(learned.values());
    try (ClassifierTrainer trainer = new ClassifierTrainer(settings, images, learned.labels())) {
      if (!train(trainer, console)) {
        console.line("Stopped; nothing was written.");
        return Ending.STOPPED;
      }
      write(trainer, judge, range, learned.rows(), console);
    }
    return Ending.FINISHED;
  }

  private static int most(Dataset labelled) {
    return Arrays.stream(labelled.labels()).max().orElse(0);
  }

  private static Dataset labelled(DataSource source) {
    Dataset read = source.read();
    if (!read.isImages() || read.labels().length == 0) {
      throw new InputError(
          source.name(),
          read.isImages() ? "has no classes" : "has rows that are no images",
          read.isImages()
              ? "name the file that holds them, with --labels (--test-labels), or a CSV's column, with --label"
              : "give their shape, for example --image 28x28");
    }
    return read;
  }

  private void requireUsable(Dataset learned, Dataset judge, int classes) {
    int[] shape = learned.shape();
    if (!Arrays.equals(shape, judge.shape())) {
      throw new InputError(
          test.map(DataSource::name).orElse(""),
          "has images of another shape than " + data.name(),
          "give images of the same kind");
    }
    if (classes < 2 || Math.min(shape[1], shape[2]) < 8 || judge.rows() == 0) {
      throw new InputError(
          data.name(),
          "has %d classes of %s pixels".formatted(classes, DataFacts.written(shape)),
          "give at least ten images of at least two classes and 8x8 pixels");
    }
  }

  private static boolean train(ClassifierTrainer trainer, Console console) {
    try (Progress progress = console.progress("learning", trainer.steps(), "steps")) {
      double mean = Double.NaN;
      for (long step = 0; step < trainer.steps(); step++) {
        if (console.cancelled()) {
          return false;
        }
        double loss = trainer.step();
        mean = Double.isNaN(mean) ? loss : mean + 0.01 * (loss - mean);
        progress.note(String.format(Locale.ROOT, "loss %.3f", mean));
        progress.advanceTo(step + 1);
      }
      return true;
    }
  }

  private void write(
      ClassifierTrainer trainer, Dataset judge, PixelRange range, int rows, Console console) {
    FeatureNetwork raw = new FeatureNetwork(out.toString(), trainer.function(), 0);
    try (FeatureNetwork network =
        new FeatureNetwork(raw.name(), raw.function(), accuracy(raw, judge, range))) {
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("rows_learned_from", rows);
      figures.put("rows_judged_on", judge.rows());
      network.write(out, figures, provenance());
      console.line(
          String.format(
              Locale.ROOT,
              "Right about %.2f %% of %d images that it had not seen.",
              100 * network.accuracy(),
              judge.rows()));
      console.line("Wrote " + out);
    }
  }

  /** The share of images whose most probable class is their own. */
  static double accuracy(FeatureNetwork network, Dataset judge, PixelRange range) {
    int[] said = network.see(judge, range).labels();
    int[] truth = judge.labels();
    int right = 0;
    for (int i = 0; i < said.length; i++) {
      right += said[i] == truth[i] ? 1 : 0;
    }
    return (double) right / said.length;
  }

  private Provenance provenance() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("epochs", epochs);
    settings.put("shift", shift);
    settings.put("flips", flips);
    Map<String, String> inputs = new LinkedHashMap<>();
    hashes("data", data, inputs);
    test.ifPresent(source -> hashes("test", source, inputs));
    String command =
        "langevin features %s%s --epochs %d --shift %d%s --seed %d"
            .formatted(
                asked("", "--labels", data),
                test.map(source -> " " + asked("--test ", "--test-labels", source)).orElse(""),
                epochs,
                shift,
                flips ? " --flips" : "",
                seed);
    return new Provenance(Version.current(), command, seed, settings, inputs);
  }

  private static void hashes(String role, DataSource source, Map<String, String> inputs) {
    inputs.put(role, source.sha256());
    source
        .options()
        .labelFile()
        .ifPresent(file -> inputs.put(role + "_labels", Hashes.sha256(file)));
  }

  /** The data as they are asked for on the command line; files by their last names. */
  private static String asked(String before, String flag, DataSource source) {
    return before
        + Path.of(source.name()).getFileName()
        + source
            .options()
            .labelFile()
            .map(file -> " " + flag + " " + file.getFileName())
            .orElse("");
  }
}
