package dev.langevin.diagnostics;

import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Draws with the scores of a target that they may or may not belong to.
 *
 * @param positions {@code [chain][coordinate][draw]}
 * @param scores the same shape
 */
record SteinFixture(double[][][] positions, double[][][] scores) {
  /** The score of a target with independent coordinates. */
  interface CoordinateScore {
    double at(int coordinate, double x);
  }

  /** What a draw is made of: a standard normal number. */
  interface Draw {
    double of(int coordinate, double normal, AddressedRandom random);
  }

  /** Stationary autoregressions of standard normals, of correlation rho, changed by {@code draw}, with the given score. */
  static SteinFixture of(
      int chains, int d, int draws, double rho, Draw draw, CoordinateScore score, Seed seed) {
    double[][][] x = new double[chains][d][draws];
    double[][][] s = new double[chains][d][draws];
    for (int c = 0; c < chains; c++) {
      for (int i = 0; i < d; i++) {
        AddressedRandom random = seed.child(c).child(i).random();
        double z = random.nextGaussian();
        for (int n = 0; n < draws; n++) {
          z = rho * z + Math.sqrt(1 - rho * rho) * random.nextGaussian();
          x[c][i][n] = draw.of(i, z, random);
          s[c][i][n] = score.at(i, x[c][i][n]);
        }
      }
    }
    return new SteinFixture(x, s);
  }

  /** Of the standard normal's score, four chains of 1000 draws in five coordinates of correlation 0.3. */
  static SteinFixture normal(Draw draw, Seed seed) {
    return of(4, 5, 1000, 0.3, draw, (i, x) -> -x, seed);
  }

  /** The score of w N(0, 1) + (1 - w) N(apart, 1). */
  static CoordinateScore mixture(double w, double apart) {
    return (i, x) -> {
      double odds = (1 - w) / w * StrictMath.exp(apart * x - apart * apart / 2);
      return -x + apart * odds / (1 + odds);
    };
  }

  List<String> names() {
    return IntStream.range(0, positions[0].length).mapToObj(i -> "x[" + i + "]").toList();
  }

  SteinReport report(Seed seed) {
    return SteinReport.of(names(), positions, scores, SteinReport.FALSE_ALARM, 300, seed);
  }

  double worstRHat() {
    return IntStream.range(0, positions[0].length)
        .mapToDouble(i -> RHat.rank(SteinReport.series(positions, i)))
        .max()
        .orElseThrow();
  }
}
