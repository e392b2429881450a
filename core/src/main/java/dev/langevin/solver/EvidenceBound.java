package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.math.Check;
import dev.langevin.math.Spread;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.function.DoubleUnaryOperator;

/**
 * The evidence lower bound of ancestral sampling on a grid of noise levels (Ho, Jain &amp; Abbeel 2020, eq. 5; in these variables Kingma, Salimans, Poole &amp; Ho 2021), a sum of
 * Kullback–Leibler divergences between normal laws. With levels σ_0 &gt; … &gt; σ_M &gt; 0, y_k = x₀ + σ_k z:
 *
 * <pre>
 *   -log p(x₀) ≤ KL(N(x₀, σ_0²I) ‖ N(0, σ_0²I))                          = |x₀|²/(2σ_0²)
 *              + Σ_k E KL(q(y_{k+1} | y_k, x₀) ‖ p(y_{k+1} | y_k))       = ½(1/σ_{k+1}² - 1/σ_k²) E|x₀ - D(y_k; σ_k)|²
 *              + E[-log N(x₀; D(y_M; σ_M), σ_M²I)]
 * </pre>
 *
 * <p>where p has the posterior's own variance σ_{k+1}²(1 - r), r = σ_{k+1}²/σ_k² (DDPM's Σ_q). With {@code forward} it has the forward step's σ_k² - σ_{k+1}² (DDPM's other choice,
 * 1 - α_t): then each term is r times that, plus ½d(r - 1 - ln r). Noise scaled with a signal, as DDPM's, changes none of these.
 *
 * <p>The bound is on the model that draws y_0 from N(0, σ_0²I), goes down the grid and returns a draw from N(D(y_M; σ_M), σ_M²I). Averaged over data, it therefore lies above the
 * data's entropy.
 *
 * @param levels σ_0 … σ_M, perhaps with a last 0, which is left out; on the σ clock
 * @param forward whether the reverse variance is that of the forward step
 */
public record EvidenceBound(TimeGrid levels, boolean forward) {
  /**
   * A bound on -log p in nats.
   *
   * @param value the mean over the draws
   * @param standardError one standard deviation of it over the draws of noise
   * @param draws how many
   */
  public record Bound(double value, double standardError, int draws) {
    /** Half the width of a confidence interval by Student's law with draws - 1 degrees of freedom. */
    public double halfWidth(double confidence) {
      return Spread.halfWidth(standardError, draws, confidence);
    }
  }

  /** The number of positive levels less one: M. */
  private int last() {
    int n = levels.steps();
    return levels.time(n) > 0 ? n : n - 1;
  }

  /**
   * The mean of the bound over data of which the denoiser's mean square error is known at every level: without chance, for normal data exact.
   *
   * @param dimension d
   * @param secondMoment E|x₀|²
   * @param squareError E|x₀ - D(x₀ + σz; σ)|², given σ
   */
  public double mean(int dimension, double secondMoment, DoubleUnaryOperator squareError) {
    Check.atLeast("dimension", dimension, 1);
    double top = levels.time(0);
    double sum = Check.notNegative("secondMoment", secondMoment) / (2 * top * top);
    for (int k = 0; k <= last(); k++) {
      sum += term(k, dimension, squareError.applyAsDouble(levels.time(k)));
    }
    return sum;
  }

  /**
   * The bound at one point, every level with its own noise in every draw.
   *
   * @param denoiser of d coordinates
   * @param x x₀, length d
   * @param draws how often; at least 2
   * @param seed address of the noise
   */
  public Bound at(Denoiser denoiser, double[] x, int draws, Seed seed) {
    Check.length("x", x, denoiser.dimension());
    Check.atLeast("draws", draws, 2);
    double[] y = new double[x.length];
    double[] denoised = new double[x.length];
    double square = squareDistance(x, new double[x.length]);
    Spread spread = new Spread();
    for (int i = 0; i < draws; i++) {
      AddressedRandom random = seed.child(i).random();
      spread.add(
          mean(
              x.length,
              square,
              sigma -> {
                for (int j = 0; j < x.length; j++) {
                  y[j] = x[j] + sigma * random.nextGaussian();
                }
                denoiser.denoise(y, 1, sigma, denoised);
                return squareDistance(x, denoised);
              }));
    }
    return new Bound(spread.mean(), spread.standardError(), draws);
  }

  /** The k-th divergence, and for k = M what the last draw misses. */
  private double term(int k, int d, double squareError) {
    double s2 = levels.time(k) * levels.time(k);
    if (k == last()) {
      return 0.5 * (squareError / s2 + d * StrictMath.log(2 * Math.PI * s2));
    }
    double t2 = levels.time(k + 1) * levels.time(k + 1);
    double own = 0.5 * (1 / t2 - 1 / s2) * squareError;
    double r = t2 / s2;
    return forward ? r * own + 0.5 * d * (r - 1 - StrictMath.log(r)) : own;
  }

  private static double squareDistance(double[] x, double[] y) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      sum += (x[j] - y[j]) * (x[j] - y[j]);
    }
    return sum;
  }
}
