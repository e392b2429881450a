package dev.langevin.tensor;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.math.Check;
import dev.langevin.math.NamedArray;
import dev.langevin.objective.EdmObjective;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A trained network as E[x₀ | y]: D(y; σ) = c_skip y + c_out F(c_in y; c_noise) (Karras et al. 2022, eq. 7). Solvers' doubles become
 * the network's 32-bit floats at this boundary and nowhere else; the part c_skip y is never rounded, so that at small noise levels,
 * where c_skip is near 1 and c_out near 0, the result is good to more digits than the network.
 *
 * <p>Rows go through the network in pieces of a fixed number, spread over {@link Backend#threads} threads. They are independent, but
 * only up to rounding (about 1e-6 of c_out): the native kernels sum in an order that depends on how many rows there are in a piece.
 * Equal calls give equal bits whatever the number of threads. Called by one thread at a time; native memory is freed by {@link
 * #close}.
 */
public final class NetworkDenoiser implements Denoiser, AutoCloseable {
  private final EdmObjective objective;
  private final Network network;
  private final Parameters weights;
  private final int[] rowShape;
  private final int d;
  private final float[] features = new float[NoiseFeatures.COUNT];

  /**
   * A denoiser from stored weights. Loads the native library.
   *
   * @param weights the arrays that {@link Architecture#weightNames} lists, in any order; {@link Checkpoint#weights} gives them
   * @throws IllegalArgumentException if one is missing, unknown, misshapen or not finite
   * @throws BackendUnavailable if there is no native library for this platform
   */
  public NetworkDenoiser(
      Architecture architecture, EdmObjective objective, List<NamedArray> weights) {
    this(architecture, objective, Network.of(architecture), weights);
  }

  private NetworkDenoiser(
      Architecture architecture,
      EdmObjective objective,
      Network network,
      List<NamedArray> weights) {
    this(architecture, objective, network, finite(network.layout(), weights));
  }

  NetworkDenoiser(
      Architecture architecture, EdmObjective objective, Network network, float[] values) {
    this.objective = objective;
    this.network = network;
    rowShape = architecture.rowShape();
    d = architecture.dimension();
    weights = Scope.call(() -> Parameters.fixed(network.layout(), values));
  }

  private static float[] finite(Layout layout, List<NamedArray> weights) {
    float[] values = layout.join("", weights);
    String broken = layout.firstNotFinite(values);
    if (broken != null) {
      throw new IllegalArgumentException("weights: " + broken + " must be finite");
    }
    return values;
  }

  @Override
  public int dimension() {
    return d;
  }

  @Override
  public void denoise(double[] y, int rows, double sigma, double[] out) {
    requireArguments(y, rows, sigma, out);
    NoiseFeatures.fill(objective.cNoise(sigma), features, 0);
    int atOnce = 2 * network.rowsAtOnce();
    Workers.run(
        (rows + atOnce - 1) / atOnce,
        piece -> denoise(y, piece * atOnce, Math.min(atOnce, rows - piece * atOnce), sigma, out));
  }

  private void denoise(double[] y, int from, int rows, double sigma, double[] out) {
    int offset = from * d;
    double cIn = objective.cIn(sigma);
    float[] x = new float[rows * d];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (cIn * y[offset + i]);
    }
    evaluate(x, rows);
    double cSkip = objective.cSkip(sigma);
    double cOut = objective.cOut(sigma);
    for (int i = 0; i < x.length; i++) {
      out[offset + i] = cSkip * y[offset + i] + cOut * x[i];
    }
  }

  /** Replaces x by F(x). */
  private void evaluate(float[] x, int rows) {
    Scope.infer(
        () -> {
          Tensor input = Transfer.toNative(x, 0, shape(rows, rowShape));
          Tensor level = noise(features, 0, 1);
          Transfer.toJava(network.forward(weights, input, level, Dropout.NONE), x, 0);
        });
  }

  /** The shape of so many rows. */
  static long[] shape(int rows, int[] rowShape) {
    long[] shape = new long[rowShape.length + 1];
    shape[0] = rows;
    for (int i = 0; i < rowShape.length; i++) {
      shape[i + 1] = rowShape[i];
    }
    return shape;
  }

  /** The noise features of some rows, in native memory. */
  static Tensor noise(float[] features, int from, int rows) {
    long[] shape = {rows, NoiseFeatures.COUNT};
    return Transfer.toNative(features, from * NoiseFeatures.COUNT, shape);
  }

  private void requireArguments(double[] y, int rows, double sigma, double[] out) {
    if (rows < 1 || (long) rows * d > Math.min(y.length, out.length)) {
      throw new IllegalArgumentException(
          "rows must be at least 1 and fit y and out (lengths "
              + y.length
              + " and "
              + out.length
              + ", d = "
              + d
              + "), got "
              + rows);
    }
    Check.positive("sigma", sigma);
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    weights.close();
  }
}
