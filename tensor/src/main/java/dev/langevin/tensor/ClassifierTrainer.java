package dev.langevin.tensor;

import dev.langevin.math.Check;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Trains a {@link Classifier}, one optimizer step at a time: minus the mean log probability of the right class. Order, moves, mirrors and dropout come from addresses below the
 * seed, and a batch is cut into shares whose number does not depend on the number of threads: equal settings and data give equal weights to the last bit on one kind of
 * processor. Used by one thread at a time; {@link #close} frees the native memory.
 */
public final class ClassifierTrainer implements AutoCloseable {
  private static final double WEIGHT_DECAY = 0.02;
  private static final double AVERAGING = 0.998; // of the weights; a memory of 500 steps

  private final ClassifierTraining settings;
  private final ClassifierNetwork network;
  private final float[] images;
  private final int[] labels;
  private final int rows;
  private final long steps;
  private final Seed seed;
  private final RowOrder order;
  private final AddressedRandom random;
  private final float[] inputs;
  private final float[] targets;
  private final Parameters weights;
  private final Shares shares;
  private final Parameters average;
  private final AdamW optimizer;
  private long step;

  /**
   * A trainer at step 0. Loads the native library.
   *
   * @param images {@code rows × d}, row-major, 0 is black and 1 white; kept, and not to be written to
   * @param labels a class for each image, 0 … classes - 1; kept
   * @throws BackendUnavailable if there is no native library for this platform
   */
  public ClassifierTrainer(ClassifierTraining settings, float[] images, int[] labels) {
    this.settings = settings;
    this.images = images;
    this.labels = labels;
    Classifier recipe = settings.network();
    rows = Check.atLeast("rows of labels", labels.length, 1);
    require(images, labels, recipe);
    steps = settings.steps(rows);
    seed = Seed.of(settings.seed()).child("classifier");
    random = seed.random();
    order = new RowOrder(seed.child("order"), rows);
    inputs = new float[settings.batch() * recipe.dimension()];
    targets = new float[settings.batch() * recipe.classes()];
    network = new ClassifierNetwork(recipe);
    float[] start = network.layout().start(seed.child("init"));
    weights = Scope.call(() -> Parameters.trainable(network.layout(), start));
    int count = Math.max(1, settings.batch() / ClassifierNetwork.ROWS_AT_ONCE);
    shares = Scope.call(() -> new Shares(weights, settings.batch(), count));
    average = Scope.call(() -> Parameters.fixed(network.layout(), start));
    optimizer = Scope.call(() -> new AdamW(network.layout(), WEIGHT_DECAY));
  }

  private static void require(float[] images, int[] labels, Classifier recipe) {
    if (images.length != (long) labels.length * recipe.dimension()) {
      throw new IllegalArgumentException(
          "images must have rows × d = %d × %d numbers, got %d"
              .formatted(labels.length, recipe.dimension(), images.length));
    }
    for (int label : labels) {
      Check.between("label", label, 0, recipe.classes() - 1);
    }
    for (int i = 0; i < images.length; i++) {
      if (!Float.isFinite(images[i])) {
        throw new IllegalArgumentException("images[" + i + "] must be finite, got " + images[i]);
      }
    }
  }

  /** Optimizer steps of the whole training. */
  public long steps() {
    return steps;
  }

  /**
   * One optimizer step.
   *
   * @return the loss before the step, in nats
   * @throws TrainingFailure if it is not finite
   */
  public double step() {
    fill();
    return Scope.call(this::advance);
  }

  private double advance() {
    double loss = shares.gradient(this::backward);
    if (!Double.isFinite(loss)) {
      throw new TrainingFailure(step, "loss");
    }
    AdamW.Rate rate = new AdamW.Rate(1, settings.learningRate(step, steps), step);
    double decay = Math.min(AVERAGING, (1.0 + step) / (10.0 + step));
    optimizer.update(weights, average, rate, decay, 0, network.layout().size());
    step++;
    return loss;
  }

  private double backward(Parameters own, int share, int from, int count) {
    Classifier recipe = settings.network();
    long[] shape = NetworkFunction.shape(count, recipe.rowShape());
    Tensor x = Transfer.toNative(inputs, from * recipe.dimension(), shape);
    Tensor target =
        Transfer.toNative(targets, from * recipe.classes(), new long[] {count, recipe.classes()});
    Dropout dropout =
        Dropout.at(settings.dropout(), seed.child("dropout").child(step).child(share));
    Tensor logits = network.logits(own, network.features(own, x, dropout), dropout);
    Tensor loss =
        torch.log_softmax(logits, 1).mul(target).sum().mul(new Scalar(-1.0 / settings.batch()));
    loss.backward();
    return loss.item_float();
  }

  private void fill() {
    int classes = settings.network().classes();
    Arrays.fill(targets, 0);
    for (int i = 0; i < settings.batch(); i++) {
      int row = order.row(step * settings.batch() + i);
      targets[i * classes + labels[row]] = 1;
      random.moveTo(seed.child("moves").child(step).child(i));
      int down = random.nextInt(2 * settings.shift() + 1) - settings.shift();
      int right = random.nextInt(2 * settings.shift() + 1) - settings.shift();
      boolean mirrored = random.nextBoolean() && settings.flips();
      moved(row, i, down, right, mirrored);
    }
  }

  /** Copies an image, moved and mirrored; what comes in from outside is black. */
  private void moved(int row, int i, int down, int right, boolean mirrored) {
    Classifier shape = settings.network();
    int height = shape.height();
    int width = shape.width();
    int d = shape.dimension();
    for (int c = 0; c < shape.channels(); c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int fromY = y - down;
          int fromX = mirrored ? width - 1 - x + right : x - right;
          boolean inside = fromY >= 0 && fromY < height && fromX >= 0 && fromX < width;
          inputs[i * d + (c * height + y) * width + x] =
              inside ? images[row * d + (c * height + fromY) * width + fromX] : 0;
        }
      }
    }
  }

  /** The moving average of the weights as a function, copied; to be closed by the caller. */
  public ClassifierFunction function() {
    return new ClassifierFunction(settings.network(), network, Scope.call(average::values));
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    optimizer.close();
    average.close();
    shares.close();
  }
}
