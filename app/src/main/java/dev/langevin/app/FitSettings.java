package dev.langevin.app;

import dev.langevin.math.Check;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How to learn. What is left empty follows from the shape of the data.
 *
 * @param steps how many optimizer steps, at least 1; equal steps and seeds give equal models
 * @param minutes how long to learn, positive, all runs that were resumed counted together
 * @param seed any number
 * @param batch rows for each step, at least 1
 * @param learningRate AdamW's, positive
 * @param size width of the network: channels for images, hidden units for points; even, at least 2
 * @param holdout fraction of the rows that is kept apart to judge the model, at least 0 and below 1
 * @param how what is learned and in which numbers
 */
public record FitSettings(
    OptionalLong steps,
    OptionalDouble minutes,
    long seed,
    OptionalInt batch,
    OptionalDouble learningRate,
    OptionalInt size,
    double holdout,
    LearningSettings how) {
  /** Minutes of learning, unless said otherwise. */
  public static final double MINUTES = 2;

  /** The seed, unless said otherwise. */
  public static final long SEED = 1;

  /** The fraction of the rows that is held out, unless said otherwise. */
  public static final double HOLDOUT = 0.1;

  public FitSettings {
    if (steps.isPresent() && steps.getAsLong() < 1) {
      throw new IllegalArgumentException("steps must be at least 1, got " + steps.getAsLong());
    }
    minutes.ifPresent(value -> Check.positive("minutes", value));
    batch.ifPresent(value -> Check.atLeast("batch", value, 1));
    learningRate.ifPresent(value -> Check.positive("learningRate", value));
    size.ifPresent(FitSettings::requireSize);
    if (size.isPresent() && !how.network().equals(NetworkChoice.SUITING)) {
      throw new IllegalArgumentException("size must be left out where a network is given");
    }
    holdout(holdout);
    if (steps.isEmpty() && minutes.isEmpty()) {
      minutes = OptionalDouble.of(MINUTES);
    }
    if (steps.isPresent() && minutes.isPresent()) {
      throw new IllegalArgumentException("steps must be left out where minutes are given");
    }
  }

  /** As usual but for the numbers. */
  public FitSettings(
      OptionalLong steps,
      OptionalDouble minutes,
      long seed,
      OptionalInt batch,
      OptionalDouble learningRate,
      OptionalInt size,
      double holdout) {
    this(steps, minutes, seed, batch, learningRate, size, holdout, LearningSettings.USUAL);
  }

  private static void requireSize(int size) {
    Check.atLeast("size", size, 2);
    if (size % 2 != 0) {
      throw new IllegalArgumentException("size must be even, got " + size);
    }
  }

  /** Returns a fraction to hold out, if it is one. */
  static double holdout(double fraction) {
    if (!(fraction >= 0 && fraction < 1)) {
      throw new IllegalArgumentException("holdout must be at least 0 and below 1, got " + fraction);
    }
    return fraction;
  }

  /** So many steps, everything else as it suits the data. */
  public static FitSettings ofSteps(long steps, long seed) {
    return new FitSettings(
        OptionalLong.of(steps),
        OptionalDouble.empty(),
        seed,
        OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalInt.empty(),
        HOLDOUT);
  }

  /** The same, with so many steps in place of time or other steps. */
  public FitSettings withSteps(long count) {
    return new FitSettings(
        OptionalLong.of(count),
        OptionalDouble.empty(),
        seed,
        batch,
        learningRate,
        size,
        holdout,
        how);
  }

  /** The same, with a network of this width. */
  public FitSettings withSize(int width) {
    return new FitSettings(
        steps, minutes, seed, batch, learningRate, OptionalInt.of(width), holdout, how);
  }

  /** The same, with so many rows for each step. */
  public FitSettings withBatch(int rows) {
    return new FitSettings(
        steps, minutes, seed, OptionalInt.of(rows), learningRate, size, holdout, how);
  }

  /** The same, learned in this way. */
  public FitSettings with(LearningSettings other) {
    return new FitSettings(steps, minutes, seed, batch, learningRate, size, holdout, other);
  }
}
