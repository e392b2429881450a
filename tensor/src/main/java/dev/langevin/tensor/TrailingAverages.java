package dev.langevin.tensor;

import dev.langevin.math.NamedArray;
import dev.langevin.math.PowerAverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Two averages of the weights with powers of time for weights, beside a {@link Trainer}: of relative lengths 0.05 and 0.10. From what is kept of them along the run, the average of
 * another length is put together when training is over (Karras et al. 2024, section 3.2). They are moved every {@value #STRIDE} steps.
 *
 * <p>Native memory is freed by {@link #close}; 8 bytes for each weight.
 */
public final class TrailingAverages implements AutoCloseable {
  /** Steps between two moves. */
  public static final int STRIDE = 4;

  private static final Map<String, Double> LENGTHS =
      Map.of("average_05.", 0.05, "average_10.", 0.10);

  private static final List<String> NAMES = List.of("average_05.", "average_10.");

  private final Trainer trainer;
  private final Layout layout;
  private final List<Tensor> averages = new ArrayList<>();

  /** Averages of weights that are what they are since the beginning. */
  public TrailingAverages(Trainer trainer) {
    this.trainer = trainer;
    layout = trainer.weights().layout();
    Scope.run(
        () -> {
          for (int i = 0; i < NAMES.size(); i++) {
            averages.add(Scope.keep(trainer.weights().flat().detach().clone()));
          }
        });
  }

  /** To be called after every step: moves the averages where it is time. */
  public void follow() {
    long step = trainer.steps();
    if (step % STRIDE != 0) {
      return;
    }
    Scope.run(
        () -> {
          Tensor now = trainer.weights().flat().detach();
          for (int i = 0; i < NAMES.size(); i++) {
            double keep = average(NAMES.get(i), step).keep(STRIDE);
            averages.get(i).lerp_(now, new Scalar(1 - keep));
          }
        });
  }

  /** The averages, copied; their names begin with one of {@link #prefixes}. */
  public List<NamedArray> arrays() {
    return Scope.call(
        () -> {
          List<NamedArray> arrays = new ArrayList<>();
          for (int i = 0; i < NAMES.size(); i++) {
            arrays.addAll(layout.split(NAMES.get(i), Transfer.toJava(averages.get(i))));
          }
          return arrays;
        });
  }

  /**
   * Goes on from averages that {@link #arrays} gave, among others; from the weights as they are where there are none of a name, in models from before these were kept.
   *
   * @throws IllegalArgumentException if some are missing or misshapen
   */
  public void restore(List<NamedArray> arrays) {
    for (int i = 0; i < NAMES.size(); i++) {
      String prefix = NAMES.get(i);
      Tensor average = averages.get(i);
      boolean kept = arrays.stream().anyMatch(array -> array.name().startsWith(prefix));
      float[] values =
          kept
              ? layout.join(prefix, arrays)
              : Scope.call(() -> Transfer.toJava(trainer.weights().flat().detach()));
      Scope.run(() -> average.copy_(Transfer.toNative(values)));
    }
  }

  /** What the names of {@link #arrays} begin with, for each of the averages. */
  public static List<String> prefixes() {
    return NAMES;
  }

  /** The weights over time of the average of a prefix, as it stands after so many steps. */
  public static PowerAverage average(String prefix, long step) {
    Double length = LENGTHS.get(prefix);
    if (length == null) {
      throw new IllegalArgumentException("prefix must be one of " + NAMES + ", got " + prefix);
    }
    return PowerAverage.ofLength(length, Math.max(STRIDE, step / STRIDE * STRIDE));
  }

  @Override
  public void close() {
    averages.forEach(Scope::release);
  }
}
