package dev.langevin.theory;

import dev.langevin.density.target.Gaussian;
import dev.langevin.math.Check;
import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;

/**
 * The exact laws of Langevin's diffusion and of its Euler scheme ({@link dev.langevin.mcmc.Ula}) on a normal target, without simulation: what the
 * bounds of this package can be held against. In the basis of eigenvectors, with precision λ,
 *
 * <pre>
 *   diffusion    x - μ decays by a = e<sup>-λt</sup> and takes up the variance (1 - a²)/λ
 *   k steps h    x - μ decays by a<sup>k</sup>, a = 1 - hλ, and takes up 2h (1 - a<sup>2k</sup>)/(1 - a²),   which tends to 1/(λ(1 - hλ/2))
 * </pre>
 *
 * <p>Immutable. O(d³) to make and for each law, whatever the number of steps.
 */
public final class GaussianLangevinLaw {
  private final NormalLaw target;
  private final Spectrum spectrum; // of the covariance

  private GaussianLangevinLaw(NormalLaw target) {
    this.target = target;
    this.spectrum = Spectrum.of(target.matrix());
  }

  /** Of the processes that aim at this target. */
  public static GaussianLangevinLaw of(Gaussian target) {
    return new GaussianLangevinLaw(NormalLaw.of(target));
  }

  /** Where they aim. */
  public NormalLaw target() {
    return target;
  }

  /**
   * After k steps of the unadjusted Langevin algorithm.
   *
   * @param start the law of x₀
   * @param stepSize h, positive
   * @param steps k, a whole number of any size, zero or positive
   */
  public NormalLaw afterSteps(NormalLaw start, double stepSize, double steps) {
    Check.positive("stepSize", stepSize);
    Check.notNegative("steps", steps);
    return after(
        start,
        variance -> decay(stepSize / variance, steps),
        variance -> 2 * stepSize * geometric(stepSize / variance, steps));
  }

  /**
   * After time t of the diffusion dX = ∇log p dt + √2 dB, an Ornstein–Uhlenbeck process.
   *
   * @param start the law of X₀
   * @param time t, zero or positive
   */
  public NormalLaw afterTime(NormalLaw start, double time) {
    Check.notNegative("time", time);
    return after(
        start,
        variance -> StrictMath.exp(-time / variance),
        variance -> -variance * StrictMath.expm1(-2 * time / variance));
  }

  /**
   * What the unadjusted Langevin algorithm tends to: the target's mean, variances 1/(λ(1 - hλ/2)).
   *
   * @param stepSize h, positive and below 2/λ for every precision λ: beyond, there is no such law
   */
  public NormalLaw stationary(double stepSize) {
    Check.positive("stepSize", stepSize);
    for (double variance : spectrum.values()) {
      Check.inside("stepSize", stepSize, 0, 2 * variance);
    }
    return new NormalLaw(
        target.mean(), spectrum.map(v -> UnadjustedVariance.EULER.of(1 / v, stepSize)));
  }

  private NormalLaw after(NormalLaw start, DoubleUnaryOperator decay, DoubleUnaryOperator taken) {
    int d = target.dimension();
    Check.between("dimension of start", start.dimension(), d, d);
    double[] goal = target.mean();
    double[] gap = start.mean();
    for (int i = 0; i < d; i++) {
      gap[i] -= goal[i];
    }
    double[] moved = spectrum.inside(gap);
    DMatrixRMaj covariance = spectrum.inside(start.matrix());
    double[] factor = new double[d];
    for (int i = 0; i < d; i++) {
      factor[i] = decay.applyAsDouble(spectrum.values()[i]);
      moved[i] *= factor[i];
    }
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        covariance.set(i, j, covariance.get(i, j) * factor[i] * factor[j]);
      }
      covariance.add(i, i, taken.applyAsDouble(spectrum.values()[i]));
    }
    double[] mean = spectrum.outside(moved);
    for (int i = 0; i < d; i++) {
      mean[i] += goal[i];
    }
    return new NormalLaw(mean, spectrum.outside(covariance));
  }

  /** (1 - u)^k. */
  private static double decay(double u, double k) {
    double size = StrictMath.pow(Math.abs(1 - u), k);
    if (u < 0.5) {
      size = StrictMath.exp(k * StrictMath.log1p(-u));
    }
    return u > 1 && k % 2 == 1 ? -size : size;
  }

  /** (1 - a^{2k})/(1 - a²) with a = 1 - u: the sum of a^{2j} over j below k. */
  private static double geometric(double u, double k) {
    double gap = u * (2 - u); // 1 - a²
    if (k == 0 || gap == 0) {
      return k;
    }
    return -StrictMath.expm1(k * StrictMath.log1p(-gap)) / gap;
  }
}
