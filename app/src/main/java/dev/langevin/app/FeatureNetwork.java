package dev.langevin.app;

import dev.langevin.io.AtomicFolder;
import dev.langevin.io.InputError;
import dev.langevin.io.Json;
import dev.langevin.io.Provenance;
import dev.langevin.io.Safetensors;
import dev.langevin.table.Dataset;
import dev.langevin.tensor.Classifier;
import dev.langevin.tensor.ClassifierFunction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A classifier whose hidden layer turns images into features: one that ships, or a folder that {@link FeaturesJob} wrote.
 *
 * @param name what it is called: {@code mnist}, {@code fashion} or the folder
 * @param function the network
 * @param accuracy on images that it had not seen, 0 … 1
 */
record FeatureNetwork(String name, ClassifierFunction function, double accuracy)
    implements AutoCloseable {
  static final String CONFIG = "config.json";
  static final String WEIGHTS = "weights.safetensors";

  /** The networks that ship. */
  static final List<String> SHIPPED = List.of("mnist", "fashion");

  private static final String ACCURACY = "test_accuracy";
  private static final String CLASSIFIER = "classifier";

  /** The network of that name, or in that folder. */
  static FeatureNetwork named(String name) {
    return SHIPPED.contains(name) ? shipped(name) : read(name, Path.of(name));
  }

  /** Whether a network that ships may know images of this shape, without loading it. */
  static boolean fitsShipped(int[] shape) {
    return Arrays.equals(shape, new int[] {1, 28, 28});
  }

  private static String resource(String name, String file) {
    return "features/" + name + "/" + file;
  }

  private static FeatureNetwork shipped(String name) {
    try {
      Path folder = Files.createTempDirectory("langevin-features");
      try {
        for (String file : List.of(CONFIG, WEIGHTS)) {
          String resource = resource(name, file);
          try (InputStream in = FeatureNetwork.class.getResourceAsStream(resource)) {
            if (in == null) {
              throw new AssertionError(resource + " is missing from the jar");
            }
            Files.copy(in, folder.resolve(file));
          }
        }
        return read(name, folder);
      } finally {
        Files.deleteIfExists(folder.resolve(CONFIG));
        Files.deleteIfExists(folder.resolve(WEIGHTS));
        Files.delete(folder);
      }
    } catch (IOException full) {
      throw new InputError(
          System.getProperty("java.io.tmpdir"),
          "the network " + name + " cannot be unpacked here",
          "make room, or set another folder with -Djava.io.tmpdir",
          full);
    }
  }

  private static FeatureNetwork read(String name, Path folder) {
    Path config = folder.resolve(CONFIG);
    if (!Files.isRegularFile(config)) {
      throw new InputError(
          name,
          "is no feature network: there is no " + CONFIG + " in such a folder",
          "say auto, pixels, " + String.join(", ", SHIPPED) + ", or make one: langevin features");
    }
    Fields fields = new Fields(config.toString(), Json.read(config));
    Safetensors stored = Safetensors.read(folder.resolve(WEIGHTS));
    try {
      Classifier recipe = Classifier.fromMap(fields.object(CLASSIFIER));
      return new FeatureNetwork(
          name, new ClassifierFunction(recipe, stored.arrays()), fields.number(ACCURACY));
    } catch (IllegalArgumentException unfit) {
      throw new InputError(
          folder.resolve(WEIGHTS).toString(),
          "does not belong to the network in " + CONFIG + ": " + unfit.getMessage(),
          "train it again: langevin features",
          unfit);
    }
  }

  /** Writes a folder that {@link #named} reads. */
  void write(Path target, Map<String, Object> figures, Provenance provenance) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put(CLASSIFIER, function.recipe().toMap());
    config.put(ACCURACY, accuracy);
    config.putAll(figures);
    config.put("provenance", provenance.toMap());
    AtomicFolder.write(
        target,
        folder -> {
          Json.write(folder.resolve(CONFIG), config);
          Safetensors.write(folder.resolve(WEIGHTS), function.weights(), Map.of(), provenance);
        });
  }

  /** What the network says of images. */
  @SuppressWarnings("ArrayRecordComponent") // rows of numbers, lent
  record Seen(double[] features, double[] logits, int width, int classes) {
    int rows() {
      return features.length / width;
    }

    /** The most probable class of each image. */
    int[] labels() {
      int[] labels = new int[rows()];
      for (int i = 0; i < labels.length; i++) {
        for (int k = 1; k < classes; k++) {
          labels[i] = logits[i * classes + k] > logits[i * classes + labels[i]] ? k : labels[i];
        }
      }
      return labels;
    }

    /** The probability of each image's most probable class. */
    double[] confidence() {
      int[] labels = labels();
      double[] confidence = new double[labels.length];
      for (int i = 0; i < labels.length; i++) {
        double sum = 0;
        for (int k = 0; k < classes; k++) {
          sum += StrictMath.exp(logits[i * classes + k] - logits[i * classes + labels[i]]);
        }
        confidence[i] = 1 / sum;
      }
      return confidence;
    }
  }

  /** Looks at images whose black and white are these numbers; what lies outside is cut off. */
  Seen see(Dataset images, PixelRange range) {
    Classifier recipe = function.recipe();
    int rows = images.rows();
    float[] features = new float[rows * recipe.features()];
    float[] logits = new float[rows * recipe.classes()];
    function.apply(range.unit(images.values()), rows, features, logits);
    return new Seen(doubles(features), doubles(logits), recipe.features(), recipe.classes());
  }

  private static double[] doubles(float[] values) {
    double[] copy = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      copy[i] = values[i];
    }
    return copy;
  }

  /** Whether the network takes images of this shape. */
  boolean fits(int[] shape) {
    return Arrays.equals(shape, function.recipe().rowShape());
  }

  @Override
  public void close() {
    function.close();
  }
}
