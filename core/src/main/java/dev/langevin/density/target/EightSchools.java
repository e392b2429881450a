package dev.langevin.density.target;

import dev.langevin.density.Model;
import dev.langevin.math.Check;
import java.util.List;
import java.util.stream.Stream;

/**
 * Eight schools, the hierarchical model of coaching effects (Rubin 1981; Gelman et al., Bayesian Data Analysis, section 5.5), non-centred;
 * posteriordb's {@code eight_schools-eight_schools_noncentered}:
 *
 * <pre>
 *   t_j ~ N(0, 1),  mu ~ N(0, 5),  tau ~ half-Cauchy(0, 5)
 *   theta_j = mu + tau t_j,  y_j ~ N(theta_j, sigma_j)
 * </pre>
 *
 * <p>Unconstrained coordinates: t_1 … t_J, mu, log tau. Reports {@code theta[j]}, {@code mu}, {@code tau}.
 */
public final class EightSchools implements Model {
  private static final double MU_SD = 5;
  private static final ScalePrior TAU = ScalePrior.halfCauchy(5);

  private final double[] y;
  private final double[] precisions;

  /**
   * The posterior given these data.
   *
   * @param y estimated effect of each school, finite
   * @param sigma standard error of each, positive
   */
  public EightSchools(double[] y, double[] sigma) {
    Check.atLeast("number of schools", y.length, 1);
    Check.length("sigma", sigma, y.length);
    this.y = Check.allFinite("y", y).clone();
    this.precisions = new double[y.length];
    for (int j = 0; j < y.length; j++) {
      double sd = Check.positive("sigma[" + j + "]", sigma[j]);
      precisions[j] = 1 / (sd * sd);
    }
  }

  @Override
  public String name() {
    return "eight-schools";
  }

  @Override
  public int dimension() {
    return y.length + 2;
  }

  @Override
  public String coordinate(int index) {
    int schools = y.length;
    return index < schools ? "t[" + (index + 1) + "]" : index == schools ? "mu" : "log tau";
  }

  @Override
  public double logDensity(double[] x, double[] gradient) {
    int schools = y.length;
    double mu = x[schools];
    double logTau = x[schools + 1];
    double tau = StrictMath.exp(logTau);
    if (tau == Double.POSITIVE_INFINITY) {
      return Double.NEGATIVE_INFINITY;
    }
    double square = mu * mu / (MU_SD * MU_SD);
    double byMu = 0;
    double byTau = 0;
    for (int j = 0; j < schools; j++) {
      double t = x[j];
      double error = y[j] - (mu + tau * t);
      double pull = error * precisions[j];
      square += t * t + error * pull;
      gradient[j] = tau * pull - t;
      byMu += pull;
      byTau += pull * t;
    }
    gradient[schools] = byMu - mu / (MU_SD * MU_SD);
    gradient[schools + 1] = byTau * tau + TAU.slope(logTau);
    return -0.5 * square + TAU.logDensity(logTau);
  }

  @Override
  public List<String> outputs() {
    return Stream.concat(Names.indexed("theta", y.length), Stream.of("mu", "tau")).toList();
  }

  @Override
  public void report(double[] x, double[] out) {
    int schools = y.length;
    double mu = x[schools];
    double tau = StrictMath.exp(x[schools + 1]);
    for (int j = 0; j < schools; j++) {
      out[j] = mu + tau * x[j];
    }
    out[schools] = mu;
    out[schools + 1] = tau;
  }
}
