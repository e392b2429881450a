package dev.langevin.spin;

import dev.langevin.density.BinaryPairwise;
import dev.langevin.math.Check;
import dev.langevin.random.Seed;

/**
 * Where AMP starts in Z2 synchronisation at β &gt; 1: at the leading eigenvector v of A (‖v‖ = 1), found by power iteration on A + 2I, whose
 * spectrum is bulk [0, 4] and outlier β + 1/β + 2. Asymptotically ⟨v, θ⟩² = (1 - 1/β²) n, so that
 *
 * <pre>
 *   z = β √(β² - 1) √n v   has the law of   ±(γθ + √γ G),  γ = β² - 1
 * </pre>
 *
 * <p>a point of state evolution (Montanari &amp; Venkataramanan 2021, section 3), and m = tanh z the guess. The eigenvector need not be sharp, AMP
 * sharpens it; {@code residual} tells how sharp it is. Which of v and -v comes out is the sampler's to randomise.
 *
 * @param mean m, length n
 * @param eigenvalue vᵀAv; β + 1/β is predicted for n → ∞
 * @param iterations products taken
 * @param residual ‖Av - (vᵀAv) v‖
 */
public record SpectralStart(double[] mean, double eigenvalue, int iterations, double residual) {
  private static final int MAX_ITERATIONS = 1000;
  private static final double TOLERANCE = 0.02; // of the residual; the gap to the bulk is (β-1)²/β

  public SpectralStart {
    Check.allFinite("mean", mean);
  }

  /**
   * Of a glass with β &gt; 1.
   *
   * @param seed address of the power iteration's random start
   */
  public static SpectralStart of(SpinGlass glass, Seed seed) {
    double beta = glass.beta();
    if (!(beta > 1)) {
      throw new IllegalArgumentException(
          "beta must be above 1 for an outlying eigenvalue, got " + beta);
    }
    double gap = (beta - 1) * (beta - 1) / beta;
    return new Power(glass, seed).run(Math.min(TOLERANCE, 0.1 * gap));
  }

  private static final class Power {
    private final BinaryPairwise model;
    private final double beta;
    private final int n;
    private final double[] v;
    private final double[] product;
    private double eigenvalue;

    Power(SpinGlass glass, Seed seed) {
      model = glass.model();
      beta = glass.beta();
      n = glass.spins();
      v = new double[n];
      product = new double[n];
      seed.random().fillGaussian(v, 0, n);
      scale(v, 1 / norm(v));
    }

    SpectralStart run(double tolerance) {
      double residual = residual();
      int k = 1;
      for (; k < MAX_ITERATIONS && residual > tolerance; k++) {
        for (int i = 0; i < n; i++) {
          v[i] = product[i] / beta + 2 * v[i];
        }
        scale(v, 1 / norm(v));
        residual = residual();
      }
      double strength = beta * Math.sqrt((beta * beta - 1) * n);
      double[] mean = new double[n];
      for (int i = 0; i < n; i++) {
        mean[i] = StrictMath.tanh(strength * v[i]);
      }
      return new SpectralStart(mean, eigenvalue, k, residual);
    }

    private double residual() {
      model.multiply(v, 1, product);
      eigenvalue = dot(v, product) / beta;
      double sum = 0;
      for (int i = 0; i < n; i++) {
        double r = product[i] / beta - eigenvalue * v[i];
        sum += r * r;
      }
      return Math.sqrt(sum);
    }

    private static double norm(double[] x) {
      return Math.sqrt(dot(x, x));
    }

    private static double dot(double[] x, double[] y) {
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        sum += x[i] * y[i];
      }
      return sum;
    }

    private static void scale(double[] x, double factor) {
      for (int i = 0; i < x.length; i++) {
        x[i] *= factor;
      }
    }
  }
}
