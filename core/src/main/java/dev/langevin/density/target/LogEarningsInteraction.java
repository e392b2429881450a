package dev.langevin.density.target;

import dev.langevin.density.Model;
import dev.langevin.math.Check;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Log earnings by height and sex with their interaction (Gelman &amp; Hill 2007, section 4.4); posteriordb's {@code
 * earnings-logearn_interaction}:
 *
 * <pre>
 *   log(earn_i) ~ N(beta_1 + beta_2 height_i + beta_3 male_i + beta_4 height_i male_i, sigma),   flat priors
 * </pre>
 *
 * <p>Unconstrained coordinates: beta_1 … beta_4, log sigma. Reports {@code beta[1]} … {@code beta[4]}, {@code sigma}. The columns are
 * nearly collinear: correlations of the coefficients exceed 0.99.
 */
public final class LogEarningsInteraction implements Model {
  private static final int COEFFICIENTS = 4;

  private final NormalRegression likelihood;

  /**
   * The posterior given these data.
   *
   * @param earn yearly earnings, positive
   * @param height finite
   * @param male 1 for men and 0 for women
   */
  public LogEarningsInteraction(double[] earn, double[] height, double[] male) {
    int n = earn.length;
    Check.length("height", Check.allFinite("height", height), n);
    Check.length("male", Check.allFinite("male", male), n);
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    double[] both = new double[n];
    double[] logEarn = new double[n];
    for (int i = 0; i < n; i++) {
      both[i] = height[i] * male[i];
      logEarn[i] = StrictMath.log(Check.positive("earn[" + i + "]", earn[i]));
    }
    this.likelihood =
        new NormalRegression(new double[][] {ones, height.clone(), male.clone(), both}, logEarn);
  }

  @Override
  public String name() {
    return "earnings-logearn-interaction";
  }

  @Override
  public int dimension() {
    return COEFFICIENTS + 1;
  }

  @Override
  public String coordinate(int index) {
    return index == COEFFICIENTS ? "log sigma" : outputs().get(index);
  }

  @Override
  public double logDensity(double[] x, double[] gradient) {
    double logLikelihood = likelihood.logLikelihood(x, gradient);
    gradient[COEFFICIENTS] += 1;
    return logLikelihood + x[COEFFICIENTS]; // + log sigma: Jacobian
  }

  @Override
  public List<String> outputs() {
    return Stream.concat(Names.indexed("beta", COEFFICIENTS), Stream.of("sigma")).toList();
  }

  @Override
  public void report(double[] x, double[] out) {
    System.arraycopy(x, 0, out, 0, COEFFICIENTS);
    out[COEFFICIENTS] = StrictMath.exp(x[COEFFICIENTS]);
  }
}
