package dev.langevin.tensor;

import dev.langevin.math.NamedArray;
import java.util.ArrayList;
import java.util.List;

/**
 * A training run, stopped: restored into a trainer on the same data it goes on as if nothing had happened, to the last bit at the same
 * thread count. There is no generator's state in it because all randomness is addressed by the step.
 *
 * @param settings of the run
 * @param step optimizer steps taken
 * @param arrays for each weight w: {@code model.w}, the weight; {@code ema.w}, its moving average; {@code exp_avg.w} and {@code
 *     exp_avg_sq.w}, AdamW's moments
 */
public record Checkpoint(TrainingSettings settings, long step, List<NamedArray> arrays) {
  static final String MODEL = "model.";
  static final String EMA = "ema.";
  static final String FIRST_MOMENT = "exp_avg.";
  static final String SECOND_MOMENT = "exp_avg_sq.";

  public Checkpoint {
    arrays = List.copyOf(arrays);
    if (step < 0) {
      throw new IllegalArgumentException("step must be zero or positive, got " + step);
    }
  }

  /** The moving average of the weights, under their plain names: what a {@link NetworkDenoiser} takes and a model file keeps. */
  public List<NamedArray> weights() {
    List<NamedArray> weights = new ArrayList<>();
    for (NamedArray array : arrays) {
      if (array.name().startsWith(EMA)) {
        weights.add(
            new NamedArray(array.name().substring(EMA.length()), array.shape(), array.values()));
      }
    }
    return weights;
  }
}
