package dev.langevin.density.target;

import dev.langevin.density.Model;
import dev.langevin.math.Check;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Neal's funnel (Neal 2003, Annals of Statistics 31:705, section 8), normalised: v ~ N(0, s²) is the log variance of all others,
 * x_i ~ N(0, e^v). Its neck is e^(s) times narrower than its mouth is wide, more than any one step size fits.
 *
 * <pre>
 *   log p(v, x) = -v²/(2s²) - ½ e^-v Σ x_i² - (n/2) v - log s - ((n+1)/2) log 2π,     n = d - 1
 * </pre>
 *
 * <p>Known exactly: v is normal, E x_i = 0, Var x_i = E e^v = e^(s²/2). Neal's has d = 10 and s = 3. Reports {@code v}, {@code x[1]}, ….
 */
public final class Funnel implements Model {
  private final int dimension;
  private final double sd;
  private final double logConstant;

  /** Neal's funnel with s = 3 on R^d; d at least 2. */
  public Funnel(int dimension) {
    this(dimension, 3);
  }

  /**
   * A funnel.
   *
   * @param dimension d, at least 2
   * @param sd s, the standard deviation of v; positive
   */
  public Funnel(int dimension, double sd) {
    this.dimension = Check.atLeast("dimension", dimension, 2);
    this.sd = Check.positive("sd", sd);
    this.logConstant = -StrictMath.log(sd) - dimension * Covariance.HALF_LOG_TWO_PI;
  }

  @Override
  public String name() {
    return "funnel";
  }

  @Override
  public int dimension() {
    return dimension;
  }

  /** s, the standard deviation of v. */
  public double sd() {
    return sd;
  }

  @Override
  public double logDensity(double[] x, double[] gradient) {
    double v = x[0];
    double precision = Math.min(StrictMath.exp(-v), Double.MAX_VALUE); // 0 times it stays 0
    double square = 0;
    for (int i = 1; i < dimension; i++) {
      double pull = x[i] * precision;
      square += x[i] * pull;
      gradient[i] = -pull;
    }
    double n = dimension - 1.0;
    gradient[0] = -v / (sd * sd) + 0.5 * (square - n);
    return logConstant - 0.5 * (v * v / (sd * sd) + square + n * v);
  }

  /** Writes one draw into {@code out}; takes d normal numbers. */
  public void sample(RandomGenerator random, double[] out) {
    out[0] = sd * random.nextGaussian();
    double scale = StrictMath.exp(0.5 * out[0]);
    for (int i = 1; i < dimension; i++) {
      out[i] = scale * random.nextGaussian();
    }
  }

  @Override
  public List<String> outputs() {
    return Stream.concat(Stream.of("v"), Names.indexed("x", dimension - 1)).toList();
  }

  @Override
  public void report(double[] x, double[] out) {
    System.arraycopy(x, 0, out, 0, dimension);
  }
}
