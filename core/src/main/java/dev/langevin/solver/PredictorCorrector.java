package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.diffusion.VarianceExploding;
import dev.langevin.math.Check;

/**
 * Reverse-diffusion predictor with Langevin corrector (Song, Sohl-Dickstein, Kingma, Kumar, Ermon &amp; Poole 2021, algorithms 2 to 5 and eq. 46), for any noising. A
 * step from time s to time t, with ρ = a(s)/a(t) and G² = b(s)² - ρ² b(t)², the forward chain's own coefficients, is M corrections on the law of x_s,
 *
 * <p>x ← x + ε ∇ log q_s(x) + √(2ε) z, ε = 2ρ² (r ‖z‖/‖∇ log q_s(x)‖)²,
 *
 * <p>and one prediction, x ← (2 - ρ) x + G² ∇ log q_s(x) + G z. On {@link VarianceExploding} (ρ = 1) these are algorithms 2 and 4, on a chain with ρ² = 1 - β
 * algorithms 3 and 5. Corrections come first, as in the authors' code: the sequence is the paper's but for the ends, and nothing is corrected at noise 0. M + 1
 * evaluations and M + 1 normal vectors per step; a step to time 0 ends with the posterior mean.
 *
 * <p>The authors take the norms' means over the batch, and so rows depend on their batch. Here by default both are what they are in expectation for pure noise,
 * ‖z‖ = √d and ‖∇ log q_s‖ = √d/b(s), hence ε = 2ρ² r² b(s)²; or they are each row's own, and then the step depends on the noise that it scales.
 *
 * <p>Errors. Weak order 1 without corrections. With them the law tends, for many steps, to what the corrector keeps: on normal data of variance λ at level σ,
 * the variance v = λ + σ² over 1 - r²σ²/v, on variance exploding.
 *
 * @param noising the process
 * @param corrections M, zero or more
 * @param snr r, the signal-to-noise ratio of a correction; strictly between 0 and 1, where the expected norms are stable
 * @param norms whose norms set ε
 */
public record PredictorCorrector(Noising noising, int corrections, double snr, Norms norms)
    implements Solver {
  public PredictorCorrector {
    Check.atLeast("corrections", corrections, 0);
    Check.inside("snr", snr, 0, 1);
  }

  /** Where a correction's step size comes from. */
  public enum Norms {
    /** From the level alone. */
    EXPECTED,
    /** From the norms of the row's own score and noise. */
    ROW
  }

  /** Variance exploding, one correction, r = 0.16, as the paper has it for CIFAR-10; expected norms. */
  public PredictorCorrector() {
    this(new VarianceExploding(), 1, 0.16, Norms.EXPECTED);
  }

  @Override
  public String name() {
    return "predictor-corrector";
  }

  @Override
  public int noises() {
    return 1 + corrections;
  }

  @Override
  public int defaultSteps() {
    return 256;
  }

  /** N(0, b²I) stands for the law of x_t. */
  @Override
  public double startingScale(double t) {
    return noising.noise(Check.positive("t", t));
  }

  @Override
  public int evaluations(TimeGrid grid, int k) {
    return 1 + corrections;
  }

  @Override
  public Worker on(Denoiser denoiser, TimeGrid grid, int rows) {
    return new PairWorker(this, denoiser, grid, Scratch.size(denoiser, rows));
  }

  private static final class PairWorker implements Worker {
    private final PredictorCorrector recipe;
    private final Denoiser denoiser;
    private final TimeGrid grid;
    private final double[] y;
    private final double[] pull; // a D - x, which is b² ∇ log q

    PairWorker(PredictorCorrector recipe, Denoiser denoiser, TimeGrid grid, int size) {
      this.recipe = recipe;
      this.denoiser = denoiser;
      this.grid = grid;
      y = new double[size];
      pull = new double[size];
    }

    @Override
    public void step(int k, double[] x, int rows, double[] z) {
      double s = grid.time(k);
      double t = grid.time(k + 1);
      int length = rows * denoiser.dimension();
      double rho = recipe.noising.signal(s) / recipe.noising.signal(t);
      for (int m = 1; m <= recipe.corrections; m++) {
        look(x, rows, s);
        correct(x, rows, s, rho, z, m * length);
      }
      if (t > 0) {
        look(x, rows, s);
        predict(x, length, s, t, rho, z);
      } else {
        denoise(x, rows, s);
        System.arraycopy(pull, 0, x, 0, length);
      }
    }

    /** The posterior mean, into {@link #pull}. */
    private void denoise(double[] x, int rows, double s) {
      double a = recipe.noising.signal(s);
      int length = rows * denoiser.dimension();
      for (int i = 0; i < length; i++) {
        y[i] = x[i] / a;
      }
      denoiser.denoise(y, rows, recipe.noising.sigma(s), pull);
    }

    private void look(double[] x, int rows, double s) {
      denoise(x, rows, s);
      double a = recipe.noising.signal(s);
      int length = rows * denoiser.dimension();
      for (int i = 0; i < length; i++) {
        pull[i] = a * pull[i] - x[i];
      }
    }

    /** Row by row: with q = r ρ ‖z‖/‖b ∇ log q_s‖, which is r ρ in expectation, ε = 2 (q b)². */
    private void correct(double[] x, int rows, double s, double rho, double[] z, int block) {
      int d = denoiser.dimension();
      double b = recipe.noising.noise(s);
      for (int r = 0; r < rows; r++) {
        int row = r * d;
        double q = recipe.snr * rho;
        if (recipe.norms == Norms.ROW) {
          q *= b * Math.sqrt(square(z, block + row, d) / square(pull, row, d));
        }
        for (int i = row; i < row + d; i++) {
          x[i] += 2 * q * q * pull[i] + 2 * q * b * z[block + i];
        }
      }
    }

    private static double square(double[] values, int from, int d) {
      double sum = 0;
      for (int i = from; i < from + d; i++) {
        sum += values[i] * values[i];
      }
      return sum;
    }

    /** G² = a(s)² (σ(s)² - σ(t)²). */
    private void predict(double[] x, int length, double s, double t, double rho, double[] z) {
      double high = recipe.noising.sigma(s);
      double low = recipe.noising.sigma(t);
      double share = (high - low) * (high + low) / (high * high); // G²/b(s)²
      double fresh = recipe.noising.noise(s) * Math.sqrt(share);
      for (int i = 0; i < length; i++) {
        x[i] = (2 - rho) * x[i] + share * pull[i] + fresh * z[i];
      }
    }
  }
}
