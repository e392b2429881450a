package dev.langevin.diffusion;

import dev.langevin.math.Check;
import java.util.List;

/**
 * A way to place the noise levels that a solver visits between σ_max and 0: a recipe of {@link TimeGrid}s on the clock of {@link VarianceExploding}. Open to
 * users; {@link #menu()} holds those that ship.
 */
public interface Spacing {
  /** Short name, as on the command line. */
  String name();

  /**
   * Levels for this many steps, on the σ clock.
   *
   * @param steps N, at least 1
   * @param sigmaMin the last level above 0; positive
   * @param sigmaMax the first level, above {@code sigmaMin}
   * @return N + 1 of them: σ_max first, σ_min (if N &gt; 1) and 0 last
   */
  TimeGrid levels(int steps, double sigmaMin, double sigmaMax);

  /** The spacings that ship, with their defaults. */
  static List<Spacing> menu() {
    return List.of(new Karras(7), new LogSnr());
  }

  /**
   * Equal steps of σ^{1/ρ}, {@link TimeGrid#karras} (Karras, Aittala, Aila &amp; Laine 2022, eq. 5).
   *
   * @param rho positive; EDM has 7, 1 is uniform
   */
  record Karras(double rho) implements Spacing {
    public Karras {
      Check.positive("rho", rho);
    }

    @Override
    public String name() {
      return "karras";
    }

    @Override
    public TimeGrid levels(int steps, double sigmaMin, double sigmaMax) {
      return TimeGrid.karras(steps, sigmaMin, sigmaMax, rho);
    }
  }

  /** Equal steps of ln σ, {@link TimeGrid#exponential}: uniform in the logarithm of the signal-to-noise ratio. */
  record LogSnr() implements Spacing {
    @Override
    public String name() {
      return "log-snr";
    }

    @Override
    public TimeGrid levels(int steps, double sigmaMin, double sigmaMax) {
      return TimeGrid.exponential(steps, sigmaMin, sigmaMax);
    }
  }
}
