package dev.langevin.bench;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.GaussianMixtureDenoiser;
import dev.langevin.diffusion.Spacing;
import dev.langevin.distance.SlicedWasserstein;
import dev.langevin.random.Seed;
import dev.langevin.solver.DpmSolverPlusPlus;
import dev.langevin.solver.Generation;
import dev.langevin.solver.Solver;
import dev.langevin.solver.StepListener;
import dev.langevin.solver.UniPc;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Prints how few evaluations of the denoiser each solver needs on two mixtures in the plane, whose exact denoiser it gets, until 2,000 fresh rows are as near to
 * 2,000 real ones in sliced W₂ as real rows are to others: 8 modes on a circle of radius 2, and 25 on a 5 × 5 lattice of spacing 2, all of standard deviation 0.3,
 * the k-th with a weight proportional to k. (With equal weights and narrow modes symmetry does the solver's work, and three evaluations are enough for Euler's method.)
 * Once with the solver's own spacing between levels fixed beforehand, and once with the best of twelve spacings and ends of the levels.
 *
 * <p>Reached: over {@value #PAIRS} pairs of samples the mean distance exceeds the mean floor by less than two standard errors of the difference. A setting that is 2.5
 * scatters off on the first pair is not looked at again, and one that has reached the floor must do so a second time, with fresh rows. The
 * best of many settings is one whose errors cancel, those of the steps and that of a start from N(0, σ_max² I), which here misses the mean of the data: few evaluations as it
 * comes say more of a solver than few when tuned. Deterministic: equal
 * arguments, equal table.
 *
 * <p>Arguments: seed (1), most evaluations (64), part of a solver's name, part of a target's (all).
 */
public final class SolverTable {
  private static final int ROWS = 2000;
  private static final int PAIRS = 8;
  private static final SlicedWasserstein DISTANCE = new SlicedWasserstein(16);

  private SolverTable() {}

  /** A mixture with its exact denoiser, its extent, and what real rows are apart. */
  private record Target(String name, GaussianMixture law, double extent, Floor floor) {
    static Target of(String name, double[][] means, Seed seed) {
      double[] weights = new double[means.length];
      double[] sds = new double[means.length];
      double square = 0;
      for (int k = 0; k < means.length; k++) {
        weights[k] = 2 * (k + 1.0) / (means.length * (means.length + 1.0));
        sds[k] = SD;
        square += weights[k] * (means[k][0] * means[k][0] + means[k][1] * means[k][1]) / 2;
      }
      GaussianMixture law = GaussianMixture.isotropic(weights, means, sds);
      return new Target(name, law, Math.sqrt(square), Floor.of(law, seed));
    }
  }

  private static final double SD = 0.3;

  /** Real rows for each pair, and the distances of other real rows from them. */
  private record Floor(List<double[]> real, double mean, double variance) {
    static Floor of(GaussianMixture law, Seed seed) {
      List<double[]> real = new ArrayList<>();
      double[] distances = new double[PAIRS];
      for (int i = 0; i < PAIRS; i++) {
        real.add(draws(law, seed.child(2L * i)));
        distances[i] = distance(draws(law, seed.child(2L * i + 1)), real.get(i));
      }
      return new Floor(real, average(distances), scatter(distances));
    }
  }

  private static double[] draws(GaussianMixture law, Seed seed) {
    double[] rows = new double[2 * ROWS];
    double[] row = new double[2];
    for (int r = 0; r < ROWS; r++) {
      law.sample(seed.child(r).random(), row);
      System.arraycopy(row, 0, rows, 2 * r, 2);
    }
    return rows;
  }

  private static double distance(double[] one, double[] other) {
    return DISTANCE.between(one, ROWS, other, ROWS, 2, Seed.of(3)).value();
  }

  private static List<Target> targets(Seed seed) {
    double[][] ring = new double[8][2];
    for (int k = 0; k < 8; k++) {
      ring[k][0] = 2 * StrictMath.cos(Math.PI * k / 4);
      ring[k][1] = 2 * StrictMath.sin(Math.PI * k / 4);
    }
    double[][] lattice = new double[25][];
    for (int k = 0; k < 25; k++) {
      lattice[k] = new double[] {2.0 * (k % 5) - 4, 2.0 * (k / 5) - 4};
    }
    return List.of(
        Target.of("8 modes", ring, seed.child("ring")),
        Target.of("25 modes", lattice, seed.child("lattice")));
  }

  private static List<Solver> solvers() {
    List<Solver> solvers = new ArrayList<>(Solver.menu());
    solvers.add(new UniPc(2));
    solvers.add(DpmSolverPlusPlus.diffusers(2, DpmSolverPlusPlus.Rule.MIDPOINT));
    return solvers;
  }

  /** The settings tried for so many steps. */
  private static List<Generation> settings(Solver solver, int steps, Target target) {
    List<Generation> all = new ArrayList<>();
    for (Spacing spacing :
        List.of(new Spacing.Karras(2), new Spacing.Karras(7), new Spacing.LogSnr())) {
      for (double low : new double[] {0.2 * SD, 0.6 * SD}) {
        for (double high : new double[] {5, 20}) {
          all.add(new Generation(solver, spacing, steps, low, high * target.extent()));
        }
      }
    }
    return all;
  }

  /** A solver's own spacing, from twenty times the extent to a tenth of a mode's width. */
  private static Generation plain(Solver solver, int steps, Target target) {
    return new Generation(solver, steps, SD / 10, 20 * target.extent());
  }

  /** The first setting at the floor, with the fewest evaluations. */
  private static Optional<Generation> fewest(
      IntFunction<List<Generation>> settings, Target target, int most, Seed seed) {
    for (int steps = 2; steps <= most; steps += Math.max(1, steps / 10)) {
      for (Generation setting : settings.apply(steps)) {
        if (setting.evaluations() <= most
            && reaches(setting, target, seed.child(1))
            && reaches(setting, target, seed.child(2))) {
          return Optional.of(setting);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean reaches(Generation setting, Target target, Seed seed) {
    Floor floor = target.floor();
    Denoiser denoiser = new GaussianMixtureDenoiser(target.law());
    double[] distances = new double[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      double[] rows = setting.sample(denoiser, ROWS, ROWS, seed.child(i), StepListener.NONE);
      distances[i] = distance(rows, floor.real().get(i));
      if (i == 0 && distances[0] > floor.mean() + 2.5 * Math.sqrt(floor.variance())) {
        return false;
      }
    }
    double error = Math.sqrt((floor.variance() + scatter(distances)) / PAIRS);
    return average(distances) - floor.mean() < 2 * error;
  }

  private static double average(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value / values.length;
    }
    return sum;
  }

  private static double scatter(double[] values) {
    double mean = average(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean) / (values.length - 1);
    }
    return sum;
  }

  /** Prints the table. */
  public static void main(String[] args) {
    Seed seed = Seed.of(args.length > 0 ? Long.parseLong(args[0]) : 1);
    int most = args.length > 1 ? Integer.parseInt(args[1]) : 64;
    String part = args.length > 2 ? args[2] : "";
    String law = args.length > 3 ? args[3] : "";
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println("| target | solver | as it comes | tuned | spacing | σ_min | σ_max |");
    out.println("|---|---|---|---|---|---|---|");
    for (Target target : targets(seed.child("real"))) {
      for (Solver solver : solvers()) {
        if (solver.name().contains(part) && target.name().contains(law)) {
          Seed fresh = seed.child("fresh");
          Optional<Generation> plain =
              fewest(n -> List.of(plain(solver, n, target)), target, most, fresh);
          Optional<Generation> best = fewest(n -> settings(solver, n, target), target, most, fresh);
          out.println(line(target, solver, count(plain, most), best, count(best, most)));
        }
      }
    }
  }

  private static String count(Optional<Generation> found, int most) {
    return found.map(setting -> Long.toString(setting.evaluations())).orElse("> " + most);
  }

  private static String line(
      Target target, Solver solver, String plain, Optional<Generation> best, String count) {
    String how =
        best.map(
                setting ->
                    String.format(
                        Locale.ROOT,
                        "%s | %.2f | %.1f",
                        setting.spacing(),
                        setting.sigmaMin(),
                        setting.sigmaMax()))
            .orElse(" | | ");
    return "| "
        + target.name()
        + " | "
        + solver
        + " | "
        + plain
        + " | "
        + count
        + " | "
        + how
        + " |";
  }
}
