package dev.langevin.adapt;

import dev.langevin.mcmc.Outcome;

/**
 * Steers the step size of an unadjusted kernel so that E ΔE² = 5·10⁻⁴ d (Robnik, De Luca, Silverstein &amp; Seljak 2023, section 4.1). For an
 * integrator of order 2, ΔE ~ eps³; so with ξ = ΔE²/(5·10⁻⁴ d), ξ/eps⁶ does not depend on eps, and with its mean over the last steps
 *
 * <pre>
 *   eps ← (mean of ξ/eps⁶)^(-1/6).
 * </pre>
 *
 * <p>The mean forgets steps older than 150 or so, and weights them by exp(-½ (log ξ/(6 · 1.5))²): steps of quite another size count less. A step
 * that breaks down caps eps at 0.8 of what it was.
 */
final class EnergyErrorSteps {
  /** Wanted E ΔE² per dimension. */
  static final double VARIANCE = 5e-4;

  private static final double ORDER = 6;
  private static final double SPREAD = 1.5;
  private static final double KEEP = 149.0 / 151;
  private static final double FLOOR = 1e-8;

  private final double goal;
  private double cap = Double.POSITIVE_INFINITY;
  private double sum;
  private double weights;

  EnergyErrorSteps(int dimension) {
    this.goal = VARIANCE * dimension;
  }

  /** Forgets everything. */
  void restart() {
    cap = Double.POSITIVE_INFINITY;
    sum = 0;
    weights = 0;
  }

  /** Learns from a step of this size; returns the one to try next. */
  double learn(double stepSize, Outcome outcome) {
    double error = outcome.energyError();
    if (!Double.isFinite(error)) {
      cap = 0.8 * stepSize;
      return cap;
    }
    double xi = error * error / goal + FLOOR;
    double far = StrictMath.log(xi) / (ORDER * SPREAD);
    double weight = StrictMath.exp(-0.5 * far * far);
    sum = KEEP * sum + weight * xi / StrictMath.pow(stepSize, ORDER);
    weights = KEEP * weights + weight;
    return Math.min(cap, StrictMath.pow(sum / weights, -1 / ORDER));
  }
}
