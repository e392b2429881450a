package dev.langevin.density.target;

import dev.langevin.density.ExactLaw;
import dev.langevin.density.Model;
import dev.langevin.math.Check;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Student's t distribution on R^d with ν degrees of freedom, location μ and scale matrix Σ, normalised (Kotz &amp; Nadarajah 2004, equation
 * 1.1):
 *
 * <pre>
 *   log p(x) = log Γ((ν+d)/2) - log Γ(ν/2) - (d/2) log πν - ½ log det Σ - ((ν+d)/2) log(1 + δ/ν),   δ = (x-μ)ᵀ Σ⁻¹ (x-μ)
 *   ∇ log p(x) = -(ν+d)/(ν+δ) Σ⁻¹ (x-μ)
 * </pre>
 *
 * <p>The mean is μ for ν ≥ 2, the covariance Σ ν/(ν-2) for ν ≥ 3. The tails fall off like a power, which makes it a safe proposal for
 * targets whose tails are not known. An evaluation costs O(d²), O(d) where Σ is diagonal, and allocates nothing. Reports its coordinates.
 */
public final class StudentT implements Model, ExactLaw {
  private final int degreesOfFreedom;
  private final double[] location;
  private final Covariance scale;
  private final double logConstant;
  private final double[] scratch;

  private StudentT(int degreesOfFreedom, double[] location, Covariance scale) {
    int d = location.length;
    this.degreesOfFreedom = degreesOfFreedom;
    this.location = location;
    this.scale = scale;
    this.logConstant =
        logGammaOfHalf(degreesOfFreedom + d)
            - logGammaOfHalf(degreesOfFreedom)
            - 0.5 * d * StrictMath.log(Math.PI * degreesOfFreedom)
            - 0.5 * scale.logDeterminant();
    this.scratch = new double[d];
  }

  /**
   * The law with these parameters.
   *
   * @param degreesOfFreedom ν, at least 1 (Cauchy); whole, so that a draw takes a fixed number of normal numbers
   * @param location μ, length d, finite; copied
   * @param scale Σ, {@code d × d}, symmetric and positive definite; copied
   */
  public static StudentT of(int degreesOfFreedom, double[] location, double[][] scale) {
    Check.atLeast("degreesOfFreedom", degreesOfFreedom, 1);
    Check.atLeast("length of location", location.length, 1);
    Check.allFinite("location", location);
    return new StudentT(
        degreesOfFreedom, location.clone(), Covariance.of("scale", scale, location.length));
  }

  /** log Γ(n/2) by the recursion down to Γ(1) = 1 or Γ(½) = √π; O(n), and the same bits on every JDK. */
  private static double logGammaOfHalf(int n) {
    double sum = n % 2 == 0 ? 0 : 0.5 * StrictMath.log(Math.PI);
    for (int k = n - 2; k >= 1; k -= 2) {
      sum += StrictMath.log(0.5 * k);
    }
    return sum;
  }

  @Override
  public String name() {
    return "student-t";
  }

  @Override
  public int dimension() {
    return location.length;
  }

  /** ν. */
  public int degreesOfFreedom() {
    return degreesOfFreedom;
  }

  /** μ, a copy. */
  public double[] location() {
    return location.clone();
  }

  /** Σ, a copy. */
  public double[][] scale() {
    return scale.matrix();
  }

  @Override
  public double logDensity(double[] x, double[] gradient) {
    int d = location.length;
    for (int i = 0; i < d; i++) {
      gradient[i] = location[i] - x[i];
    }
    double square = scale.solve(gradient);
    double pull = (degreesOfFreedom + d) / (degreesOfFreedom + square);
    for (int i = 0; i < d; i++) {
      gradient[i] *= pull;
    }
    return logConstant - 0.5 * (degreesOfFreedom + d) * StrictMath.log1p(square / degreesOfFreedom);
  }

  @Override
  public double logDensity(double[] x) {
    return logDensity(x, scratch);
  }

  /** Writes one draw, μ + S z √(ν/χ²) with χ² from ν more normal numbers; takes d + ν of them. */
  @Override
  public void sample(RandomGenerator random, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = random.nextGaussian();
    }
    double square = 0;
    for (int i = 0; i < degreesOfFreedom; i++) {
      double z = random.nextGaussian();
      square += z * z;
    }
    double stretch = Math.sqrt(degreesOfFreedom / square);
    scale.colour(out);
    for (int i = 0; i < out.length; i++) {
      out[i] = location[i] + stretch * out[i];
    }
  }

  @Override
  public List<String> outputs() {
    return Names.coordinates(location.length);
  }

  @Override
  public void report(double[] x, double[] out) {
    System.arraycopy(x, 0, out, 0, location.length);
  }

  @Override
  public StudentT fork() {
    return new StudentT(degreesOfFreedom, location, scale);
  }

  @Override
  public String toString() {
    return "t with "
        + degreesOfFreedom
        + " degrees of freedom in "
        + location.length
        + " dimensions";
  }
}
