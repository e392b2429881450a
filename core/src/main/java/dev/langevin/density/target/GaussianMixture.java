package dev.langevin.density.target;

import dev.langevin.density.ExactLaw;
import dev.langevin.density.Model;
import dev.langevin.math.Check;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A mixture of normal distributions on R^d, normalised: the exact case of both doors, because it stays one under noising.
 *
 * <pre>
 *   p(x) = Σ_k w_k N(x; μ_k, Σ_k)
 *   r_k(x) = w_k N(x; μ_k, Σ_k) / p(x)                      (responsibilities)
 *   ∇ log p(x) = Σ_k r_k(x) Σ_k⁻¹ (μ_k - x)
 *   a·X + b·Z ~ Σ_k w_k N(aμ_k, a²Σ_k + b²I)                (Z ~ N(0, I))
 * </pre>
 *
 * <p>All sums over components run on the log scale, so that the score stays right where every component's density underflows.
 * A component costs an evaluation O(d) and keeps O(d) numbers where its covariance is diagonal, else O(d²) of both; an evaluation allocates nothing. Reports its coordinates,
 * {@code x[1]}, ….
 */
public final class GaussianMixture implements Model, ExactLaw {
  private final String name;
  private final double[] weights;
  private final double[][] means;
  private final Covariance[] covariances;
  private final double[] logConstants; // log w_k + the constant of N(.; mu_k, Sigma_k)

  private final double[][] solved; // scratch, Sigma_k^-1 (mu_k - x)
  private final double[] logs; // scratch, log(w_k N(x; mu_k, Sigma_k)), then the responsibilities
  private final double[] scratch;

  private GaussianMixture(
      String name, double[] weights, double[][] means, Covariance[] covariances) {
    int d = means[0].length;
    this.name = name;
    this.weights = weights;
    this.means = means;
    this.covariances = covariances;
    this.logConstants = new double[weights.length];
    for (int k = 0; k < weights.length; k++) {
      logConstants[k] = StrictMath.log(weights[k]) + covariances[k].logConstant(d);
    }
    this.solved = new double[weights.length][d];
    this.logs = new double[weights.length];
    this.scratch = new double[d];
  }

  /**
   * The mixture of N(means[k], covariances[k]).
   *
   * @param weights one per component, zero or positive, not all zero; scaled to sum 1
   * @param means {@code components × d}, finite
   * @param covariances {@code components × d × d}, each symmetric and positive definite; diagonal ones are recognised and cost O(d)
   */
  public static GaussianMixture of(double[] weights, double[][] means, double[][][] covariances) {
    double[] normalised = normalised(weights);
    double[][] checked = checked(means, weights.length);
    requireLength("covariances", covariances.length, weights.length);
    Covariance[] forms = new Covariance[weights.length];
    for (int k = 0; k < forms.length; k++) {
      forms[k] = Covariance.of("covariances[" + k + "]", covariances[k], checked[0].length);
    }
    return new GaussianMixture("mixture", normalised, checked, forms);
  }

  /**
   * The mixture of N(means[k], sds[k]² I).
   *
   * @param weights one per component, zero or positive, not all zero; scaled to sum 1
   * @param means {@code components × d}, finite
   * @param sds one per component, positive
   */
  public static GaussianMixture isotropic(double[] weights, double[][] means, double[] sds) {
    double[] normalised = normalised(weights);
    double[][] checked = checked(means, weights.length);
    requireLength("sds", sds.length, weights.length);
    Covariance[] forms = new Covariance[weights.length];
    for (int k = 0; k < forms.length; k++) {
      double sd = Check.positive("sds[" + k + "]", sds[k]);
      forms[k] = new Covariance.Isotropic(checked[0].length, sd * sd);
    }
    return new GaussianMixture("mixture", normalised, checked, forms);
  }

  /**
   * The mixture of N(means[k], diag(sds[k]²)); no matrix is made.
   *
   * @param weights one per component, zero or positive, not all zero; scaled to sum 1
   * @param means {@code components × d}, finite
   * @param sds {@code components × d}, positive
   */
  public static GaussianMixture diagonal(double[] weights, double[][] means, double[][] sds) {
    double[] normalised = normalised(weights);
    double[][] checked = checked(means, weights.length);
    requireLength("sds", sds.length, weights.length);
    Covariance[] forms = new Covariance[weights.length];
    for (int k = 0; k < forms.length; k++) {
      forms[k] = Covariance.ofSds("sds[" + k + "]", sds[k], checked[0].length);
    }
    return new GaussianMixture("mixture", normalised, checked, forms);
  }

  private static double[] normalised(double[] weights) {
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      sum += Check.notNegative("weights[" + k + "]", weights[k]);
    }
    Check.positive("sum of weights", sum);
    double[] normalised = new double[weights.length];
    for (int k = 0; k < weights.length; k++) {
      normalised[k] = weights[k] / sum;
    }
    return normalised;
  }

  private static double[][] checked(double[][] means, int components) {
    requireLength("means", means.length, components);
    double[][] checked = new double[components][];
    for (int k = 0; k < components; k++) {
      Check.length("means[" + k + "]", means[k], means[0].length);
      checked[k] = Check.allFinite("means[" + k + "]", means[k]).clone();
    }
    Check.atLeast("length of means[0]", checked[0].length, 1);
    return checked;
  }

  private static void requireLength(String name, int length, int components) {
    if (length != components) {
      throw new IllegalArgumentException(
          name + " must have one entry per weight, " + components + ", got " + length);
    }
  }

  /**
   * The law of a·X + b·Z, Z ~ N(0, I) independent of X, exactly.
   *
   * @param a signal scale, finite
   * @param b noise scale, finite; not both zero
   */
  public GaussianMixture noised(double a, double b) {
    Check.finite("a", a);
    Check.finite("b", b);
    double[][] moved = new double[means.length][means[0].length];
    Covariance[] noised = new Covariance[means.length];
    for (int k = 0; k < means.length; k++) {
      for (int i = 0; i < moved[k].length; i++) {
        moved[k][i] = a * means[k][i];
      }
      noised[k] = covariances[k].noised(a, b);
    }
    return new GaussianMixture(name, weights, moved, noised);
  }

  /**
   * The same components with other weights.
   *
   * @param other one per component, zero or positive, not all zero; scaled to sum 1
   */
  public GaussianMixture reweighted(double[] other) {
    Check.length("weights", other, weights.length);
    return new GaussianMixture(name, normalised(other), means, covariances);
  }

  /** The same under another name. */
  public GaussianMixture named(String other) {
    return new GaussianMixture(other, weights, means, covariances);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int dimension() {
    return means[0].length;
  }

  /** K, the number of components. */
  public int components() {
    return weights.length;
  }

  /** w, a copy; sums to 1. */
  public double[] weights() {
    return weights.clone();
  }

  /** μ_k, {@code components × d}, a copy. */
  public double[][] means() {
    double[][] copy = new double[means.length][];
    for (int k = 0; k < means.length; k++) {
      copy[k] = means[k].clone();
    }
    return copy;
  }

  /** μ_k of one component, a copy. */
  public double[] mean(int k) {
    return means[k].clone();
  }

  /** The cheapest form that holds Σ_k; components given as matrices are looked through for it. */
  public CovarianceShape shape(int k) {
    return covariances[k].shape();
  }

  /** The diagonal of Σ_k, a copy, length d: all of Σ_k unless its shape is full. O(d). */
  public double[] variances(int k) {
    return covariances[k].variances();
  }

  /** Σ_k of one component, {@code d × d}, a copy. */
  public double[][] covariance(int k) {
    return covariances[k].matrix();
  }

  /** Σ_k, {@code components × d × d}, a copy; in many dimensions ask for {@link #variances} where {@link #shape} allows. */
  public double[][][] covariances() {
    double[][][] copy = new double[covariances.length][][];
    for (int k = 0; k < covariances.length; k++) {
      copy[k] = covariances[k].matrix();
    }
    return copy;
  }

  /** The mean of the whole mixture, Σ_k w_k μ_k. */
  public double[] mean() {
    double[] mean = new double[dimension()];
    for (int k = 0; k < weights.length; k++) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += weights[k] * means[k][i];
      }
    }
    return mean;
  }

  /** The covariance of the whole mixture, Σ_k w_k (Σ_k + (μ_k - m)(μ_k - m)ᵀ) with m its mean. */
  public double[][] covariance() {
    double[] mean = mean();
    double[][] total = new double[mean.length][mean.length];
    for (int k = 0; k < weights.length; k++) {
      double[][] own = covariances[k].matrix();
      for (int i = 0; i < mean.length; i++) {
        for (int j = 0; j < mean.length; j++) {
          double between = (means[k][i] - mean[i]) * (means[k][j] - mean[j]);
          total[i][j] += weights[k] * (own[i][j] + between);
        }
      }
    }
    return total;
  }

  @Override
  public double logDensity(double[] x, double[] gradient) {
    double logDensity = weigh(x);
    Arrays.fill(gradient, 0, x.length, 0.0);
    for (int k = 0; k < weights.length; k++) {
      double responsibility = logs[k];
      if (responsibility != 0) {
        double[] direction = solved[k];
        for (int i = 0; i < direction.length; i++) {
          gradient[i] += responsibility * direction[i];
        }
      }
    }
    return logDensity;
  }

  @Override
  public double logDensity(double[] x) {
    return logDensity(x, scratch);
  }

  /** Writes r_k(x), the probability that x came from component k, into {@code out}, of length {@link #components()}. */
  public void responsibilities(double[] x, double[] out) {
    weigh(x);
    System.arraycopy(logs, 0, out, 0, logs.length);
  }

  /** Fills {@link #solved} and puts the responsibilities into {@link #logs}; returns log p(x) = log Σ_k exp(l_k). */
  private double weigh(double[] x) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < logs.length; k++) {
      double[] residual = solved[k];
      for (int i = 0; i < residual.length; i++) {
        residual[i] = means[k][i] - x[i];
      }
      logs[k] = logConstants[k] - 0.5 * covariances[k].solve(residual);
      largest = Math.max(largest, logs[k]);
    }
    if (largest == Double.NEGATIVE_INFINITY) {
      return largest; // the squared distance overflows
    }
    double sum = 0;
    for (int k = 0; k < logs.length; k++) {
      logs[k] = StrictMath.exp(logs[k] - largest);
      sum += logs[k];
    }
    for (int k = 0; k < logs.length; k++) {
      logs[k] /= sum;
    }
    return largest + StrictMath.log(sum);
  }

  /** Writes one draw into {@code out}; takes one uniform and d normal numbers. */
  @Override
  public void sample(RandomGenerator random, double[] out) {
    int k = component(random.nextDouble());
    for (int i = 0; i < means[k].length; i++) {
      out[i] = random.nextGaussian();
    }
    covariances[k].colour(out);
    for (int i = 0; i < means[k].length; i++) {
      out[i] += means[k][i];
    }
  }

  /** The component at cumulative weight {@code u}; never one of weight zero. */
  private int component(double u) {
    int last = 0;
    double cumulative = 0;
    for (int k = 0; k < weights.length; k++) {
      if (weights[k] > 0) {
        last = k;
        cumulative += weights[k];
        if (u < cumulative) {
          return k;
        }
      }
    }
    return last; // the weights sum to 1 up to rounding
  }

  @Override
  public List<String> outputs() {
    return Names.coordinates(dimension());
  }

  @Override
  public void report(double[] x, double[] out) {
    System.arraycopy(x, 0, out, 0, means[0].length);
  }

  @Override
  public GaussianMixture fork() {
    return new GaussianMixture(name, weights, means, covariances);
  }
}
