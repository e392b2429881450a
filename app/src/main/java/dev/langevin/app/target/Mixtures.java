package dev.langevin.app.target;

import dev.langevin.density.target.GaussianMixture;
import java.util.Arrays;

/**
 * The mixtures of normals that ship: what both doors can be judged by, since density, score, denoiser and draws are exact. {@link #ring} and {@link #grid} are the
 * two-dimensional cases on which generative models have been compared since Metz et al. 2017 (unrolled GANs, appendix A); {@link #imbalanced} is the one on which
 * plain Langevin dynamics keeps the weights of its start (Song &amp; Ermon 2019, section 3.2.2).
 */
final class Mixtures {
  private static final int MODES_ON_RING = 8;
  private static final int SIDE_OF_GRID = 5;

  private Mixtures() {}

  /** Three overlapping normals with full covariances. */
  static GaussianMixture overlapping() {
    return GaussianMixture.of(
        new double[] {0.5, 0.3, 0.2},
        new double[][] {{-1.5, 0}, {1.5, 1}, {0.5, -2}},
        new double[][][] {
          {{0.8, 0.3}, {0.3, 0.5}}, {{0.6, -0.2}, {-0.2, 0.9}}, {{0.5, 0}, {0, 0.5}}
        });
  }

  /** Two unit normals in ten dimensions, their means 8 apart. */
  static GaussianMixture twoModes() {
    double[][] means = new double[2][10];
    means[0][0] = -4;
    means[1][0] = 4;
    return isotropic("two-modes", new double[] {0.25, 0.75}, means, 1);
  }

  /** Eight equal modes of standard deviation 0.15 on a circle of radius 2: ten standard deviations between neighbours. */
  static GaussianMixture ring() {
    double[][] means = new double[MODES_ON_RING][];
    for (int k = 0; k < MODES_ON_RING; k++) {
      double angle = 2 * Math.PI * k / MODES_ON_RING;
      means[k] = new double[] {2 * StrictMath.cos(angle), 2 * StrictMath.sin(angle)};
    }
    return isotropic("ring", equal(MODES_ON_RING), means, 0.15);
  }

  /** Twenty-five equal modes of standard deviation 0.1 on a square lattice of spacing 1. */
  static GaussianMixture grid() {
    int modes = SIDE_OF_GRID * SIDE_OF_GRID;
    double[][] means = new double[modes][];
    for (int k = 0; k < modes; k++) {
      means[k] = new double[] {k / SIDE_OF_GRID - 2.0, k % SIDE_OF_GRID - 2.0};
    }
    return isotropic("grid", equal(modes), means, 0.1);
  }

  /** Weights 0.9 and 0.1, eight standard deviations apart. */
  static GaussianMixture imbalanced() {
    return isotropic("imbalanced", new double[] {0.9, 0.1}, new double[][] {{-2, 0}, {2, 0}}, 0.5);
  }

  /** Three normals on the line: a broad one, and two narrow ones on its right. */
  static GaussianMixture line() {
    return GaussianMixture.isotropic(
            new double[] {0.5, 0.2, 0.3},
            new double[][] {{-2}, {0.5}, {2.5}},
            new double[] {0.6, 0.25, 0.4})
        .named("line");
  }

  private static double[] equal(int modes) {
    double[] weights = new double[modes];
    Arrays.fill(weights, 1.0 / modes);
    return weights;
  }

  private static GaussianMixture isotropic(
      String name, double[] weights, double[][] means, double sd) {
    double[] sds = new double[weights.length];
    Arrays.fill(sds, sd);
    return GaussianMixture.isotropic(weights, means, sds).named(name);
  }
}
