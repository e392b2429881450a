package dev.langevin.app;

import dev.langevin.app.target.Catalogue;
import dev.langevin.density.Model;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.GaussianMixtureDenoiser;
import dev.langevin.io.Hashes;
import dev.langevin.io.InputError;
import dev.langevin.tensor.BackendUnavailable;
import dev.langevin.tensor.NetworkDenoiser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model as a user names it, ready to generate: a folder that 'fit' wrote, or the exact denoiser of a Gaussian mixture that ships.
 * One is as good as the other to a solver.
 *
 * @param name as in messages: the folder's last name, or the mixture's
 * @param about what it is, in a few words
 * @param denoiser on the network's scale, where data have a standard deviation of 0.5
 * @param scaling back to the data's own scale
 * @param shape shape of a row
 * @param columns names of the columns; empty for images
 * @param inputs SHA-256 of what it was made from
 * @param network the same denoiser where it holds native memory
 */
record ModelSource(
    String name,
    String about,
    Denoiser denoiser,
    Scaling scaling,
    int[] shape,
    List<String> columns,
    Map<String, String> inputs,
    @Nullable NetworkDenoiser network)
    implements AutoCloseable {
  /** The exact models, by name. */
  static final List<String> EXACT = List.of("mixture");

  private static final double SD = 0.5;

  /**
   * Opens a model.
   *
   * @throws InputError if there is none, or its files cannot be used
   */
  static ModelSource open(String model) {
    if (EXACT.contains(model)) {
      return exact(model);
    }
    try {
      return fitted(Path.of(model));
    } catch (BackendUnavailable missing) {
      throw new InputError("tensor backend", String.valueOf(missing.getMessage()), "", missing);
    }
  }

  private static ModelSource fitted(Path path) {
    if (!Files.exists(path)) {
      throw new InputError(
          path.toString(),
          "there is no such model",
          "make one with 'langevin fit DATA --out " + path + "', or use one that ships: " + EXACT);
    }
    ModelFolder folder = new ModelFolder(path);
    ModelConfig config = folder.config();
    ModelFolder.Trained trained = folder.trained(config);
    return new ModelSource(
        String.valueOf(path.toAbsolutePath().normalize().getFileName()),
        "%s, %d steps on %s"
            .formatted(
                config.training().architecture().getClass().getSimpleName(),
                trained.steps(),
                config.data().name()),
        trained.denoiser(),
        config.scaling(),
        config.data().shape(),
        config.data().columns(),
        Map.of(
            "data", config.data().sha256(),
            "weights", Hashes.sha256(path.resolve(ModelFolder.WEIGHTS))),
        trained.denoiser());
  }

  private static ModelSource exact(String name) {
    Model model = Catalogue.named(name).model().get();
    if (!(model instanceof GaussianMixture mixture)) {
      throw new InputError(name, "has no exact denoiser", "use one of " + EXACT);
    }
    double[] mean = mixture.mean();
    double scale = Math.sqrt(trace(mixture.covariance()) / mean.length) / SD;
    return new ModelSource(
        name,
        "exact denoiser of a Gaussian mixture of " + mixture.components() + " components",
        new GaussianMixtureDenoiser(scaled(mixture, mean, scale)),
        Scaling.affine(mean, scale),
        new int[] {mean.length},
        model.outputs(),
        Map.of(),
        null);
  }

  private static double trace(double[][] matrix) {
    double trace = 0;
    for (int i = 0; i < matrix.length; i++) {
      trace += matrix[i][i];
    }
    return trace;
  }

  /** The law of (X - mean)/scale. */
  private static GaussianMixture scaled(GaussianMixture mixture, double[] mean, double scale) {
    double[][] means = mixture.means();
    double[][][] covariances = mixture.covariances();
    for (int k = 0; k < means.length; k++) {
      for (int i = 0; i < mean.length; i++) {
        means[k][i] = (means[k][i] - mean[i]) / scale;
        covariances[k][i] =
            Arrays.stream(covariances[k][i]).map(c -> c / (scale * scale)).toArray();
      }
    }
    return GaussianMixture.of(mixture.weights(), means, covariances);
  }

  @Override
  public void close() {
    if (network != null) {
      network.close();
    }
  }
}
