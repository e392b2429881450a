package dev.langevin.tensor;

import dev.langevin.math.NamedArray;
import dev.langevin.random.Seed;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Fits a network to data, one optimizer step at a time: EDM's denoising score matching, AdamW with warm-up, the gradient clipped by its
 * global norm, and a moving average of the weights, which is what is used in the end.
 *
 * <p>32-bit floats throughout. Weights, noise, order and dropout come from addresses below the seed, so a run is a function of settings,
 * data and thread count, and can be stopped and taken up at any step ({@link #checkpoint}, {@link #restore}). Native memory is freed
 * by {@link #close}, and does not grow over steps. Used by one thread at a time.
 */
public final class Trainer implements AutoCloseable {
  private final TrainingSettings settings;
  private final Network network;
  private final Parameters weights;
  private final Parameters average;
  private final AdamW optimizer;
  private final Batches batches;
  private final Seed seed;
  private final long[] inputShape;
  private long step;

  /**
   * A trainer at step 0. Loads the native library.
   *
   * @param data {@code rows × d}, row-major; scaled so that their standard deviation is about the objective's sigmaData (0.5 by
   *     default), and centred if they are far from zero. Kept, and not to be written to
   * @param rows number of rows, at least 1
   * @throws BackendUnavailable if there is no native library for this platform
   */
  public Trainer(TrainingSettings settings, float[] data, int rows) {
    this.settings = settings;
    int d = settings.architecture().dimension();
    requireData(data, rows, d);
    seed = Seed.of(settings.seed());
    network = Network.of(settings.architecture());
    inputShape = shape(settings.batch(), settings.architecture().rowShape());
    batches =
        new Batches(data, rows, d, settings.batch(), settings.objective(), seed.child("train"));
    float[] start = network.layout().start(seed.child("init"));
    Layout layout = network.layout();
    weights = Scope.call(() -> Parameters.trainable(layout, start));
    average = Scope.call(() -> Parameters.fixed(layout, start));
    optimizer = Scope.call(() -> new AdamW(layout, settings.weightDecay()));
  }

  private static void requireData(float[] data, int rows, int d) {
    if (rows < 1 || (long) rows * d != data.length) {
      throw new IllegalArgumentException(
          "data must have rows × d = " + rows + " × " + d + " numbers, got " + data.length);
    }
    for (int i = 0; i < data.length; i++) {
      if (!Float.isFinite(data[i])) {
        throw new IllegalArgumentException("data[" + i + "] must be finite, got " + data[i]);
      }
    }
  }

  static long[] shape(int rows, int[] rowShape) {
    long[] shape = new long[rowShape.length + 1];
    shape[0] = rows;
    for (int i = 0; i < rowShape.length; i++) {
      shape[i + 1] = rowShape[i];
    }
    return shape;
  }

  /** The settings that this trainer was made with. */
  public TrainingSettings settings() {
    return settings;
  }

  /** Optimizer steps taken. */
  public long steps() {
    return step;
  }

  /**
   * One optimizer step.
   *
   * @return the loss before the step: the mean square error of the network's output, which is 1 at the start
   * @throws TrainingFailure if the loss or a gradient is not finite; the weights are then as before the step
   */
  public double step() {
    batches.fill(step);
    return Scope.call(this::advance);
  }

  private double advance() {
    weights.gradient().zero_();
    Tensor loss = loss();
    loss.backward();
    double value = loss.item_float();
    double norm = weights.gradient().norm().item_float();
    if (!Double.isFinite(value) || !Double.isFinite(norm)) {
      throw failure(value);
    }
    double scale = Math.min(1, settings.gradientClip() / (norm + 1e-12));
    optimizer.update(weights, scale, settings.learningRate(step), step);
    average.flat().lerp_(weights.flat(), new Scalar(1 - settings.emaDecay(step)));
    step++;
    return value;
  }

  private Tensor loss() {
    Tensor x = Transfer.toNative(batches.inputs, inputShape);
    Tensor target = Transfer.toNative(batches.targets, inputShape);
    Tensor noise = Transfer.toNative(batches.noise, settings.batch(), NoiseFeatures.COUNT);
    Dropout dropout =
        Dropout.at(settings.architecture().dropout(), seed.child("dropout").child(step));
    return torch.mse_loss(network.forward(weights, x, noise, dropout), target);
  }

  private TrainingFailure failure(double loss) {
    String weight = network.layout().firstNotFinite(weights.values());
    if (weight != null) {
      return new TrainingFailure(step, weight);
    }
    String gradient = network.layout().firstNotFinite(Transfer.toJava(weights.gradient()));
    return new TrainingFailure(
        step, Double.isFinite(loss) && gradient != null ? "gradient of " + gradient : "loss");
  }

  /**
   * Everything that is needed to go on, copied.
   *
   * @throws TrainingFailure if a weight is not finite
   */
  public Checkpoint checkpoint() {
    return Scope.call(
        () -> {
          Layout layout = network.layout();
          List<NamedArray> arrays = new ArrayList<>();
          arrays.addAll(layout.split(Checkpoint.MODEL, finite(weights.values())));
          arrays.addAll(layout.split(Checkpoint.EMA, finite(average.values())));
          arrays.addAll(layout.split(Checkpoint.FIRST_MOMENT, optimizer.first()));
          arrays.addAll(layout.split(Checkpoint.SECOND_MOMENT, optimizer.second()));
          return new Checkpoint(settings, step, arrays);
        });
  }

  private float[] finite(float[] values) {
    String broken = network.layout().firstNotFinite(values);
    if (broken != null) {
      throw new TrainingFailure(step, broken);
    }
    return values;
  }

  /**
   * Goes to where {@code checkpoint} was made. Its settings may differ from this trainer's in everything but the architecture; where
   * they do not, and the data are the same, the run goes on bit for bit.
   *
   * @throws IllegalArgumentException if the architecture differs, or an array is missing or misshapen; nothing has changed then
   */
  public void restore(Checkpoint checkpoint) {
    if (!checkpoint.settings().architecture().equals(settings.architecture())) {
      throw new IllegalArgumentException(
          "checkpoint must be of architecture "
              + settings.architecture()
              + ", got "
              + checkpoint.settings().architecture());
    }
    Layout layout = network.layout();
    float[] model = layout.join(Checkpoint.MODEL, checkpoint.arrays());
    float[] ema = layout.join(Checkpoint.EMA, checkpoint.arrays());
    float[] first = layout.join(Checkpoint.FIRST_MOMENT, checkpoint.arrays());
    float[] second = layout.join(Checkpoint.SECOND_MOMENT, checkpoint.arrays());
    Scope.run(
        () -> {
          weights.values(model);
          average.values(ema);
          optimizer.restore(first, second);
        });
    step = checkpoint.step();
  }

  /** The moving average of the weights as a denoiser, copied: it stays as it is when training goes on. To be closed by the caller. */
  public NetworkDenoiser denoiser() {
    float[] values = Scope.call(() -> finite(average.values()));
    return new NetworkDenoiser(settings.architecture(), settings.objective(), network, values);
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    optimizer.close();
    average.close();
    weights.close();
  }
}
