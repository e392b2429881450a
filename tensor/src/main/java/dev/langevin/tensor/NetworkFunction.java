package dev.langevin.tensor;

import dev.langevin.math.NamedArray;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * A network with its weights, as a function of rows of floats: what comes out is the network's own answer (ε, v, a score…, whatever it
 * was trained to give), at the level as the network was told it (a timestep, σ, c_noise). {@link NetworkDenoiser} is the one that knows
 * what the answer means.
 *
 * <p>Rows go through the network in pieces of a fixed number, spread over {@link Backend#threads} threads. They are independent, but
 * only up to rounding: the native kernels sum in an order that depends on how many rows there are in a piece. Equal calls give equal bits
 * whatever the number of threads. Safe for several threads, except for {@link #close}, which frees the native memory.
 */
public final class NetworkFunction implements AutoCloseable {
  private final Architecture architecture;
  private final Network network;
  private final Parameters weights;
  private final int[] rowShape;
  private final int d;
  private final int outputs;

  /**
   * A network from stored weights. Loads the native library.
   *
   * @param weights the arrays that {@link Architecture#weightNames} lists, in any order; attention layers may have the names that
   *     diffusers gave them before 2023 ({@code query, key, value, proj_attn})
   * @throws IllegalArgumentException if one is missing, unknown, misshapen or not finite
   * @throws BackendUnavailable if there is no native library for this platform
   */
  public NetworkFunction(Architecture architecture, List<NamedArray> weights) {
    this(architecture, Network.of(architecture), weights);
  }

  private NetworkFunction(Architecture architecture, Network network, List<NamedArray> weights) {
    this(architecture, network, finite(network.layout(), OldNames.renamed(weights)));
  }

  NetworkFunction(Architecture architecture, Network network, float[] values) {
    this(architecture, network, Scope.call(() -> Parameters.fixed(network.layout(), values)));
  }

  /** On weights that somebody else may move; freed with this. */
  NetworkFunction(Architecture architecture, Network network, Parameters weights) {
    this.architecture = architecture;
    this.network = network;
    this.weights = weights;
    rowShape = architecture.rowShape();
    d = architecture.dimension();
    outputs = architecture.outputs();
  }

  private static float[] finite(Layout layout, List<NamedArray> weights) {
    float[] values = layout.join("", weights);
    String broken = layout.firstNotFinite(values);
    if (broken != null) {
      throw new IllegalArgumentException("weights: " + broken + " must be finite");
    }
    return values;
  }

  /** How the network is wired. */
  public Architecture architecture() {
    return architecture;
  }

  /** The weights, copied, in the order of {@link Architecture#weightNames}: what a model file keeps. */
  public List<NamedArray> weights() {
    return network.layout().split("", Scope.call(weights::values));
  }

  /** Numbers of the output for one row. */
  public int outputs() {
    return outputs;
  }

  /** Numbers of a label: 0 for a network without labels, 1 for a class or a number, more where a label is a vector. */
  public int labelColumns() {
    return network.labelColumns();
  }

  /**
   * Writes the network's answers for rows at one level, of a network without labels.
   *
   * @param x {@code rows × d}, row-major, for images channel by channel
   * @param rows number of rows, at least 1
   * @param level as the network was trained with it
   * @param out {@code rows × outputs}, overwritten
   */
  public void apply(float[] x, int rows, double level, float[] out) {
    apply(x, rows, new double[] {level}, null, out);
  }

  /**
   * Writes the network's answers.
   *
   * @param x {@code rows × d}, row-major, for images channel by channel
   * @param rows number of rows, at least 1
   * @param levels one for all rows or one for each, as the network was trained with it
   * @param labels {@code labelColumns} numbers for all rows or for each; null if the network knows no labels
   * @param out {@code rows × outputs}, overwritten
   * @throws IllegalArgumentException if an array is too short, labels are missing or superfluous, or the network cannot take a level or label
   */
  public void apply(float[] x, int rows, double[] levels, float @Nullable [] labels, float[] out) {
    require(rows >= 1, "rows must be at least 1, got " + rows);
    requireLength("x", x.length, (long) rows * d);
    requireLength("out", out.length, (long) rows * outputs);
    Told told = told(levels, labels);
    require(told.fits(rows), "levels and labels must be one for all rows or one for each");
    pieces(
        rows,
        (from, count) -> {
          float[] piece = new float[count * d];
          System.arraycopy(x, from * d, piece, 0, piece.length);
          float[] answers = evaluate(piece, from, count, told, Precision.FP32);
          System.arraycopy(answers, 0, out, from * outputs, answers.length);
        });
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  private static void requireLength(String name, int length, long least) {
    require(length >= least, name + " must have at least " + least + " numbers, got " + length);
  }

  int dimension() {
    return d;
  }

  Network network() {
    return network;
  }

  /** What the network is told of some rows, in its own numbers. */
  record Told(float[] noise, int noiseRows, float @Nullable [] labels, int labelRows) {
    boolean fits(int rows) {
      return (noiseRows == 1 || noiseRows >= rows) && (labelRows <= 1 || labelRows >= rows);
    }
  }

  /** Levels and labels as the network reads them. */
  Told told(double[] levels, float @Nullable [] labels) {
    int columns = network.noiseColumns();
    float[] noise = new float[levels.length * columns];
    for (int i = 0; i < levels.length; i++) {
      network.noise(levels[i], noise, i);
    }
    int labelRows = requireLabels(labels);
    return new Told(noise, levels.length, labels, labelRows);
  }

  private int requireLabels(float @Nullable [] labels) {
    int columns = network.labelColumns();
    int length = labels == null ? 0 : labels.length;
    require(
        columns == 0 ? length == 0 : length > 0 && length % columns == 0,
        "labels must be "
            + columns
            + " numbers for a row of this network, got "
            + length
            + " in all");
    if (labels != null && architecture.labels() > 0) {
      for (float label : labels) {
        require(
            label == Math.rint(label) && label >= 0 && label < architecture.labels(),
            "label must be a whole number from 0 to "
                + (architecture.labels() - 1)
                + ", got "
                + label);
      }
    }
    return columns == 0 ? 0 : length / columns;
  }

  /** Work on some of the rows. */
  interface Piece {
    void run(int from, int rows);
  }

  /**
   * Cuts the rows and spreads them over the threads: in four pieces or more, none so large that its activations leave the cache, none so small that the weights are read for nothing.
   */
  void pieces(int rows, Piece piece) {
    int least = network.rowsAtOnce();
    int atOnce = Math.max(least, Math.min(8 * least, (rows + 3) / 4));
    Workers.run(
        (rows + atOnce - 1) / atOnce,
        i -> piece.run(i * atOnce, Math.min(atOnce, rows - i * atOnce)));
  }

  /** The answers for a piece, of which {@code from} is the first row among all that were told. */
  float[] evaluate(float[] x, int from, int rows, Told told, Precision precision) {
    float[] answers = new float[rows * outputs];
    Runnable work =
        () -> {
          Tensor input = Transfer.toNative(x, 0, shape(rows, rowShape));
          Condition condition = condition(told, from, rows);
          Tensor output =
              precision.forward(() -> network.forward(weights, input, condition, Dropout.NONE));
          Transfer.toJava(output, answers, 0);
        };
    if (network.keepsGraph()) {
      Scope.run(work);
    } else {
      Scope.infer(work);
    }
    return answers;
  }

  /** The answers for a piece, and (∂F/∂x)ᵀv of their first d numbers in {@code v}'s place. */
  float[] pullBack(float[] x, int from, int rows, Told told, float[] v) {
    float[] answers = new float[rows * outputs];
    Scope.run(
        () -> {
          Tensor input = Transfer.toNative(x, 0, shape(rows, rowShape)).set_requires_grad(true);
          Condition condition = condition(told, from, rows);
          Tensor output = network.forward(weights, input, condition, Dropout.NONE);
          Transfer.toJava(output.detach(), answers, 0);
          Tensor first = output.narrow(1, 0, rowShape[0]);
          Tensor along = Transfer.toNative(v, 0, shape(rows, rowShape));
          TensorVector pulled =
              torch.grad(
                  new TensorVector(first),
                  new TensorVector(input),
                  new TensorVector(along),
                  new BoolOptional(),
                  false,
                  false);
          Transfer.toJava(pulled.get(0), v, 0);
        });
    return answers;
  }

  /** g and ∇g for a piece, of a {@link Conservative} network. */
  double[] scalars(float[] u, int from, int rows, Told told, float[] gradient) {
    double[] g = new double[rows];
    Scope.run(
        () -> {
          Tensor input = Transfer.toNative(u, 0, shape(rows, rowShape)).set_requires_grad(true);
          Tensor scalars =
              ((ConservativeNetwork) network)
                  .scalars(weights, input, condition(told, from, rows), Dropout.NONE);
          float[] values = Transfer.toJava(scalars.detach());
          for (int i = 0; i < rows; i++) {
            g[i] = values[i];
          }
          TensorVector slope = torch.grad(new TensorVector(scalars.sum()), new TensorVector(input));
          Transfer.toJava(slope.get(0), gradient, 0);
        });
    return g;
  }

  private Condition condition(Told told, int from, int rows) {
    return new Condition(
        part(told.noise(), network.noiseColumns(), told.noiseRows(), from, rows),
        told.labels() == null
            ? null
            : part(told.labels(), network.labelColumns(), told.labelRows(), from, rows));
  }

  private static Tensor part(float[] told, int columns, int all, int from, int rows) {
    return all == 1
        ? Transfer.toNative(told, 0, new long[] {1, columns})
        : Transfer.toNative(told, from * columns, new long[] {rows, columns});
  }

  /** The shape of so many rows. */
  static long[] shape(int rows, int[] rowShape) {
    List<Long> shape = new ArrayList<>(List.of((long) rows));
    for (int side : rowShape) {
      shape.add((long) side);
    }
    return shape.stream().mapToLong(Long::longValue).toArray();
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    weights.close();
  }
}
