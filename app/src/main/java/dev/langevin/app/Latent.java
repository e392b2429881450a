package dev.langevin.app;

import dev.langevin.io.Hashes;
import dev.langevin.io.InputError;
import dev.langevin.io.Json;
import dev.langevin.io.Safetensors;
import dev.langevin.table.Dataset;
import dev.langevin.tensor.Autoencoder;
import dev.langevin.tensor.LatentSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The first stage of latent diffusion (Rombach, Blattmann, Lorenz, Esser &amp; Ommer 2022): a fitted autoencoder with its scale. Images become latents, on which a model is fitted as on
 * any rows, scaled to the standard deviation that its objective asks for; and what is generated becomes images. A model's folder holds a copy, and so generates by itself.
 */
final class Latent implements AutoCloseable {
  static final String CONFIG = "autoencoder.json";
  static final String WEIGHTS = "autoencoder.safetensors";

  private final LatentSpace space;
  private final Scaling scaling;
  private final DataFacts data;

  private Latent(LatentSpace space, Scaling scaling, DataFacts data) {
    this.space = space;
    this.scaling = scaling;
    this.data = data;
  }

  /**
   * The autoencoder in its own folder, or in the folder of a model in its latents.
   *
   * @throws InputError if there is none
   */
  static Latent of(Path folder) {
    Path config = config(folder);
    if (!config.endsWith(CONFIG)) {
      new ModelFolder(folder).config(); // says what is missing
    }
    ModelConfig known = ModelConfig.from(config.toString(), Json.read(config));
    if (!(known.training().architecture() instanceof Autoencoder recipe)) {
      throw new InputError(
          folder.toString(),
          "is no autoencoder",
          "make one: langevin fit DATA --objective autoencoder --out " + folder);
    }
    Path weights = weights(folder);
    try {
      LatentSpace space = new LatentSpace(recipe, Safetensors.read(weights).arrays());
      return new Latent(space, known.scaling(), known.data());
    } catch (IllegalArgumentException unfit) {
      throw ModelFolder.mismatch(weights, unfit);
    }
  }

  /** The autoencoder that a model's folder holds; empty for a model of plain rows. */
  static Optional<Latent> in(Path model) {
    return isIn(model) ? Optional.of(of(model)) : Optional.empty();
  }

  /** Whether a model's folder holds one. */
  static boolean isIn(Path model) {
    return Files.exists(model.resolve(CONFIG));
  }

  private static Path config(Path folder) {
    return folder.resolve(isIn(folder) ? CONFIG : ModelFolder.CONFIG);
  }

  private static Path weights(Path folder) {
    return folder.resolve(isIn(folder) ? WEIGHTS : ModelFolder.WEIGHTS);
  }

  /** SHA-256 of the weights. */
  static String sha256(Path folder) {
    return Hashes.sha256(weights(folder));
  }

  /** Puts copies into a model's folder that is being made. */
  static void copy(Path folder, Path into) {
    try {
      Files.copy(config(folder), into.resolve(CONFIG));
      Files.copy(weights(folder), into.resolve(WEIGHTS));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Shape of an image. */
  int[] shape() {
    return data.shape();
  }

  /** The images' own scale. */
  Scaling scaling() {
    return scaling;
  }

  /**
   * The latents of images, which keep their labels.
   *
   * @throws InputError if they are of another shape than those that the autoencoder learned from
   */
  Dataset encode(Dataset images) {
    if (!Arrays.equals(images.shape(), shape())) {
      throw new InputError(
          images.name(),
          "has rows of %s, and the autoencoder knows images of %s"
              .formatted(DataFacts.written(images.shape()), DataFacts.written(shape())),
          "fit an autoencoder to these images");
    }
    float[] z = space.encode(scaling.toNetwork(images.values()), images.rows());
    return new Dataset(
        images.name(), space.recipe().latentShape(), List.of(), wide(z), images.labels());
  }

  /** The images of latents, on the images' own scale. */
  double[] decode(double[] latents) {
    float[] z = new float[latents.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = (float) latents[i];
    }
    int d = space.recipe().latentShape()[0] * space.recipe().latentShape()[1];
    int rows = z.length / (d * space.recipe().latentShape()[2]);
    return scaling.toData(wide(space.decode(z, rows)));
  }

  /** Mean square error of images and what is left of them after encoding and decoding, over the square of the range that pixels have. */
  double error(Dataset images) {
    double[] back = decode(encode(images).values());
    double range = scaling.high()[0] - scaling.low()[0];
    double sum = 0;
    for (int i = 0; i < back.length; i++) {
      double gap = (back[i] - images.values()[i]) / range;
      sum += gap * gap;
    }
    return sum / back.length;
  }

  static double[] wide(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  @Override
  public void close() {
    space.close();
  }
}
