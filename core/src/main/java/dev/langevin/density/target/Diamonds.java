package dev.langevin.density.target;

import dev.langevin.density.Model;
import dev.langevin.math.Check;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Log price of diamonds on 24 predictors, a regression as brms writes it; posteriordb's {@code diamonds-diamonds}:
 *
 * <pre>
 *   b_k ~ N(0, 1),  Intercept ~ t(3, 8, 10),  sigma ~ half-t(3, 0, 10)
 *   Y_i ~ N(Intercept + Σ_k (X_ik - mean X_k) b_k, sigma)
 *   b_Intercept = Intercept - Σ_k mean(X_k) b_k
 * </pre>
 *
 * <p>Unconstrained coordinates: b_1 … b_K, Intercept, log sigma. Reports {@code b[k]}, {@code Intercept}, {@code sigma}, {@code
 * b_Intercept}. Some predictors are powers of others: correlations beyond 0.999. An evaluation costs O(K²), whatever the number of
 * diamonds is.
 */
public final class Diamonds implements Model {
  private static final double INTERCEPT_DEGREES = 3;
  private static final double INTERCEPT_MEDIAN = 8;
  private static final double INTERCEPT_SCALE = 10;
  private static final ScalePrior SIGMA = ScalePrior.halfStudent(3, 10);

  private final int predictors;
  private final double[] means;
  private final NormalRegression likelihood;

  /**
   * The posterior given these data.
   *
   * @param y log prices, n finite numbers
   * @param x {@code n × (1 + K)}, finite; the first column, the constant, is left out as in the original
   */
  public Diamonds(double[] y, double[][] x) {
    Check.atLeast("number of rows", x.length, 1);
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "x must have one row per response, " + y.length + ", got " + x.length);
    }
    this.predictors = Check.atLeast("number of predictors", x[0].length - 1, 1);
    this.means = new double[predictors];
    double[][] columns = new double[predictors + 1][y.length];
    for (int k = 0; k < predictors; k++) {
      means[k] = centre(x, k + 1, columns[k]);
    }
    Arrays.fill(columns[predictors], 1);
    this.likelihood = new NormalRegression(columns, Check.allFinite("y", y).clone());
  }

  /** Writes column {@code k} of x less its mean into {@code out} and returns the mean. */
  private static double centre(double[][] x, int k, double[] out) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      Check.length("x[" + i + "]", x[i], x[0].length);
      sum += Check.finite("x[" + i + "][" + k + "]", x[i][k]);
    }
    double mean = sum / x.length;
    for (int i = 0; i < x.length; i++) {
      out[i] = x[i][k] - mean;
    }
    return mean;
  }

  @Override
  public String name() {
    return "diamonds";
  }

  @Override
  public int dimension() {
    return predictors + 2;
  }

  @Override
  public String coordinate(int index) {
    return index == predictors + 1 ? "log sigma" : outputs().get(index);
  }

  @Override
  public double logDensity(double[] x, double[] gradient) {
    double logSigma = x[predictors + 1];
    double logDensity = likelihood.logLikelihood(x, gradient) + SIGMA.logDensity(logSigma);
    gradient[predictors + 1] += SIGMA.slope(logSigma);
    for (int k = 0; k < predictors; k++) {
      logDensity -= 0.5 * x[k] * x[k];
      gradient[k] -= x[k];
    }
    double z = (x[predictors] - INTERCEPT_MEDIAN) / INTERCEPT_SCALE;
    double half = 0.5 * (INTERCEPT_DEGREES + 1);
    double spread = INTERCEPT_DEGREES + z * z;
    gradient[predictors] -= half * 2 * z / (spread * INTERCEPT_SCALE);
    return logDensity - half * StrictMath.log(spread);
  }

  @Override
  public List<String> outputs() {
    Stream<String> others = Stream.of("Intercept", "sigma", "b_Intercept");
    return Stream.concat(Names.indexed("b", predictors), others).toList();
  }

  @Override
  public void report(double[] x, double[] out) {
    System.arraycopy(x, 0, out, 0, predictors + 1);
    out[predictors + 1] = StrictMath.exp(x[predictors + 1]);
    double intercept = x[predictors];
    for (int k = 0; k < predictors; k++) {
      intercept -= means[k] * x[k];
    }
    out[predictors + 2] = intercept;
  }
}
