package dev.langevin.distance;

import dev.langevin.density.ExactLaw;
import dev.langevin.math.Check;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Sets a distance beside its floor, since no distance between finite samples of one law is what it would be for infinite ones: real rows
 * are compared with other real rows in just the way in which the sample is compared with real rows.
 *
 * <p>The real rows are cut at random into two disjoint parts A and B of k rows, k = min(n, ⌊m/2⌋). The floor is the distance of A from B,
 * the measured distance that of k random rows of the sample from A. Both are repeated with fresh cuts and averaged.
 *
 * <p>Error bars. Measured: the distance's own standard error, averaged over the cuts; the average of several estimates scatters no more
 * than the average of their scatters, so this errs on the safe side. Floor: that of <em>one</em> comparison of real with real, and so what a
 * perfect sample's figure may differ by; the root mean square of the scatter over the cuts and of the distance's own standard error,
 * because few cuts know their scatter badly. (With the scatter over 8 cuts alone, 1 in 100 comparisons of equal laws exceeded 2.5.)
 *
 * <p>The reading speaks of a difference when measured and floor lie more than {@value #BEYOND} of the floor's error bars apart, and of a
 * clear one at twice that. Measured over 13,500 comparisons of equal laws (three distances, three pairs of sizes), the first happened
 * 18 times, at worst in 0.6 % of one setting, the second never. Of 600 comparisons by the other
 * distances (ten of them, 100 rows of 2 columns) the first happened once.
 */
public final class Comparisons {
  /** Random cuts of the real rows, unless told otherwise. */
  public static final int REPETITIONS = 8;

  private static final double BEYOND = 2.5;

  private Comparisons() {}

  /**
   * Compares a sample with real rows, {@value #REPETITIONS} times.
   *
   * @param distance how to compare
   * @param sample {@code n × d}, row-major
   * @param n rows of the sample, at least 2
   * @param real {@code m × d}, row-major
   * @param m real rows, at least 4
   * @param d columns
   * @param seed where the random cuts, and the distance's own numbers, come from
   */
  public static Comparison against(
      Distance distance, double[] sample, int n, double[] real, int m, int d, Seed seed) {
    return against(distance, sample, n, real, m, d, seed, REPETITIONS);
  }

  /**
   * Compares a sample with real rows. Calls the distance {@code 2 · repetitions} times.
   *
   * @param distance how to compare
   * @param sample {@code n × d}, row-major
   * @param n rows of the sample, at least 2
   * @param real {@code m × d}, row-major
   * @param m real rows, at least 4
   * @param d columns
   * @param seed where the random cuts, and the distance's own numbers, come from
   * @param repetitions random cuts of the real rows, at least 2
   */
  public static Comparison against(
      Distance distance,
      double[] sample,
      int n,
      double[] real,
      int m,
      int d,
      Seed seed,
      int repetitions) {
    Rows.require("sample", sample, n, d);
    Rows.require("real", real, m, d);
    Check.atLeast("rows of real", m, 4);
    Check.atLeast("repetitions", repetitions, 2);
    int k = Math.min(n, m / 2);
    int[] sampleOrder = Rows.order(n);
    int[] realOrder = Rows.order(m);
    double[] floor = new double[repetitions];
    double[] measured = new double[repetitions];
    double error = 0;
    double stated = 0;
    for (int r = 0; r < repetitions; r++) {
      Seed address = seed.child("comparison").child(r);
      AddressedRandom random = address.child("cut").random();
      Rows.shuffle(sampleOrder, random);
      Rows.shuffle(realOrder, random);
      double[] s = Rows.pick(sample, d, sampleOrder, 0, k);
      double[] a = Rows.pick(real, d, realOrder, 0, k);
      double[] b = Rows.pick(real, d, realOrder, k, 2 * k);
      Estimate one = distance.between(s, k, a, k, d, address.child("distance"));
      measured[r] = one.value();
      error += one.standardError() / repetitions;
      Estimate other = distance.between(b, k, a, k, d, address.child("distance"));
      floor[r] = other.value();
      stated += other.standardError() * other.standardError() / repetitions;
    }
    Estimate top = new Estimate(Rows.mean(measured), error);
    Estimate bottom =
        new Estimate(Rows.mean(floor), Math.sqrt((Rows.variance(floor) + stated) / 2));
    String reading = reading(distance, top, bottom, REAL, "with " + k + " rows on each side");
    return new Comparison(distance.name(), top, bottom, reading);
  }

  /**
   * Compares a sample with a law that can be drawn from exactly. The floor is the mean distance from the law of as many exact draws, over some repetitions; its standard error that of one
   * such comparison, as above.
   *
   * @param distance how to compare
   * @param sample {@code n × d}, row-major
   * @param n rows of the sample, at least 2
   * @param d columns
   * @param law what the distance must know of the law
   * @param exact the same law, to draw from
   * @param seed where the exact draws, and the distance's own numbers, come from
   * @param repetitions exact samples, at least 2
   */
  public static <L> Comparison against(
      LawDistance<L> distance,
      double[] sample,
      int n,
      int d,
      L law,
      ExactLaw exact,
      Seed seed,
      int repetitions) {
    Rows.require("sample", sample, n, d);
    Check.between("dimension of exact", exact.dimension(), d, d);
    Check.atLeast("repetitions", repetitions, 2);
    double[] floor = new double[repetitions];
    double stated = 0;
    for (int r = 0; r < repetitions; r++) {
      Seed address = seed.child("exact").child(r);
      Estimate one =
          distance.between(
              draws(exact, n, d, address.child("draws")), n, d, law, address.child("distance"));
      floor[r] = one.value();
      stated += one.standardError() * one.standardError() / repetitions;
    }
    Estimate top = distance.between(sample, n, d, law, seed.child("distance"));
    Estimate bottom =
        new Estimate(Rows.mean(floor), Math.sqrt((Rows.variance(floor) + stated) / 2));
    String reading = reading(distance, top, bottom, LAW, "with " + n + " rows");
    return new Comparison(distance.name(), top, bottom, reading);
  }

  /**
   * Words two figures that were measured already.
   *
   * @param figure what was measured
   * @param measured between the sample and real rows
   * @param floor between other real rows and the same real rows, by as many rows; its standard error is taken for the scatter of one such comparison
   * @param rows on each side
   */
  public static Comparison of(Figure figure, Estimate measured, Estimate floor, int rows) {
    String reading = reading(figure, measured, floor, REAL, "with " + rows + " rows on each side");
    return new Comparison(figure.name(), measured, floor, reading);
  }

  private static double[] draws(ExactLaw exact, int n, int d, Seed seed) {
    AddressedRandom random = seed.random();
    double[] rows = new double[n * d];
    double[] row = new double[d];
    for (int i = 0; i < n; i++) {
      exact.sample(random, row);
      System.arraycopy(row, 0, rows, i * d, d);
    }
    return rows;
  }

  /** (measured - floor) in scatters of the floor; zero if they are equal. */
  static double excess(Estimate measured, Estimate floor) {
    double difference = measured.value() - floor.value();
    return difference == 0 ? 0 : difference / floor.standardError();
  }

  /**
   * How a comparison is worded.
   *
   * @param measured what stands beside what
   * @param floor the same for the floor
   * @param reference what the sample may differ from
   * @param closer what it means to be closer than the floor
   */
  private record Words(String measured, String floor, String reference, String closer) {}

  private static final Words REAL =
      new Words(
          "Between the sample and real rows ",
          ", between real rows and other real rows ",
          "real data",
          "closer than real rows are to each other, so rows of the sample may be copies of real ones");
  private static final Words LAW =
      new Words(
          "Between the sample and the law ",
          ", between exact draws and the law ",
          "the law",
          "closer than exact draws are, so rows of the sample are not independent draws");

  private static String reading(
      Figure figure, Estimate measured, Estimate floor, Words words, String size) {
    return words.measured()
        + figure.meaning(measured.value())
        + words.floor()
        + figure.display(floor.value())
        + ": "
        + verdict(excess(measured, floor), words, size)
        + ".";
  }

  private static String verdict(double excess, Words words, String size) {
    if (excess > 2 * BEYOND) {
      return "the sample clearly differs from " + words.reference();
    }
    if (excess > BEYOND) {
      return "the sample differs from " + words.reference() + " by more than chance";
    }
    if (excess < -BEYOND) {
      return words.closer();
    }
    return "no difference beyond chance, " + size;
  }

  /** Three significant digits. */
  static String rounded(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(new MathContext(3)).toPlainString()
        : String.valueOf(value);
  }
}
