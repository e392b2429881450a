package dev.langevin.app;

import dev.langevin.io.Datasets;
import dev.langevin.io.Hashes;
import dev.langevin.io.InputError;
import dev.langevin.io.ReadOptions;
import dev.langevin.io.RowFile;
import dev.langevin.table.Dataset;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Data as a user names it: {@code digits}, which ships with the library, or a file or folder.
 *
 * @param name {@value #DIGITS} or a path
 * @param options what the file does not say itself
 * @param latent folder of an autoencoder, whose latents of the images are the rows; empty for the images themselves
 */
public record DataSource(String name, ReadOptions options, Optional<Path> latent) {
  /** The name of the data set that ships: 1,797 handwritten digits of 8×8 pixels. */
  public static final String DIGITS = "digits";

  /** The labels that come with the data. */
  public static final String AUTO = "auto";

  /** The rows themselves. */
  public DataSource(String name, ReadOptions options) {
    this(name, options, Optional.empty());
  }

  /** The same, seen through an autoencoder. */
  public DataSource withLatent(Path autoencoder) {
    return new DataSource(name, options, Optional.of(autoencoder));
  }

  /** A data set whose file says everything itself. */
  public static DataSource of(String name) {
    return new DataSource(name, ReadOptions.defaults());
  }

  /**
   * The same, with rows that are images of this shape.
   *
   * @param shape {@code 8x8}, or {@code 3x32x32} with channels first
   * @throws InputError if it is no shape
   */
  public DataSource withImages(String shape) {
    return new DataSource(name, options.withShape(ReadOptions.shape("--image", shape)));
  }

  /** The same, with a column (name, or number from 1) that is each row's class and not data. */
  public DataSource withLabel(String column) {
    return new DataSource(name, options.withLabel(column));
  }

  /**
   * The same, with each row's class from a file, or, where that is {@value #AUTO}, from where the data keep it: the labels of digits and of sub-folders, a column that {@link
   * #withLabel} named, and the file that stands beside MNIST's images, {@code …labels-idx1…} beside {@code …images-idx3…}.
   */
  public DataSource withLabels(String file) {
    if (!file.equals(AUTO)) {
      return withLabelFile(Path.of(file));
    }
    Path images = Path.of(name);
    String own = String.valueOf(images.getFileName());
    Path beside = images.resolveSibling(own.replace("images", "labels").replace("idx3", "idx1"));
    boolean apart = !isDigits() && own.contains("images") && Files.isRegularFile(beside);
    return apart ? withLabelFile(beside) : this;
  }

  /** The same, with a file that holds each row's class. */
  public DataSource withLabelFile(Path file) {
    return new DataSource(name, options.withLabelFile(file));
  }

  /** Whether this is the data set that ships; a file or folder of that name in the working folder does not hide it. */
  boolean isDigits() {
    return name.equals(DIGITS);
  }

  /**
   * Reads it.
   *
   * @throws InputError if there is no such data or it is not clean
   */
  Dataset read() {
    Dataset rows = plain();
    if (latent.isEmpty()) {
      return rows;
    }
    try (Latent space = Latent.of(latent.get())) {
      return space.encode(rows);
    }
  }

  /**
   * Opens the file of the rows, to be read one by one.
   *
   * @throws InputError if the rows can only be had all at once
   */
  RowFile open() {
    if (isDigits() || latent.isPresent() || options.labelColumn().isPresent()) {
      throw new InputError(
          "--stream",
          "only the rows of a file without a label column can be streamed, and not their latents",
          "leave it out, or give an npy or IDX file");
    }
    return RowFile.open(path(), options);
  }

  /** The numbers of a file that can be read row by row; 0 for other data. */
  double streamable() {
    boolean file = !isDigits() && latent.isEmpty() && options.labelColumn().isEmpty();
    return file ? RowFile.numbers(path()) : 0;
  }

  private Dataset plain() {
    if (!isDigits()) {
      return Datasets.read(path(), options);
    }
    if (!options.equals(ReadOptions.defaults())) {
      throw new InputError(
          DIGITS,
          "this data set ships with its shape and labels known",
          "leave out the flags on how to read data, or write ./digits for a file of that name");
    }
    return Datasets.digits();
  }

  /** The SHA-256 of the file or folder; of the numbers, as little-endian doubles, for the data that ships; of both hashes, written, with an autoencoder. */
  String sha256() {
    if (latent.isEmpty()) {
      return plainSha256();
    }
    String both = plainSha256() + Latent.sha256(latent.get());
    return Hashes.sha256(both.getBytes(StandardCharsets.US_ASCII));
  }

  private String plainSha256() {
    if (!isDigits()) {
      return Hashes.sha256(path());
    }
    double[] values = Datasets.digits().values();
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    return Hashes.sha256(bytes.array());
  }

  private Path path() {
    Path path = Path.of(name);
    if (!Files.exists(path)) {
      throw new InputError(
          name,
          "there is no such file or folder",
          "check the path, or use " + DIGITS + ", which ships");
    }
    return path;
  }
}
