package dev.langevin.density.target;

import dev.langevin.density.ExactLaw;
import dev.langevin.density.Model;
import dev.langevin.math.Check;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The normal distribution N(μ, Σ) on R^d, normalised:
 *
 * <pre>
 *   log p(x) = -½ (x-μ)ᵀ Σ⁻¹ (x-μ) - ½ log det Σ - (d/2) log 2π,     ∇ log p(x) = -Σ⁻¹ (x-μ).
 * </pre>
 *
 * <p>An evaluation costs O(d) where Σ is diagonal and O(d²) otherwise, and allocates nothing. Reports its coordinates, {@code x[1]}, ….
 */
public final class Gaussian implements Model, ExactLaw {
  private final String name;
  private final double[] mean;
  private final Covariance covariance;
  private final double logConstant;
  private final double[] scratch;

  private Gaussian(String name, double[] mean, Covariance covariance) {
    this.name = name;
    this.mean = mean;
    this.covariance = covariance;
    this.logConstant = covariance.logConstant(mean.length);
    this.scratch = new double[mean.length];
  }

  /** N(0, I) on R^d. */
  public static Gaussian iid(int dimension) {
    Check.atLeast("dimension", dimension, 1);
    return new Gaussian("gaussian", new double[dimension], new Covariance.Isotropic(dimension, 1));
  }

  /**
   * N(0, diag(λ)) with variances spread evenly on the log scale from κ^-½ to κ^½, λ_i = κ^((i-1)/(d-1) - ½), so that the
   * condition number is κ and the determinant 1.
   *
   * @param dimension d, at least 2
   * @param kappa κ, at least 1
   */
  public static Gaussian illConditioned(int dimension, double kappa) {
    Check.atLeast("dimension", dimension, 2);
    Check.finite("kappa", kappa);
    if (kappa < 1) {
      throw new IllegalArgumentException("kappa must be at least 1, got " + kappa);
    }
    double[] sds = new double[dimension];
    for (int i = 0; i < dimension; i++) {
      sds[i] = StrictMath.pow(kappa, 0.5 * (i / (dimension - 1.0) - 0.5));
    }
    return named("gaussian-ill", diagonal(new double[dimension], sds));
  }

  /** N(mean, diag(sds²)), each sd positive; no matrix is made. */
  public static Gaussian diagonal(double[] mean, double[] sds) {
    Check.atLeast("length of mean", mean.length, 1);
    Check.allFinite("mean", mean);
    return new Gaussian("gaussian", mean.clone(), Covariance.ofSds("sds", sds, mean.length));
  }

  /**
   * N(mean, covariance).
   *
   * @param mean length d, finite
   * @param covariance {@code d × d}, symmetric and positive definite
   */
  public static Gaussian of(double[] mean, double[][] covariance) {
    Check.atLeast("length of mean", mean.length, 1);
    Check.allFinite("mean", mean);
    return new Gaussian(
        "gaussian", mean.clone(), Covariance.of("covariance", covariance, mean.length));
  }

  private static Gaussian named(String name, Gaussian gaussian) {
    return new Gaussian(name, gaussian.mean, gaussian.covariance);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int dimension() {
    return mean.length;
  }

  /** μ, a copy. */
  public double[] mean() {
    return mean.clone();
  }

  /** Σ, a copy. */
  public double[][] covariance() {
    return covariance.matrix();
  }

  /** The law of a·X + b·Z with Z ~ N(0, I) independent of X: N(aμ, a²Σ + b²I). */
  public Gaussian noised(double a, double b) {
    double[] moved = Arrays.stream(mean).map(m -> a * m).toArray();
    return new Gaussian(name, moved, covariance.noised(Check.finite("a", a), Check.finite("b", b)));
  }

  @Override
  public double logDensity(double[] x, double[] gradient) {
    for (int i = 0; i < mean.length; i++) {
      gradient[i] = mean[i] - x[i];
    }
    return logConstant - 0.5 * covariance.solve(gradient);
  }

  @Override
  public double logDensity(double[] x) {
    return logDensity(x, scratch);
  }

  /** Writes one draw into {@code out}; takes d normal numbers. */
  @Override
  public void sample(RandomGenerator random, double[] out) {
    for (int i = 0; i < mean.length; i++) {
      out[i] = random.nextGaussian();
    }
    covariance.colour(out);
    for (int i = 0; i < mean.length; i++) {
      out[i] += mean[i];
    }
  }

  @Override
  public List<String> outputs() {
    return Names.coordinates(mean.length);
  }

  @Override
  public void report(double[] x, double[] out) {
    System.arraycopy(x, 0, out, 0, mean.length);
  }

  @Override
  public Gaussian fork() {
    return new Gaussian(name, mean, covariance);
  }
}
