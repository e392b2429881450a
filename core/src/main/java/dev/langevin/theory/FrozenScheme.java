package dev.langevin.theory;

import dev.langevin.diffusion.TimeGrid;
import dev.langevin.math.Check;
import java.util.Arrays;

/**
 * Which function a stochastic solver holds still during a step, the rest of the reverse process being solved exactly; and what that costs in relative entropy, by
 * Girsanov's theorem on the true reverse process (Chen, Chewi, Li, Li, Salim &amp; Zhang 2023, section 5).
 *
 * <p>Both costs are functionals of one curve, because along the true process the posterior mean D is a martingale (of falling noise), and in the variables of the
 * Ornstein–Uhlenbeck process E[∇ log q_u(X_u) | X_s] = e^{s-u} ∇ log q_s(X_s) only up to the factor α = e^{-(s-u)}:
 *
 * <pre>
 *   E‖D_u - D_s‖² = mmse(s) - mmse(u),   E‖∇ log q_u(X_u) - ∇ log q_s(X_s)‖² = J(u) + J(s) - 2α J(s)    (u &lt; s).
 * </pre>
 *
 * <p>Levels are given as σ, falling, all positive; γ = 1/σ² and t = ½ ln(1 + σ²).
 */
public enum FrozenScheme {
  /**
   * The denoiser: DDPM with the smaller variance, DDIM with η = 1, SDE-DPM-Solver++ of order 1. With ε² = E‖D_θ - D‖² the relative entropy of the paths is the sum of
   *
   * <pre>
   *   ½ Σ_k ∫ (mmse(γ_k) - mmse(γ)) dγ   and   ½ Σ_k (γ_{k+1} - γ_k) ε²(γ_k),   γ from γ_k to γ_{k+1},
   * </pre>
   *
   * <p>exactly: the two errors are orthogonal. It is the relative entropy of the chain of steps too, because given the ends of a step the path between them is the same
   * Brownian bridge under both laws. (For a perfect denoiser this is the gap between the discrete and the continuous evidence bound of Kingma, Salimans, Poole &amp;
   * Ho 2021.)
   */
  DENOISER {
    @Override
    LevelCurve curve(NoisedStatistics data) {
      return data.mmse();
    }

    @Override
    void discretisation(LevelCurve mmse, double sigma, double next, double[] sums) {
      double gamma = 1 / (sigma * sigma);
      double range = 2 * StrictMath.log(sigma / next);
      double width = 1 / (next * next) - gamma;
      mmse.add(sigma, 0.5 * width, sums);
      for (int i = 0; i < NODES.length; i++) {
        double g = gamma * StrictMath.exp(NODES[i] * range);
        mmse.add(1 / Math.sqrt(g), -0.5 * WEIGHTS[i] * range * g, sums);
      }
    }

    @Override
    public InitialisationError initialisation(NoisedStatistics data, double sigma) {
      return InitialisationError.varianceExploding(data.secondMoment(), sigma);
    }

    @Override
    double together(double discretisation, double score) {
      return discretisation + score;
    }

    @Override
    double scoreWeight(double sigma, double next) {
      return 0.5 * (1 / (next * next) - 1 / (sigma * sigma));
    }

    @Override
    double rate(double[] curve, double[] sigma, int j) {
      double width = 1 / sigma[j + 1] / sigma[j + 1] - 1 / sigma[j] / sigma[j];
      return 0.25 * Math.max(0, curve[j] - curve[j + 1]) * width;
    }
  },

  /**
   * The score, in the variables of the Ornstein–Uhlenbeck process: the exponential integrator. The relative entropy of the paths is at most the square of the sum of the roots of
   *
   * <pre>
   *   Σ_k ∫ (J(u) + J(t_k) - 2e^{-(t_k-u)} J(t_k)) du   and   Σ_k h_k E‖s_θ - ∇ log q_{t_k}‖²;
   * </pre>
   *
   * <p>the two errors are not orthogonal here. J(t) = (1 + σ²) fisher(σ), ‖s_θ - s‖² = (1 + σ²)‖D_θ - D‖²/σ⁴.
   */
  SCORE {
    @Override
    LevelCurve curve(NoisedStatistics data) {
      return data.fisher();
    }

    @Override
    void discretisation(LevelCurve fisher, double sigma, double next, double[] sums) {
      double s = time(sigma);
      double range = StrictMath.log(s / time(next));
      double keep = 0;
      for (int i = 0; i < NODES.length; i++) {
        double u = s * StrictMath.exp(-NODES[i] * range);
        double weight = WEIGHTS[i] * range * u;
        double level = Math.sqrt(StrictMath.expm1(2 * u));
        fisher.add(level, weight * (1 + level * level), sums);
        keep += weight * (1 - 2 * StrictMath.exp(u - s));
      }
      fisher.add(sigma, keep * (1 + sigma * sigma), sums);
    }

    @Override
    public InitialisationError initialisation(NoisedStatistics data, double sigma) {
      return InitialisationError.ornsteinUhlenbeck(
          data.secondMoment(), data.dimension(), time(sigma));
    }

    @Override
    double together(double discretisation, double score) {
      double root = Math.sqrt(discretisation) + Math.sqrt(score);
      return root * root;
    }

    @Override
    double scoreWeight(double sigma, double next) {
      double v = sigma * sigma;
      return (time(sigma) - time(next)) * (1 + v) / v / v;
    }

    @Override
    double rate(double[] curve, double[] sigma, int j) {
      double before = curve[j] * (1 + sigma[j] * sigma[j]);
      double after = curve[j + 1] * (1 + sigma[j + 1] * sigma[j + 1]);
      double h = time(sigma[j]) - time(sigma[j + 1]);
      return 0.5 * h * Math.max(0, after - before + 2 * before * h);
    }
  };

  /** Gauss–Legendre with five nodes on [0, 1]. */
  private static final double[] NODES = {
    0.046910077030668, 0.230765344947158, 0.5, 0.769234655052842, 0.953089922969332
  };

  private static final double[] WEIGHTS = {
    0.118463442528095, 0.239314335249683, 0.284444444444444, 0.239314335249683, 0.118463442528095
  };

  abstract LevelCurve curve(NoisedStatistics data);

  /** Adds what one step from σ to the next level costs with the exact denoiser. */
  abstract void discretisation(LevelCurve curve, double sigma, double next, double[] sums);

  /** What starting from the solver's normal law in place of the noised data costs. */
  public abstract InitialisationError initialisation(NoisedStatistics data, double sigma);

  /** The relative entropy of the steps, or a bound of it, from its two parts. */
  abstract double together(double discretisation, double score);

  /** What a unit of E‖D_θ - D‖² at σ costs in the step from there to the next level. */
  abstract double scoreWeight(double sigma, double next);

  /** What a step over the j-th gap of a fine table costs, to leading order: the quantity whose root is to be equal in all steps. */
  abstract double rate(double[] curve, double[] sigma, int j);

  private static double time(double sigma) {
    return 0.5 * StrictMath.log1p(sigma * sigma);
  }

  /**
   * The relative entropy that the steps cost with the exact denoiser, in nats.
   *
   * @param levels σ, falling, all positive: a grid's levels without the last, 0
   */
  public LevelMean discretisation(NoisedStatistics data, double[] levels) {
    LevelCurve curve = curve(data);
    double[] sums = new double[curve.rows()];
    for (int k = 0; k + 1 < levels.length; k++) {
      discretisation(curve, levels[k], levels[k + 1], sums);
    }
    return LevelMean.of(sums);
  }

  /**
   * The relative entropy that a denoiser's own error costs, in nats.
   *
   * @param gap E‖D_θ - D‖² at each level
   */
  public LevelMean scoreError(LevelCurve gap, double[] levels) {
    double[] sums = new double[gap.rows()];
    for (int k = 0; k + 1 < levels.length; k++) {
      gap.add(levels[k], scoreWeight(levels[k], levels[k + 1]), sums);
    }
    return LevelMean.of(sums);
  }

  /** The positive levels σ of a grid on the σ clock. */
  public static double[] levels(TimeGrid sigmas) {
    double[] times = sigmas.times();
    int positive = times[times.length - 1] > 0 ? times.length : times.length - 1;
    Check.atLeast("positive levels", positive, 1);
    return Arrays.copyOf(times, positive);
  }
}
