package dev.langevin.tensor;

import dev.langevin.math.NamedArray;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The two halves of a trained {@link Autoencoder}: images to latents and back, each row by itself up to rounding. Equal calls give equal bits whatever the number of threads. Native
 * memory is freed by {@link #close}.
 */
public final class LatentSpace implements AutoCloseable {
  private final Autoencoder recipe;
  private final AutoencoderNetwork network;
  private final Parameters weights;

  /**
   * From stored weights. Loads the native library.
   *
   * @param stored the arrays that {@link Architecture#weightNames} lists
   * @throws IllegalArgumentException if one is missing, unknown or misshapen
   * @throws BackendUnavailable if there is no native library for this platform
   */
  public LatentSpace(Autoencoder recipe, List<NamedArray> stored) {
    this.recipe = recipe;
    network = new AutoencoderNetwork(recipe);
    float[] values = network.layout().join("", stored);
    weights = Scope.call(() -> Parameters.fixed(network.layout(), values));
  }

  /** How it is wired. */
  public Autoencoder recipe() {
    return recipe;
  }

  /**
   * The latents of images.
   *
   * @param images {@code rows × d}, on the scale that the network was trained on
   * @return {@code rows × latent numbers}
   */
  public float[] encode(float[] images, int rows) {
    return through(images, rows, recipe.rowShape(), recipe.latentShape(), network::encode);
  }

  /**
   * The images of latents.
   *
   * @param latents {@code rows × latent numbers}
   * @return {@code rows × d}, on the scale that the network was trained on
   */
  public float[] decode(float[] latents, int rows) {
    return through(latents, rows, recipe.latentShape(), recipe.rowShape(), network::decode);
  }

  private interface Half {
    Tensor apply(Parameters weights, Tensor x);
  }

  private float[] through(float[] x, int rows, int[] from, int[] to, Half half) {
    int d = (int) NamedArray.size(from);
    int outputs = (int) NamedArray.size(to);
    if (rows < 1 || x.length != (long) rows * d) {
      throw new IllegalArgumentException(
          "rows × " + d + " must be the numbers given, got " + rows + " rows and " + x.length);
    }
    float[] out = new float[rows * outputs];
    int atOnce = network.rowsAtOnce();
    Workers.run(
        (rows + atOnce - 1) / atOnce,
        i -> {
          int first = i * atOnce;
          long[] shape = NetworkFunction.shape(Math.min(atOnce, rows - first), from);
          Scope.infer(
              () -> {
                Tensor input = Transfer.toNative(x, first * d, shape);
                Transfer.toJava(half.apply(weights, input), out, first * outputs);
              });
        });
    return out;
  }

  @Override
  public void close() {
    weights.close();
  }
}
