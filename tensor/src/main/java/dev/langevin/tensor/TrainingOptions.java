package dev.langevin.tensor;

import dev.langevin.math.Check;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a training run may do beyond the usual.
 *
 * @param draws how noise levels are drawn
 * @param precision of the network's products
 * @param accumulation in how many pieces, one after the other, a batch goes through the network; the gradient is that of the whole batch up to rounding, the memory that of a
 *     piece
 * @param flips whether each image is mirrored, left and right, with chance ½ every time it is shown
 */
public record TrainingOptions(
    LevelDraws draws, Precision precision, int accumulation, boolean flips) {
  /** Evenly spread levels, 32 bits, in one piece, nothing mirrored. */
  public static final TrainingOptions USUAL =
      new TrainingOptions(LevelDraws.SPREAD, Precision.FP32, 1, false);

  public TrainingOptions {
    Check.atLeast("accumulation", accumulation, 1);
  }

  public TrainingOptions withPrecision(Precision other) {
    return new TrainingOptions(draws, other, accumulation, flips);
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("level_draws", name(draws));
    map.put("precision", name(precision));
    map.put("accumulation", accumulation);
    map.put("flips", flips);
    return map;
  }

  static TrainingOptions from(Settings settings) {
    TrainingOptions options =
        new TrainingOptions(
            named(LevelDraws.class, settings.text("level_draws")),
            named(Precision.class, settings.text("precision")),
            settings.integer("accumulation"),
            settings.flag("flips"));
    settings.done();
    return options;
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static <E extends Enum<E>> E named(Class<E> kind, String name) {
    for (E value : kind.getEnumConstants()) {
      if (name(value).equals(name)) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "training.options: there is no " + kind.getSimpleName() + " " + name);
  }
}
