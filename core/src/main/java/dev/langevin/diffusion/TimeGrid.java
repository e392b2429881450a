package dev.langevin.diffusion;

import dev.langevin.math.Check;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The times that a solver visits, from noise to data: strictly decreasing, N + 1 of them for N steps; the last may be 0. Whose clock
 * they are is the solver's {@link Noising} to say: {@link #karras} and {@link #exponential} make noise levels σ, which are
 * the times of {@link VarianceExploding}; {@link #onClockOf} rewrites them for another process.
 *
 * @param times N + 1 numbers; copied
 */
public record TimeGrid(double[] times) {
  public TimeGrid {
    times = times.clone();
    if (times.length < 2) {
      throw new IllegalArgumentException("times must be two or more, got " + times.length);
    }
    Check.allFinite("times", times);
    for (int k = 1; k < times.length; k++) {
      if (!(times[k] < times[k - 1]) || times[k] < 0) {
        throw new IllegalArgumentException(
            "times must decrease strictly and not below 0, got times["
                + (k - 1)
                + "] = "
                + times[k - 1]
                + ", times["
                + k
                + "] = "
                + times[k]);
      }
    }
  }

  /**
   * Noise levels whose ρ-th roots are equally spaced, then 0 (Karras, Aittala, Aila &amp; Laine 2022, eq. 5):
   * σ_i = (σ_max^{1/ρ} + i/(N-1) (σ_min^{1/ρ} - σ_max^{1/ρ}))^ρ for i = 0 … N-1, σ_N = 0. The larger ρ the more of the steps are
   * spent on low noise; ρ = 1 is uniform. A single step goes from σ_max to 0.
   */
  public static TimeGrid karras(int steps, double sigmaMin, double sigmaMax, double rho) {
    Check.positive("rho", rho);
    return spaced(
        steps,
        sigmaMin,
        sigmaMax,
        sigma -> StrictMath.pow(sigma, 1 / rho),
        root -> StrictMath.pow(root, rho));
  }

  /**
   * Noise levels with equal steps of ln σ, then 0: uniform in log signal-to-noise ratio, the limit ρ → ∞ of {@link #karras}. On the
   * clock of the Ornstein–Uhlenbeck process its steps are constant for t ≫ 1 and proportional to t for t ≪ 1, the shape of
   * grid for which the best known discretisation bounds are proved (Benton, De Bortoli, Doucet &amp; Deligiannidis 2024).
   */
  public static TimeGrid exponential(int steps, double sigmaMin, double sigmaMax) {
    return spaced(steps, sigmaMin, sigmaMax, StrictMath::log, StrictMath::exp);
  }

  /**
   * Equal steps from {@code horizon} to {@code end}, both included.
   *
   * @param end zero or positive, below {@code horizon}
   */
  public static TimeGrid uniform(int steps, double horizon, double end) {
    Check.atLeast("steps", steps, 1);
    Check.positive("horizon", horizon);
    Check.notNegative("end", end);
    double[] times = new double[steps + 1];
    for (int k = 0; k < steps; k++) {
      times[k] = horizon + k * ((end - horizon) / steps);
    }
    times[steps] = end;
    return new TimeGrid(times);
  }

  /** {@code steps} levels from σ_max to σ_min, equally spaced under {@code scale}, then 0. */
  static TimeGrid spaced(
      int steps,
      double sigmaMin,
      double sigmaMax,
      DoubleUnaryOperator scale,
      DoubleUnaryOperator inverse) {
    Check.atLeast("steps", steps, 1);
    Check.positive("sigmaMin", sigmaMin);
    Check.positive("sigmaMax", sigmaMax);
    double top = scale.applyAsDouble(sigmaMax);
    double bottom = scale.applyAsDouble(sigmaMin);
    double[] times = new double[steps + 1];
    for (int i = 1; i < steps - 1; i++) {
      double share = (double) i / (steps - 1);
      times[i] = inverse.applyAsDouble(top + share * (bottom - top));
    }
    times[steps - 1] = sigmaMin;
    times[0] = sigmaMax;
    return new TimeGrid(times);
  }

  /** These times, read as noise levels σ, as times of another process. */
  public TimeGrid onClockOf(Noising noising) {
    return new TimeGrid(Arrays.stream(times).map(noising::time).toArray());
  }

  @Override
  public double[] times() {
    return times.clone();
  }

  /** N, the number of steps. */
  public int steps() {
    return times.length - 1;
  }

  /** The time before step {@code k}, k = 0 … N; {@code time(steps())} is the last. */
  public double time(int k) {
    return times[k];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TimeGrid that && Arrays.equals(times, that.times);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(times);
  }

  @Override
  public String toString() {
    return "TimeGrid" + Arrays.toString(times);
  }
}
