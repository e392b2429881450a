package dev.langevin.app;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.EmpiricalDenoiser;
import dev.langevin.io.InputError;
import dev.langevin.table.Dataset;
import java.util.Arrays;

/**
 * The rows of a data set as a law of their own, each with the same probability: the law that a network learns which fits its training rows too well. The denoiser is a
 * weighted mean of the rows, {@link EmpiricalDenoiser}.
 *
 * @param rows the data
 * @param scaling between the data's own scale and the one of the denoiser, where they have a standard deviation of 0.5
 */
record EmpiricalModel(Dataset rows, Scaling scaling) {
  /** How a user names such a model: this, and then the data. */
  static final String PREFIX = "empirical:";

  private static final double BLUR = 1e-6;

  /**
   * The data that such a model is named after.
   *
   * @throws InputError if it names none
   */
  static DataSource source(String model) {
    String data = model.substring(PREFIX.length());
    if (data.isBlank()) {
      throw new InputError(model, "names no data", "write " + PREFIX + "FILE");
    }
    return DataSource.of(data);
  }

  /** Of these rows. */
  static EmpiricalModel of(Dataset rows) {
    return new EmpiricalModel(rows, Scaling.of(rows, ExactModel.SD));
  }

  /** The rows on the denoiser's scale, {@code rows × d}. */
  double[] scaled() {
    return scaling.standardised(rows.values());
  }

  Denoiser denoiser() {
    return new EmpiricalDenoiser(scaled(), rows.width());
  }

  /** The law on the denoiser's scale, every row blurred by {@value #BLUR}. */
  GaussianMixture law() {
    double[] x = scaled();
    int d = rows.width();
    double[][] means = new double[rows.rows()][];
    for (int r = 0; r < means.length; r++) {
      means[r] = Arrays.copyOfRange(x, r * d, (r + 1) * d);
    }
    return GaussianMixture.isotropic(filled(means.length, 1), means, filled(means.length, BLUR));
  }

  private static double[] filled(int length, double value) {
    double[] array = new double[length];
    Arrays.fill(array, value);
    return array;
  }
}
