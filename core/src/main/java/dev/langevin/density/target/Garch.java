package dev.langevin.density.target;

import dev.langevin.density.LogScale;
import dev.langevin.density.Model;
import dev.langevin.math.Check;
import java.util.List;

/**
 * A GARCH(1,1) model of changing volatility (Bollerslev 1986), posteriordb's {@code garch-garch11}:
 *
 * <pre>
 *   h_1 = sigma1²,   h_t = alpha0 + alpha1 (y_{t-1} - mu)² + beta1 h_{t-1}
 *   y_t ~ N(mu, √h_t),   t = 1 … T
 *   flat on mu, alpha0 &gt; 0, 0 &lt; alpha1 &lt; 1, 0 &lt; beta1 &lt; 1 - alpha1
 * </pre>
 *
 * <p>Unconstrained coordinates: mu, log alpha0, logit alpha1, logit(beta1/(1 - alpha1)). Reports {@code mu}, {@code alpha0}, {@code
 * alpha1}, {@code beta1}. The derivatives of h_t run along with h_t (forward mode): one pass over the series, no arrays.
 */
public final class Garch implements Model {
  private static final List<String> OUTPUTS = List.of("mu", "alpha0", "alpha1", "beta1");
  private static final List<String> COORDINATES =
      List.of("mu", "log alpha0", "logit alpha1", "logit beta1/(1-alpha1)");

  private final double[] y;
  private final double firstVariance;

  /**
   * The posterior given a series.
   *
   * @param y the series, finite, not empty
   * @param sigma1 the standard deviation at the first time, positive
   */
  public Garch(double[] y, double sigma1) {
    Check.atLeast("length of y", y.length, 1);
    this.y = Check.allFinite("y", y).clone();
    this.firstVariance = Check.positive("sigma1", sigma1) * sigma1;
  }

  @Override
  public String name() {
    return "garch";
  }

  @Override
  public int dimension() {
    return 4;
  }

  @Override
  public String coordinate(int index) {
    return COORDINATES.get(index);
  }

  @Override
  public double logDensity(double[] x, double[] gradient) {
    double alpha0 = StrictMath.exp(x[1]);
    double alpha1 = LogScale.logistic(x[2]);
    double rest = LogScale.logistic(-x[2]); // 1 - alpha1
    double share = LogScale.logistic(x[3]); // beta1 / (1 - alpha1)
    double beta1 = rest * share;
    if (alpha0 == Double.POSITIVE_INFINITY) {
      return Double.NEGATIVE_INFINITY;
    }
    double logLikelihood = logLikelihood(x[0], alpha0, alpha1, beta1, gradient);
    double byAlpha1 = gradient[2];
    double byBeta1 = gradient[3];
    // log alpha0 + log(alpha1 (1-alpha1)) + log((1-alpha1) share (1-share))
    gradient[1] = gradient[1] * alpha0 + 1;
    gradient[2] = (byAlpha1 - byBeta1 * share) * alpha1 * rest + (rest - 2 * alpha1);
    gradient[3] = byBeta1 * rest * share * (1 - share) + (1 - 2 * share);
    double logRest = LogScale.logLogistic(-x[2]);
    double logJacobian = x[1] + (x[2] + 3 * logRest) + (x[3] + 2 * LogScale.logLogistic(-x[3]));
    return logLikelihood + logJacobian;
  }

  /** The log likelihood, up to a constant; writes its derivatives by mu, alpha0, alpha1, beta1. */
  private double logLikelihood(
      double mu, double alpha0, double alpha1, double beta1, double[] gradient) {
    LogProduct variances = new LogProduct(); // escapes nowhere: lives in registers
    double h = firstVariance;
    double hMu = 0; // derivatives of h
    double hAlpha0 = 0;
    double hAlpha1 = 0;
    double hBeta1 = 0;
    double squares = 0;
    double byMu = 0;
    double byAlpha0 = 0;
    double byAlpha1 = 0;
    double byBeta1 = 0;
    for (double observed : y) {
      double error = observed - mu;
      double square = error * error;
      double precision = 1 / h;
      double standard = square * precision;
      double byH = 0.5 * precision * (standard - 1); // of -(log h + error²/h)/2
      variances.times(h);
      squares += standard;
      byMu += error * precision + byH * hMu;
      byAlpha0 += byH * hAlpha0;
      byAlpha1 += byH * hAlpha1;
      byBeta1 += byH * hBeta1;
      hMu = beta1 * hMu - 2 * alpha1 * error;
      hAlpha0 = beta1 * hAlpha0 + 1;
      hAlpha1 = beta1 * hAlpha1 + square;
      hBeta1 = beta1 * hBeta1 + h;
      h = alpha0 + alpha1 * square + beta1 * h;
    }
    gradient[0] = byMu;
    gradient[1] = byAlpha0;
    gradient[2] = byAlpha1;
    gradient[3] = byBeta1;
    double logLikelihood = -0.5 * (variances.log() + squares);
    boolean overflow = Double.isNaN(logLikelihood) && !Double.isNaN(mu);
    return overflow ? Double.NEGATIVE_INFINITY : logLikelihood;
  }

  @Override
  public List<String> outputs() {
    return OUTPUTS;
  }

  @Override
  public void report(double[] x, double[] out) {
    out[0] = x[0];
    out[1] = StrictMath.exp(x[1]);
    out[2] = LogScale.logistic(x[2]);
    out[3] = LogScale.logistic(-x[2]) * LogScale.logistic(x[3]);
  }
}
