package dev.langevin.app;

import dev.langevin.app.target.Catalogue;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.GaussianMixtureDenoiser;
import dev.langevin.io.InputError;
import java.util.Arrays;

/**
 * A mixture of normals whose denoiser is exact, on the scale on which networks learn too: z = (x - mean)/scale, of mean square deviation {@value #SD}² a coordinate.
 *
 * @param law on the data's own scale
 * @param mean of the whole mixture
 * @param scale so many units of the data are one of z
 */
record ExactModel(GaussianMixture law, double[] mean, double scale) {
  /** Standard deviation of a coordinate of z, root mean square. */
  static final double SD = 0.5;

  /**
   * The mixture of this name, or the normal law as one of one component.
   *
   * @throws InputError if the catalogue has no such law
   */
  static ExactModel named(String name) {
    GaussianMixture law =
        Catalogue.normal(name)
            .orElseThrow(
                () ->
                    new InputError(
                        name, "has no exact denoiser", "use one of " + Catalogue.normals()));
    double[] mean = law.mean();
    double trace = 0;
    double[][] covariance = law.covariance();
    for (int i = 0; i < mean.length; i++) {
      trace += covariance[i][i];
    }
    return new ExactModel(law, mean, Math.sqrt(trace / mean.length) / SD);
  }

  /** The law of z. */
  GaussianMixture scaled() {
    double[][] means = law.means();
    double[][][] covariances = law.covariances();
    for (int k = 0; k < means.length; k++) {
      for (int i = 0; i < mean.length; i++) {
        means[k][i] = (means[k][i] - mean[i]) / scale;
        covariances[k][i] =
            Arrays.stream(covariances[k][i]).map(c -> c / (scale * scale)).toArray();
      }
    }
    return GaussianMixture.of(law.weights(), means, covariances);
  }

  /** The denoiser of z. */
  Denoiser denoiser() {
    return new GaussianMixtureDenoiser(scaled());
  }

  /** Back to the data's own scale. */
  Scaling scaling() {
    return Scaling.affine(mean, scale);
  }
}
