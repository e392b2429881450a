package dev.langevin.solver;

import dev.langevin.diffusion.TimeGrid;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The solvers on normal data once more, along one axis, as the papers print them: in the variance-preserving variables X = α x, α² + s² = 1, σ = s/α, λ = ln(α/s),
 * with divided differences, systems of equations and quadrature. Each is an affine function of the start and of the steps' noises. Written from the equations
 * and not from the solvers.
 */
final class LiteratureCase {
  private final double mean;
  private final double variance;
  private final TimeGrid grid;
  private final Planted c;
  private final int steps;

  private LiteratureCase(double mean, double variance, TimeGrid grid, Planted planted) {
    this.mean = mean;
    this.variance = variance;
    this.grid = grid;
    c = planted;
    steps = grid.steps();
  }

  /** A recursion along an axis. */
  @FunctionalInterface
  interface Recursion {
    Line run(LiteratureCase on);
  }

  static AffineLaw law(TimeGrid grid, Recursion recursion, Planted planted) {
    return NormalCase.law(
        grid.time(0),
        (mean, lambda) -> recursion.run(new LiteratureCase(mean, lambda, grid, planted)).map());
  }

  private double sigma(int k) {
    return grid.time(k);
  }

  private double alpha(int k) {
    return 1 / Math.sqrt(1 + sigma(k) * sigma(k));
  }

  private double s(int k) {
    return sigma(k) * alpha(k);
  }

  private double lambda(int k) {
    return -Math.log(sigma(k));
  }

  /** ᾱ_k/ᾱ_j subtracted from 1, k before j. */
  private double beta(int k, int j) {
    return (sigma(k) - sigma(j)) * (sigma(k) + sigma(j)) / (1 + sigma(k) * sigma(k));
  }

  /** E[x₀ | X/α] at level σ. */
  private Line denoised(Line x, double sigma) {
    double total = variance + sigma * sigma;
    return x.times(variance / total).plus(sigma * sigma / total, Line.constant(mean, steps));
  }

  private Line slope(Line x, double sigma) {
    return x.minus(denoised(x, sigma)).times(1 / sigma);
  }

  private Line noise(int k) {
    return Line.noise(k, steps);
  }

  /** Song, Meng &amp; Ermon 2021, eq. 12 and 16. */
  static Recursion ddim(double eta) {
    return on -> on.ddimRun(eta);
  }

  private Line ddimRun(double eta) {
    Line x = Line.start(steps).times(alpha(0));
    for (int k = 0; k < steps; k++) {
      Line m = denoised(x.times(1 / alpha(k)), sigma(k));
      Line epsilon = x.plus(-alpha(k), m).times(1 / s(k));
      double fresh = eta * s(k + 1) / s(k) * Math.sqrt(beta(k, k + 1));
      double old = Math.sqrt(s(k + 1) * s(k + 1) - fresh * fresh);
      x = m.times(c.of("signal", alpha(k + 1))).plus(c.of("noise", old), epsilon);
      x = x.plus(eta > 0 ? c.of("fresh", fresh) : 0, noise(k));
    }
    return x.times(1 / alpha(steps));
  }

  /** Ho, Jain &amp; Abbeel 2020, eq. 7. */
  static Recursion ddpm(boolean large) {
    return on -> on.ddpmRun(large);
  }

  private Line ddpmRun(boolean large) {
    Line x = Line.start(steps).times(alpha(0));
    for (int k = 0; k < steps; k++) {
      Line m = denoised(x.times(1 / alpha(k)), sigma(k));
      double beta = beta(k, k + 1);
      double before = s(k) * s(k);
      double after = s(k + 1) * s(k + 1);
      double v = large ? (after > 0 ? beta : 0) : after / before * beta;
      x =
          x.times(c.of("point", alpha(k) / alpha(k + 1) * after / before))
              .plus(c.of("mean", alpha(k + 1) * beta / before), m)
              .plus(c.of("fresh", Math.sqrt(v)), noise(k));
    }
    return x.times(1 / alpha(steps));
  }

  /** k-diffusion's, in its own variables. */
  static Recursion eulerAncestral() {
    return LiteratureCase::eulerAncestralRun;
  }

  private Line eulerAncestralRun() {
    Line x = Line.start(steps);
    for (int k = 0; k < steps; k++) {
      double from = sigma(k);
      double to = sigma(k + 1);
      double up = Math.sqrt(to * to * (from * from - to * to) / (from * from));
      double down = Math.sqrt(to * to - up * up);
      Line slope = slope(x, from);
      x = x.plus(c.of("step", down - from), slope).plus(c.of("up", up), noise(k));
    }
    return x;
  }

  /** Lu et al. 2022: multistep DPM-Solver++, and its SDE form when {@code sde}. */
  static Recursion dpm(int order, boolean heun, boolean halved, int lowerBelow, boolean sde) {
    return on -> on.dpmRun(order, heun, halved, lowerBelow, sde ? 2 : 1);
  }

  private Line dpmRun(int order, boolean heun, boolean halved, int lowerBelow, int rate) {
    Line x = Line.start(steps).times(alpha(0));
    Line[] m = new Line[steps];
    for (int k = 0; k < steps; k++) {
      m[k] = denoised(x.times(1 / alpha(k)), sigma(k));
      int p = order(order, k, lowerBelow);
      double h = lambda(k + 1) - lambda(k);
      double decay = Math.exp(-rate * h);
      double keep = s(k + 1) / s(k) * (rate == 2 ? Math.exp(-h) : 1);
      double alpha = alpha(k + 1);
      Line next = x.times(c.of("point", keep)).plus(c.of("m0", -alpha * (decay - 1)), m[k]);
      double exact = (decay - 1) / (rate * h) + 1;
      if (p == 2) {
        Line d1 = m[k].minus(m[k - 1]).times(c.of("1/r0", h / (lambda(k) - lambda(k - 1))));
        next = next.plus(c.of("D1", alpha * (heun ? exact : (1 - decay) / 2)), d1);
      } else if (p == 3) {
        double r0 = c.of("r0", (lambda(k) - lambda(k - 1)) / h);
        double r1 = c.of("r1", (lambda(k - 1) - lambda(k - 2)) / h);
        Line newer = m[k].minus(m[k - 1]).times(1 / r0);
        Line older = m[k - 1].minus(m[k - 2]).times(1 / r1);
        Line d1 = newer.plus(c.of("r0/(r0+r1)", r0 / (r0 + r1)), newer.minus(older));
        Line d2 = newer.minus(older).times(c.of("1/(r0+r1)", 1 / (r0 + r1)));
        double half = (decay - 1 + h) / (h * h) - 0.5;
        next = next.plus(c.of("D1, third", alpha * exact), d1);
        next = next.plus(c.of("D2", -alpha * half * (halved ? 1 : 2)), d2);
      }
      x = next;
      if (rate == 2) {
        double fresh = s(k + 1) * Math.sqrt(1 - decay);
        x = x.plus(c.of("fresh", fresh), noise(k));
      }
    }
    return x.times(1 / alpha(steps));
  }

  private int order(int order, int k, int lowerBelow) {
    if (sigma(k + 1) == 0) {
      return 1;
    }
    return Math.min(Math.min(order, k + 1), steps < lowerBelow ? steps - k : order);
  }

  /** Zhao et al. 2023, with x₀ predicted. */
  static Recursion unipc(int order, boolean bh1, int lowerBelow) {
    return on -> on.unipcRun(order, bh1, lowerBelow);
  }

  private Line unipcRun(int order, boolean bh1, int lowerBelow) {
    Line x = Line.start(steps).times(alpha(0));
    Line[] m = new Line[steps];
    Line before = x;
    int last = 0;
    for (int k = 0; k < steps; k++) {
      m[k] = denoised(x.times(1 / alpha(k)), sigma(k));
      if (k > 0) {
        x = unipcStep("C", before, m, k - 1, last, bh1, true);
      }
      last = order(order, k, lowerBelow);
      before = x;
      x = unipcStep("P", x, m, k, last, bh1, false);
    }
    return x.times(1 / alpha(steps));
  }

  /** From level k to k + 1 with the differences to k - 1, …, and to k + 1 when correcting. */
  private Line unipcStep(String tag, Line x, Line[] m, int k, int p, boolean bh1, boolean correct) {
    double h = lambda(k + 1) - lambda(k);
    double phi = Math.expm1(-h);
    double b = bh1 ? -h : phi;
    double alpha = alpha(k + 1);
    Line next =
        x.times(c.of(tag + " point", s(k + 1) / s(k))).plus(c.of(tag + " m0", -alpha * phi), m[k]);
    int count = correct ? p : p - 1;
    double[] rk = new double[count];
    Line[] d = new Line[count];
    for (int i = 0; i < count; i++) {
      boolean ahead = i == p - 1;
      int at = ahead ? k + 1 : k - 1 - i;
      rk[i] = ahead ? 1 : c.of(tag + p + " rk" + i, (lambda(at) - lambda(k)) / h);
      d[i] = m[at].minus(m[k]).times(1 / rk[i]);
    }
    double[] rho = rho(tag + p, rk, phi, -h, b);
    for (int i = 0; i < count; i++) {
      next = next.plus(c.of(tag + p + " rho" + i, -alpha * b * rho[i]), d[i]);
    }
    return next;
  }

  private double[] rho(String tag, double[] rk, double phi, double hh, double b) {
    int count = rk.length;
    if (count < 2) {
      return new double[] {0.5};
    }
    DMatrixRMaj matrix = new DMatrixRMaj(count, count);
    DMatrixRMaj right = new DMatrixRMaj(count, 1);
    double q = phi / hh - 1;
    double factorial = 1;
    for (int i = 0; i < count; i++) {
      factorial *= i + 1;
      right.set(i, 0, c.of(tag + " b" + i, q * factorial / b));
      q = q / hh - 1 / (factorial * (i + 2));
      for (int j = 0; j < count; j++) {
        matrix.set(i, j, Math.pow(rk[j], i));
      }
    }
    DMatrixRMaj rho = new DMatrixRMaj(count, 1);
    CommonOps_DDRM.solve(matrix, right, rho);
    return rho.getData();
  }

  /** Newton's polynomial through the last slopes, integrated by Gauss's three points, which are exact to degree 5. */
  static Recursion adamsBashforth(int order) {
    return on -> on.adamsRun(order);
  }

  private Line adamsRun(int order) {
    Line x = Line.start(steps);
    Line[] f = new Line[steps];
    for (int k = 0; k < steps; k++) {
      f[k] = slope(x, sigma(k));
      Line[] difference = new Line[order(order, k, 0)];
      for (int i = 0; i < difference.length; i++) {
        difference[i] = f[k - i];
      }
      for (int level = 1; level < difference.length; level++) {
        for (int i = difference.length - 1; i >= level; i--) {
          double gap = sigma(k - i) - sigma(k - i + level);
          difference[i] = difference[i].minus(difference[i - 1]).times(1 / gap);
        }
      }
      for (int i = 0; i < difference.length; i++) {
        x = x.plus(c.of("difference " + i, newtonIntegral(k, i)), difference[i]);
      }
    }
    return x;
  }

  /** ∫ (σ - σ_k) (σ - σ_{k-1}) … over the step, {@code i} factors. */
  private double newtonIntegral(int k, int i) {
    double half = (sigma(k + 1) - sigma(k)) / 2;
    double sum = 0;
    double[] nodes = {-Math.sqrt(0.6), 0, Math.sqrt(0.6)};
    double[] weights = {5 / 9.0, 8 / 9.0, 5 / 9.0};
    for (int g = 0; g < 3; g++) {
      double sigma = sigma(k) + half * (1 + nodes[g]);
      double product = weights[g] * half;
      for (int j = 0; j < i; j++) {
        product *= sigma - sigma(k - j);
      }
      sum += product;
    }
    return sum;
  }

  /** Liu et al. 2022: the transfer of eq. 11 with blends of noises, in the variance-preserving variables. */
  static Recursion plms(int blend) {
    return on -> on.plmsRun(blend);
  }

  private Line plmsRun(int blend) {
    double[][] blends = {{1}, {1.5, -0.5}, {23, -16, 5}, {55, -59, 37, -9}};
    double[] over = {1, 1, 12, 24};
    Line x = Line.start(steps).times(alpha(0));
    Line[] epsilon = new Line[steps];
    for (int k = 0; k < steps; k++) {
      epsilon[k] = slope(x.times(1 / alpha(k)), sigma(k));
      int p = sigma(k + 1) == 0 ? 1 : Math.min(blend, k + 1);
      Line e = Line.constant(0, steps);
      for (int j = 0; j < p; j++) {
        e = e.plus(c.of("blend " + p + " of " + j, blends[p - 1][j] / over[p - 1]), epsilon[k - j]);
      }
      if (k == 0 && blend > 1 && sigma(1) > 0) {
        Line trial = transfer("trial", k, x, e);
        Line second = slope(trial.times(1 / alpha(1)), sigma(1));
        e = e.times(c.of("first half", 0.5)).plus(c.of("second half", 0.5), second);
      }
      x = transfer("", k, x, e);
    }
    return x.times(1 / alpha(steps));
  }

  private Line transfer(String tag, int k, Line x, Line epsilon) {
    double at = alpha(k) * alpha(k);
    double ap = alpha(k + 1) * alpha(k + 1);
    double gain = at * beta(k, k + 1) / (at / ap); // ᾱ_p - ᾱ_t
    double below = at * s(k + 1) + Math.sqrt(at * s(k) * s(k) * ap);
    return x.times(c.of(tag + " point", alpha(k + 1) / alpha(k)))
        .plus(c.of(tag + " noise", -gain / below), epsilon);
  }

  /** Karras et al. 2022, algorithm 2. */
  static Recursion edm(double churn, double low, double high, double inflation) {
    return on -> on.edmRun(churn, low, high, inflation, false);
  }

  /** The same noising, with the exact flow in place of Heun's steps: the law that algorithm 2 tends to. */
  static Recursion edmLimit(double churn, double low, double high, double inflation) {
    return on -> on.edmRun(churn, low, high, inflation, true);
  }

  private Line edmRun(double churn, double low, double high, double inflation, boolean exact) {
    Line x = Line.start(steps);
    for (int k = 0; k < steps; k++) {
      double s = sigma(k);
      double t = sigma(k + 1);
      double gamma = s >= low && s <= high ? Math.min(churn / steps, Math.sqrt(2) - 1) : 0;
      double hat = s + c.of("gamma", gamma) * s;
      x = x.plus(c.of("fresh", Math.sqrt(hat * hat - s * s) * inflation), noise(k));
      if (exact) {
        double gain = Math.sqrt((variance + t * t) / (variance + hat * hat));
        x = x.times(gain).plus(1 - gain, Line.constant(mean, steps));
        continue;
      }
      Line first = slope(x, hat);
      Line trial = x.plus(c.of("trial", t - hat), first);
      if (t > 0) {
        x = x.plus(c.of("first", (t - hat) / 2), first);
        x = x.plus(c.of("second", (t - hat) / 2), slope(trial, t));
      } else {
        x = trial;
      }
    }
    return x;
  }
}
