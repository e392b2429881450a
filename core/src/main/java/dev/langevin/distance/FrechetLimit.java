package dev.langevin.distance;

import dev.langevin.random.Seed;

/**
 * The Fréchet distance without its bias of order 1/n (Chong &amp; Forsyth 2020, FID∞): with F(n) = F∞ + b/n on the average, halves of the samples have twice the bias, so that
 *
 * <pre>
 *   F∞ ≈ 2 F(n) - mean of F(n/2) over the four pairs of halves
 * </pre>
 *
 * <p>The source puts a line through 15 sizes; two sizes are the same line with the ends only, and all rows are used at either. What is left is of order 1/n². On equal laws it scatters about 0 and so is
 * negative half of the time. The standard error is that of {@link FrechetDistance}, whose leading term is the same; where the laws are equal or nearly so, the extrapolation scatters more than it
 * says: read it beside its floor. The halves are drawn at random from the seed, alike for samples of equal size, so that order within a sample does no harm.
 *
 * <p>O((nx + ny) d² + d³).
 */
public record FrechetLimit() implements Distance {
  @Override
  public String name() {
    return "Fréchet distance, n to infinity";
  }

  @Override
  public Estimate between(double[] x, int nx, double[] y, int ny, int d, Seed seed) {
    FrechetDistance frechet = new FrechetDistance();
    Estimate full = frechet.between(x, nx, y, ny, d, seed);
    if (Math.min(nx, ny) < 4) {
      return full;
    }
    double[][] ofX = halves(x, nx, d, seed);
    double[][] ofY = halves(y, ny, d, seed);
    double sum = 0;
    for (double[] a : ofX) {
      for (double[] b : ofY) {
        sum += frechet.between(a, nx / 2, b, ny / 2, d, seed).value();
      }
    }
    return new Estimate(2 * full.value() - sum / 4, full.standardError());
  }

  private static double[][] halves(double[] rows, int n, int d, Seed seed) {
    int[] order = Rows.order(n);
    Rows.shuffle(order, seed.child("halves").random());
    return new double[][] {
      Rows.pick(rows, d, order, 0, n / 2), Rows.pick(rows, d, order, n / 2, n / 2 * 2)
    };
  }
}
