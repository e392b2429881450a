package dev.langevin.app;

import dev.langevin.math.Check;
import dev.langevin.objective.EdmObjective;
import dev.langevin.tensor.Backend;
import dev.langevin.tensor.LevelDraws;
import dev.langevin.tensor.Precision;
import dev.langevin.tensor.TrainingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is learned and in which numbers.
 *
 * @param objective edm, ddpm, x0, v, score or smld, or implicit, sliced or cd; edm when empty
 * @param weighting plain, simple, min-snr, truncated-snr, likelihood or edm; the objective's own when empty
 * @param levels lognormal, uniform, log-uniform or ladder; the objective's own when empty
 * @param draws how levels are drawn from that law: spread, independent or importance
 * @param precision of the network's products: fp32, bf16, or auto: bf16 for images on processors that have it
 * @param accumulation in how many pieces a batch goes through the network, at least 1
 * @param flips whether images are mirrored at random
 * @param labelDrop the chance with which a row's class is hidden, 0 … 1; empty for a network that is told no classes
 * @param network which is fitted
 * @param checkpointSeconds how long to wait between two checkpoints, zero or positive: what a run that is killed loses at most
 */
public record LearningSettings(
    Optional<String> objective,
    Optional<String> weighting,
    Optional<String> levels,
    String draws,
    String precision,
    int accumulation,
    boolean flips,
    OptionalDouble labelDrop,
    NetworkChoice network,
    double checkpointSeconds) {
  /** Levels spread evenly over their law. */
  public static final String SPREAD = "spread";

  /** The precision that suits data and processor. */
  public static final String AUTO = "auto";

  /** The chance with which a class is hidden, unless said otherwise. */
  public static final double LABEL_DROP = 0.1;

  /** Between two checkpoints, unless said otherwise. */
  public static final double CHECKPOINT_SECONDS = 25;

  /** EDM, whatever suits the data. */
  public static final LearningSettings USUAL =
      new LearningSettings(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          SPREAD,
          AUTO,
          1,
          false,
          OptionalDouble.empty(),
          NetworkChoice.SUITING,
          CHECKPOINT_SECONDS);

  public LearningSettings {
    Check.atLeast("accumulation", accumulation, 1);
    labelDrop.ifPresent(LearningSettings::requireChance);
    Check.notNegative("checkpointSeconds", checkpointSeconds);
    ObjectiveMenu.of(objective, weighting, levels, new EdmObjective()); // refuses unknown names
    named("level draws", LevelDraws.class, draws);
    if (!precision.equals(AUTO)) {
      named("precision", Precision.class, precision);
    }
    if (ObjectiveMenu.isEnergy(objective)) {
      requirePlain(objective.orElseThrow(), draws, precision, labelDrop);
    }
  }

  private static void requirePlain(
      String objective, String draws, String precision, OptionalDouble labelDrop) {
    if (!draws.equals(SPREAD)) {
      throw new IllegalArgumentException(
          "level draws must be left out with objective " + objective + ", which has no noise");
    }
    if (precision.equals("bf16")) {
      throw new IllegalArgumentException(
          "precision must be fp32 with objective " + objective + ", whose losses hold derivatives");
    }
    if (labelDrop.isPresent()) {
      throw new IllegalArgumentException(
          "labels must be left out with objective " + objective + ", which learns one density");
    }
  }

  /** Without classes. */
  public LearningSettings(
      Optional<String> objective,
      Optional<String> weighting,
      Optional<String> levels,
      String draws,
      String precision,
      int accumulation,
      boolean flips,
      double checkpointSeconds) {
    this(
        objective,
        weighting,
        levels,
        draws,
        precision,
        accumulation,
        flips,
        OptionalDouble.empty(),
        NetworkChoice.SUITING,
        checkpointSeconds);
  }

  private static void requireChance(double chance) {
    if (!(chance >= 0 && chance <= 1)) {
      throw new IllegalArgumentException("label-drop must be between 0 and 1, got " + chance);
    }
  }

  /** The same for a network that is told classes, each hidden with this chance. */
  public LearningSettings withClasses(double dropped) {
    return new LearningSettings(
        objective,
        weighting,
        levels,
        draws,
        precision,
        accumulation,
        flips,
        OptionalDouble.of(dropped),
        network,
        checkpointSeconds);
  }

  /** The same for another network. */
  public LearningSettings withNetwork(NetworkChoice other) {
    return new LearningSettings(
        objective,
        weighting,
        levels,
        draws,
        precision,
        accumulation,
        flips,
        labelDrop,
        other,
        checkpointSeconds);
  }

  /** The same, with products of this precision and checkpoints so many seconds apart. */
  public LearningSettings with(String otherPrecision, double seconds) {
    return new LearningSettings(
        objective,
        weighting,
        levels,
        draws,
        otherPrecision,
        accumulation,
        flips,
        labelDrop,
        network,
        seconds);
  }

  /** For rows that are images, or are not. */
  TrainingOptions options(boolean images) {
    Precision fitting = images && Backend.multipliesBf16() ? Precision.BF16 : Precision.FP32;
    Precision chosen = isAutomatic() ? fitting : named("precision", Precision.class, precision);
    return new TrainingOptions(
        named("level draws", LevelDraws.class, draws), chosen, accumulation, flips);
  }

  /** Whether the precision is left to data and processor. */
  boolean isAutomatic() {
    return precision.equals(AUTO);
  }

  private static <E extends Enum<E>> E named(String what, Class<E> kind, String name) {
    List<String> names = new ArrayList<>();
    for (E value : kind.getEnumConstants()) {
      names.add(value.name().toLowerCase(Locale.ROOT));
      if (names.get(names.size() - 1).equals(name)) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        what + " must be one of " + String.join(", ", names) + ", got " + name);
  }
}
