package dev.langevin.tensor;

import dev.langevin.math.NamedArray;
import java.util.ArrayList;
import java.util.List;

/**
 * A training run, stopped: restored into a trainer on the same data it goes on as if nothing had happened, to the last bit. There is no generator's state in it because all randomness is addressed by the step.
 *
 * @param settings of the run
 * @param step optimizer steps taken
 * @param arrays for each weight w: {@code model.w}, the weight; {@code ema.w}, its moving average; {@code exp_avg.w} and {@code
 *     exp_avg_sq.w}, AdamW's moments; {@code level_losses} where levels are drawn by importance
 */
public record Checkpoint(TrainingSettings settings, long step, List<NamedArray> arrays) {
  static final String MODEL = "model.";
  static final String EMA = "ema.";
  static final String FIRST_MOMENT = "exp_avg.";
  static final String SECOND_MOMENT = "exp_avg_sq.";

  private static final String LEVELS = "level_losses";

  public Checkpoint {
    arrays = List.copyOf(arrays);
    if (step < 0) {
      throw new IllegalArgumentException("step must be zero or positive, got " + step);
    }
  }

  /** The memory of levels drawn by importance, as an array: squares of floats, each as two floats, its rounding and the rest. */
  static NamedArray levels(double[] memory) {
    float[] parts = new float[2 * memory.length];
    for (int i = 0; i < memory.length; i++) {
      parts[2 * i] = (float) memory[i];
      parts[2 * i + 1] = (float) (memory[i] - parts[2 * i]);
    }
    return new NamedArray(LEVELS, new int[] {memory.length, 2}, parts);
  }

  /** That memory. */
  double[] levels() {
    for (NamedArray array : arrays) {
      if (array.name().equals(LEVELS)) {
        double[] memory = new double[array.values().length / 2];
        for (int i = 0; i < memory.length; i++) {
          memory[i] = (double) array.values()[2 * i] + array.values()[2 * i + 1];
        }
        return memory;
      }
    }
    throw new IllegalArgumentException("checkpoint lacks " + LEVELS);
  }

  /** The moving average of the weights, under their plain names: what a {@link NetworkDenoiser} takes and a model file keeps. */
  public List<NamedArray> weights() {
    return named(EMA);
  }

  /** The weights as the optimizer left them, without an average, under their plain names. */
  public List<NamedArray> rawWeights() {
    return named(MODEL);
  }

  private List<NamedArray> named(String prefix) {
    List<NamedArray> weights = new ArrayList<>();
    for (NamedArray array : arrays) {
      if (array.name().startsWith(prefix)) {
        weights.add(
            new NamedArray(array.name().substring(prefix.length()), array.shape(), array.values()));
      }
    }
    return weights;
  }
}
