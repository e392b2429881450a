package dev.langevin.app;

import dev.langevin.io.AtomicFolder;
import dev.langevin.io.InputError;
import dev.langevin.io.Safetensors;
import dev.langevin.math.NamedArray;
import dev.langevin.math.PowerAverage;
import dev.langevin.tensor.Checkpoint;
import dev.langevin.tensor.TrailingAverages;
import dev.langevin.tensor.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a fit keeps so that the average of its weights can be chosen afterwards: {@link TrailingAverages} at steps that stand further and further apart, by a factor of 2^¼, of the last
 * three quarters of the run. That is at most 8 files of 8 bytes for each weight; none for networks of more than {@value #MOST_WEIGHTS} weights.
 */
final class Snapshots implements AutoCloseable {
  private static final long FIRST = 64;
  private static final double SPREAD = 1.189207115002721; // 2^¼
  private static final int WINDOW = 4; // what is older than this part of the run is thrown away
  private static final long MOST_WEIGHTS = 8_000_000;
  private static final String STEP = "step";

  private final Path folder;
  private final ModelConfig config;
  private final Trainer trainer;
  private final Optional<TrailingAverages> averages;

  Snapshots(Path folder, ModelConfig config, Trainer trainer) {
    this.folder = folder;
    this.config = config;
    this.trainer = trainer;
    boolean small = config.training().architecture().parameters() <= MOST_WEIGHTS;
    averages = small ? Optional.of(new TrailingAverages(trainer)) : Optional.empty();
  }

  /** The trainer's checkpoint, and the averages. */
  Checkpoint checkpoint() {
    Checkpoint plain = trainer.checkpoint();
    List<NamedArray> arrays = new ArrayList<>(plain.arrays());
    averages.ifPresent(kept -> arrays.addAll(kept.arrays()));
    return new Checkpoint(plain.settings(), plain.step(), arrays);
  }

  /** Goes to where a checkpoint was made; what was kept after it belongs to another course. */
  void restore(Checkpoint checkpoint) throws IOException {
    averages.ifPresent(kept -> kept.restore(checkpoint.arrays()));
    for (Map.Entry<Long, Path> file : files(folder).entrySet()) {
      if (file.getKey() > checkpoint.step()) {
        Files.deleteIfExists(file.getValue());
      }
    }
  }

  /** To be called after every step. */
  void follow() throws IOException {
    long step = trainer.steps();
    if (averages.isPresent()) {
      averages.get().follow();
      if (isKept(step)) {
        keep(step, averages.get().arrays());
      }
    }
  }

  /** Whether the averages are kept after so many steps: a function of the step alone. */
  static boolean isKept(long step) {
    long due = FIRST;
    while (due < step) {
      double next = due * SPREAD / TrailingAverages.STRIDE;
      due = TrailingAverages.STRIDE * (long) Math.ceil(next);
    }
    return due == step;
  }

  private void keep(long step, List<NamedArray> arrays) throws IOException {
    Path part = Files.createTempFile("langevin-average", ".safetensors");
    try {
      Map<String, String> metadata =
          Map.of(STEP, Long.toString(step), "provenance", config.provenance().line());
      Safetensors.write(part, arrays, metadata);
      AtomicFolder.add(folder, name(step), out -> Files.copy(part, out));
    } finally {
      Files.deleteIfExists(part);
    }
    for (Map.Entry<Long, Path> file : files(folder).entrySet()) {
      if (file.getKey() < step / WINDOW) {
        Files.deleteIfExists(file.getValue());
      }
    }
  }

  private static String name(long step) {
    return String.format(Locale.ROOT, "average-%09d.safetensors", step);
  }

  private static TreeMap<Long, Path> files(Path folder) throws IOException {
    TreeMap<Long, Path> files = new TreeMap<>();
    try (var all = Files.list(folder)) {
      for (Path file : all.toList()) {
        String name = file.getFileName().toString();
        if (name.matches("average-\\d{9,18}\\.safetensors")) {
          files.put(Long.parseLong(name.replaceAll("\\D", "")), file);
        }
      }
    }
    return files;
  }

  /**
   * Weights whose average over the run has another length.
   *
   * @param error how far its weights over time are from those asked for, as a share
   */
  record Chosen(List<NamedArray> weights, double error) {}

  /**
   * The average of a relative length over the run of a model.
   *
   * @throws InputError if the model keeps none
   */
  static Chosen choose(Path folder, Checkpoint now, double length) throws IOException {
    List<PowerAverage> kept = new ArrayList<>();
    List<Path> places = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    for (Map.Entry<Long, Path> file : files(folder).headMap(now.step()).entrySet()) {
      for (String prefix : TrailingAverages.prefixes()) {
        kept.add(TrailingAverages.average(prefix, file.getKey()));
        places.add(file.getValue());
        prefixes.add(prefix);
      }
    }
    Path training = folder.resolve(ModelFolder.TRAINING);
    for (String prefix : TrailingAverages.prefixes()) {
      kept.add(TrailingAverages.average(prefix, now.step()));
      places.add(training);
      prefixes.add(prefix);
    }
    PowerAverage.Synthesis made =
        PowerAverage.ofLength(length, kept.get(kept.size() - 1).end()).synthesis(kept);
    TreeMap<String, NamedArray> sum = new TreeMap<>();
    double[] c = made.coefficients();
    for (int i = 0; i < c.length; i++) {
      boolean last = places.get(i).equals(training);
      List<NamedArray> arrays = last ? now.arrays() : Safetensors.read(places.get(i)).arrays();
      add(sum, c[i], arrays, prefixes.get(i), places.get(i));
    }
    return new Chosen(List.copyOf(sum.values()), made.error());
  }

  private static void add(
      Map<String, NamedArray> sum, double c, List<NamedArray> arrays, String prefix, Path place) {
    int found = 0;
    for (NamedArray array : arrays) {
      if (array.name().startsWith(prefix)) {
        found++;
        String name = array.name().substring(prefix.length());
        NamedArray total =
            sum.computeIfAbsent(
                name, n -> new NamedArray(n, array.shape(), new float[array.values().length]));
        if (total.values().length != array.values().length) {
          found = 0;
          break;
        }
        for (int j = 0; j < total.values().length; j++) {
          total.values()[j] += (float) (c * array.values()[j]);
        }
      }
    }
    if (found == 0 || found != sum.size()) {
      throw new InputError(
          place.toString(),
          "keeps no averages of the weights, or not of all",
          "fit again; networks of more than " + MOST_WEIGHTS + " weights keep none");
    }
  }

  @Override
  public void close() {
    averages.ifPresent(TrailingAverages::close);
  }
}
