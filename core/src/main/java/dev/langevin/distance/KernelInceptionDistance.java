package dev.langevin.distance;

import dev.langevin.random.Seed;

/**
 * The kernel distance of features (Bi&#324;kowski, Sutherland, Arbel &amp; Gretton 2018, KID): the unbiased squared maximum mean discrepancy with
 * k(x, y) = (x·y/d + 1)³. It compares means, covariances and third moments, and nothing else; it has no bias that depends on the number of rows, which
 * {@link FrechetDistance} has. On features of a network it is the KID; on plain rows it is the same figure of the rows.
 *
 * <p>All rows enter one U-statistic in place of the mean over random subsets of 1,000 of the source: same mean, less scatter, and a
 * standard error to second order, measured to be 0.92 … 1.04 of the scatter where the laws differ and 1.12 … 1.22 where they are equal (n = 200, d = 2 and 10). Not invariant to a shift of the origin, as the source's is not. O((nx + ny)² d).
 */
public record KernelInceptionDistance() implements Distance {
  @Override
  public String name() {
    return "kernel distance (KID)";
  }

  @Override
  public Estimate between(double[] x, int nx, double[] y, int ny, int d, Seed seed) {
    Rows.require("x", x, nx, d);
    Rows.require("y", y, ny, d);
    double unit = 1.0 / d;
    KernelSums.Kernel cubic =
        (values, count) -> {
          for (int j = 0; j < count; j++) {
            double base = values[j] * unit + 1;
            values[j] = base * base * base;
          }
        };
    return new KernelSums(KernelSums.Of.PRODUCT, cubic, d).unbiased(x, nx, y, ny);
  }
}
