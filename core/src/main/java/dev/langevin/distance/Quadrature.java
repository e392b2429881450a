package dev.langevin.distance;

import dev.langevin.density.LogDensity;
import dev.langevin.math.Check;

/**
 * Total variation and relative entropy between two laws with densities, in one or two dimensions, by adaptive cubature:
 *
 * <pre>
 *   TV(p, q) = ½ ∫ |p - q|          KL(p ‖ q) = ∫ p ln(p/q) = ∫ [p ln(p/q) - p + q]
 * </pre>
 *
 * <p>The densities need not be normalised: each is divided by its integral over the box. So both laws are those within the box, and what lies outside is not seen. A mode much
 * narrower than a cell's width/15 can be missed: give more cells. The relative entropy is integrated in its last form, whose integrand is never negative.
 *
 * <p>The errors are sums over the cells of |Kronrod - Gauss| with those of the normalisation: for smooth densities far above the true errors.
 *
 * @param box where to integrate
 * @param cells cells along every axis to begin with, at least 1
 * @param tolerance error at which to stop, positive
 * @param evaluations most evaluations of each density in either of two passes, after which the error is what it is; at least 225
 */
public record Quadrature(Box box, int cells, double tolerance, int evaluations) {
  public Quadrature {
    Check.atLeast("cells", cells, 1);
    Check.positive("tolerance", tolerance);
    Check.atLeast("evaluations", evaluations, 225);
  }

  /** 16 cells along every axis, to 1e-6, at most 4 million evaluations. */
  public static Quadrature over(Box box) {
    return new Quadrature(box, 16, 1e-6, 4_000_000);
  }

  /**
   * A value that is wrong by at most about {@code error}, with nothing left to chance.
   *
   * @param value the approximation
   * @param error estimate of its error, usually far too large
   */
  public record Approximation(double value, double error) {}

  /**
   * What the quadrature found.
   *
   * @param totalVariation TV(p, q), between 0 and 1
   * @param relativeEntropy KL(p ‖ q) in nats; infinite where p has mass and q none
   * @param logMassFirst ln ∫ p over the box: 0 where p is normalised and lies within
   * @param logMassSecond ln ∫ q over the box
   */
  public record Divergences(
      Approximation totalVariation,
      Approximation relativeEntropy,
      double logMassFirst,
      double logMassSecond) {}

  /**
   * Compares two laws. NaN wherever a log density is NaN; a law without mass in the box is refused.
   *
   * @param p log density of the dimension of the box, up to a constant
   * @param q likewise
   */
  public Divergences between(LogDensity p, LogDensity q) {
    box.requireDimension("dimension of p", p.dimension());
    box.requireDimension("dimension of q", q.dimension());
    double shiftP = highest(p);
    double shiftQ = highest(q);
    CellIntegral masses =
        new CellIntegral(
            (x, out) -> {
              out[0] = StrictMath.exp(p.logDensity(x) - shiftP);
              out[1] = StrictMath.exp(q.logDensity(x) - shiftQ);
            },
            box.dimension());
    CellIntegral.Cell mass = normalised(masses);
    double logP = shiftP + StrictMath.log(mass.first());
    double logQ = shiftQ + StrictMath.log(mass.second());
    Integrand integrand = new Integrand(p, q, logP, logQ);
    CellIntegral.Cell sum =
        new CellIntegral(integrand, box.dimension()).adaptive(box, cells, tolerance, evaluations);
    double errorP = mass.firstError() / mass.first();
    double errorQ = mass.secondError() / mass.second();
    double kl = integrand.escaped ? Double.POSITIVE_INFINITY : sum.second();
    return new Divergences(
        new Approximation(sum.first(), sum.firstError() + (errorP + errorQ) / 2),
        new Approximation(kl, sum.secondError() + errorP * (1 + Math.abs(kl)) + errorQ),
        logP,
        logQ);
  }

  /** The integrals of both scaled densities, to the tolerance relative to themselves. */
  private CellIntegral.Cell normalised(CellIntegral masses) {
    CellIntegral.Cell rough = masses.adaptive(box, cells, Double.POSITIVE_INFINITY, 0);
    double smaller = Math.min(rough.first(), rough.second());
    return masses.adaptive(box, cells, tolerance * smaller / 4, evaluations);
  }

  /** The highest log density at the nodes of the first cells: only a scale, it need not be the maximum. */
  private double highest(LogDensity p) {
    double[] highest = {Double.NEGATIVE_INFINITY};
    CellIntegral scan =
        new CellIntegral(
            (x, out) -> highest[0] = Math.max(highest[0], p.logDensity(x)), box.dimension());
    scan.adaptive(box, cells, Double.POSITIVE_INFINITY, 0);
    if (highest[0] == Double.NEGATIVE_INFINITY) {
      throw new IllegalArgumentException("each law must have mass in the box, found none");
    }
    return highest[0];
  }

  /** ½|p - q| and p ln(p/q) - p + q of the normalised densities. */
  private static final class Integrand implements CellIntegral.Pair {
    private final LogDensity first;
    private final LogDensity second;
    private final double logFirst;
    private final double logSecond;
    private boolean escaped;

    Integrand(LogDensity first, LogDensity second, double logFirst, double logSecond) {
      this.first = first;
      this.second = second;
      this.logFirst = logFirst;
      this.logSecond = logSecond;
    }

    @Override
    public void at(double[] x, double[] out) {
      double logP = first.logDensity(x) - logFirst;
      double logQ = second.logDensity(x) - logSecond;
      double p = StrictMath.exp(logP);
      double q = StrictMath.exp(logQ);
      out[0] = Math.abs(p - q) / 2;
      escaped |= p > 0 && logQ == Double.NEGATIVE_INFINITY;
      out[1] = p == 0 || logQ == Double.NEGATIVE_INFINITY ? q : p * (logP - logQ) - p + q;
    }
  }
}
