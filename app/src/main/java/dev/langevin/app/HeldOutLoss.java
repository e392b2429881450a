package dev.langevin.app;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.objective.Objective;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;

/**
 * The objective's loss on rows that the network has not seen, always at the same noise levels and with the same noise, so that two
 * values differ only because the network does. Levels are the midpoints of equally likely classes of the objective's law.
 *
 * <p>The value is the weighted mean square error per coordinate, λ(σ) ‖D(x + σz; σ) - x‖² / d: the unit of the training loss.
 */
final class HeldOutLoss {
  private static final int LEVELS = 16;
  private static final int ROWS_PER_LEVEL = 32;
  private static final Seed ADDRESS = Seed.of(0).child("held-out loss");

  /** Gives the denoiser of held-out rows by their numbers: a network with labels is told theirs. */
  interface Told {
    Denoiser of(int[] rows);
  }

  private final Objective objective;
  private final float[] rows;
  private final int d;

  /**
   * Prepares the loss.
   *
   * @param rows held-out rows on the network's scale, {@code n × d}, at least one
   */
  HeldOutLoss(Objective objective, float[] rows, int d) {
    this.objective = objective;
    this.rows = rows;
    this.d = d;
  }

  /** The loss of a denoiser; 512 evaluations of one row, fewer if there are fewer than 32 rows. */
  double of(Denoiser denoiser) {
    return of(rows -> denoiser);
  }

  /** The same of a denoiser that depends on the rows. */
  double of(Told denoiser) {
    int all = rows.length / d;
    int n = Math.min(all, ROWS_PER_LEVEL);
    double sum = 0;
    for (int level = 0; level < LEVELS; level++) {
      double sigma = objective.levelLaw().quantile((level + 0.5) / LEVELS);
      sum += objective.weight(sigma) * meanSquare(denoiser, sigma, level * n % all, n, level);
    }
    return sum / LEVELS;
  }

  private double meanSquare(Told told, double sigma, int first, int n, int level) {
    int all = rows.length / d;
    double[] clean = new double[n * d];
    double[] noised = new double[n * d];
    AddressedRandom random = new AddressedRandom(ADDRESS.child(level));
    for (int i = 0; i < n * d; i++) {
      clean[i] = rows[(first + i / d) % all * d + i % d];
      noised[i] = clean[i] + sigma * random.nextGaussian();
    }
    double[] denoised = new double[n * d];
    int[] numbers = new int[n];
    Arrays.setAll(numbers, r -> (first + r) % all);
    told.of(numbers).denoise(noised, n, sigma, denoised);
    double sum = 0;
    for (int i = 0; i < n * d; i++) {
      double gap = denoised[i] - clean[i];
      sum += gap * gap;
    }
    return sum / (n * d);
  }
}
