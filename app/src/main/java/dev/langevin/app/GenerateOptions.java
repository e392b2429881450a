package dev.langevin.app;

import dev.langevin.io.InputError;
import dev.langevin.math.Check;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a generation may be asked for beyond plain samples.
 *
 * @param classes names or numbers of classes, each gets an equal share of the samples, one class after the other; {@value #ALL} for every class; empty for none
 * @param guidance w in D_none + w(D_class - D_none): 0 leaves the class away, 1 is the model of the class, more exaggerates it
 * @param known what is known of every sample
 * @param interpolate how many samples lie on the way between two; the number of samples asked for is then that of the ways
 * @param likelihood a CSV for the log density of each sample
 * @param probes random vectors for the trace in it, 0 for the exact one; empty for what suits the dimension
 * @param animation an animated PNG of the way from noise to data
 * @param frames of it at most
 * @param rounded whether a network multiplies 16-bit floats
 */
public record GenerateOptions(
    List<String> classes,
    double guidance,
    Known known,
    OptionalInt interpolate,
    Optional<Path> likelihood,
    OptionalInt probes,
    Optional<Path> animation,
    int frames,
    boolean rounded) {
  /** Stands for every class. */
  public static final String ALL = "all";

  /** Frames of an animation, unless said otherwise. */
  public static final int FRAMES = 40;

  /** Resamplings where something is known, unless said otherwise. */
  public static final int RESAMPLE = 10;

  /** Nothing of it. */
  public static final GenerateOptions NONE =
      new GenerateOptions(
          List.of(),
          1,
          Known.NOTHING,
          OptionalInt.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          FRAMES,
          false);

  /**
   * What is known of every sample: a picture beside a mask, or some columns.
   *
   * @param image PNG, JPEG or npy (CSV for points); empty where nothing is known of a picture
   * @param mask where it is unknown: white or 1 is to be filled, black or 0 is known; there if the image is
   * @param columns values by the names of their columns
   * @param resample how often each step is taken (RePaint); 1 is plain projection
   * @param jump how many steps are taken back and done again together
   */
  public record Known(
      Optional<Path> image,
      Optional<Path> mask,
      Map<String, Double> columns,
      int resample,
      int jump) {
    /** Nothing. */
    public static final Known NOTHING =
        new Known(Optional.empty(), Optional.empty(), Map.of(), RESAMPLE, 1);

    public Known {
      columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
      Check.between("resample", resample, 1, 1000);
      Check.between("jump", jump, 1, 1000);
      if (image.isPresent() != mask.isPresent()) {
        throw new InputError(
            image.isPresent() ? "--inpaint" : "--mask",
            "goes with " + (image.isPresent() ? "--mask" : "--inpaint"),
            "give both: the picture, and where it is to be filled (white)");
      }
      if (image.isPresent() && !columns.isEmpty()) {
        throw new InputError("--observe", "does not go with --inpaint", "give one of them");
      }
    }

    boolean isNothing() {
      return image.isEmpty() && columns.isEmpty();
    }

    private String flags() {
      StringBuilder flags = new StringBuilder();
      image.ifPresent(path -> flags.append(" --inpaint " + path.getFileName()));
      mask.ifPresent(path -> flags.append(" --mask " + path.getFileName()));
      columns.forEach((name, value) -> flags.append(" --observe " + name + "=" + value));
      return flags + (isNothing() ? "" : " --resample " + resample + " --jump " + jump);
    }
  }

  public GenerateOptions {
    classes = List.copyOf(classes);
    Check.finite("guidance", guidance);
    interpolate.ifPresent(columns -> Check.between("interpolate", columns, 2, 1000));
    probes.ifPresent(LogDensities::requireProbes);
    Check.between("frames", frames, 2, 1000);
    if (classes.isEmpty() && guidance != 1) {
      throw new InputError(
          "--guidance",
          "steers towards a class, and none is named",
          "add --class, or leave it out");
    }
    if (interpolate.isPresent() && classes.size() > 1) {
      throw new InputError("--interpolate", "goes on within one class", "name one --class");
    }
    if (interpolate.isPresent() && !known.isNothing()) {
      throw new InputError(
          "--interpolate",
          "does not go with what is known of the samples, for that takes fresh noise",
          "leave one of them out");
    }
  }

  /** How many samples there are for each that is asked for. */
  int columns() {
    return interpolate.orElse(1);
  }

  /** The flags that one would type, each with a space before it; files by their last names. */
  String flags() {
    StringBuilder flags = new StringBuilder();
    if (!classes.isEmpty()) {
      flags.append(" --class " + String.join(",", classes));
    }
    if (guidance != 1) {
      flags.append(" --guidance " + guidance);
    }
    flags.append(known.flags());
    interpolate.ifPresent(columns -> flags.append(" --interpolate " + columns));
    flags.append(rounded ? " --precision bf16" : "");
    return flags.toString();
  }
}
