package dev.langevin.theory;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.TimeGrid;

/**
 * The law of what a scheme with normal steps returns in one dimension, before the step to level 0, by pushing its density through x ↦ N(m(x), v) on a grid: no random
 * numbers. The points are those of the Ornstein–Uhlenbeck process, x = y/√(1 + σ²), so that one grid serves all levels. Written from the equations and not from
 * the solvers.
 *
 * @param kl KL(q_δ‖output)
 * @param totalVariation between the two
 */
record OutputLaw(double kl, double totalVariation) {
  private static final int POINTS = 601;
  private static final double REACH = 6;
  private static final double H = 2 * REACH / (POINTS - 1);

  /** A posterior mean that is too large by {@code error}, everywhere. */
  static OutputLaw of(FrozenScheme scheme, GaussianMixture data, TimeGrid sigmas, double error) {
    double[] levels = FrozenScheme.levels(sigmas);
    double start = scheme == FrozenScheme.DENOISER ? levels[0] : Math.sqrt(1 + square(levels[0]));
    double a0 = 1 / Math.sqrt(1 + square(levels[0]));
    double[] p = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      p[i] = normal(at(i), square(a0 * start));
    }
    for (int k = 0; k + 1 < levels.length; k++) {
      p = step(scheme, data, levels[k], levels[k + 1], error, p);
    }
    return compared(truth(data, levels[levels.length - 1]), p);
  }

  private static double[] step(
      FrozenScheme scheme, GaussianMixture data, double s, double next, double error, double[] p) {
    double a = 1 / Math.sqrt(1 + s * s);
    double b = 1 / Math.sqrt(1 + next * next);
    GaussianMixture law = data.noised(a, a * s);
    double[] score = new double[1];
    double[] out = new double[POINTS];
    for (int i = 0; i < POINTS; i++) {
      double x = at(i);
      law.logDensity(new double[] {x}, score);
      double mean;
      double variance;
      if (scheme == FrozenScheme.DENOISER) {
        double denoised = (x + a * a * s * s * score[0]) / a + error;
        double keep = next * next / (s * s);
        mean = b * (keep * x / a + (1 - keep) * denoised);
        variance = b * b * next * next * (1 - keep);
      } else {
        double own = score[0] + error / (a * s * s); // ‖s_θ - s‖² = (1 + σ²) ε²/σ⁴
        double grow = b / a;
        mean = grow * x + 2 * (grow - 1) * own;
        variance = grow * grow - 1;
      }
      spread(p[i] * H, mean, variance, out);
    }
    return out;
  }

  private static void spread(double mass, double mean, double variance, double[] out) {
    if (mass < 1e-18) {
      return;
    }
    double reach = 9 * Math.sqrt(variance);
    int from = Math.max(0, (int) Math.ceil((mean - reach + REACH) / H));
    int to = Math.min(POINTS - 1, (int) Math.floor((mean + reach + REACH) / H));
    for (int j = from; j <= to; j++) {
      out[j] += mass * normal(at(j) - mean, variance);
    }
  }

  private static double[] truth(GaussianMixture data, double sigma) {
    double a = 1 / Math.sqrt(1 + sigma * sigma);
    GaussianMixture law = data.noised(a, a * sigma);
    double[] q = new double[POINTS];
    double sum = 0;
    for (int i = 0; i < POINTS; i++) {
      q[i] = Math.exp(law.logDensity(new double[] {at(i)}));
      sum += q[i] * H;
    }
    for (int i = 0; i < POINTS; i++) {
      q[i] /= sum;
    }
    return q;
  }

  private static OutputLaw compared(double[] q, double[] p) {
    double kl = 0;
    double tv = 0;
    for (int i = 0; i < POINTS; i++) {
      tv += 0.5 * H * Math.abs(q[i] - p[i]);
      kl += q[i] < 1e-14 ? 0 : H * q[i] * Math.log(q[i] / p[i]);
    }
    return new OutputLaw(kl, tv);
  }

  /** The exact curves of a mixture in one dimension, by quadrature. */
  static NoisedStatistics statistics(GaussianMixture data, double secondMoment) {
    LevelCurve fisher = LevelCurve.exact(sigma -> fisher(data, sigma));
    LevelCurve mmse = LevelCurve.exact(s -> s * s * (1 - s * s * fisher(data, s)));
    return new NoisedStatistics(1, secondMoment, mmse, fisher, NoisedStatistics.Kind.EXACT);
  }

  private static double fisher(GaussianMixture data, double sigma) {
    GaussianMixture law = data.noised(1, sigma);
    double[] score = new double[1];
    double reach = 4 + 9 * sigma;
    int points = 600;
    double sum = 0;
    double mass = 0;
    for (int i = 0; i <= points; i++) {
      double p = Math.exp(law.logDensity(new double[] {-reach + 2 * reach * i / points}, score));
      sum += p * score[0] * score[0];
      mass += p;
    }
    return sum / mass;
  }

  private static double at(int i) {
    return -REACH + i * H;
  }

  private static double normal(double x, double variance) {
    return Math.exp(-x * x / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
  }

  private static double square(double value) {
    return value * value;
  }
}
