package dev.langevin.density.target;

import dev.langevin.density.Model;
import dev.langevin.math.Check;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The banana: a normal distribution bent along a parabola (Haario, Saksman &amp; Tamminen 1999, Computational Statistics 14:375), normalised.
 * With z ~ N(0, diag(s², 1, …, 1)),
 *
 * <pre>
 *   x_1 = z_1,   x_2 = z_2 - b (z_1² - s²),   x_i = z_i (i &gt; 2)
 *   log p(x) = -x_1²/(2s²) - ½ (x_2 + b (x_1² - s²))² - ½ Σ_{i&gt;2} x_i² - log s - (d/2) log 2π
 * </pre>
 *
 * <p>The bend preserves volume, so that everything about it is known: all means are 0, Var x_1 = s², Var x_2 = 1 + 2 b² s⁴. Their
 * paper has s = 10 with b = 0.03 (moderately) and b = 0.1 (strongly bent). Rosenbrock's function is the same shape: exp(-(a - x)²/20 - c (y -
 * x²)²) is a banana moved and scaled. Reports its coordinates.
 */
public final class Banana implements Model {
  private final int dimension;
  private final double bend;
  private final double sd;
  private final double logConstant;

  /**
   * A banana.
   *
   * @param dimension d, at least 2
   * @param bend b, finite
   * @param sd s, the standard deviation of the first coordinate; positive
   */
  public Banana(int dimension, double bend, double sd) {
    this.dimension = Check.atLeast("dimension", dimension, 2);
    this.bend = Check.finite("bend", bend);
    this.sd = Check.positive("sd", sd);
    this.logConstant = -StrictMath.log(sd) - dimension * Covariance.HALF_LOG_TWO_PI;
  }

  @Override
  public String name() {
    return "banana";
  }

  @Override
  public int dimension() {
    return dimension;
  }

  /** b. */
  public double bend() {
    return bend;
  }

  /** s, the standard deviation of the first coordinate. */
  public double sd() {
    return sd;
  }

  @Override
  public double logDensity(double[] x, double[] gradient) {
    double first = x[0] / sd;
    double second = x[1] + bend * (x[0] * x[0] - sd * sd);
    gradient[0] = -first / sd - second * 2 * bend * x[0];
    gradient[1] = -second;
    double square = first * first + second * second;
    for (int i = 2; i < dimension; i++) {
      gradient[i] = -x[i];
      square += x[i] * x[i];
    }
    return logConstant - 0.5 * square;
  }

  /** Writes one draw into {@code out}; takes d normal numbers. */
  public void sample(RandomGenerator random, double[] out) {
    for (int i = 0; i < dimension; i++) {
      out[i] = random.nextGaussian();
    }
    out[0] *= sd;
    out[1] -= bend * (out[0] * out[0] - sd * sd);
  }

  @Override
  public List<String> outputs() {
    return Names.coordinates(dimension);
  }

  @Override
  public void report(double[] x, double[] out) {
    System.arraycopy(x, 0, out, 0, dimension);
  }
}
