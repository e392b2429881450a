package dev.langevin.tensor;

import dev.langevin.math.Check;
import dev.langevin.objective.DenoisingObjective;
import dev.langevin.objective.EdmObjective;
import dev.langevin.objective.Objective;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything that decides what a training run does, besides the data: equal settings and data give equal weights, to the last bit, on
 * one kind of processor.
 *
 * @param architecture the network
 * @param objective the noise levels trained on, the loss, and the standard deviation that the data must have
 * @param batch rows per step
 * @param steps the length of the run that the learning rate is planned for; more steps may be taken, at the final rate
 * @param learningRate the highest learning rate of AdamW (Loshchilov &amp; Hutter 2019)
 * @param weightDecay decoupled weight decay per step as a multiple of the learning rate; matrices and kernels only
 * @param warmupSteps steps over which the learning rate rises linearly from zero; after them it falls to 1 % of the highest along half
 *     a cosine
 * @param gradientClip the largest Euclidean norm of the whole gradient; longer ones are scaled to it
 * @param emaHalfLife half-life of the moving average of the weights, in steps; shorter in the beginning, see {@link #emaDecay}
 * @param seed of the start weights, the order of the rows, the noise and the dropout
 * @param options beyond the usual
 */
public record TrainingSettings(
    Architecture architecture,
    Objective objective,
    int batch,
    long steps,
    double learningRate,
    double weightDecay,
    long warmupSteps,
    double gradientClip,
    double emaHalfLife,
    long seed,
    TrainingOptions options) {
  private static final double FINAL_RATE = 0.01;
  private static final long LARGE = 20_000_000; // weights

  public TrainingSettings {
    Check.atLeast("batch", batch, 1);
    Check.positive("steps", steps);
    Check.positive("learningRate", learningRate);
    Check.notNegative("weightDecay", weightDecay);
    Check.notNegative("warmupSteps", warmupSteps);
    Check.positive("gradientClip", gradientClip);
    Check.positive("emaHalfLife", emaHalfLife);
  }

  /** With the usual options. */
  public TrainingSettings(
      Architecture architecture,
      Objective objective,
      int batch,
      long steps,
      double learningRate,
      double weightDecay,
      long warmupSteps,
      double gradientClip,
      double emaHalfLife,
      long seed) {
    this(
        architecture,
        objective,
        batch,
        steps,
        learningRate,
        weightDecay,
        warmupSteps,
        gradientClip,
        emaHalfLife,
        seed,
        TrainingOptions.USUAL);
  }

  /**
   * Settings for a network, with data of standard deviation 0.5; found on 8×8 digits and on points in the plane (see the package
   * description). Images: 4000 steps of 64 rows at higher noise levels than EDM's, where small images take their shape (EDM2 moved up
   * too, to -0.4 and 1: Karras et al. 2024). Points: 3000 steps of 512 rows at EDM's noise levels. Change them with the {@code
   * with…} methods.
   */
  public static TrainingSettings defaults(Architecture architecture, long seed) {
    if (architecture.rowShape().length == 3) {
      EdmObjective shapes = new EdmObjective(-0.5, 1, 0.5);
      return new TrainingSettings(
          architecture, shapes, 64, 4000, imageRate(architecture), 0.01, 50, 1, 200, seed);
    }
    return new TrainingSettings(
        architecture, new EdmObjective(), 512, 3000, 3e-3, 0.01, 50, 1, 150, seed);
  }

  /** Large networks learn at the rate that Ho, Jain &amp; Abbeel 2020, appendix B, give for CIFAR-10 (not tuned here). */
  private static double imageRate(Architecture architecture) {
    if (architecture instanceof UNet unet && unet.multipliers().length == 1) {
      return 4e-3;
    }
    return architecture.parameters() > LARGE ? 2e-4 : 2e-3;
  }

  /** The learning rate of a step, counted from 0. */
  public double learningRate(long step) {
    double rise = warmupSteps == 0 ? 1 : Math.min(1, (step + 1.0) / warmupSteps);
    double progress = (double) (step - warmupSteps) / Math.max(1, steps - warmupSteps);
    double fall = 0.5 + 0.5 * StrictMath.cos(Math.PI * Math.max(0, Math.min(1, progress)));
    return learningRate * rise * (FINAL_RATE + (1 - FINAL_RATE) * fall);
  }

  /**
   * The share of the old moving average that a step keeps, counted from 0: min((1 + n)/(10 + n), 2<sup>-1/half-life</sup>), so that
   * the start weights are forgotten quickly.
   */
  public double emaDecay(long step) {
    return Math.min((1.0 + step) / (10.0 + step), StrictMath.pow(0.5, 1 / emaHalfLife));
  }

  public TrainingSettings withObjective(Objective other) {
    return new TrainingSettings(
        architecture,
        other,
        batch,
        steps,
        learningRate,
        weightDecay,
        warmupSteps,
        gradientClip,
        emaHalfLife,
        seed,
        options);
  }

  public TrainingSettings withBatch(int rows) {
    return new TrainingSettings(
        architecture,
        objective,
        rows,
        steps,
        learningRate,
        weightDecay,
        warmupSteps,
        gradientClip,
        emaHalfLife,
        seed,
        options);
  }

  /** For a run of another length; warm-up and half-life keep their share of it. */
  public TrainingSettings withSteps(long count) {
    double ratio = (double) count / steps;
    return new TrainingSettings(
        architecture,
        objective,
        batch,
        count,
        learningRate,
        weightDecay,
        Math.round(warmupSteps * ratio),
        gradientClip,
        emaHalfLife * ratio,
        seed,
        options);
  }

  public TrainingSettings withLearningRate(double highest) {
    return new TrainingSettings(
        architecture,
        objective,
        batch,
        steps,
        highest,
        weightDecay,
        warmupSteps,
        gradientClip,
        emaHalfLife,
        seed,
        options);
  }

  public TrainingSettings withSeed(long other) {
    return new TrainingSettings(
        architecture,
        objective,
        batch,
        steps,
        learningRate,
        weightDecay,
        warmupSteps,
        gradientClip,
        emaHalfLife,
        other,
        options);
  }

  public TrainingSettings withOptions(TrainingOptions other) {
    return new TrainingSettings(
        architecture,
        objective,
        batch,
        steps,
        learningRate,
        weightDecay,
        warmupSteps,
        gradientClip,
        emaHalfLife,
        seed,
        other);
  }

  /** The standard deviation that the data are to be scaled to: EDM's σ_data, and its usual value, 0.5, for objectives without one. */
  public double sigmaData() {
    if (objective instanceof EdmObjective edm) {
      return edm.sigmaData();
    }
    return objective instanceof DenoisingObjective parts
            && parts.preconditioning() instanceof EdmObjective edm
        ? edm.sigmaData()
        : new EdmObjective().sigmaData();
  }

  /** The settings by name, of strings, numbers, lists and maps only: what a model file keeps. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("architecture", architecture.toMap());
    map.put("objective", ObjectiveMap.of(objective));
    map.put("batch", batch);
    map.put("steps", steps);
    map.put("learning_rate", learningRate);
    map.put("weight_decay", weightDecay);
    map.put("warmup_steps", warmupSteps);
    map.put("gradient_clip", gradientClip);
    map.put("ema_half_life", emaHalfLife);
    map.put("seed", seed);
    map.put("options", options.toMap());
    return map;
  }

  /**
   * The settings that {@link #toMap} described; models from before there were options have the usual ones.
   *
   * @throws IllegalArgumentException if one is missing, unknown or out of range
   */
  public static TrainingSettings fromMap(Map<String, Object> map) {
    Settings settings = Settings.of("training", map);
    TrainingSettings result =
        new TrainingSettings(
            Architecture.fromMap(settings.settings("architecture").rest()),
            ObjectiveMap.objective(settings.settings("objective")),
            settings.integer("batch"),
            settings.whole("steps"),
            settings.number("learning_rate"),
            settings.number("weight_decay"),
            settings.whole("warmup_steps"),
            settings.number("gradient_clip"),
            settings.number("ema_half_life"),
            settings.whole("seed"),
            settings.has("options")
                ? TrainingOptions.from(settings.settings("options"))
                : TrainingOptions.USUAL);
    settings.done();
    return result;
  }
}
