package dev.langevin.app;

import dev.langevin.io.Datasets;
import dev.langevin.io.Hashes;
import dev.langevin.io.Images;
import dev.langevin.io.InputError;
import dev.langevin.io.Npy;
import dev.langevin.math.NamedArray;
import dev.langevin.solver.Inpainting;
import dev.langevin.solver.Solver;
import dev.langevin.table.Dataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is known of every sample of a generation, on the data's own scale.
 *
 * @param known which coordinates
 * @param values their values; the others are not looked at
 * @param inputs SHA-256 of the files that say so
 */
record KnownPart(boolean[] known, double[] values, Map<String, String> inputs) {
  /**
   * Reads it.
   *
   * @throws InputError if files or columns do not suit the model
   */
  static KnownPart of(GenerateOptions.Known asked, ModelSource model) {
    return asked.image().isPresent()
        ? ofImage(asked.image().get(), asked.mask().orElseThrow(), model)
        : ofColumns(asked.columns(), model);
  }

  private static KnownPart ofColumns(Map<String, Double> columns, ModelSource model) {
    List<String> names = model.columns();
    boolean[] known = new boolean[(int) NamedArray.size(model.shape())];
    double[] values = new double[known.length];
    columns.forEach(
        (name, value) -> {
          int at = names.indexOf(name);
          if (at < 0) {
            throw new InputError(
                "--observe",
                "the model has no column \"" + name + "\"",
                names.isEmpty() ? "use --inpaint for pictures" : "it has " + names);
          }
          known[at] = true;
          values[at] = value;
        });
    return checked("--observe", known, values, Map.of(), model);
  }

  private static KnownPart ofImage(Path image, Path mask, ModelSource model) {
    double[] values = read(image, "--inpaint", model, true);
    double[] unknown = read(mask, "--mask", model, false);
    boolean[] known = new boolean[values.length];
    for (int j = 0; j < known.length; j++) {
      if (unknown[j] != 0 && unknown[j] != 1) {
        throw new InputError(
            mask.toString(),
            "is neither black nor white at pixel " + j + " (" + Numbers.brief(unknown[j]) + ")",
            "give 1 or white where the picture is to be filled, 0 or black where it is known; magick"
                + " MASK.png -threshold 50% MASK.png");
      }
      known[j] = unknown[j] == 0;
    }
    Map<String, String> inputs = new LinkedHashMap<>();
    inputs.put("inpaint", Hashes.sha256(image));
    inputs.put("mask", Hashes.sha256(mask));
    return checked(mask.toString(), known, values, inputs, model);
  }

  /** One row of the model's shape; of a picture's levels, if {@code scaled}, values between the smallest and the largest of the data. */
  private static double[] read(Path file, String flag, ModelSource model, boolean scaled) {
    if (!Files.isRegularFile(file)) {
      throw new InputError(file.toString(), "there is no such file", "check the path of " + flag);
    }
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".npy")) {
      Npy.Content array = Npy.read(file);
      return fitted(file, array.shape(), array.values(), model);
    }
    if (!name.matches(".*\\.(png|jpe?g)")) {
      Dataset rows = Datasets.read(file);
      return fitted(file, new int[] {rows.rows(), rows.width()}, rows.values(), model);
    }
    Dataset picture = Images.read(file);
    double[] levels = fitted(file, picture.shape(), picture.values(), model);
    if (scaled) {
      double low = model.scaling().lowest();
      double range = model.scaling().highest() - low;
      Arrays.setAll(levels, j -> low + range * levels[j]);
    }
    return levels;
  }

  /** Grey serves for every channel; lengths of 1 before the others do not matter. */
  private static double[] fitted(Path file, int[] shape, double[] values, ModelSource model) {
    int[] wanted = stripped(model.shape());
    int[] given = stripped(shape);
    boolean alike = Arrays.equals(given, wanted);
    boolean grey =
        wanted.length == 3 && Arrays.equals(given, Arrays.copyOfRange(wanted, 1, wanted.length));
    if (!alike && !grey) {
      throw new InputError(
          file.toString(),
          "is "
              + DataFacts.written(shape)
              + ", but a sample is "
              + DataFacts.written(model.shape()),
          model.shape().length == 3
              ? "bring it to this size and to these colours: magick IN.png -resize '%dx%d!'%s OUT.png"
                  .formatted(
                      model.shape()[2],
                      model.shape()[1],
                      model.shape()[0] == 1 ? " -colorspace Gray" : "")
              : "give one row of this many numbers");
    }
    int width = (int) NamedArray.size(model.shape());
    double[] all = new double[width];
    Arrays.setAll(all, j -> values[j % values.length]);
    return all;
  }

  private static int[] stripped(int[] shape) {
    int from = 0;
    while (from < shape.length - 1 && shape[from] == 1) {
      from++;
    }
    return Arrays.copyOfRange(shape, from, shape.length);
  }

  private static KnownPart checked(
      String place,
      boolean[] known,
      double[] values,
      Map<String, String> inputs,
      ModelSource model) {
    int count = 0;
    for (int j = 0; j < known.length; j++) {
      count += known[j] ? 1 : 0;
      if (known[j] && !model.scaling().admits(j, values[j])) {
        throw new InputError(
            place,
            "the value %s of coordinate %d lies outside of the data's own range"
                .formatted(Numbers.brief(values[j]), j),
            "give numbers on the scale that the model learned from");
      }
    }
    if (count == known.length || count == 0) {
      throw new InputError(
          place,
          count == 0 ? "leaves nothing that is known" : "leaves nothing to be filled",
          "white (1) is to be filled, black (0) is known; give some of both");
    }
    return new KnownPart(known, values, inputs);
  }

  /** The solver that fills the rest. */
  Solver inpainting(Solver solver, GenerateOptions.Known how, Scaling scaling) {
    if (how.resample() > 1 && solver.remembers()) {
      throw new InputError(
          "--resample",
          solver.name() + " remembers its steps, which therefore cannot be taken again",
          "take --resample 1, or --solver heun, ddim, ddpm or euler-ancestral");
    }
    double[] z = scaling.standardised(values);
    return new Inpainting(solver, known, z, how.jump(), how.resample());
  }

  /** Puts the known values, as they were given, into rows on the data's own scale. */
  void restore(double[] rows) {
    for (int i = 0; i < rows.length; i++) {
      if (known[i % known.length]) {
        rows[i] = values[i % known.length];
      }
    }
  }
}
