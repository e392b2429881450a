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
 * <p>Rows are independent, but only up to rounding (about 1e-6 of c_out): the native kernels sum in an order that depends on the
 * number of rows. Equal calls give equal bits at one thread count ({@link Backend#threads}). Called by one thread at a time; native
 * memory is freed by {@link #close}.
 */
public final class NetworkDenoiser implements Denoiser, AutoCloseable {
  /** Rows that go through the network together; bounds the memory of a call. */
  private static final int BATCH = 256;

  private final EdmObjective objective;
  private final Network network;
  private final Parameters weights;
  private final int[] rowShape;
  private final int d;
  private final float[] features = new float[NoiseFeatures.COUNT];
  private float[] buffer = new float[0];

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
    for (int from = 0; from < rows; from += BATCH) {
      denoise(y, from, Math.min(BATCH, rows - from), sigma, out);
    }
  }

  private void denoise(double[] y, int from, int rows, double sigma, double[] out) {
    int n = rows * d;
    int offset = from * d;
    buffer = buffer.length < n ? new float[n] : buffer;
    double cIn = objective.cIn(sigma);
    for (int i = 0; i < n; i++) {
      buffer[i] = (float) (cIn * y[offset + i]);
    }
    evaluate(rows);
    double cSkip = objective.cSkip(sigma);
    double cOut = objective.cOut(sigma);
    for (int i = 0; i < n; i++) {
      out[offset + i] = cSkip * y[offset + i] + cOut * buffer[i];
    }
  }

  /** F of the buffer's first rows, in place. */
  private void evaluate(int rows) {
    Scope.infer(
        () -> {
          Tensor x = Transfer.startToNative(buffer, rows * d, Trainer.shape(rows, rowShape));
          Tensor noise = Transfer.toNative(features, 1, NoiseFeatures.COUNT);
          Transfer.toJava(network.forward(weights, x, noise, Dropout.NONE), buffer);
        });
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
