package dev.langevin.solver;

import dev.langevin.diffusion.TimeGrid;

/**
 * A step of the reverse process in λ = -ln σ, from level s to level t, h = ln(s/t). With rate κ (1 for the probability-flow ODE, 2 for the reverse SDE)
 *
 * <p>x_t = e^{-κh} x_s + ∫₀¹ κh e^{-κh(1-u)} m(u) du + noise, m(u) = D(x; σ) at λ_s + uh:
 *
 * <p>the part that is linear in x is solved exactly, and the posterior mean m is replaced by a polynomial in u through its known values (Lu, Zhou, Bao, Chen, Li
 * &amp; Zhu 2022, eq. 9 and 14, and 18 for the SDE). The integral of u^i is the moment
 *
 * <p>ψ_0 = 1 - e^{-κh}, ψ_i = 1 - i ψ_{i-1}/(κh),
 *
 * <p>and the weight of a known value is the integral of its Lagrange polynomial. DPM-Solver++, its SDE form, and predictor and corrector of UniPC are this
 * rule with other nodes and, at low order, with another ψ_1.
 */
final class LogStep {
  private final TimeGrid grid;
  private final int k;
  private final double rate;

  /** Step {@code k} of a grid of noise levels. */
  LogStep(TimeGrid grid, int k, double rate) {
    this.grid = grid;
    this.k = k;
    this.rate = rate;
  }

  /** κh; infinite in a step to level 0. */
  double length() {
    return rate * StrictMath.log(grid.time(k) / grid.time(k + 1));
  }

  /** e^{-κh}, the factor on the point. */
  double keep() {
    double ratio = grid.time(k + 1) / grid.time(k);
    return rate == 1 ? ratio : StrictMath.pow(ratio, rate);
  }

  /** The standard deviation of the reverse SDE's noise, t √(1 - e^{-2h}). */
  static double fresh(double s, double t) {
    return t / s * Math.sqrt((s - t) * (s + t));
  }

  /**
   * Where the levels k, k-1, … lie in u.
   *
   * @param count number of levels
   * @param ahead whether 1, the level that the step leads to, comes first
   */
  double[] nodes(int count, boolean ahead) {
    double[] nodes = new double[count];
    double h = length() / rate;
    int first = ahead ? 1 : 0;
    for (int j = 0; j < count; j++) {
      nodes[j] = StrictMath.log(grid.time(k) / grid.time(k + first - j)) / h;
    }
    return nodes;
  }

  /** ψ_0 … ψ_{count-1}. Up the recursion where κh ≥ 1, and down it from a series where that would cancel. */
  double[] moments(int count) {
    double length = length();
    double[] psi = new double[count];
    if (length >= 1) {
      psi[0] = -StrictMath.expm1(-length);
      for (int i = 1; i < count; i++) {
        psi[i] = 1 - i * psi[i - 1] / length;
      }
    } else {
      psi[count - 1] = series(length, count - 1);
      for (int i = count - 1; i > 0; i--) {
        psi[i - 1] = (1 - psi[i]) * length / i;
      }
    }
    return psi;
  }

  /** ψ_i = y/(i+1) - y²/((i+1)(i+2)) + … for y = κh below 1. */
  private static double series(double y, int i) {
    double term = y / (i + 1);
    double sum = 0;
    for (int n = i + 2; Math.abs(term) > 1e-18 * sum; n++) {
      sum += term;
      term *= -y / n;
    }
    return sum;
  }

  /**
   * The weights of values at the nodes whose sum is right for every polynomial of lower degree than there are nodes: the integrals of the Lagrange polynomials.
   *
   * @param nodes different numbers
   * @param moments the integrals of 1, u, u², …; as many
   */
  static double[] weights(double[] nodes, double[] moments) {
    double[] weights = new double[nodes.length];
    for (int j = 0; j < nodes.length; j++) {
      double[] lagrange = lagrange(nodes, j);
      for (int i = 0; i < nodes.length; i++) {
        weights[j] += lagrange[i] * moments[i];
      }
    }
    return weights;
  }

  /** The coefficients of Π_{m≠j} (u - u_m)/(u_j - u_m), lowest power first. */
  private static double[] lagrange(double[] nodes, int j) {
    double[] c = new double[nodes.length];
    c[0] = 1;
    int degree = 0;
    for (int m = 0; m < nodes.length; m++) {
      if (m != j) {
        double gap = nodes[j] - nodes[m];
        degree++;
        for (int i = degree; i >= 0; i--) {
          c[i] = ((i > 0 ? c[i - 1] : 0) - nodes[m] * c[i]) / gap;
        }
      }
    }
    return c;
  }
}
