package dev.langevin.density.target;

import dev.langevin.density.Model;
import dev.langevin.math.Check;
import java.util.Arrays;
import java.util.List;

/**
 * Summer temperatures at Kilpisjärvi by year, a straight line whose predictor is left far from zero, so that intercept and slope are
 * nearly collinear; posteriordb's {@code kilpisjarvi_mod-kilpisjarvi}:
 *
 * <pre>
 *   alpha ~ N(pmualpha, psalpha),  beta ~ N(pmubeta, psbeta),  p(sigma) ∝ 1 on sigma &gt; 0
 *   y_i ~ N(alpha + beta x_i, sigma)
 * </pre>
 *
 * <p>Unconstrained coordinates: alpha, beta, log sigma. Reports {@code alpha}, {@code beta}, {@code sigma}.
 */
public final class Kilpisjarvi implements Model {
  private static final List<String> OUTPUTS = List.of("alpha", "beta", "sigma");

  private final NormalRegression likelihood;
  private final double[] means;
  private final double[] precisions;

  /**
   * The posterior given these data.
   *
   * @param x the predictor, finite
   * @param y the response, finite, as long as {@code x}
   * @param alphaMean prior mean of alpha
   * @param alphaSd prior standard deviation of alpha, positive
   * @param betaMean prior mean of beta
   * @param betaSd prior standard deviation of beta, positive
   */
  public Kilpisjarvi(
      double[] x, double[] y, double alphaMean, double alphaSd, double betaMean, double betaSd) {
    Check.length("y", y, Check.allFinite("x", x).length);
    double[] ones = new double[y.length];
    Arrays.fill(ones, 1);
    this.likelihood =
        new NormalRegression(new double[][] {ones, x.clone()}, Check.allFinite("y", y).clone());
    this.means =
        new double[] {Check.finite("alphaMean", alphaMean), Check.finite("betaMean", betaMean)};
    Check.positive("alphaSd", alphaSd);
    Check.positive("betaSd", betaSd);
    this.precisions = new double[] {1 / (alphaSd * alphaSd), 1 / (betaSd * betaSd)};
  }

  @Override
  public String name() {
    return "kilpisjarvi";
  }

  @Override
  public int dimension() {
    return 3;
  }

  @Override
  public String coordinate(int index) {
    return index == 2 ? "log sigma" : OUTPUTS.get(index);
  }

  @Override
  public double logDensity(double[] x, double[] gradient) {
    double logDensity = likelihood.logLikelihood(x, gradient) + x[2]; // + log sigma: Jacobian
    gradient[2] += 1;
    for (int i = 0; i < 2; i++) {
      double from = x[i] - means[i];
      logDensity -= 0.5 * precisions[i] * from * from;
      gradient[i] -= precisions[i] * from;
    }
    return logDensity;
  }

  @Override
  public List<String> outputs() {
    return OUTPUTS;
  }

  @Override
  public void report(double[] x, double[] out) {
    out[0] = x[0];
    out[1] = x[1];
    out[2] = StrictMath.exp(x[2]);
  }
}
