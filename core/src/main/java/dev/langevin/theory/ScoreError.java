package dev.langevin.theory;

import dev.langevin.density.ExactLaw;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.math.Check;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.function.DoubleUnaryOperator;

/** E‖D_θ(y; σ) - D(y; σ)‖² over noised data, of all coordinates together: how far the used denoiser is from the true one. */
public interface ScoreError {
  /** At a noise level, positive. */
  Bracket at(double sigma);

  /** How firm it is. */
  Term.Kind kind();

  /** The true denoiser is used. */
  static ScoreError none() {
    return exact(sigma -> 0);
  }

  /** One that is known, for instance because it was planted. */
  static ScoreError exact(DoubleUnaryOperator error) {
    return new ScoreError() {
      @Override
      public Bracket at(double sigma) {
        return Bracket.exact(error.applyAsDouble(sigma));
      }

      @Override
      public Term.Kind kind() {
        return Term.Kind.EXACT;
      }
    };
  }

  /**
   * Between two denoisers, by Monte Carlo; the limits are three standard errors away. Every level has the same data and the same noise.
   *
   * @param data what is noised
   * @param exact the data's own denoiser
   * @param used the other
   * @param samples how many, at least 2
   * @param seed address of the random numbers
   */
  static ScoreError between(ExactLaw data, Denoiser exact, Denoiser used, int samples, Seed seed) {
    Check.atLeast("samples", samples, 2);
    return new ScoreError() {
      @Override
      public Bracket at(double sigma) {
        return distance(data, exact, used, samples, seed, sigma);
      }

      @Override
      public Term.Kind kind() {
        return Term.Kind.ESTIMATE;
      }
    };
  }

  private static Bracket distance(
      ExactLaw data, Denoiser exact, Denoiser used, int samples, Seed seed, double sigma) {
    int d = exact.dimension();
    double[] y = noised(data, samples, d, sigma, seed);
    double[] first = new double[samples * d];
    double[] second = new double[samples * d];
    exact.denoise(y, samples, sigma, first);
    used.denoise(y, samples, sigma, second);
    RunningMean mean = new RunningMean();
    for (int r = 0; r < samples; r++) {
      double sum = 0;
      for (int i = r * d; i < (r + 1) * d; i++) {
        sum += (second[i] - first[i]) * (second[i] - first[i]);
      }
      mean.add(sum);
    }
    return mean.bracket();
  }

  private static double[] noised(ExactLaw data, int samples, int d, double sigma, Seed seed) {
    AddressedRandom random = seed.random();
    double[] x = new double[d];
    double[] y = new double[samples * d];
    for (int r = 0; r < samples; r++) {
      random.moveTo(seed.child(r));
      data.sample(random, x);
      for (int i = 0; i < d; i++) {
        y[r * d + i] = x[i] + sigma * random.nextGaussian();
      }
    }
    return y;
  }
}
