package dev.langevin.interchange;

import dev.langevin.diffusion.Clipping;
import dev.langevin.diffusion.DiscreteSchedule;
import dev.langevin.diffusion.Prediction;
import dev.langevin.diffusion.Spacing;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.diffusion.Timesteps;
import dev.langevin.diffusion.Timesteps.Between;
import dev.langevin.diffusion.Timesteps.Rule;
import dev.langevin.diffusion.VarianceExploding;
import dev.langevin.math.Check;
import dev.langevin.objective.EdmObjective;
import dev.langevin.objective.FormPreconditioning;
import dev.langevin.objective.Preconditioning;
import dev.langevin.objective.TimestepPreconditioning;
import dev.langevin.solver.ClippedDdim;
import dev.langevin.solver.Ddim;
import dev.langevin.solver.Ddpm;
import dev.langevin.solver.DiffusersDdim;
import dev.langevin.solver.Euler;
import dev.langevin.solver.EulerAncestral;
import dev.langevin.solver.Generation;
import dev.langevin.solver.Heun;
import dev.langevin.solver.Plms;
import dev.langevin.solver.PredictorCorrector;
import dev.langevin.solver.Solver;
import dev.langevin.solver.UnitStart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A scheduler's meaning, class by class. */
final class SchedulerReading {
  private final SchedulerConfig config;
  private final int steps;
  private final double eta;
  private final Compatibility compatibility;
  private final List<String> notes = new ArrayList<>();
  private final ChainSettings chain;
  private final MultistepSettings settings;

  SchedulerReading(SchedulerConfig config, int steps, double eta, Compatibility compatibility) {
    this.config = config;
    this.steps = Check.between("steps", steps, 1, ChainSettings.MOST_STEPS);
    this.eta = eta;
    this.compatibility = compatibility;
    chain = new ChainSettings(config, notes);
    settings = new MultistepSettings(config, steps, asThere(), notes);
  }

  SchedulerRun run() {
    for (String key : config.unknown()) {
      notes.add(key + " is no setting of " + config.className() + " and has no effect");
    }
    return switch (config.className()) {
      case SchedulerDefaults.DDPM -> ddpm();
      case SchedulerDefaults.DDIM -> ddim();
      case SchedulerDefaults.PNDM -> pndm();
      case SchedulerDefaults.EULER -> euler();
      case SchedulerDefaults.ANCESTRAL -> onSigmas(new EulerAncestral(), Optional.empty());
      case SchedulerDefaults.HEUN -> onSigmas(new Heun(), chain.clipping());
      case SchedulerDefaults.DPM -> dpm();
      case SchedulerDefaults.UNIPC -> multistep(settings.unipc(), chain.schedule());
      case SchedulerDefaults.EDM_EULER -> edm(new Euler(), Optional.empty());
      case SchedulerDefaults.EDM_DPM -> edm(settings.dpm(), chain.clipping());
      default -> scoreSde();
    };
  }

  private boolean asThere() {
    return compatibility == Compatibility.DIFFUSERS;
  }

  private static SchedulerRun run(
      Solver solver,
      TimeGrid grid,
      Preconditioning call,
      Optional<Clipping> clipping,
      List<String> notes) {
    Spacing listed = new Spacing.Listed(grid);
    Generation usual = Generation.of(solver);
    double first = grid.time(0);
    double last = Arrays.stream(grid.times()).filter(s -> s > 0).min().orElse(first);
    boolean several = last < first;
    Generation generation =
        new Generation(
            solver,
            listed,
            grid.steps(),
            several ? last : usual.sigmaMin(),
            several ? first : usual.sigmaMax());
    return new SchedulerRun(generation, call, clipping, notes);
  }

  private SchedulerRun onChain(
      Solver solver,
      DiscreteSchedule schedule,
      Levels levels,
      double end,
      Optional<Clipping> clipping) {
    NamedTimesteps call = levels.on(new TimestepPreconditioning(chain.prediction(), schedule));
    return run(solver, levels.to(end), call, clipping, notes);
  }

  private Levels visited(DiscreteSchedule schedule, boolean first) {
    Rule rule = chain.rule();
    int offset = chain.offset(rule, schedule);
    return Levels.of(new Timesteps(schedule, rule, offset, Between.ROUNDED, first), steps);
  }

  private SchedulerRun ddpm() {
    DiscreteSchedule schedule = chain.schedule();
    Levels levels = visited(schedule, true);
    String variance =
        config.text(
            "variance_type", "fixed_small", "fixed_small_log", "fixed_large", "fixed_large_log");
    boolean large = variance.startsWith("fixed_large");
    if (variance.equals("fixed_large_log")) {
      notes.add("variance_type fixed_large_log gives NaN in diffusers; it is read as fixed_large");
    }
    if (large && levels.timesteps()[steps - 1] > 0) {
      notes.add(
          "variance_type "
              + variance
              + ": diffusers adds noise in the last step too, since it is not from timestep 0; here the last step returns the posterior mean");
    }
    Ddpm solver = new Ddpm(large ? Ddpm.Variance.LARGE : Ddpm.Variance.SMALL);
    return onChain(new UnitStart(solver), schedule, levels, 0, chain.clipping());
  }

  private SchedulerRun ddim() {
    DiscreteSchedule schedule = chain.schedule();
    Levels levels = visited(schedule, true);
    boolean toZero = config.flag("set_alpha_to_one");
    Optional<Clipping> clipping = chain.clipping();
    Solver solver = missteps(schedule, toZero) ? new DiffusersDdim(schedule, eta) : new Ddim(eta);
    if (!toZero && clipping.isPresent() && levels.timesteps()[steps - 1] == 0) {
      notes.add(
          "set_alpha_to_one false: diffusers' last step leads from timestep 0 to itself and only clips; it is left out");
    }
    Solver clipped = clipping.<Solver>map(by -> new ClippedDdim(solver, by)).orElse(solver);
    double end = toZero ? 0 : schedule.sigma(1);
    return onChain(new UnitStart(clipped), schedule, levels, end, Optional.empty());
  }

  /** Whether DDIM is to step to other levels than it visits. */
  private boolean missteps(DiscreteSchedule schedule, boolean toZero) {
    Rule rule = chain.rule();
    boolean wrongThere =
        rule == Rule.LINSPACE || rule == Rule.TRAILING && schedule.steps() % steps != 0;
    if (!wrongThere) {
      return false;
    }
    String what =
        "timestep_spacing "
            + config.value("timestep_spacing")
            + ": diffusers' DDIM steps down by T/N timesteps and so to other levels than it visits; ";
    if (!asThere()) {
      notes.add(what + "here each step leads to the next level");
      return false;
    }
    if (!toZero) {
      throw new IllegalArgumentException(
          "set_alpha_to_one must be true where diffusers' steps are to be repeated with this timestep_spacing, got false");
    }
    notes.add(what + "this is repeated, as asked");
    return true;
  }

  private SchedulerRun pndm() {
    DiscreteSchedule schedule = chain.schedule();
    if (!config.flag("skip_prk_steps")) {
      notes.add(
          "skip_prk_steps false: the Runge-Kutta start is not there; the first step is Heun's, as with skip_prk_steps true");
    }
    if (chain.rule() != Rule.LEADING) {
      notes.add(
          "timestep_spacing: diffusers' PNDM steps down by T/N timesteps and so to other levels than it visits; here each step leads to the next level");
    }
    boolean toZero = config.flag("set_alpha_to_one");
    if (toZero) {
      notes.add(
          "set_alpha_to_one true: the last step returns the posterior mean, where diffusers goes on with the blend of noises");
    }
    double end = toZero ? 0 : schedule.sigma(1);
    Levels levels = visited(schedule, true);
    return onChain(new UnitStart(new Plms()), schedule, levels, end, Optional.empty());
  }

  private SchedulerRun euler() {
    config.require("timestep_type", "discrete", "the continuous one is for other networks");
    config.require("interpolation_type", "linear", "log_linear is not supported");
    return onSigmas(new Euler(), Optional.empty());
  }

  /** Euler, its ancestral form and Heun. */
  private SchedulerRun onSigmas(Solver solver, Optional<Clipping> clipping) {
    DiscreteSchedule schedule = chain.schedule();
    Rule rule = chain.rule();
    Between between = rule == Rule.LINSPACE ? Between.SIGMA : Between.ROUNDED;
    int offset = chain.offset(rule, schedule);
    Levels plain = Levels.of(new Timesteps(schedule, rule, offset, between, true), steps);
    double low = plain.timesteps()[steps - 1];
    double lowest =
        low == Math.rint(low)
            ? Levels.inSingle(schedule, (int) Math.max(0, low))
            : plain.sigmas()[steps - 1];
    Levels levels = shaped(plain, schedule, lowest, plain.sigmas()[0], false);
    boolean toZero = !config.settings().containsKey("final_sigmas_type") || chain.endsAtZero();
    Solver started = rule == Rule.LEADING ? new UnitStart(solver) : solver;
    return onChain(started, schedule, levels, toZero ? 0 : schedule.sigma(1), clipping);
  }

  /** The levels that {@code use_karras_sigmas} and its like put in place of the plain ones. */
  private Levels shaped(
      Levels plain, DiscreteSchedule schedule, double lowest, double highest, boolean whole) {
    List<String> keys =
        List.of("use_karras_sigmas", "use_exponential_sigmas", "use_beta_sigmas", "use_lu_lambdas");
    List<String> set =
        keys.stream().filter(k -> config.settings().containsKey(k) && config.flag(k)).toList();
    if (set.isEmpty()) {
      for (String key : List.of("sigma_min", "sigma_max")) {
        if (config.value(key) != null) {
          notes.add(
              key + " has no effect without use_karras_sigmas or its like, in diffusers neither");
        }
      }
      return plain;
    }
    if (set.size() > 1) {
      throw new IllegalArgumentException(set.get(1) + " must be false beside " + set.get(0));
    }
    double low = bound("sigma_min", lowest);
    double high = bound("sigma_max", highest);
    double[] sigmas =
        switch (set.get(0)) {
          case "use_karras_sigmas" -> Levels.karras(steps, low, high, 7);
          case "use_beta_sigmas" -> Levels.beta(steps, low, high);
          default -> Levels.exponential(steps, low, high);
        };
    return named(set.get(0), sigmas, schedule, whole);
  }

  private double bound(String key, double usual) {
    Double given = config.settings().containsKey(key) ? chain.optional(key) : null;
    if (given != null && !(given > 0 && given < Double.POSITIVE_INFINITY)) {
      throw config.wrong(key, "positive and finite");
    }
    return given == null ? usual : given;
  }

  /** DPM-Solver++ and UniPC tell the network whole numbers: rounded, or with the fraction cut off. */
  private Levels named(String shape, double[] sigmas, DiscreteSchedule schedule, boolean whole) {
    if (!whole) {
      return Levels.named(sigmas, schedule, t -> t);
    }
    boolean karras = shape.equals("use_karras_sigmas");
    boolean cosine = "squaredcos_cap_v2".equals(config.value("beta_schedule"));
    boolean unipc = config.className().equals(SchedulerDefaults.UNIPC);
    boolean rounds = karras && unipc || (karras || shape.equals("use_lu_lambdas")) && !cosine;
    return rounds
        ? Levels.named(sigmas, schedule, Math::rint)
        : Levels.named(sigmas, schedule, t -> Math.floor(t + 1e-6));
  }

  private SchedulerRun dpm() {
    settings.refuseFlow();
    if (config.value("variance_type") instanceof String type && type.startsWith("learned")) {
      throw config.wrong("variance_type", "no learned one: such networks are not read");
    }
    return multistep(settings.dpm(), chain.schedule());
  }

  /** DPM-Solver++ and UniPC on a chain. */
  private SchedulerRun multistep(Solver solver, DiscreteSchedule schedule) {
    Levels plain = visited(clipped(schedule), false);
    double lowest = Levels.inSingle(schedule, 0);
    Levels levels = shaped(plain, schedule, lowest, schedule.sigma(schedule.steps()), true);
    double end = chain.endsAtZero() ? 0 : schedule.sigma(1);
    return onChain(new UnitStart(solver), schedule, levels, end, chain.clipping());
  }

  /** Without the steps whose λ = -ln σ lies below {@code lambda_min_clipped}. */
  private DiscreteSchedule clipped(DiscreteSchedule schedule) {
    if (!config.settings().containsKey("lambda_min_clipped")) {
      return schedule;
    }
    double least = config.number("lambda_min_clipped");
    int kept = schedule.steps();
    while (kept > 0 && -StrictMath.log(schedule.sigma(kept)) < least) {
      kept--;
    }
    if (kept == schedule.steps()) {
      return schedule;
    }
    if (kept < 2 || chain.rule() == Rule.TRAILING) {
      throw config.wrong("lambda_min_clipped", "lower (or timestep_spacing not trailing)");
    }
    return new DiscreteSchedule(Arrays.copyOf(schedule.betas(), kept));
  }

  private SchedulerRun edm(Solver solver, Optional<Clipping> clipping) {
    double low = bound("sigma_min", 0);
    double high = bound("sigma_max", 0);
    if (low >= high) {
      throw config.wrong("sigma_min", "below sigma_max");
    }
    double rho = bound("rho", 7);
    boolean karras = config.text("sigma_schedule", "karras", "exponential").equals("karras");
    double[] sigmas =
        karras ? Levels.karras(steps, low, high, rho) : Levels.exponential(steps, low, high);
    TimeGrid grid = new Levels(sigmas, new double[0]).to(chain.endsAtZero() ? 0 : low);
    boolean negated =
        config.text("prediction_type", "epsilon", "v_prediction").equals("v_prediction");
    EdmObjective usual = new EdmObjective();
    EdmObjective edm =
        new EdmObjective(usual.logSigmaMean(), usual.logSigmaSd(), bound("sigma_data", 0.5));
    Preconditioning call = negated ? new Negated(edm) : edm;
    return run(new UnitStart(solver), grid, call, clipping, notes);
  }

  private SchedulerRun scoreSde() {
    double low = bound("sigma_min", 0);
    double high = bound("sigma_max", 0);
    double snr = config.number("snr");
    if (!(snr > 0 && snr < 1)) {
      throw config.wrong("snr", "strictly between 0 and 1");
    }
    if (low >= high) {
      throw config.wrong("sigma_min", "below sigma_max");
    }
    int corrections = config.whole("correct_steps", 0, 1000);
    notes.add(
        "snr: diffusers scales the corrector by norms averaged over the batch, here each row by its own; with one row they are the same");
    double eps = config.number("sampling_eps");
    if (!(eps >= 0 && eps < 1)) {
      throw config.wrong("sampling_eps", "from 0 to below 1");
    }
    notes.add(
        "sampling_eps: diffusers tells the network levels up to %s times those that it steps from, here it is told these"
            .formatted((float) StrictMath.pow(high / low, eps)));
    PredictorCorrector solver =
        new PredictorCorrector(
            new VarianceExploding(), corrections, snr, PredictorCorrector.Norms.ROW);
    TimeGrid grid = TimeGrid.exponential(steps, low, high);
    Preconditioning score = new FormPreconditioning(Prediction.SCORE, new VarianceExploding());
    return run(solver, grid, score, Optional.empty(), notes);
  }

  /** The name that diffusers has for a form. */
  static String name(Prediction form) {
    return switch (form) {
      case NOISE -> "epsilon";
      case VELOCITY -> "v_prediction";
      case DENOISED -> "sample";
      case SCORE ->
          throw new IllegalArgumentException("form must be one of a chain's network, got SCORE");
    };
  }
}
