package dev.langevin.tensor;

import dev.langevin.math.Check;
import dev.langevin.math.NamedArray;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A {@link Classifier} with its weights: features and logits of images.
 *
 * <p>Rows go through in pieces of {@value ClassifierNetwork#ROWS_AT_ONCE} on {@link Backend#threads} threads. Equal calls give equal bits whatever the number of threads, on one kind
 * of processor; other kinds, which sum in another order, differ in the last digits of a 32-bit float. Safe for several threads, except for {@link #close}, which frees the native memory.
 */
public final class ClassifierFunction implements AutoCloseable {
  private final Classifier recipe;
  private final ClassifierNetwork network;
  private final Parameters weights;

  /**
   * A network from stored weights. Loads the native library.
   *
   * @throws IllegalArgumentException if a weight is missing, unknown, misshapen or not finite
   * @throws BackendUnavailable if there is no native library for this platform
   */
  public ClassifierFunction(Classifier recipe, List<NamedArray> weights) {
    this(recipe, new ClassifierNetwork(recipe), weights);
  }

  private ClassifierFunction(
      Classifier recipe, ClassifierNetwork network, List<NamedArray> weights) {
    this(recipe, network, network.layout().join("", weights));
  }

  ClassifierFunction(Classifier recipe, ClassifierNetwork network, float[] values) {
    String broken = network.layout().firstNotFinite(values);
    if (broken != null) {
      throw new IllegalArgumentException("weights: " + broken + " must be finite");
    }
    this.recipe = recipe;
    this.network = network;
    weights = Scope.call(() -> Parameters.fixed(network.layout(), values));
  }

  /** How the network is wired. */
  public Classifier recipe() {
    return recipe;
  }

  /** The weights by name, copied. */
  public List<NamedArray> weights() {
    return network.layout().split("", Scope.call(weights::values));
  }

  /**
   * Writes features and logits of images.
   *
   * @param x {@code rows × d}, row-major, channel by channel; 0 is black and 1 white
   * @param rows number of images, at least 1
   * @param features {@code rows × features}, overwritten
   * @param logits {@code rows × classes}, overwritten: log probabilities up to a constant for each row
   */
  public void apply(float[] x, int rows, float[] features, float[] logits) {
    Check.atLeast("rows", rows, 1);
    requireLength("x", x, rows, recipe.dimension());
    requireLength("features", features, rows, recipe.features());
    requireLength("logits", logits, rows, recipe.classes());
    int atOnce = ClassifierNetwork.ROWS_AT_ONCE;
    Workers.run(
        (rows + atOnce - 1) / atOnce,
        i -> {
          int from = i * atOnce;
          int count = Math.min(atOnce, rows - from);
          Scope.infer(() -> apply(x, from, count, features, logits));
        });
  }

  private void apply(float[] x, int from, int rows, float[] features, float[] logits) {
    long[] shape = NetworkFunction.shape(rows, recipe.rowShape());
    Tensor input = Transfer.toNative(x, from * recipe.dimension(), shape);
    Tensor hidden = network.features(weights, input, Dropout.NONE);
    Transfer.toJava(hidden, features, from * recipe.features());
    Transfer.toJava(network.logits(weights, hidden, Dropout.NONE), logits, from * recipe.classes());
  }

  private static void requireLength(String name, float[] array, int rows, int columns) {
    if (array.length < (long) rows * columns) {
      throw new IllegalArgumentException(
          name + " must have at least " + (long) rows * columns + " numbers, got " + array.length);
    }
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    weights.close();
  }
}
