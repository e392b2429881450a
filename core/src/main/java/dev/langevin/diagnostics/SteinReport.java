package dev.langevin.diagnostics;

import dev.langevin.math.Check;
import dev.langevin.math.NormalQuantile;
import dev.langevin.random.Seed;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Whether draws belong to the density whose scores they carry: the question that R-hat does not ask. R-hat compares chains with each
 * other; chains that agree on the wrong distribution (an unadjusted sampler of large step, a wrong temperature, a gradient that is not the density's, a place
 * that no step size of theirs enters) have R-hat 1.00. Here their draws are held against the gradient, by {@link SteinIdentity} and {@link
 * KernelSteinDiscrepancy}.
 *
 * <p><b>Not seen</b>: a mode that no chain has visited, and wrong weights of modes far apart. It cannot be otherwise. What a chain in one mode violates of
 * an identity is the flow of probability through the border that it does not cross, and a chain that
 * could show this flow in n independent draws would have crossed about √n times or more. Starts far apart (then R-hat sees it) and tempering
 * help. Nor is a density seen that is not the one that was meant, a forgotten Jacobian for example: its draws and its scores agree.
 *
 * @param identities BALANCE and SPREAD for each coordinate, then TOTAL
 * @param discrepancy the kernel Stein discrepancy
 * @param threshold |z| above which an identity counts as violated
 * @param significance p-value below which the discrepancy does
 * @param findings what is wrong, or one {@link Severity#GOOD} finding
 */
public record SteinReport(
    List<SteinIdentity> identities,
    KernelSteinDiscrepancy discrepancy,
    double threshold,
    double significance,
    List<Finding> findings) {
  /** The false-alarm rate of one report by default. */
  public static final double FALSE_ALARM = 0.001;

  private static final int CAP = 1000;
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  public SteinReport {
    identities = List.copyOf(identities);
    findings = List.copyOf(findings);
  }

  /**
   * Judges draws at {@link #FALSE_ALARM}, with at most 1000 points in the kernel.
   *
   * @see #of(List, double[][][], double[][][], double, int, Seed)
   */
  public static SteinReport of(
      List<String> names, double[][][] positions, double[][][] scores, Seed seed) {
    return of(names, positions, scores, FALSE_ALARM, CAP, seed);
  }

  /**
   * Judges draws. Half of the false-alarm rate goes to the identities (Bonferroni over all of them), half to the discrepancy.
   * O(d S log S + cap² (d + replicates)); replicates are few unless the draws are wrong, 2/falseAlarm at most.
   *
   * @param names of the coordinates, for the findings
   * @param positions {@code [chain][coordinate][draw]} in unconstrained space, at least four draws
   * @param scores the same shape: ∂ log p/∂x_i at each draw
   * @param falseAlarm probability that right draws get a finding, strictly between 0 and 1
   * @param cap most points in the kernel, at least {@value KernelSteinDiscrepancy#FEWEST}
   * @param seed where the bootstrap's signs come from
   */
  public static SteinReport of(
      List<String> names,
      double[][][] positions,
      double[][][] scores,
      double falseAlarm,
      int cap,
      Seed seed) {
    Check.inside("falseAlarm", falseAlarm, 0, 1);
    requireShapes(names.size(), positions, scores);
    List<SteinIdentity> identities = identities(positions, scores);
    double threshold = NormalQuantile.of(1 - falseAlarm / 4 / identities.size());
    KernelSteinDiscrepancy discrepancy =
        KernelSteinDiscrepancy.of(
            positions,
            scores,
            correlation(positions, scores),
            cap,
            (int) Math.min(1e6, Math.ceil(2 / falseAlarm)),
            seed);
    List<Finding> findings =
        new SteinFindings(names, positions, falseAlarm / 2, threshold)
            .judge(identities, discrepancy);
    return new SteinReport(identities, discrepancy, threshold, falseAlarm / 2, findings);
  }

  /**
   * The probability that right draws would violate anything as much as these: Bonferroni over identities and discrepancy. No smaller than the
   * bootstrap's resolution if only the discrepancy is violated; 1 where nothing can be judged.
   */
  public double pValue() {
    double z =
        identities.stream().mapToDouble(i -> Math.abs(i.z())).filter(a -> a >= 0).max().orElse(0);
    double identity = identities.size() * 2 * NORMAL.survivalProbability(z);
    double kernel = Double.isNaN(discrepancy.pValue()) ? 1 : discrepancy.pValue();
    return Math.min(1, 2 * Math.min(identity, kernel));
  }

  private static void requireShapes(int names, double[][][] positions, double[][][] scores) {
    Check.atLeast("chains", positions.length, 1);
    Check.between("chains of scores", scores.length, positions.length, positions.length);
    for (int c = 0; c < positions.length; c++) {
      Check.between("coordinates of positions", positions[c].length, names, names);
      Check.between("coordinates of scores", scores[c].length, names, names);
      for (int i = 0; i < names; i++) {
        Check.atLeast("draws", positions[c][i].length, 4);
        Check.length("positions", positions[c][i], positions[0][0].length);
        Check.length("scores", scores[c][i], positions[0][0].length);
      }
    }
  }

  private static List<SteinIdentity> identities(double[][][] positions, double[][][] scores) {
    List<SteinIdentity> identities = new ArrayList<>();
    int d = positions[0].length;
    double[][] total = new double[positions.length][positions[0][0].length];
    for (int i = 0; i < d; i++) {
      double[][] force = negated(series(scores, i));
      double[][] virial = virial(series(positions, i), force, d, total);
      identities.add(SteinIdentity.of(SteinIdentity.Kind.BALANCE, i, force, 0));
      identities.add(SteinIdentity.of(SteinIdentity.Kind.SPREAD, i, virial, 1));
    }
    identities.add(SteinIdentity.of(SteinIdentity.Kind.TOTAL, -1, total, 1));
    return identities;
  }

  private static double[][] negated(double[][] x) {
    double[][] y = new double[x.length][x[0].length];
    for (int c = 0; c < x.length; c++) {
      for (int n = 0; n < x[c].length; n++) {
        y[c][n] = -x[c][n];
      }
    }
    return y;
  }

  /** (x - mean) ∂V of a coordinate; adds a d-th of it to {@code total}. The mean as c makes the variance smallest. */
  private static double[][] virial(double[][] x, double[][] force, int d, double[][] total) {
    double mean = Series.mean(Series.pooled(x));
    double[][] virial = new double[x.length][x[0].length];
    for (int c = 0; c < x.length; c++) {
      for (int n = 0; n < x[c].length; n++) {
        virial[c][n] = (x[c][n] - mean) * force[c][n];
        total[c][n] += virial[c][n] / d;
      }
    }
    return virial;
  }

  /** The most draws that any coordinate or identity needs for one independent draw. */
  private static double correlation(double[][][] positions, double[][][] scores) {
    double total = (double) positions.length * positions[0][0].length;
    double most = 1;
    for (int i = 0; i < positions[0].length; i++) {
      most = atLeast(most, total / EffectiveSampleSize.mean(series(positions, i)));
      most = atLeast(most, total / EffectiveSampleSize.mean(series(scores, i)));
    }
    return most;
  }

  private static double atLeast(double most, double other) {
    return other > most ? other : most; // not a number counts for nothing
  }

  /** One coordinate, {@code [chain][draw]}. */
  static double[][] series(double[][][] values, int index) {
    double[][] series = new double[values.length][];
    for (int c = 0; c < values.length; c++) {
      series[c] = values[c][index];
    }
    return series;
  }
}
