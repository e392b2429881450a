package dev.langevin.app;

import dev.langevin.diffusion.OrnsteinUhlenbeck;
import dev.langevin.diffusion.VarianceExploding;
import dev.langevin.solver.AdamsBashforth;
import dev.langevin.solver.AdaptiveRungeKutta;
import dev.langevin.solver.AnnealedLangevin;
import dev.langevin.solver.Consistency;
import dev.langevin.solver.Ddim;
import dev.langevin.solver.Ddpm;
import dev.langevin.solver.DpmSolverPlusPlus;
import dev.langevin.solver.EdmStochastic;
import dev.langevin.solver.Euler;
import dev.langevin.solver.EulerAncestral;
import dev.langevin.solver.EulerMaruyama;
import dev.langevin.solver.ExponentialIntegrator;
import dev.langevin.solver.Heun;
import dev.langevin.solver.Plms;
import dev.langevin.solver.PredictorCorrector;
import dev.langevin.solver.SdeDpmSolverPlusPlus;
import dev.langevin.solver.Solver;
import dev.langevin.solver.UniPc;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The menu of solvers: for each its name, what it is for, its source, its settings, and how they become a recipe. <b>A new solver is one entry here</b>; the command
 * line, {@code langevin solvers}, the checks and the provenance follow from it.
 */
final class SolverMenu {
  private static final String ODE = "probability-flow ODE";
  private static final String SDE = "reverse SDE";

  private static final Setting LOWER =
      new Setting("lower-below", "on fewer steps than this the last ones are of lower order (0)");

  private static final Setting EXPLODING =
      new Setting(
          "exploding", "1 for the variance-exploding process, 0 for Ornstein–Uhlenbeck (0)");

  private static final List<Entry> ENTRIES =
      Stream.of(oneStep(), multistep(), stochastic()).flatMap(List::stream).toList();

  /** Not on a denoiser, so not among the others. */
  static final Entry CONSISTENCY =
      new Entry(
          "consistency",
          "consistency function",
          "one evaluation a step, for models of 'langevin distill', where it needs no naming",
          "Song, Dhariwal, Chen & Sutskever 2023, algorithm 1",
          List.of(),
          values -> new Consistency());

  private SolverMenu() {}

  private static List<Entry> oneStep() {
    return List.of(
        new Entry(
            "heun",
            ODE,
            "order 2, two evaluations a step: the safe choice",
            "Karras, Aittala, Aila & Laine 2022, algorithm 1",
            List.of(),
            values -> new Heun()),
        new Entry(
            "euler",
            ODE,
            "order 1: the plain reference",
            "Song, Meng & Ermon 2021",
            List.of(),
            values -> new Euler()),
        new Entry(
            "ddim",
            ODE,
            "order 1; with eta > 0 a part of the noise is fresh",
            "Song, Meng & Ermon 2021, eq. 12 and 16",
            List.of(new Setting("eta", "share of fresh noise, from 0 to 1 (0)")),
            values -> new Ddim(values.or("eta", new Ddim().eta()))));
  }

  private static List<Entry> multistep() {
    return List.of(
        new Entry(
            "dpm++",
            ODE,
            "DPM-Solver++, multistep: order 3 with one evaluation a step",
            "Lu, Zhou, Bao, Chen, Li & Zhu 2022, algorithm 2",
            List.of(
                new Setting("order", "1 to 3 (3)"),
                new Setting("heun", "1 weighs the second order exactly, 0 as in the paper (0)"),
                new Setting("halved", "1 for diffusers' third order, which loses it (0)"),
                LOWER),
            SolverMenu::plusPlus),
        new Entry(
            "unipc",
            ODE,
            "UniPC, predictor and corrector: one evaluation a step, order p + 1",
            "Zhao, Bai, Rao, Zhou & Lu 2023, algorithms 1 to 3",
            List.of(
                new Setting("order", "p, 1 to 3 (3)"),
                new Setting("bh1", "1 for the scale B(h) = h, 0 for 1 - exp(-h) (0)"),
                LOWER),
            values ->
                new UniPc(
                    values.whole("order", 3),
                    values.flag("bh1", false) ? UniPc.Scale.BH1 : UniPc.Scale.BH2,
                    values.whole("lower-below", 0))),
        new Entry(
            "adams-bashforth",
            ODE,
            "order 3 with one evaluation a step, weights of the grid's own steps",
            "Zhang & Chen 2023",
            List.of(new Setting("order", "1 to 4 (3)")),
            values -> new AdamsBashforth(values.whole("order", new AdamsBashforth().order()))),
        new Entry(
            "plms",
            ODE,
            "PNDM's multistep blend, with the weights of equal steps: order 2",
            "Liu, Ren, Lin & Zhao 2022, eq. 11 and 12",
            List.of(new Setting("blend", "how many slopes are blended, 1 to 4 (4)")),
            values -> new Plms(values.whole("blend", new Plms().blend()))),
        new Entry(
            "adaptive-rk",
            ODE,
            "Dormand and Prince's pair 5(4) to a tolerance; each row chooses its own steps",
            "Dormand & Prince 1980; Song et al. 2021",
            List.of(
                new Setting("relative", "tolerance of a step, relative to |x| (0.00001)"),
                new Setting("absolute", "tolerance of a step (0.00001)")),
            SolverMenu::adaptive));
  }

  private static List<Entry> stochastic() {
    return List.of(
        new Entry(
            "exponential",
            SDE,
            "exponential integrator of the reversed Ornstein–Uhlenbeck process: the one with a theorem",
            "Chen, Chewi, Li, Li, Salim & Zhang 2023, eq. 5",
            List.of(),
            values -> new ExponentialIntegrator()),
        new Entry(
            "ddpm",
            SDE,
            "ancestral sampling, weak order 1",
            "Ho, Jain & Abbeel 2020, algorithm 2",
            List.of(new Setting("large", "1 for the larger of the two variances (0)")),
            values ->
                new Ddpm(values.flag("large", false) ? Ddpm.Variance.LARGE : Ddpm.Variance.SMALL)),
        new Entry(
            "euler-ancestral",
            SDE,
            "ancestral sampling by its name in k-diffusion: ddim with eta = 1",
            "Song, Meng & Ermon 2021",
            List.of(),
            values -> new EulerAncestral()),
        new Entry(
            "dpm++sde",
            SDE,
            "DPM-Solver++ for the SDE: second-order mean, fresh noise",
            "Lu, Zhou, Bao, Chen, Li & Zhu 2022, eq. 18",
            List.of(
                new Setting("order", "1 or 2 (2)"),
                new Setting("heun", "1 weighs the second order exactly, 0 as in the paper (0)"),
                LOWER),
            values ->
                new SdeDpmSolverPlusPlus(
                    values.whole("order", 2), rule(values), values.whole("lower-below", 0))),
        new Entry(
            "edm-stochastic",
            SDE,
            "Heun with churn: fresh noise that forgets earlier errors",
            "Karras, Aittala, Aila & Laine 2022, algorithm 2",
            List.of(
                new Setting("churn", "about how many steps are taken twice (40)"),
                new Setting("from", "no churn below this level (0.05)"),
                new Setting("to", "no churn above this level (50)"),
                new Setting("inflation", "size of the fresh noise (1)")),
            SolverMenu::edm),
        new Entry(
            "euler-maruyama",
            SDE,
            "Euler's method on the process itself, weak order 1: the plain reference",
            "Maruyama 1955; Song et al. 2021",
            List.of(EXPLODING),
            values ->
                values.flag("exploding", false)
                    ? new EulerMaruyama(new VarianceExploding())
                    : new EulerMaruyama()),
        new Entry(
            "predictor-corrector",
            SDE,
            "reverse diffusion, with Langevin corrections at every level",
            "Song, Sohl-Dickstein, Kingma, Kumar, Ermon & Poole 2021, algorithms 2 to 5",
            List.of(
                new Setting("corrections", "Langevin steps on each level (1)"),
                new Setting("snr", "signal-to-noise ratio of a correction, between 0 and 1 (0.16)"),
                new Setting("own-norms", "1 for the norms of each row's own score and noise (0)"),
                new Setting("preserving", "1 for the Ornstein–Uhlenbeck process (0)")),
            SolverMenu::corrected),
        new Entry(
            "annealed",
            "Langevin",
            "Langevin steps on a ladder of levels",
            "Song & Ermon 2019, algorithm 1; 2020",
            List.of(
                new Setting("repeats", "steps on each level (5)"),
                new Setting("relative-step", "step size over the level's variance, below 4 (1)"),
                new Setting("denoised", "1 ends with the posterior mean (1)")),
            SolverMenu::annealed));
  }

  private static DpmSolverPlusPlus.Rule rule(Values values) {
    return values.flag("heun", false)
        ? DpmSolverPlusPlus.Rule.HEUN
        : DpmSolverPlusPlus.Rule.MIDPOINT;
  }

  private static Solver plusPlus(Values values) {
    return new DpmSolverPlusPlus(
        values.whole("order", 3),
        rule(values),
        values.flag("halved", false),
        values.whole("lower-below", 0));
  }

  private static Solver edm(Values values) {
    EdmStochastic usual = new EdmStochastic();
    return new EdmStochastic(
        values.or("churn", usual.churn()),
        values.or("from", usual.minimum()),
        values.or("to", usual.maximum()),
        values.or("inflation", usual.inflation()));
  }

  private static Solver adaptive(Values values) {
    AdaptiveRungeKutta usual = new AdaptiveRungeKutta();
    return new AdaptiveRungeKutta(
        values.or("relative", usual.relativeTolerance()),
        values.or("absolute", usual.absoluteTolerance()));
  }

  private static Solver corrected(Values values) {
    PredictorCorrector usual = new PredictorCorrector();
    return new PredictorCorrector(
        values.flag("preserving", false) ? new OrnsteinUhlenbeck() : usual.noising(),
        values.whole("corrections", usual.corrections()),
        values.or("snr", usual.snr()),
        values.flag("own-norms", false)
            ? PredictorCorrector.Norms.ROW
            : PredictorCorrector.Norms.EXPECTED);
  }

  private static Solver annealed(Values values) {
    AnnealedLangevin usual = new AnnealedLangevin();
    return new AnnealedLangevin(
        values.whole("repeats", usual.repeats()),
        values.or("relative-step", usual.relativeStep()),
        values.flag("denoised", usual.denoised()));
  }

  /**
   * One solver.
   *
   * @param name as in {@code --solver}
   * @param process what it discretises
   * @param purpose one line
   * @param source author, year, place
   * @param settings what may be set
   * @param recipe makes it
   */
  record Entry(
      String name,
      String process,
      String purpose,
      String source,
      List<Setting> settings,
      Function<Values, Solver> recipe) {
    /** The recipe with these settings. */
    Solver of(Map<String, Double> given) {
      Setting.requireKnown(given.keySet(), name, settings);
      return recipe.apply(new Values(given));
    }
  }

  /** All solvers. */
  static List<Entry> all() {
    return ENTRIES;
  }

  /** Their names. */
  static List<String> names() {
    return ENTRIES.stream().map(Entry::name).toList();
  }

  /**
   * The solver of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Entry named(String name) {
    return Stream.concat(ENTRIES.stream(), Stream.of(CONSISTENCY))
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "solver must be one of "
                        + names().stream().collect(Collectors.joining(", "))
                        + ", got "
                        + name));
  }
}
