package dev.langevin.bench;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.Spacing;
import dev.langevin.diffusion.VarianceExploding;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import dev.langevin.solver.AdamsBashforth;
import dev.langevin.solver.AdaptiveRungeKutta;
import dev.langevin.solver.AnnealedLangevin;
import dev.langevin.solver.Ddim;
import dev.langevin.solver.Ddpm;
import dev.langevin.solver.DpmSolverPlusPlus;
import dev.langevin.solver.EdmStochastic;
import dev.langevin.solver.Euler;
import dev.langevin.solver.EulerMaruyama;
import dev.langevin.solver.ExponentialIntegrator;
import dev.langevin.solver.Generation;
import dev.langevin.solver.Heun;
import dev.langevin.solver.Plms;
import dev.langevin.solver.PredictorCorrector;
import dev.langevin.solver.SdeDpmSolverPlusPlus;
import dev.langevin.solver.Solver;
import dev.langevin.solver.UniPc;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;

/**
 * Prints how few evaluations of the denoiser each solver needs, given the exact one of a mixture, until its rows are as near to real ones in sliced W₂ as real rows are to
 * others ({@link SolverTrial}). In the plane 8 modes on a circle of radius 2 and 25 on a 5 × 5 lattice of spacing 2, and ten with normal means in 64 dimensions; all of standard deviation
 * 0.3, the k-th with a weight proportional to k. (With equal weights and narrow modes symmetry does the solver's work, and three evaluations are enough for Euler's method.)
 *
 * <p>"As it comes" is what {@code generate} does with that many steps: the solver's own spacing, from 160 to 0.004 times the data's extent (80 … 0.002 at a standard deviation of 0.5). "Tuned" is the best of twelve settings: Karras's ρ = 2 and 7 and equal steps
 * of ln σ, from 20 or 80 times the extent to 0.2 or 0.6 of a mode's width.
 *
 * <p>At the floor is a recipe whose mean distance from real rows exceeds the floor's mean by less than two standard errors of the difference. The best of many settings on one
 * sample is partly luck: its errors, those of the steps and that of a start from N(0, σ_max² I), happen to cancel on these rows. So what passed the first trial is judged on {@value #TRIALS} trials more that share nothing with
 * it. Two numbers: evaluations of the first recipe at the floor on the first trial alone; and of the first that is also at the floor on three or more of the {@value #TRIALS}, and of all their pairs pooled. Exact draws in place of a recipe, printed too, pass each test at the floor nearly always. Deterministic: equal arguments, equal table.
 *
 * <p>Solvers that are one recursion under several names have one line. The adaptive one runs to the tolerances 10^{-n/4}; its evaluations are the mean over the rows.
 *
 * <p>Arguments: seed (1), most evaluations (32), part of a solver's label, part of a target's (all).
 */
public final class SolverTable {
  private static final int TRIALS = 5;
  private static final double SD = 0.3;

  private SolverTable() {}

  /** A mixture, its extent, and the trials; the first is the one that is tuned on. */
  private record Target(String name, double extent, List<SolverTrial> trials) {
    static Target of(Shape shape) {
      double[][] means = shape.means();
      double[] weights = new double[means.length];
      double[] sds = new double[means.length];
      double square = 0;
      for (int k = 0; k < means.length; k++) {
        weights[k] = 2 * (k + 1.0) / (means.length * (means.length + 1.0));
        sds[k] = SD;
        square += weights[k] * Arrays.stream(means[k]).map(m -> m * m).average().orElseThrow();
      }
      GaussianMixture law = GaussianMixture.isotropic(weights, means, sds);
      List<SolverTrial> trials = new ArrayList<>();
      for (int i = 0; i <= TRIALS; i++) {
        trials.add(new SolverTrial(law, shape.seed().child(i)));
      }
      return new Target(shape.name(), Math.sqrt(square), trials);
    }

    /** Mean floor, 95 % interval of the mean, and the range of single pairs. */
    String floor() {
      double[] all =
          trials.stream().flatMapToDouble(t -> Arrays.stream(t.floor())).sorted().toArray();
      double half = 2.01 * Math.sqrt(SolverTrial.scatter(all) / all.length); // Student, 47
      return String.format(
          Locale.ROOT,
          "%s: floor %.4f ± %.4f, single pairs %.4f to %.4f; exact draws %s",
          name,
          SolverTrial.average(all),
          half,
          all[0],
          all[all.length - 1],
          holds(SolverTrial::exact, this) ? "hold" : "do not hold");
    }
  }

  /** The means of a mixture, and the address of all that is drawn from it. */
  private record Shape(String name, double[][] means, Seed seed) {}

  private static Shape ring(Seed seed) {
    double[][] means = new double[8][];
    for (int k = 0; k < 8; k++) {
      double angle = Math.PI * k / 4;
      means[k] = new double[] {2 * StrictMath.cos(angle), 2 * StrictMath.sin(angle)};
    }
    return new Shape("8 modes", means, seed.child("ring"));
  }

  private static Shape lattice(Seed seed) {
    double[][] means = new double[25][];
    for (int k = 0; k < 25; k++) {
      means[k] = new double[] {2.0 * (k % 5) - 4, 2.0 * (k / 5) - 4};
    }
    return new Shape("25 modes", means, seed.child("lattice"));
  }

  private static Shape high(Seed seed) {
    double[][] means = new double[10][64];
    AddressedRandom random = Seed.of(64).random();
    for (double[] mean : means) {
      random.fillGaussian(mean, 0, 64);
    }
    return new Shape("64 dimensions", means, seed.child("high"));
  }

  private static Map<String, Solver> solvers() {
    Map<String, Solver> all = new LinkedHashMap<>();
    all.put("euler, ddim, dpm++1, adams-bashforth1, plms1", new Euler());
    all.put("heun", new Heun());
    all.put("dpm++2m", new DpmSolverPlusPlus(2));
    all.put("dpm++2m, rule HEUN", new DpmSolverPlusPlus(2, DpmSolverPlusPlus.Rule.HEUN, false, 0));
    all.put("dpm++3m", new DpmSolverPlusPlus(3));
    all.put(
        "dpm++2m, as diffusers", DpmSolverPlusPlus.diffusers(2, DpmSolverPlusPlus.Rule.MIDPOINT));
    all.put(
        "dpm++3m, as diffusers", DpmSolverPlusPlus.diffusers(3, DpmSolverPlusPlus.Rule.MIDPOINT));
    for (int order = 1; order <= 3; order++) {
      all.put("unipc" + order, new UniPc(order));
    }
    all.put("unipc2, as diffusers", UniPc.diffusers(2, UniPc.Scale.BH2));
    for (int order = 2; order <= 4; order++) {
      all.put("adams-bashforth" + order, new AdamsBashforth(order));
    }
    for (int blend = 2; blend <= 4; blend++) {
      all.put("plms" + blend, new Plms(blend));
    }
    all.put("adaptive-rk", new AdaptiveRungeKutta());
    all.put("ddpm, euler-ancestral, ddim eta 1, dpm++sde1", new Ddpm());
    all.put("ddpm, large", new Ddpm(Ddpm.Variance.LARGE));
    all.put("ddim, eta 0.5", new Ddim(0.5));
    all.put("dpm++sde2", new SdeDpmSolverPlusPlus(2));
    all.put("exponential", new ExponentialIntegrator());
    all.put("euler-maruyama", new EulerMaruyama());
    all.put("euler-maruyama, exploding", new EulerMaruyama(new VarianceExploding()));
    all.put("predictor-corrector", new PredictorCorrector());
    all.put("edm-stochastic", new EdmStochastic());
    all.put("annealed", new AnnealedLangevin());
    return all;
  }

  /** Every solver of the menu is one of these, or has its name in a label. */
  private static void requireWhole(Map<String, Solver> solvers) {
    for (Solver solver : Solver.menu()) {
      String name = solver.name();
      if (solvers.keySet().stream().noneMatch(label -> label.contains(name))
          && !solvers.containsValue(solver)) {
        throw new IllegalStateException("no line for " + name);
      }
    }
  }

  private static List<Generation> tuned(Solver solver, int steps, Target target) {
    List<Generation> all = new ArrayList<>();
    for (Spacing spacing :
        List.of(new Spacing.Karras(2), new Spacing.Karras(7), new Spacing.LogSnr())) {
      for (double low : new double[] {0.2 * SD, 0.6 * SD}) {
        for (double high : new double[] {20, 80}) {
          all.add(recipe(solver, spacing, steps, low, high * target.extent()));
        }
      }
    }
    return all;
  }

  private static List<Generation> plain(Solver solver, int steps, Target target) {
    return List.of(
        recipe(solver, solver.spacing(), steps, 0.004 * target.extent(), 160 * target.extent()));
  }

  private static Generation recipe(
      Solver solver, Spacing spacing, int steps, double low, double high) {
    if (!solver.adaptive()) {
      return new Generation(solver, spacing, steps, low, high);
    }
    double tolerance = StrictMath.pow(10, -steps / 4.0);
    return new Generation(new AdaptiveRungeKutta(tolerance, tolerance), spacing, 2, low, high);
  }

  /** Evaluations of the first recipe at the floor, of the first that holds, and which that was. */
  private record Found(String lucky, String confirmed, String how) {
    Found with(long evaluations, boolean holds, Generation recipe) {
      String count = Long.toString(evaluations);
      String first = lucky.startsWith(">") ? count : lucky;
      return holds ? new Found(first, count, settings(recipe)) : new Found(first, confirmed, how);
    }
  }

  private static Found search(IntFunction<List<Generation>> settings, Target target, int most) {
    Found found = new Found("> " + most, "> " + most, "");
    for (int n = 2; n <= most && found.how().isEmpty(); n += n < 14 ? 1 : n / 7) {
      for (Generation recipe : settings.apply(n)) {
        boolean adaptive = recipe.solver().adaptive();
        SolverTrial first = target.trials().get(0);
        if (found.how().isEmpty()
            && (adaptive || recipe.evaluations() <= most)
            && !first.hopeless(recipe)
            && SolverTrial.excess(first.distances(recipe), first.floor()) < 2
            && first.evaluations() <= most) {
          long count = Math.round(first.evaluations());
          found = found.with(count, holds(trial -> trial.distances(recipe), target), recipe);
        }
      }
    }
    return found;
  }

  /** Whether the fresh trials agree: three of five, and all pairs pooled; given up as soon as the pool is three standard errors off. */
  private static boolean holds(Function<SolverTrial, double[]> distances, Target target) {
    double[] pool = {};
    double[] floor = {};
    int passed = 0;
    for (SolverTrial trial : target.trials().subList(1, TRIALS + 1)) {
      double[] own = distances.apply(trial);
      passed += SolverTrial.excess(own, trial.floor()) < 2 ? 1 : 0;
      pool = DoubleStream.concat(Arrays.stream(pool), Arrays.stream(own)).toArray();
      floor = DoubleStream.concat(Arrays.stream(floor), Arrays.stream(trial.floor())).toArray();
      if (SolverTrial.excess(pool, floor) > 3) {
        return false;
      }
    }
    return passed > TRIALS / 2 && SolverTrial.excess(pool, floor) < 2;
  }

  private static String settings(Generation recipe) {
    return String.format(
        Locale.ROOT, "%s, %.2f … %.1f", recipe.spacing(), recipe.sigmaMin(), recipe.sigmaMax());
  }

  /** Prints the table. */
  public static void main(String[] args) {
    Seed seed = Seed.of(args.length > 0 ? Long.parseLong(args[0]) : 1);
    int most = args.length > 1 ? Integer.parseInt(args[1]) : 32;
    String part = args.length > 2 ? args[2] : "";
    String law = args.length > 3 ? args[3] : "";
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Map<String, Solver> solvers = solvers();
    requireWhole(solvers);
    List<Target> targets =
        List.of(ring(seed), lattice(seed), high(seed)).stream()
            .filter(shape -> shape.name().contains(law))
            .map(Target::of)
            .toList();
    targets.forEach(target -> out.println(target.floor()));
    out.println("| target | solver | as it comes | tuned | tuned: spacing, σ_min … σ_max |");
    out.println("|---|---|---|---|---|");
    for (Target target : targets) {
      solvers.forEach(
          (label, solver) -> {
            if (label.contains(part)) {
              Found plain = search(n -> plain(solver, n, target), target, most);
              Found tuned = search(n -> tuned(solver, n, target), target, most);
              out.println(
                  String.join(
                      " | ",
                      "| " + target.name(),
                      label,
                      plain.lucky() + ", " + plain.confirmed(),
                      tuned.lucky() + ", " + tuned.confirmed(),
                      tuned.how() + " |"));
            }
          });
    }
  }
}
