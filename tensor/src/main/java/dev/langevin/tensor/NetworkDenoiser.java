package dev.langevin.tensor;

import dev.langevin.diffusion.DifferentiableDenoiser;
import dev.langevin.math.Check;
import dev.langevin.math.NamedArray;
import dev.langevin.objective.Preconditioning;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trained network as E[x₀ | y]: D(y; σ) = c_skip y + c_out F(c_in y; c_noise) (Karras et al. 2022, eq. 7), the four functions from a
 * {@link Preconditioning}: EDM's, or those of a network that answers with noise, velocity, clean point or score at a time of its own. Solvers'
 * doubles become the network's 32-bit floats at this boundary and nowhere else; the part c_skip y is never rounded, so that at small
 * noise levels, where c_skip is near 1 and c_out near 0, the result is good to more digits than the network.
 *
 * <p>Where the network has twice as many outputs as a row has numbers, the second half tells a variance and is not used.
 *
 * <p>Rows are independent, but only up to rounding (about 1e-6 of c_out), see {@link NetworkFunction}. Equal calls give equal bits
 * whatever the number of threads. The Jacobian is the network's own, by automatic differentiation; a product with it costs about three
 * times a denoising. It keeps no state, so several threads may call it, but for {@link #close}, which frees the native memory.
 */
public final class NetworkDenoiser implements DifferentiableDenoiser, AutoCloseable {
  private final NetworkFunction function;
  private final Preconditioning preconditioning;
  private final float @Nullable [] label;
  private final boolean owner;
  private final Precision precision;
  private final int d;

  /**
   * A denoiser from stored weights. Loads the native library.
   *
   * @param preconditioning what the network was trained with
   * @param weights as {@link NetworkFunction} takes them; {@link Checkpoint#weights} gives them
   * @throws IllegalArgumentException if one is missing, unknown, misshapen or not finite
   * @throws BackendUnavailable if there is no native library for this platform
   */
  public NetworkDenoiser(
      Architecture architecture, Preconditioning preconditioning, List<NamedArray> weights) {
    this(new NetworkFunction(architecture, weights), preconditioning);
  }

  NetworkDenoiser(
      Architecture architecture, Preconditioning preconditioning, Network network, float[] values) {
    this(new NetworkFunction(architecture, network, values), preconditioning);
  }

  NetworkDenoiser(NetworkFunction function, Preconditioning preconditioning) {
    this(function, preconditioning, null, true, Precision.FP32);
  }

  private NetworkDenoiser(
      NetworkFunction function,
      Preconditioning preconditioning,
      float @Nullable [] label,
      boolean owner,
      Precision precision) {
    this.function = function;
    this.preconditioning = preconditioning;
    this.label = label;
    this.owner = owner;
    this.precision = precision;
    d = function.dimension();
    if (function.outputs() != d && function.outputs() != 2 * d) {
      throw new IllegalArgumentException(
          "a denoiser's network must have as many outputs as a row has numbers, "
              + d
              + ", or twice as many, got "
              + function.outputs());
    }
  }

  /**
   * The denoiser of one class, E[x₀ | y, class]. It has the same weights, and is freed with this one. For guidance without a classifier
   * give two of them to {@link dev.langevin.diffusion.Guidance#classifierFree}, one for the label that stands for "none".
   *
   * @param ofAll a label that the network knows: a class's number
   */
  public NetworkDenoiser given(int ofAll) {
    return given(new float[] {ofAll});
  }

  /** The denoiser given a label that is a vector; the same otherwise. */
  public NetworkDenoiser given(float[] ofAll) {
    float[] copy = ofAll.clone();
    if (function.told(new double[0], copy).labelRows() != 1) {
      throw new IllegalArgumentException("label must be one for all rows");
    }
    return new NetworkDenoiser(function, preconditioning, copy, false, precision);
  }

  /**
   * The denoiser of rows of different classes. It is freed with this one.
   *
   * @param ofRows the label of each row of a call, in their order; a call may have fewer rows, and not more
   */
  public NetworkDenoiser givenEach(int[] ofRows) {
    float[] each = new float[ofRows.length];
    for (int i = 0; i < each.length; i++) {
      each[i] = ofRows[i];
    }
    function.told(new double[0], each); // refuses labels that the network does not know
    return new NetworkDenoiser(function, preconditioning, each, false, precision);
  }

  /**
   * The same denoiser with products of this precision; {@link #pullBack} stays at 32 bits. It takes the place of this one, so that one of the two is to be closed. With 16 bits
   * the network's answer is good to two or three digits, and D(y; σ) to as many of c_out.
   */
  public NetworkDenoiser in(Precision products) {
    return new NetworkDenoiser(function, preconditioning, label, owner, products);
  }

  /** How the network's output becomes the denoiser, or the consistency function. */
  public Preconditioning preconditioning() {
    return preconditioning;
  }

  /** The network's weights, copied: {@link NetworkFunction#weights}. */
  public List<NamedArray> weights() {
    return function.weights();
  }

  @Override
  public int dimension() {
    return d;
  }

  @Override
  public void denoise(double[] y, int rows, double sigma, double[] out) {
    NetworkFunction.Told told = told(y, rows, sigma, out);
    double cSkip = preconditioning.cSkip(sigma);
    double cOut = preconditioning.cOut(sigma);
    function.pieces(
        rows,
        (from, count) -> {
          float[] x = scaled(y, from, count, preconditioning.cIn(sigma));
          float[] answers = function.evaluate(x, from, count, told, precision);
          combine(y, answers, from, count, cSkip, cOut, out);
        });
  }

  /** Writes c_skip y + c_out F for a piece. */
  private void combine(
      double[] y, float[] answers, int from, int rows, double cSkip, double cOut, double[] out) {
    for (int r = 0; r < rows; r++) {
      int at = (from + r) * d;
      int answer = r * function.outputs();
      for (int j = 0; j < d; j++) {
        out[at + j] = cSkip * y[at + j] + cOut * answers[answer + j];
      }
    }
  }

  private float[] scaled(double[] values, int from, int rows, double factor) {
    float[] scaled = new float[rows * d];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (factor * values[from * d + i]);
    }
    return scaled;
  }

  @Override
  public void pullBack(
      double[] y, int rows, double sigma, double[] v, double[] denoised, double[] out) {
    NetworkFunction.Told told = told(y, rows, sigma, denoised);
    if ((long) rows * d > Math.min(v.length, out.length)) {
      throw new IllegalArgumentException("v and out must have rows × d numbers");
    }
    double cSkip = preconditioning.cSkip(sigma);
    double cOut = preconditioning.cOut(sigma);
    double cIn = preconditioning.cIn(sigma);
    function.pieces(
        rows,
        (from, count) -> {
          float[] pulled = scaled(v, from, count, 1);
          float[] x = scaled(y, from, count, cIn);
          float[] answers = function.pullBack(x, from, count, told, pulled);
          combine(y, answers, from, count, cSkip, cOut, denoised);
          for (int i = 0; i < pulled.length; i++) {
            out[from * d + i] = cSkip * v[from * d + i] + cOut * cIn * pulled[i];
          }
        });
  }

  private NetworkFunction.Told told(double[] y, int rows, double sigma, double[] out) {
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
    if (function.labelColumns() > 0 && label == null) {
      throw new IllegalStateException(
          "the network is conditioned on a label: say given(label) before denoising");
    }
    NetworkFunction.Told told = function.told(new double[] {preconditioning.cNoise(sigma)}, label);
    if (!told.fits(rows)) {
      throw new IllegalArgumentException(
          "rows must be at most the " + told.labelRows() + " labels given, got " + rows);
    }
    return told;
  }

  /** Frees the native memory; nothing if this is the denoiser of one class of another. */
  @Override
  public void close() {
    if (owner) {
      function.close();
    }
  }
}
