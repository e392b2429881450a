package dev.langevin.objective;

import dev.langevin.diffusion.Noising;
import dev.langevin.math.Check;
import dev.langevin.math.NormalQuantile;
import java.util.random.RandomGenerator;

/**
 * The law from which a loss draws its noise levels, by its quantiles: {@code quantile(U)} has it for U uniform. Open to users.
 *
 * <p>Which law is a matter of variance and of what counts, not of what is learned: {@link Weighting} can undo it. {@link ImportanceLevels} changes
 * the law while it learns where the loss is.
 */
public interface LevelLaw {
  /**
   * The level σ below which a share {@code u} of all levels lies; increasing.
   *
   * @param u strictly between 0 and 1
   */
  double quantile(double u);

  /**
   * The density of ln σ at this level; 0 outside the support.
   *
   * @throws UnsupportedOperationException if the law is of finitely many levels, which has none
   */
  double density(double sigma);

  /**
   * Fills a batch's noise levels, spread evenly over their law: the quantiles at (i/n + u) mod 1 for one uniform u. Each level alone has
   * the law, and their mean loss varies far less than with independent levels (systematic sampling; Kingma, Salimans, Poole &amp; Ho 2021,
   * appendix I.1). Draws one 64-bit number whatever the batch.
   *
   * @param out n levels, overwritten
   */
  default void spread(RandomGenerator random, double[] out) {
    double shift = random.nextDouble();
    int n = out.length;
    for (int i = 0; i < n; i++) {
      double p = (double) i / n + shift;
      out[i] = at(p - Math.floor(p));
    }
  }

  /** Fills a batch's noise levels with independent ones; one uniform number each. */
  default void independent(RandomGenerator random, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = at(random.nextDouble());
    }
  }

  private double at(double p) {
    return quantile(Math.max(p, 0x1p-54)); // 0 has no quantile
  }

  /**
   * ln σ ~ N(mean, sd²) (Karras, Aittala, Aila &amp; Laine 2022, table 1).
   *
   * @param mean of ln σ, finite
   * @param sd of ln σ, positive
   */
  record LogNormal(double mean, double sd) implements LevelLaw {
    private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

    public LogNormal {
      Check.finite("mean", mean);
      Check.positive("sd", sd);
    }

    @Override
    public double quantile(double u) {
      return StrictMath.exp(mean + sd * NormalQuantile.of(u));
    }

    @Override
    public double density(double sigma) {
      double z = (StrictMath.log(sigma) - mean) / sd;
      return StrictMath.exp(-0.5 * z * z) / (sd * ROOT_TWO_PI);
    }
  }

  /**
   * t uniform on [start, end] (Ho, Jain &amp; Abbeel 2020; Song et al. 2021). The density of ln σ is 1/((end - start) d ln σ/dt), and d ln σ/dt = g²/(2b²).
   *
   * @param noising the process whose time it is
   * @param start positive
   * @param end above start, finite
   */
  record UniformTime(Noising noising, double start, double end) implements LevelLaw {
    public UniformTime {
      Check.positive("start", start);
      Check.positive("end", end);
      Check.inside("start", start, 0, end);
    }

    @Override
    public double quantile(double u) {
      return noising.sigma(start + u * (end - start));
    }

    @Override
    public double density(double sigma) {
      double t = noising.time(sigma);
      if (!(t >= start && t <= end)) {
        return 0;
      }
      double b = noising.noise(t);
      return 2 * b * b / (noising.diffusion(t) * (end - start));
    }
  }

  /**
   * ln σ, and so the log signal-to-noise ratio, uniform: with it the likelihood weight is the plain error of the noise, up to a constant.
   *
   * @param low lowest level, positive
   * @param high highest level, above low and finite
   */
  record LogUniform(double low, double high) implements LevelLaw {
    public LogUniform {
      Check.positive("low", low);
      Check.positive("high", high);
      Check.inside("low", low, 0, high);
    }

    @Override
    public double quantile(double u) {
      return low * StrictMath.exp(u * StrictMath.log(high / low));
    }

    @Override
    public double density(double sigma) {
      return sigma >= low && sigma <= high ? 1 / StrictMath.log(high / low) : 0;
    }
  }

  /**
   * A ladder of finitely many levels in equal ratios, each as likely as the others (Song &amp; Ermon 2019, section 4.1; 2020, technique 2 chooses the ratio). It has no
   * density, so the likelihood weight is not for it; with many rungs {@link LogUniform} is nearly the same.
   *
   * @param low lowest level, positive
   * @param high highest level, above low and finite
   * @param rungs number of levels, at least 2
   */
  record Ladder(double low, double high, int rungs) implements LevelLaw {
    public Ladder {
      Check.positive("low", low);
      Check.positive("high", high);
      Check.inside("low", low, 0, high);
      Check.atLeast("rungs", rungs, 2);
    }

    @Override
    public double quantile(double u) {
      int rung = Math.min((int) (u * rungs), rungs - 1);
      return low * StrictMath.exp(rung * StrictMath.log(high / low) / (rungs - 1));
    }

    /** Refused: there is none. */
    @Override
    public double density(double sigma) {
      throw new UnsupportedOperationException("a ladder of levels has no density");
    }
  }
}
