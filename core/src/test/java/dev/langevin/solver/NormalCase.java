package dev.langevin.solver;

import dev.langevin.diffusion.GaussianDenoiser;
import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.TimeGrid;

/**
 * Normal data in the plane, N(μ, Σ) with Σ = R diag(λ) Rᵀ, R a rotation: what a solver should return, and what the true reverse process
 * returns from the same start, by scalar formulas along the two axes. Written from the equations and not from the solvers.
 */
final class NormalCase {
  static final double[] MEAN = {0.7, -1.1};
  static final double[] LAMBDA = {1.69, 0.09};
  private static final double COS = 0.8;
  private static final double SIN = 0.6;

  private NormalCase() {}

  /** Along an axis: the point becomes offset + gain · start + √variance · noise. */
  interface Axis {
    /** Returns {offset, gain, variance} for the axis with this mean and variance of the data. */
    double[] map(double mean, double lambda);
  }

  static GaussianDenoiser denoiser() {
    return new GaussianDenoiser(MEAN, rotated(LAMBDA[0], LAMBDA[1]));
  }

  static AffineLaw law(double startingScale, Axis axis) {
    double[] axisMean = {COS * MEAN[0] + SIN * MEAN[1], -SIN * MEAN[0] + COS * MEAN[1]};
    double[] m = new double[2];
    double[] v = new double[2];
    for (int i = 0; i < 2; i++) {
      double[] map = axis.map(axisMean[i], LAMBDA[i]);
      m[i] = map[0];
      v[i] = map[1] * map[1] * startingScale * startingScale + map[2];
    }
    double[] mean = {COS * m[0] - SIN * m[1], SIN * m[0] + COS * m[1]};
    return new AffineLaw(mean, rotated(v[0], v[1]));
  }

  private static double[][] rotated(double first, double second) {
    double cross = COS * SIN * (first - second);
    return new double[][] {
      {COS * COS * first + SIN * SIN * second, cross},
      {cross, SIN * SIN * first + COS * COS * second}
    };
  }

  /** The data themselves. */
  static AffineLaw data() {
    return law(0, (mean, lambda) -> new double[] {mean, 0, lambda});
  }

  /** dx/dσ = σ (x - m)/(λ + σ²): x - m grows like √(λ + σ²). Start N(0, σ²I). */
  static AffineLaw exactOde(TimeGrid grid) {
    return exactSigmaSde(grid, 1);
  }

  /**
   * dx = κ (D - x) dλ + √(2(κ - 1)) σ dB, λ = -ln σ, which has the flow's own laws for every κ ≥ 1: the distance from the mean is multiplied by ((λ + t²)/(λ +
   * s²))^{κ/2}, and the noise fills what is then missing from λ + t² for a start from λ + s². κ = 1 is the flow, 2 the reverse SDE. Start N(0, s²I).
   */
  static AffineLaw exactSigmaSde(TimeGrid grid, double rate) {
    double s = grid.time(0);
    double t = grid.time(grid.steps());
    return law(
        s,
        (mean, lambda) -> {
          double ratio = (lambda + t * t) / (lambda + s * s);
          double gain = Math.pow(ratio, rate / 2);
          double variance = lambda + t * t - gain * gain * (lambda + s * s);
          return new double[] {mean - gain * mean, gain, rate == 1 ? 0 : variance};
        });
  }

  /** x' = x + (t - s)(first slope + second slope)/2, the last step to 0 by the first alone. */
  static AffineLaw heun(TimeGrid grid, Planted planted) {
    return law(
        grid.time(0),
        (mean, lambda) -> {
          double gain = 1;
          for (int k = 0; k < grid.steps(); k++) {
            double s = grid.time(k);
            double t = grid.time(k + 1);
            double slope = s / (lambda + s * s);
            double trial = 1 + planted.of("trial", t - s) * slope;
            double second = t / (lambda + t * t) * trial;
            double half = planted.of("first half", (t - s) / 2) * slope;
            gain *= t > 0 ? 1 + half + planted.of("second half", (t - s) / 2) * second : trial;
          }
          return new double[] {mean - gain * mean, gain, 0};
        });
  }

  /** x' = x + (t - s) slope. */
  static AffineLaw euler(TimeGrid grid, Planted planted) {
    return law(
        grid.time(0),
        (mean, lambda) -> {
          double gain = 1;
          for (int k = 0; k < grid.steps(); k++) {
            double s = grid.time(k);
            gain *= 1 + planted.of("step", grid.time(k + 1) - s) * s / (lambda + s * s);
          }
          return new double[] {mean - gain * mean, gain, 0};
        });
  }

  /**
   * x' = e^h x + 2(e^h - 1) s(x) + √(e^{2h} - 1) z with s(x) = -(x - e^{-t}m)/v_t, v_t = e^{-2t}λ + 1 - e^{-2t}; to time 0 by the posterior
   * mean m + (e^{-t}λ/v_t)(x - e^{-t}m).
   */
  static AffineLaw exponential(TimeGrid grid, Planted planted) {
    return law(
        1,
        (mean, lambda) -> {
          double offset = 0;
          double gain = 1;
          double variance = 0;
          for (int k = 0; k < grid.steps(); k++) {
            double s = grid.time(k);
            double t = grid.time(k + 1);
            double a = Math.exp(-s);
            double v = a * a * lambda + 1 - a * a;
            double grow = Math.exp(s - t);
            double score = planted.of("score", 2 * (grow - 1)) / v;
            double noise = planted.of("noise", Math.sqrt(grow * grow - 1));
            double g = t > 0 ? planted.of("point", grow) - score : a * lambda / v;
            double c = t > 0 ? score * a * mean : mean - g * a * mean;
            offset = g * offset + c;
            gain *= g;
            variance = g * g * variance + (t > 0 ? noise * noise : 0);
          }
          return new double[] {offset, gain, variance};
        });
  }

  /**
   * The true reverse process from time T to δ is the posterior of x_δ given x_T: with α = e^{-(T-δ)}, gain α v_δ/v_T and variance
   * v_δ (1 - α²)/v_T. Start N(0, I).
   */
  static AffineLaw exactSde(TimeGrid grid) {
    double s = grid.time(0);
    double t = grid.time(grid.steps());
    return law(
        1,
        (mean, lambda) -> {
          double alpha = Math.exp(t - s);
          double vs = Math.exp(-2 * s) * (lambda - 1) + 1;
          double vt = Math.exp(-2 * t) * (lambda - 1) + 1;
          double gain = alpha * vt / vs;
          double offset = Math.exp(-t) * mean - gain * Math.exp(-s) * mean;
          return new double[] {offset, gain, vt * (1 - alpha * alpha) / vs};
        });
  }

  /**
   * x' = x + (r/2)(D - x) + √r σ z with D - x = -σ²(x - m)/(λ + σ²), σ the last positive time of each block of T steps; to time 0 by the
   * posterior mean m + λ/(λ + σ²) (x - m).
   */
  static AffineLaw annealed(
      TimeGrid grid, int repeats, double r, boolean denoised, Planted planted) {
    return law(
        grid.time(0),
        (mean, lambda) -> {
          double gain = 1;
          double variance = 0;
          for (int k = 0; k < grid.steps(); k++) {
            int block = k / repeats;
            double s = grid.time(Math.min(block * repeats + repeats - 1, grid.steps() - 1));
            boolean last = denoised && grid.time(k + 1) == 0;
            double pull = planted.of("pull", r / 2) * s * s / (lambda + s * s);
            double noise = planted.of("noise", Math.sqrt(r)) * s;
            double g = last ? lambda / (lambda + s * s) : 1 - pull;
            gain *= g;
            variance = g * g * variance + (last ? 0 : noise * noise);
          }
          return new double[] {mean - gain * mean, gain, variance};
        });
  }

  /** What endless steps on the last level lead to: variance v/(1 - r σ²/(4v)), v = λ + σ². */
  static AffineLaw annealedLimit(TimeGrid grid, double r) {
    double s = grid.time(grid.steps() - 1);
    return law(
        0,
        (mean, lambda) -> {
          double v = lambda + s * s;
          return new double[] {mean, 0, v / (1 - r * s * s / (4 * v))};
        });
  }

  /**
   * x' = x + h(g² s(x) - f x) + g√h z with s(x) = -(x - a m)/(a²λ + b²); to time 0 by the posterior mean m + aλ/(a²λ + b²) (x - a m).
   */
  static AffineLaw eulerMaruyama(Noising noising, TimeGrid grid, Planted planted) {
    return law(
        noising.noise(grid.time(0)),
        (mean, lambda) -> {
          double offset = 0;
          double gain = 1;
          double variance = 0;
          for (int k = 0; k < grid.steps(); k++) {
            double s = grid.time(k);
            double t = grid.time(k + 1);
            double a = noising.signal(s);
            double v = a * a * lambda + noising.noise(s) * noising.noise(s);
            double g2 = noising.diffusion(s);
            double score = planted.of("score", (s - t) * g2) / v;
            double drift =
                noising.drift(s) == 0 ? 0 : planted.of("drift", (s - t) * noising.drift(s));
            double noise = planted.of("noise", Math.sqrt((s - t) * g2));
            double g = t > 0 ? 1 - score - drift : a * lambda / v;
            double c = t > 0 ? score * a * mean : mean - g * a * mean;
            offset = g * offset + c;
            gain *= g;
            variance = g * g * variance + (t > 0 ? noise * noise : 0);
          }
          return new double[] {offset, gain, variance};
        });
  }

  /**
   * The true reverse of any noising from its start to its end: the posterior of x_t given x_s, with x_s = α x_t + noise, α = a_s/a_t: gain α v_t/v_s, variance
   * v_t (b_s² - α² b_t²)/v_s. Start N(0, b_s²I).
   */
  static AffineLaw exactReverse(Noising noising, TimeGrid grid) {
    double s = grid.time(0);
    double t = grid.time(grid.steps());
    double alpha = noising.signal(s) / noising.signal(t);
    double bs2 = noising.noise(s) * noising.noise(s);
    double bt2 = noising.noise(t) * noising.noise(t);
    return law(
        noising.noise(s),
        (mean, lambda) -> {
          double as = noising.signal(s);
          double at = noising.signal(t);
          double vs = as * as * lambda + bs2;
          double vt = at * at * lambda + bt2;
          double gain = alpha * vt / vs;
          double variance = vt * (bs2 - alpha * alpha * bt2) / vs;
          return new double[] {at * mean - gain * as * mean, gain, variance};
        });
  }
}
