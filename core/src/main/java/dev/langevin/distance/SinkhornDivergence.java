package dev.langevin.distance;

import dev.langevin.math.Check;
import dev.langevin.random.Seed;

/**
 * The debiased Sinkhorn divergence with cost |x - y|² (Genevay, Peyré &amp; Cuturi 2018; Feydy et al. 2019, eq. 3):
 *
 * <pre>
 *   S(x, y) = OT_ε(x, y) - ½ OT_ε(x, x) - ½ OT_ε(y, y),    ε = regularisation · median squared distance of all rows
 * </pre>
 *
 * <p>Zero for equal samples, never negative, sees every kind of difference. Towards W2² for small ε, towards |difference of means|² for large ε; the bias of {@link
 * AssignmentWasserstein} in many columns is far smaller (the larger ε, the smaller). It is a square: twice the shift is four times the divergence.
 *
 * <p>The standard error is the infinitesimal jackknife: a row's influence is f_xy - f_xx, the gradient of S in its weight (Feydy et al. 2019, eq. 26; González-Sanz, Loubes &amp;
 * Niles-Weed 2022).
 * Measured against the scatter of 400 pairs (n = 200, d = 2 and 10): 1.03 … 1.14 of it where the laws differ (1.42 where one is wider, in 10 columns), 1.46 and 1.51 where they are equal.
 *
 * <p>O((nx + ny)² (d + iterations)), memory 8 nx ny bytes. Where the iterations end before the tolerance is met, the cross term, a value of the dual, is too small.
 * 2,000 rows of 64 columns took 0.8 s on one core.
 *
 * @param regularisation ε in units of the median squared distance, positive; 0.5 by default. Too small a
 *     fraction finds every row its own only neighbour in many columns: 0.05 gives 61 between normal samples at |m|² = 0.16 (n = 2000, d = 64), 0.5 gives 0.36
 * @param iterations most iterations for each of the three, at least 1
 * @param tolerance mean relative error of the marginals at which to stop, positive
 */
public record SinkhornDivergence(double regularisation, int iterations, double tolerance)
    implements Distance {
  public SinkhornDivergence {
    Check.positive("regularisation", regularisation);
    Check.atLeast("iterations", iterations, 1);
    Check.positive("tolerance", tolerance);
  }

  /** ε = half the median squared distance, at most 1,000 iterations, to 1e-6. */
  public static SinkhornDivergence defaults() {
    return new SinkhornDivergence(0.5, 1000, 1e-6);
  }

  @Override
  public String name() {
    return "Sinkhorn divergence";
  }

  @Override
  public Estimate between(double[] x, int nx, double[] y, int ny, int d, Seed seed) {
    Rows.require("x", x, nx, d);
    Rows.require("y", y, ny, d);
    double epsilon = regularisation * MedianHeuristic.squaredDistance(x, nx, y, ny, d);
    double[] fx = own(x, nx, d, epsilon);
    double[] gy = own(y, ny, d, epsilon);
    EntropicTransport cross = new EntropicTransport(x, nx, y, ny, d, epsilon);
    cross.solve(iterations, tolerance);
    double[] influenceX = difference(cross.f(), fx);
    double[] influenceY = difference(cross.g(), gy);
    double variance = Rows.variance(influenceX) / nx + Rows.variance(influenceY) / ny;
    return new Estimate(Rows.mean(influenceX) + Rows.mean(influenceY), Math.sqrt(variance));
  }

  private double[] own(double[] x, int n, int d, double epsilon) {
    EntropicTransport own = new EntropicTransport(x, n, x, n, d, epsilon);
    own.solveSymmetric(iterations, tolerance);
    return own.f();
  }

  private static double[] difference(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }
}
