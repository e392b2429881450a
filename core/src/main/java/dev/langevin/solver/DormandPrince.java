package dev.langevin.solver;

import dev.langevin.math.Check;

/**
 * The explicit Runge–Kutta pair 5(4) of Dormand &amp; Prince (1980) with a PI control of the step (Hairer, Nørsett &amp; Wanner 1993, II.4 and IV.2): for y' = f(t, y) in either
 * direction of t. Every step is accepted only if the difference of its two solutions, weighed by absolute + relative · |y| in every component, has root mean square at most 1; the
 * fifth-order solution goes on. That keeps the error of each step near the tolerance, and the error at the end near it where the equation does not spread solutions apart.
 *
 * <p>Seven evaluations in the first step, six in the others, a rejected one included. A worker: owns its scratch arrays, allocates nothing while it integrates.
 */
final class DormandPrince {
  /** f of y' = f(t, y). */
  @FunctionalInterface
  interface Slope {
    void at(double t, double[] y, double[] out);
  }

  private static final double[] TIMES = {0, 1.0 / 5, 3.0 / 10, 4.0 / 5, 8.0 / 9, 1, 1};
  private static final double[][] STAGES = {
    {},
    {1.0 / 5},
    {3.0 / 40, 9.0 / 40},
    {44.0 / 45, -56.0 / 15, 32.0 / 9},
    {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
    {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656},
    {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84}
  };

  /** Fifth-order weights less the fourth-order ones. */
  private static final double[] ERROR = {
    71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40
  };

  /** A copy of all numbers, for those who check them: the nodes, the stages, and the error weights. */
  static double[][] table() {
    double[][] table = new double[9][];
    table[0] = TIMES.clone();
    for (int s = 0; s < 7; s++) {
      table[s + 1] = STAGES[s].clone();
    }
    table[8] = ERROR.clone();
    return table;
  }

  private static final double SAFETY = 0.9;
  private static final double BETA = 0.04; // of the previous error, in the PI control
  private static final double ALPHA = 0.2 - 0.75 * BETA;
  private static final double SHRINK = 0.2;
  private static final double GROW = 10;

  private final double relative;
  private final double absolute;
  private final int limit;
  private final double[][] k;
  private final double[] trial;
  private long evaluations;

  /**
   * For vectors of {@code size} components.
   *
   * @param limit the most steps, tried ones included, that one integration may take
   */
  DormandPrince(int size, double relative, double absolute, int limit) {
    this.relative = Check.notNegative("relativeTolerance", relative);
    this.absolute = Check.positive("absoluteTolerance", absolute);
    this.limit = Check.atLeast("limit", limit, 1);
    k = new double[7][size];
    trial = new double[size];
  }

  /** How often f was asked in all integrations so far. */
  long evaluations() {
    return evaluations;
  }

  /**
   * Moves {@code y} from time {@code from} to time {@code to}.
   *
   * @throws ArithmeticException if the step becomes smaller than times can tell apart, or more than the limit are needed; y is then where it came to
   */
  void integrate(Slope f, double from, double to, double[] y) {
    double t = from;
    ask(f, t, y, k[0]);
    double h = firstStep(f, from, to, y);
    double before = 1e-4;
    boolean rejected = false;
    for (int step = 0; step < limit; step++) {
      boolean last = Math.abs(h) >= Math.abs(to - t) * (1 - 1e-12);
      h = last ? to - t : h;
      requireProgress(t, h);
      double error = tryStep(f, t, h, y);
      double factor = SAFETY * power(error, -ALPHA) * power(before, BETA);
      if (error <= 1) {
        t = last ? to : t + h;
        accept(y);
        if (last) {
          return;
        }
        h *= Math.min(rejected ? 1 : GROW, Math.max(SHRINK, factor));
        before = Math.max(error, 1e-4);
        rejected = false;
      } else { // NaN too: a step into what is not defined
        h *= error < 1e9 ? Math.max(SHRINK, SAFETY * power(error, -ALPHA)) : SHRINK;
        rejected = true;
      }
    }
    throw new ArithmeticException("more than " + limit + " steps needed; at time " + t);
  }

  /** StrictMath.pow without the arrays that it makes at every call. */
  private static double power(double base, double exponent) {
    return StrictMath.exp(exponent * StrictMath.log(base));
  }

  private static void requireProgress(double t, double h) {
    if (!(Math.abs(h) > Math.ulp(t))) {
      throw new ArithmeticException("step " + h + " too small at time " + t);
    }
  }

  private void ask(Slope f, double t, double[] y, double[] out) {
    f.at(t, y, out);
    evaluations++;
  }

  /** Fills the stages 1 … 6 and the trial point, returns the weighed error; stage 0 is there already. */
  private double tryStep(Slope f, double t, double h, double[] y) {
    for (int s = 1; s < 7; s++) {
      for (int i = 0; i < y.length; i++) {
        double sum = 0;
        for (int j = 0; j < s; j++) {
          sum += STAGES[s][j] * k[j][i];
        }
        trial[i] = y[i] + h * sum;
      }
      ask(f, t + TIMES[s] * h, trial, k[s]);
    }
    return error(h, y);
  }

  private double error(double h, double[] y) {
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      double difference = 0;
      for (int j = 0; j < 7; j++) {
        difference += ERROR[j] * k[j][i];
      }
      double ratio = h * difference / weight(y[i], trial[i]);
      sum += ratio * ratio;
    }
    return Math.max(1e-10, Math.sqrt(sum / y.length));
  }

  private double weight(double here, double there) {
    return absolute + relative * Math.max(Math.abs(here), Math.abs(there));
  }

  /** The trial point becomes the point, and the last slope the first (FSAL). */
  private void accept(double[] y) {
    System.arraycopy(trial, 0, y, 0, y.length);
    double[] first = k[0];
    k[0] = k[6];
    k[6] = first;
  }

  /** Hairer, Nørsett &amp; Wanner, II.4: from the sizes of y, y' and a difference quotient for y''. */
  private double firstStep(Slope f, double from, double to, double[] y) {
    double span = Math.abs(to - from);
    double d0 = size(y, y);
    double d1 = size(k[0], y);
    double h0 = Math.min(span, d0 < 1e-5 || d1 < 1e-5 ? 1e-6 * span : 0.01 * d0 / d1);
    double direction = Math.signum(to - from);
    for (int i = 0; i < y.length; i++) {
      trial[i] = y[i] + direction * h0 * k[0][i];
    }
    ask(f, from + direction * h0, trial, k[1]);
    for (int i = 0; i < y.length; i++) {
      k[1][i] -= k[0][i];
    }
    double d2 = size(k[1], y) / h0;
    double largest = Math.max(d1, d2);
    double h1 = largest <= 1e-15 ? Math.max(1e-6 * span, 1e-3 * h0) : power(0.01 / largest, 0.2);
    return direction * Math.min(span, Math.min(100 * h0, h1));
  }

  /** The root mean square of v in units of the tolerance at y. */
  private double size(double[] v, double[] y) {
    double sum = 0;
    for (int i = 0; i < v.length; i++) {
      double ratio = v[i] / weight(y[i], y[i]);
      sum += ratio * ratio;
    }
    return Math.sqrt(sum / v.length);
  }
}
