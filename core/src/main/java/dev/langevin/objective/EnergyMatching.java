package dev.langevin.objective;

import dev.langevin.math.Check;

/**
 * What a trainer needs to learn a density p(x) ∝ exp(g(x) - ‖x‖²/2s²) from clean rows, without a noise level: g a network's scalar, s the width of an envelope
 * that keeps p integrable, for g of the networks here grows no faster than ‖x‖. With the score ∇ log p = ∇g - x/s² the losses of a row are
 *
 * <pre>
 *   implicit     ½‖∇ log p‖² + Δ log p                          (Hyvärinen 2005, eq. 4)
 *   sliced       ½‖∇ log p‖² + vᵀ∇²log p v,  v of random signs   (Song, Garg, Shi &amp; Ermon 2019, eq. 8)
 *   contrastive  g(x⁻) - g(x)                                    (Hinton 2002, eq. 5)
 * </pre>
 *
 * <p>x⁻ is where {@link #CHAIN} steps of MALA lead from x under the weights at work; it counts as constant. The first two have the expectation ½E‖∇ log p - ∇ log q‖² up
 * to what only the law q of the rows knows: they see slopes, so weights of modes far apart are not learned. The contrastive one has a bias that falls with
 * the number of steps, and the same blindness, since its short chains stay in the mode where they begin.
 *
 * <p>As a {@link Preconditioning}, y + σ²∇ log p(y): c_skip = 1 - σ²/s², c_out = σ², c_in = 1, c_noise = 0. The score does not depend on σ, so this is no denoiser
 * to solve with.
 *
 * @param way which loss
 * @param envelope s, positive; twice the standard deviation of the rows leaves the data to g
 */
public record EnergyMatching(Way way, double envelope) implements Objective {
  /** The most coordinates for the implicit loss, which differentiates once for each. */
  public static final int MOST_EXACT = 8;

  /** Steps of a contrastive chain. */
  public static final int CHAIN = 10;

  /** The losses. */
  public enum Way {
    IMPLICIT,
    SLICED,
    CONTRASTIVE
  }

  /** Rows as they are. */
  private record Clean() implements LevelLaw {
    @Override
    public double quantile(double u) {
      return 0;
    }

    @Override
    public double density(double sigma) {
      return 0;
    }
  }

  public EnergyMatching {
    Check.positive("envelope", envelope);
  }

  /**
   * Refuses rows for which the loss would be too dear.
   *
   * @throws IllegalArgumentException if the loss is implicit and there are more than {@link #MOST_EXACT} coordinates
   */
  public void check(int dimension) {
    if (way == Way.IMPLICIT && dimension > MOST_EXACT) {
      throw new IllegalArgumentException(
          "rows of an implicit objective must have at most "
              + MOST_EXACT
              + " numbers, got "
              + dimension);
    }
  }

  /** Every level is 0. */
  @Override
  public LevelLaw levelLaw() {
    return new Clean();
  }

  @Override
  public double weight(double sigma) {
    return 1;
  }

  @Override
  public double cSkip(double sigma) {
    return 1 - sigma * sigma / (envelope * envelope);
  }

  @Override
  public double cOut(double sigma) {
    return sigma * sigma;
  }

  @Override
  public double cIn(double sigma) {
    return 1;
  }

  @Override
  public double cNoise(double sigma) {
    return 0;
  }
}
