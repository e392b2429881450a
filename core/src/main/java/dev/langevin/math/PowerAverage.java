package dev.langevin.math;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * An average over the past with weights that are a power of time (Karras, Aittala, Lehtinen, Hellsten, Aila &amp; Laine 2024, section 3.1): of θ(τ) on [0, t] with the density p(τ) = (γ
 * + 1) τ^γ / t^(γ + 1). Its width is a fixed share of the time, and the beginning is forgotten. From averages that were kept along a run any other is put together afterwards ({@link
 * #synthesis}, ibid., section 3.2).
 *
 * <p>Where θ changes at whole times only, one step moves the average from (1 - 1/t)^(γ + 1) of itself and the rest of the new θ, and the result is the integral itself, not an
 * approximation: {@link #keep}.
 *
 * @param gamma γ, zero or more; 0 weighs all times alike
 * @param end t, positive
 */
public record PowerAverage(double gamma, double end) {
  /** The greatest {@link #length}, that of equal weights: 1/√12. */
  public static final double LONGEST = Math.sqrt(1 / 12.0);

  private static final double RIDGE = 1e-11; // the kept averages nearly depend on each other

  public PowerAverage {
    Check.notNegative("gamma", gamma);
    Check.positive("end", end);
  }

  /**
   * The one of relative length σ_rel, the standard deviation of the density over its end.
   *
   * @param length above 0, at most {@link #LONGEST}
   */
  public static PowerAverage ofLength(double length, double end) {
    if (!(length > 0 && length <= LONGEST)) {
      throw new IllegalArgumentException(
          "length must be above 0 and at most " + LONGEST + ", got " + length);
    }
    double low = 0;
    double high = 2 / length; // length(γ) < 1/γ
    while (true) {
      double middle = 0.5 * (low + high);
      if (middle <= low || middle >= high) {
        return new PowerAverage(middle, end);
      }
      if (length(middle) > length) {
        low = middle;
      } else {
        high = middle;
      }
    }
  }

  /** σ_rel = √(γ + 1) / ((γ + 2) √(γ + 3)) (ibid., eq. 3). */
  private static double length(double gamma) {
    return Math.sqrt((gamma + 1) / (gamma + 3)) / (gamma + 2);
  }

  /** The standard deviation of the density over its end. */
  public double length() {
    return length(gamma);
  }

  /** The same weights at another time. */
  public PowerAverage at(double time) {
    return new PowerAverage(gamma, time);
  }

  /**
   * The share of the old average that stays when θ has been constant since {@code stride} before this one's end: (1 - stride/t)^(γ + 1).
   *
   * @param stride positive, at most the end
   */
  public double keep(double stride) {
    return StrictMath.pow(1 - stride / end, gamma + 1);
  }

  /** ∫ p q dτ, in closed form (ibid., appendix C.3). */
  public double inner(PowerAverage q) {
    double shared = Math.min(end, q.end);
    double ratio =
        StrictMath.pow(shared / end, gamma + 1) * StrictMath.pow(shared / q.end, q.gamma + 1);
    return (gamma + 1) * (q.gamma + 1) / (gamma + q.gamma + 1) * ratio / shared;
  }

  /**
   * What a wanted average is made of.
   *
   * @param coefficients one for each that was kept; their sum is 1
   * @param error √(∫ (Σ c_i p_i - p)² / ∫ p²): how far the weights over time are from the wanted ones
   */
  public record Synthesis(double[] coefficients, double error) {
    public Synthesis {
      coefficients = coefficients.clone();
    }

    @Override
    public double[] coefficients() {
      return coefficients.clone();
    }
  }

  /**
   * This average from kept ones: the combination whose weights over time are nearest to the wanted ones in the mean square (ibid., section 3.2), among those whose coefficients sum to 1, so
   * that what never changed stays as it is. O(n³).
   *
   * @param kept no two the same, at least one
   */
  public Synthesis synthesis(List<PowerAverage> kept) {
    int n = kept.size();
    DMatrixRMaj gram = new DMatrixRMaj(n, n);
    DMatrixRMaj sides = new DMatrixRMaj(n, 2); // of the wanted average, and of the constraint
    double[] norm = new double[n];
    for (int i = 0; i < n; i++) {
      norm[i] = Math.sqrt(kept.get(i).inner(kept.get(i)));
      sides.set(i, 0, inner(kept.get(i)) / norm[i]);
      sides.set(i, 1, 1 / norm[i]);
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        gram.set(i, j, kept.get(i).inner(kept.get(j)) / (norm[i] * norm[j]));
      }
    }
    CommonOps_DDRM.addEquals(gram, RIDGE, CommonOps_DDRM.identity(n));
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(n);
    if (!solver.setA(gram)) {
      throw new IllegalArgumentException("kept must hold different averages, got " + kept);
    }
    DMatrixRMaj x = new DMatrixRMaj(n, 2);
    solver.solve(sides, x);
    return constrained(kept, norm, x);
  }

  private Synthesis constrained(List<PowerAverage> kept, double[] norm, DMatrixRMaj x) {
    double sum = 0;
    double unit = 0;
    for (int i = 0; i < norm.length; i++) {
      sum += x.get(i, 0) / norm[i];
      unit += x.get(i, 1) / norm[i];
    }
    double multiplier = (1 - sum) / unit;
    double[] coefficients = new double[norm.length];
    for (int i = 0; i < norm.length; i++) {
      coefficients[i] = (x.get(i, 0) + multiplier * x.get(i, 1)) / norm[i];
    }
    return new Synthesis(coefficients, error(kept, coefficients));
  }

  private double error(List<PowerAverage> kept, double[] c) {
    double square = inner(this);
    for (int i = 0; i < c.length; i++) {
      square -= 2 * c[i] * inner(kept.get(i));
      for (int j = 0; j < c.length; j++) {
        square += c[i] * c[j] * kept.get(i).inner(kept.get(j));
      }
    }
    return Math.sqrt(Math.max(0, square) / inner(this));
  }
}
