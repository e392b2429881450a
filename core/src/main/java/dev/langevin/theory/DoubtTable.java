package dev.langevin.theory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A part of a curve and its slope as functions of γ, tabulated where they are first asked for: Chebyshev's polynomials with {@value #NODES} nodes on panels of u = ln(1 + γ/b), of length 1, halved until the last coefficients are
 * below {@value #TOLERANCE} of the whole curve's. Integrals are taken over the polynomials; since the slope is tabulated for itself, and not as a difference, those over short steps are as accurate as those over long ones.
 *
 * <p>What it remembers changes no value, so that threads may share it.
 */
final class DoubtTable {
  /** What is tabulated. */
  interface Source {
    /** At a γ ≥ 0: {part, its -d/dγ, whole curve, its -d/dγ}. */
    double[] at(double gamma);
  }

  static final int NODES = 14;
  static final double TOLERANCE = 2e-11;
  private static final double NEGLIGIBLE = 1e-6; // of mmse γ, nats
  private static final int HALVINGS = 5;
  private static final double[] GAUSS = { // and Legendre, of order 8
    0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363
  };
  private static final double[] WEIGHTS = {
    0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763
  };

  private final double scale; // b
  private final Source source;
  private final Map<Integer, List<Panel>> panels = new ConcurrentHashMap<>();

  /**
   * A table.
   *
   * @param scale b, near which γ begins to matter; positive
   */
  DoubtTable(double scale, Source source) {
    this.scale = scale;
    this.source = source;
  }

  /** Chebyshev coefficients of the two functions on [left, right]. */
  private record Panel(double left, double right, double[][] coefficients) {
    double at(int which, double u) {
      double x = (2 * u - left - right) / (right - left);
      double[] c = coefficients[which];
      double one = 0;
      double two = 0;
      for (int i = c.length - 1; i > 0; i--) { // Clenshaw 1955
        double now = c[i] + 2 * x * one - two;
        two = one;
        one = now;
      }
      return 0.5 * c[0] + x * one - two;
    }
  }

  private Panel panel(double u) {
    List<Panel> pieces =
        panels.computeIfAbsent(
            (int) Math.floor(u),
            first -> {
              List<Panel> made = new ArrayList<>();
              build(first, first + 1.0, HALVINGS, made);
              return made;
            });
    for (Panel piece : pieces) {
      if (u < piece.right) {
        return piece;
      }
    }
    return pieces.get(pieces.size() - 1);
  }

  private void build(double left, double right, int halvings, List<Panel> into) {
    double[][] values = new double[NODES][];
    double[] tops = new double[2];
    boolean zero = true;
    for (int i = 0; i < NODES; i++) {
      double x = StrictMath.cos(Math.PI * (i + 0.5) / NODES);
      double gamma = gamma(0.5 * (left + right) + 0.5 * (right - left) * x);
      values[i] = source.at(gamma);
      tops[0] = Math.max(tops[0], Math.max(values[i][2], NEGLIGIBLE / gamma));
      tops[1] = Math.max(tops[1], Math.max(values[i][3], NEGLIGIBLE / gamma / gamma));
      zero = zero && values[i][0] == 0 && values[i][1] == 0;
    }
    double[][] coefficients = {coefficients(values, 0), coefficients(values, 1)};
    if (zero
        || halvings == 0
        || (settled(coefficients[0], tops[0]) && settled(coefficients[1], 5 * tops[1]))) {
      into.add(new Panel(left, right, zero ? new double[][] {{0}, {0}} : coefficients));
      return;
    }
    double middle = 0.5 * (left + right);
    build(left, middle, halvings - 1, into);
    build(middle, right, halvings - 1, into);
  }

  private static boolean settled(double[] c, double top) {
    double last = 0;
    for (int i = NODES - 3; i < NODES; i++) {
      last += Math.abs(c[i]);
    }
    return last <= TOLERANCE * top;
  }

  private static double[] coefficients(double[][] values, int which) {
    double[] c = new double[NODES];
    Arrays.setAll(
        c,
        k -> {
          double sum = 0;
          for (int i = 0; i < NODES; i++) {
            sum += values[i][which] * StrictMath.cos(Math.PI * k * (i + 0.5) / NODES);
          }
          return 2 * sum / NODES;
        });
    return c;
  }

  private double gamma(double u) {
    return scale * StrictMath.expm1(u);
  }

  private double place(double gamma) {
    return StrictMath.log1p(gamma / scale);
  }

  /** The part at γ. */
  double at(double gamma) {
    double u = place(gamma);
    return panel(u).at(0, u);
  }

  /** ∫₀^γ of the part. */
  double integral(double gamma) {
    double end = place(gamma);
    return over(0, end, 0, (z, part) -> part * StrictMath.exp(end - z)) * scale;
  }

  /** ∫ (γ + step - g) · slope(g) dg over g from γ to γ + step: what the part falls short of its value at γ, integrated over the step. */
  double excess(double gamma, double step) {
    double start = place(gamma);
    double length = StrictMath.log1p(step / (gamma + scale));
    double top = gamma + step + scale;
    return over(start, length, 1, (z, slope) -> -StrictMath.expm1(-z) * StrictMath.exp(-z) * slope)
        * top
        * top;
  }

  private interface Integrand {
    /** At a distance z before the end. */
    double at(double z, double value);
  }

  /** ∫₀^length of the integrand over z, the function taken at u = start + length - z. */
  private double over(double start, double length, int which, Integrand integrand) {
    double end = start + length;
    Panel piece = panel(end);
    double sum = 0;
    double done = 0;
    while (true) {
      double next = Math.min(length, end - piece.left);
      if (next > done) {
        sum += over(piece, end, done, next, which, integrand);
        done = next;
      }
      if (done >= length || piece.left <= start) {
        return sum;
      }
      piece = panel(Math.nextDown(piece.left));
    }
  }

  private static double over(
      Panel piece, double end, double from, double to, int which, Integrand integrand) {
    double half = 0.5 * (to - from);
    double middle = 0.5 * (to + from);
    double sum = 0;
    for (int i = 0; i < GAUSS.length; i++) {
      double near = middle - half * GAUSS[i];
      double far = middle + half * GAUSS[i];
      sum +=
          WEIGHTS[i]
              * (integrand.at(near, piece.at(which, end - near))
                  + integrand.at(far, piece.at(which, end - far)));
    }
    return half * sum;
  }
}
