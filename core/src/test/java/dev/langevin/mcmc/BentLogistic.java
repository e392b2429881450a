package dev.langevin.mcmc;

import dev.langevin.density.Density;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * x1 ~ logistic(0, 1), x2 | x1 ~ N(0.3 x1², 1.5²): neither Gaussian nor a product, yet with exact draws, and with two functions of the
 * point that are independent and uniform (Rosenblatt 1952).
 */
final class BentLogistic implements Density {
  private static final double BEND = 0.3;
  private static final double SD = 1.5;
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  @Override
  public int dimension() {
    return 2;
  }

  @Override
  public double logDensity(double[] x, double[] gradient) {
    double rest = (x[1] - BEND * x[0] * x[0]) / SD;
    gradient[0] = -StrictMath.tanh(x[0] / 2) + rest / SD * 2 * BEND * x[0];
    gradient[1] = -rest / SD;
    return logDensity(x);
  }

  @Override
  public double logDensity(double[] x) {
    double rest = (x[1] - BEND * x[0] * x[0]) / SD;
    double a = Math.abs(x[0]);
    return -a - 2 * StrictMath.log1p(StrictMath.exp(-a)) - rest * rest / 2;
  }

  /** Writes an exact draw. */
  static void sample(RandomGenerator random, double[] out) {
    double u = 0.5 * (random.nextDouble() + random.nextDouble() / (1L << 53)) + 0x1p-60;
    double x = StrictMath.log(u) - StrictMath.log1p(-u); // u < 1/2: the lower half
    out[0] = random.nextBoolean() ? x : -x;
    out[1] = BEND * out[0] * out[0] + SD * random.nextGaussian();
  }

  /** Writes two numbers that are independent and uniform on (0, 1) if x is a draw, and a third that depends on both. */
  static void uniforms(double[] x, double[] out) {
    out[0] = 1 / (1 + StrictMath.exp(-x[0]));
    out[1] = NORMAL.cumulativeProbability((x[1] - BEND * x[0] * x[0]) / SD);
    out[2] = (out[0] + out[1]) % 1;
  }
}
