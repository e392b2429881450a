package dev.langevin.objective;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.math.Check;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.ArrayList;
import java.util.List;

/**
 * The square error E‖D(x₀ + σz; σ) - x₀‖² of any denoiser on given rows, level by level or under an objective. On rows that the denoiser has not learned from it is
 *
 * <p>E‖D - x₀‖² = mmse(σ) + E‖D - D*‖², D* the exact posterior mean,
 *
 * <p>an upper bound on the denoiser's own error, which in terms of the score is E‖s - ∇ log p_σ‖² = E‖D - D*‖²/σ⁴; on rows that it has learned from it can be as low
 * as zero. Exact denoisers attain the floor mmse(σ) (in closed form for normal data: {@link GaussianLoss#floor}).
 *
 * <p>A row's noise has an address of its own below (seed, level, row, draw): values do not depend on the batch, on which other levels are asked for, or on their
 * order, and two denoisers are compared under equal noise. Rows are the unit of the standard error: the rows are taken as independent draws, and several
 * noise vectors per row lower the noise's share in it.
 *
 * @param draws noise vectors per row and level, at least 1
 * @param batch rows per call of the denoiser, at least 1
 */
public record DenoisingLoss(int draws, int batch) {
  public DenoisingLoss {
    Check.atLeast("draws", draws, 1);
    Check.atLeast("batch", batch, 1);
  }

  /** One noise vector per row and level, 256 rows at once. */
  public DenoisingLoss() {
    this(1, 256);
  }

  /**
   * The loss at one level.
   *
   * @param sigma the noise level
   * @param squareError E‖D - x₀‖² per row: summed over coordinates
   */
  public record Level(double sigma, LossEstimate squareError) {}

  /**
   * The square error per row at each level.
   *
   * @param rows clean points, {@code n × d}; at least two
   * @param sigmas levels, positive
   * @return one entry per level, in their order; n · draws · sigmas.length evaluations of a row
   */
  public List<Level> byLevel(Denoiser denoiser, double[] rows, double[] sigmas, Seed seed) {
    int n = count(denoiser, rows);
    List<Level> levels = new ArrayList<>();
    for (double sigma : sigmas) {
      double[] losses = new double[n];
      new Worker(denoiser, rows, seed).add(Check.positive("sigma", sigma), 1, losses);
      levels.add(new Level(sigma, LossEstimate.of(losses)));
    }
    return levels;
  }

  /**
   * The objective's expected loss per coordinate, E_σ λ(σ)‖D - x₀‖²/d: the unit of a training loss. The expectation over levels is taken at the midpoints of
   * equally likely classes of their law.
   *
   * @param levels number of classes, at least 1; the standard error does not count what they leave out
   */
  public LossEstimate of(
      Objective objective, Denoiser denoiser, double[] rows, int levels, Seed seed) {
    Check.atLeast("levels", levels, 1);
    double[] losses = new double[count(denoiser, rows)];
    Worker worker = new Worker(denoiser, rows, seed);
    for (int k = 0; k < levels; k++) {
      double sigma = objective.levelLaw().quantile((k + 0.5) / levels);
      worker.add(sigma, objective.weight(sigma) / levels / denoiser.dimension(), losses);
    }
    return LossEstimate.of(losses);
  }

  private static int count(Denoiser denoiser, double[] rows) {
    int d = denoiser.dimension();
    if (rows.length % d != 0 || rows.length < 2 * d) {
      throw new IllegalArgumentException(
          "rows must be at least two rows of " + d + " numbers, got " + rows.length + " numbers");
    }
    return rows.length / d;
  }

  private final class Worker {
    private final Denoiser denoiser;
    private final double[] rows;
    private final Seed seed;
    private final int d;
    private final AddressedRandom random;
    private final double[] noised;
    private final double[] denoised;

    Worker(Denoiser denoiser, double[] rows, Seed seed) {
      this.denoiser = denoiser;
      this.rows = rows;
      this.seed = seed;
      d = denoiser.dimension();
      random = seed.random();
      noised = new double[batch * d];
      denoised = new double[batch * d];
    }

    /** Adds {@code weight} times each row's mean square error at this level to its loss. */
    void add(double sigma, double weight, double[] losses) {
      Seed level = seed.child(Double.doubleToLongBits(sigma));
      for (int draw = 0; draw < draws; draw++) {
        for (int first = 0; first < losses.length; first += batch) {
          int size = Math.min(batch, losses.length - first);
          noise(first, size, sigma, level, draw);
          denoiser.denoise(noised, size, sigma, denoised);
          for (int i = 0; i < size; i++) {
            losses[first + i] += weight * squareError(first, i) / draws;
          }
        }
      }
    }

    private void noise(int first, int size, double sigma, Seed level, int draw) {
      for (int i = 0; i < size; i++) {
        random.moveTo(level.child(first + i).child(draw));
        random.fillGaussian(noised, i * d, (i + 1) * d);
        for (int j = i * d; j < (i + 1) * d; j++) {
          noised[j] = rows[first * d + j] + sigma * noised[j];
        }
      }
    }

    private double squareError(int first, int i) {
      double sum = 0;
      for (int j = i * d; j < (i + 1) * d; j++) {
        double gap = denoised[j] - rows[first * d + j];
        sum += gap * gap;
      }
      return sum;
    }
  }
}
