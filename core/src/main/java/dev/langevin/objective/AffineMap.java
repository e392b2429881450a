package dev.langevin.objective;

import dev.langevin.density.Score;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.math.Check;
import java.util.Arrays;

/**
 * x ↦ A x + c on R^d: what denoisers and scores of normal data are, and the family in which losses on them have closed forms.
 *
 * @param matrix A, {@code d × d}, row-major
 * @param offset c, length d
 */
public record AffineMap(double[] matrix, double[] offset) {
  public AffineMap {
    int d = offset.length;
    matrix = Check.length("matrix", Check.allFinite("matrix", matrix), d * d).clone();
    offset = Check.allFinite("offset", offset).clone();
  }

  /** The map that a denoiser is at a level, read off at 0 and the unit vectors; right only where it is affine. */
  public static AffineMap of(Denoiser denoiser, double sigma) {
    int d = denoiser.dimension();
    double[] points = new double[(d + 1) * d];
    for (int j = 0; j < d; j++) {
      points[(j + 1) * d + j] = 1;
    }
    double[] images = new double[(d + 1) * d];
    denoiser.denoise(points, d + 1, sigma, images);
    return fromImages(images, d);
  }

  /** The map that a score is, read off at 0 and the unit vectors; right only where it is affine. */
  public static AffineMap of(Score score) {
    int d = score.dimension();
    double[] images = new double[(d + 1) * d];
    double[] x = new double[d];
    double[] image = new double[d];
    for (int k = 0; k <= d; k++) {
      for (int j = 0; j < d; j++) {
        x[j] = j == k - 1 ? 1 : 0;
      }
      score.score(x, image);
      System.arraycopy(image, 0, images, k * d, d);
    }
    return fromImages(images, d);
  }

  private static AffineMap fromImages(double[] images, int d) {
    double[] matrix = new double[d * d];
    double[] offset = new double[d];
    for (int i = 0; i < d; i++) {
      offset[i] = images[i];
      for (int j = 0; j < d; j++) {
        matrix[i * d + j] = images[(j + 1) * d + i] - images[i];
      }
    }
    return new AffineMap(matrix, offset);
  }

  /** d. */
  public int dimension() {
    return offset.length;
  }

  @Override
  public double[] matrix() {
    return matrix.clone();
  }

  @Override
  public double[] offset() {
    return offset.clone();
  }

  /** tr A, the divergence. */
  public double trace() {
    double sum = 0;
    for (int i = 0; i < offset.length; i++) {
      sum += matrix[i * offset.length + i];
    }
    return sum;
  }

  /** f·A x + f·c + g·x: a multiple of this map plus one of the identity. */
  public AffineMap combined(double f, double g) {
    int d = offset.length;
    double[] m = new double[d * d];
    double[] c = new double[d];
    for (int i = 0; i < d; i++) {
      c[i] = f * offset[i];
      for (int j = 0; j < d; j++) {
        m[i * d + j] = f * matrix[i * d + j] + (i == j ? g : 0);
      }
    }
    return new AffineMap(m, c);
  }

  /** E‖A x + c‖² = ‖A m + c‖² + tr(A S Aᵀ) for x of mean m and covariance S. */
  public double meanSquare(double[] mean, double[][] covariance) {
    int d = offset.length;
    double sum = 0;
    for (int i = 0; i < d; i++) {
      double centre = offset[i];
      for (int j = 0; j < d; j++) {
        centre += matrix[i * d + j] * mean[j];
        for (int k = 0; k < d; k++) {
          sum += matrix[i * d + j] * covariance[j][k] * matrix[i * d + k];
        }
      }
      sum += centre * centre;
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AffineMap that
        && Arrays.equals(matrix, that.matrix)
        && Arrays.equals(offset, that.offset);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(matrix) + Arrays.hashCode(offset);
  }

  @Override
  public String toString() {
    return "AffineMap[dimension=" + offset.length + "]";
  }
}
