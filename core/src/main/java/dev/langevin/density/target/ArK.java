package dev.langevin.density.target;

import dev.langevin.density.Model;
import dev.langevin.math.Check;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * An autoregression of order K, posteriordb's {@code arK-arK}:
 *
 * <pre>
 *   alpha, beta_k ~ N(0, 10),  sigma ~ half-Cauchy(0, 2.5)
 *   y_t ~ N(alpha + Σ_k beta_k y_{t-k}, sigma),   t = K+1 … T
 * </pre>
 *
 * <p>Unconstrained coordinates: alpha, beta_1 … beta_K, log sigma. Reports {@code alpha}, {@code beta[k]}, {@code sigma}. A linear
 * regression on the series itself, so that an evaluation costs O(K²), whatever T is.
 */
public final class ArK implements Model {
  private static final double PRIOR_VARIANCE = 100;
  private static final ScalePrior SIGMA = ScalePrior.halfCauchy(2.5);

  private final int order;
  private final NormalRegression likelihood;

  /**
   * The posterior given a series.
   *
   * @param order K, at least 1
   * @param y the series, finite, at least 2K+1 long
   */
  public ArK(int order, double[] y) {
    this.order = Check.atLeast("order", order, 1);
    Check.atLeast("length of y", Check.allFinite("y", y).length, 2 * order + 1);
    double[][] columns = new double[order + 1][];
    columns[0] = new double[y.length - order];
    Arrays.fill(columns[0], 1);
    for (int k = 1; k <= order; k++) {
      columns[k] = Arrays.copyOfRange(y, order - k, y.length - k);
    }
    this.likelihood = new NormalRegression(columns, Arrays.copyOfRange(y, order, y.length));
  }

  @Override
  public String name() {
    return "ark";
  }

  @Override
  public int dimension() {
    return order + 2;
  }

  @Override
  public String coordinate(int index) {
    return index == order + 1 ? "log sigma" : outputs().get(index);
  }

  @Override
  public double logDensity(double[] x, double[] gradient) {
    double logSigma = x[order + 1];
    double logDensity = likelihood.logLikelihood(x, gradient) + SIGMA.logDensity(logSigma);
    gradient[order + 1] += SIGMA.slope(logSigma);
    for (int k = 0; k <= order; k++) {
      logDensity -= 0.5 * x[k] * x[k] / PRIOR_VARIANCE;
      gradient[k] -= x[k] / PRIOR_VARIANCE;
    }
    return logDensity;
  }

  @Override
  public List<String> outputs() {
    return Stream.of(Stream.of("alpha"), Names.indexed("beta", order), Stream.of("sigma"))
        .flatMap(names -> names)
        .toList();
  }

  @Override
  public void report(double[] x, double[] out) {
    System.arraycopy(x, 0, out, 0, order + 1);
    out[order + 1] = StrictMath.exp(x[order + 1]);
  }
}
