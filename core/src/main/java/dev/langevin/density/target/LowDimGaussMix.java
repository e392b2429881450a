package dev.langevin.density.target;

import dev.langevin.density.LogScale;
import dev.langevin.density.Model;
import dev.langevin.math.Check;
import java.util.List;

/**
 * The parameters of a mixture of two normal distributions, posteriordb's {@code low_dim_gauss_mix-low_dim_gauss_mix}:
 *
 * <pre>
 *   mu_1 &lt; mu_2,  mu_k ~ N(0, 2),  sigma_k ~ half-N(0, 2),  theta ~ Beta(5, 5)
 *   y_i ~ theta N(mu_1, sigma_1) + (1 - theta) N(mu_2, sigma_2)
 * </pre>
 *
 * <p>Unconstrained coordinates: mu_1, log(mu_2 - mu_1), log sigma_1, log sigma_2, logit theta. Reports {@code mu[1]}, {@code mu[2]},
 * {@code sigma[1]}, {@code sigma[2]}, {@code theta}. With l_k the log of a component's term and r = P(component 1 | y_i), each
 * observation adds log(e^l_1 + e^l_2) = max + log(1 + e^-|l_2 - l_1|), at the price of one exponential.
 */
public final class LowDimGaussMix implements Model {
  private static final List<String> OUTPUTS =
      List.of("mu[1]", "mu[2]", "sigma[1]", "sigma[2]", "theta");
  private static final List<String> COORDINATES =
      List.of("mu[1]", "log(mu[2] - mu[1])", "log sigma[1]", "log sigma[2]", "logit theta");
  private static final double PRIOR_VARIANCE = 4;
  private static final double BETA = 5;

  private final double[] y;

  /**
   * The posterior given a sample.
   *
   * @param y finite, not empty
   */
  public LowDimGaussMix(double[] y) {
    Check.atLeast("length of y", y.length, 1);
    this.y = Check.allFinite("y", y).clone();
  }

  @Override
  public String name() {
    return "low-dim-gauss-mix";
  }

  @Override
  public int dimension() {
    return 5;
  }

  @Override
  public String coordinate(int index) {
    return COORDINATES.get(index);
  }

  @Override
  public double logDensity(double[] x, double[] gradient) {
    double gap = StrictMath.exp(x[1]);
    double first = x[0];
    double second = first + gap;
    double sigma1 = StrictMath.exp(x[2]);
    double sigma2 = StrictMath.exp(x[3]);
    double squares =
        first * first + second * second + sigma1 * sigma1 + sigma2 * sigma2; // of the priors
    if (squares == Double.POSITIVE_INFINITY) {
      return Double.NEGATIVE_INFINITY;
    }
    double logTheta = LogScale.logLogistic(x[4]);
    double logOther = LogScale.logLogistic(-x[4]);
    double logLikelihood = logLikelihood(x, second, logTheta, logOther, gradient);

    double bySecond = gradient[1] - second / PRIOR_VARIANCE;
    gradient[0] += -first / PRIOR_VARIANCE + bySecond;
    gradient[1] = bySecond * gap + 1;
    gradient[2] += 1 - sigma1 * sigma1 / PRIOR_VARIANCE;
    gradient[3] += 1 - sigma2 * sigma2 / PRIOR_VARIANCE;
    gradient[4] += BETA * (1 - 2 * LogScale.logistic(x[4]));
    double logJacobian = x[1] + x[2] + x[3] + logTheta + logOther;
    return logLikelihood
        - 0.5 * squares / PRIOR_VARIANCE
        + (BETA - 1) * (logTheta + logOther)
        + logJacobian;
  }

  /** The log likelihood, up to a constant; writes its derivatives by mu_1, mu_2, log sigma_1, log sigma_2, logit theta. */
  private double logLikelihood(
      double[] x, double second, double logTheta, double logOther, double[] gradient) {
    double first = x[0];
    double inverse1 = StrictMath.exp(-x[2]);
    double inverse2 = StrictMath.exp(-x[3]);
    double constant1 = logTheta - x[2];
    double constant2 = logOther - x[3];
    if (Double.isInfinite(inverse1) || Double.isInfinite(inverse2)) {
      return Double.NEGATIVE_INFINITY; // a standard deviation below the smallest number
    }
    LogProduct factors = new LogProduct(); // escapes nowhere: lives in registers
    double sum = 0;
    double weight = 0; // sum of r
    double pull1 = 0; // sums of r z, (1-r) z and of r (z²-1), (1-r) (z²-1)
    double pull2 = 0;
    double spread1 = 0;
    double spread2 = 0;
    for (double observed : y) {
      double z1 = (observed - first) * inverse1;
      double z2 = (observed - second) * inverse2;
      double l1 = constant1 - 0.5 * z1 * z1;
      double l2 = constant2 - 0.5 * z2 * z2;
      double larger = Math.max(l1, l2);
      if (larger == Double.NEGATIVE_INFINITY) {
        return larger;
      }
      double e = StrictMath.exp(-Math.abs(l2 - l1));
      double rare = e / (1 + e);
      double r = l1 < l2 ? rare : 1 / (1 + e);
      double s = l1 < l2 ? 1 / (1 + e) : rare;
      factors.times(1 + e);
      sum += larger;
      weight += r;
      pull1 += r * z1;
      pull2 += s * z2;
      spread1 += r == 0 ? 0 : r * (z1 * z1 - 1);
      spread2 += s == 0 ? 0 : s * (z2 * z2 - 1);
    }
    gradient[0] = pull1 * inverse1;
    gradient[1] = pull2 * inverse2;
    gradient[2] = spread1;
    gradient[3] = spread2;
    gradient[4] = weight - y.length * LogScale.logistic(x[4]);
    return sum + factors.log();
  }

  @Override
  public List<String> outputs() {
    return OUTPUTS;
  }

  @Override
  public void report(double[] x, double[] out) {
    out[0] = x[0];
    out[1] = x[0] + StrictMath.exp(x[1]);
    out[2] = StrictMath.exp(x[2]);
    out[3] = StrictMath.exp(x[3]);
    out[4] = LogScale.logistic(x[4]);
  }
}
