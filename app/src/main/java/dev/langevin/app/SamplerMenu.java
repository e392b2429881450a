package dev.langevin.app;

import dev.langevin.adapt.LearnedIndependence;
import dev.langevin.adapt.MetricAdaptation;
import dev.langevin.anneal.ParallelTempering;
import dev.langevin.anneal.Reference;
import dev.langevin.mcmc.Barker;
import dev.langevin.mcmc.CoordinateGibbs;
import dev.langevin.mcmc.Hmc;
import dev.langevin.mcmc.Mala;
import dev.langevin.mcmc.Mams;
import dev.langevin.mcmc.Mclmc;
import dev.langevin.mcmc.Nuts;
import dev.langevin.mcmc.RandomWalkMetropolis;
import dev.langevin.mcmc.Sampler;
import dev.langevin.mcmc.Scan;
import dev.langevin.mcmc.Slice;
import dev.langevin.mcmc.Trajectory;
import dev.langevin.mcmc.Ula;
import dev.langevin.mcmc.Underdamped;
import dev.langevin.solver.InnerParticles;
import dev.langevin.solver.ReverseDiffusionMonteCarlo;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The menu of samplers: for each its name, what it is for, its settings, and how they become a recipe. <b>A new sampler is one entry here</b>; the command line,
 * {@code langevin samplers}, the checks and the provenance follow from it.
 */
final class SamplerMenu {
  private static final int MOST_STEPS = 1000;

  private static final Setting STEP_SIZE =
      new Setting("step-size", "where the step size starts; warm-up adapts it");

  private static final Setting SCALE =
      new Setting("scale", "root mean square size of a coordinate, within a factor of 2 (1)");

  private static final List<Entry> ENTRIES =
      Stream.of(hamiltonian(), langevin(), metropolis(), annealing())
          .flatMap(List::stream)
          .toList();

  private SamplerMenu() {}

  private static List<Entry> hamiltonian() {
    return List.of(
        new Entry(
            "hmc",
            "Hamiltonian",
            "Hamiltonian Monte Carlo with jittered length: fast where lengths are known",
            List.of(
                STEP_SIZE,
                new Setting("steps", "leapfrog steps for each draw, without jitter"),
                new Setting("trajectory", "length of the path for each draw (π/2)")),
            SamplerMenu::hmc),
        new Entry(
            "nuts",
            "Hamiltonian",
            "the no-U-turn sampler: finds lengths by itself, exact",
            List.of(STEP_SIZE, new Setting("max-depth", "most doublings of a trajectory (10)")),
            values ->
                new Nuts(
                    values.or("step-size", Nuts.defaults().stepSize()),
                    values.whole("max-depth", Nuts.defaults().maxDepth()))),
        new Entry(
            "mams",
            "Hamiltonian",
            "Metropolis-adjusted microcanonical dynamics: fewest gradients in high dimension, exact",
            List.of(
                STEP_SIZE,
                new Setting(
                    "trajectory", "length of the path in units of the target's size (π/2)")),
            values -> {
              Mams usual = Mams.ofLength(values.or("trajectory", Math.PI / 2));
              return new Mams(
                  values.or("step-size", usual.stepSize()),
                  usual.trajectory(),
                  usual.jitter(),
                  usual.splitting());
            }),
        new Entry(
            "mclmc",
            "Hamiltonian",
            "unadjusted microcanonical Langevin: very fast, biased",
            List.of(
                new Setting("step-size", "the step size, kept; without it warm-up chooses"),
                new Setting("decoherence", "length after which a direction is forgotten (1)")),
            values -> {
              Mclmc usual = Mclmc.defaults();
              return new Mclmc(
                  values.or("step-size", usual.stepSize()),
                  values.or("decoherence", usual.decoherence()),
                  usual.splitting(),
                  !values.has("step-size"));
            }));
  }

  private static List<Entry> langevin() {
    return List.of(
        new Entry(
            "mala",
            "Langevin",
            "Metropolis-adjusted Langevin: one gradient a step, exact",
            List.of(STEP_SIZE),
            values -> new Mala(values.or("step-size", Mala.defaults().stepSize()))),
        new Entry(
            "ula",
            "Langevin",
            "unadjusted Langevin: biased, and its bias has a theory",
            List.of(new Setting("step-size", "the step size, kept; without it warm-up chooses")),
            values ->
                values.has("step-size")
                    ? new Ula(values.or("step-size", Double.NaN))
                    : Ula.defaults()),
        new Entry(
            "barker",
            "Langevin",
            "Barker's proposal: as MALA, but forgiving where scales are not known, exact",
            List.of(STEP_SIZE),
            values -> new Barker(values.or("step-size", Barker.defaults().stepSize()))),
        new Entry(
            "underdamped",
            "Langevin",
            "underdamped Langevin (BAOAB or OBABO): biased, or exact with adjusted=1",
            List.of(
                new Setting("step-size", "the step size, kept; without it warm-up chooses"),
                new Setting("friction", "how fast momenta are forgotten (1)"),
                new Setting("obabo", "1 for OBABO in place of BAOAB (0)"),
                new Setting("adjusted", "1 for a Metropolis test (0)")),
            SamplerMenu::underdamped));
  }

  private static List<Entry> metropolis() {
    return List.of(
        new Entry(
            "rwm",
            "Metropolis–Hastings",
            "random-walk Metropolis: needs no gradient",
            List.of(STEP_SIZE),
            values ->
                new RandomWalkMetropolis(
                    values.or("step-size", RandomWalkMetropolis.defaults().stepSize()))),
        new Entry(
            "slice",
            "Metropolis–Hastings",
            "slice sampling along random directions: no gradient, hardly any tuning",
            List.of(
                new Setting("step-size", "where the width starts; warm-up adapts it"),
                new Setting("limit", "most widths that a slice may grow to (100)")),
            values ->
                new Slice(
                    values.or("step-size", Slice.defaults().stepSize()),
                    Slice.defaults().growth(),
                    values.whole("limit", Slice.defaults().limit()))),
        new Entry(
            "independence",
            "Metropolis–Hastings",
            "proposals from a Student t that warm-up learns: near-normal targets, few dimensions",
            List.of(new Setting("degrees", "degrees of freedom of the proposal (5)")),
            values ->
                new LearnedIndependence(
                    values.whole("degrees", LearnedIndependence.defaults().degreesOfFreedom()))),
        new Entry(
            "gibbs",
            "Gibbs",
            "one coordinate after the other, each by a slice within",
            List.of(new Setting("random", "1 visits coordinates at random, not in order (0)")),
            values ->
                new CoordinateGibbs(
                    CoordinateGibbs.defaults().within(),
                    values.or("random", 0) == 1 ? Scan.RANDOM : Scan.SYSTEMATIC)));
  }

  private static List<Entry> annealing() {
    return List.of(
        new Entry(
            "pt",
            "annealing",
            "parallel tempering: several modes, and log Z",
            List.of(
                new Setting(
                    "scale",
                    "standard deviation of the hottest law, wide enough for all modes (5)"),
                new Setting("rungs", "temperatures; without it warm-up chooses"),
                new Setting("learned", "0 keeps the hottest law as it is, 1 lets it learn (1)")),
            SamplerMenu::tempering),
        new Entry(
            "rdmc",
            "diffusion",
            "reverse diffusion Monte Carlo: independent draws, for few modes far apart in few dimensions",
            List.of(
                SCALE,
                new Setting("particles", "inner samples (100)"),
                new Setting("levels", "noise levels (64)")),
            SamplerMenu::reverseDiffusion));
  }

  private static Sampler underdamped(Values values) {
    Underdamped usual = Underdamped.defaults();
    boolean adjusted = values.or("adjusted", 0) == 1;
    return new Underdamped(
        values.or("step-size", usual.stepSize()),
        values.or("friction", usual.friction()),
        values.or("obabo", 0) == 1 ? Underdamped.Scheme.OBABO : Underdamped.Scheme.BAOAB,
        adjusted,
        adjusted || !values.has("step-size"));
  }

  private static Sampler tempering(Values values) {
    double scale = values.or("scale", ParallelTempering.defaults().reference().scale());
    return new ParallelTempering(
        ParallelTempering.defaults().explorer(),
        values.or("learned", 1) == 1 ? Reference.learned(scale) : Reference.fixed(scale),
        values.whole("rungs", 0));
  }

  /**
   * One sampler.
   *
   * @param name as in {@code --sampler}
   * @param family its heading
   * @param purpose one line
   * @param settings what may be set
   * @param recipe makes it
   */
  record Entry(
      String name,
      String family,
      String purpose,
      List<Setting> settings,
      Function<Values, Sampler> recipe) {
    /** Warm-up iterations unless told otherwise: none where draws are independent of each other. */
    int warmup() {
      return name.equals("rdmc") ? 0 : SampleSettings.WARMUP;
    }

    /** How its warm-up learns the metric unless told otherwise. */
    MetricAdaptation metric() {
      return name.equals("rwm") || name.equals("slice")
          ? MetricAdaptation
              .DIAGONAL // a covariance learned from draws alone takes some 70 d² of them
          : MetricAdaptation.LOW_RANK;
    }

    /** The recipe with these settings. */
    Sampler of(Map<String, Double> given) {
      Setting.requireKnown(given.keySet(), name, settings);
      return recipe.apply(new Values(given));
    }
  }

  /** All samplers. */
  static List<Entry> all() {
    return ENTRIES;
  }

  /**
   * The sampler of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Entry named(String name) {
    return ENTRIES.stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "sampler must be one of "
                        + Stream.concat(
                                Stream.of(SampleSettings.AUTO), ENTRIES.stream().map(Entry::name))
                            .collect(Collectors.joining(", "))
                        + ", got "
                        + name));
  }

  private static Sampler reverseDiffusion(Values values) {
    ReverseDiffusionMonteCarlo usual = ReverseDiffusionMonteCarlo.ofScale(values.or("scale", 1));
    InnerParticles inner = InnerParticles.defaults();
    return new ReverseDiffusionMonteCarlo(
        new InnerParticles(
            values.whole("particles", inner.particles()),
            inner.moves(),
            inner.bridges(),
            inner.stepSize()),
        usual.scale(),
        values.whole("levels", usual.steps()),
        usual.sigmaMin(),
        usual.sigmaMax());
  }

  private static Hmc hmc(Values values) {
    Hmc usual = Hmc.defaults();
    double stepSize = values.or("step-size", usual.stepSize());
    if (values.has("steps") && values.has("trajectory")) {
      throw new IllegalArgumentException("steps must be left out where trajectory is given");
    }
    if (values.has("steps")) {
      return new Hmc(stepSize, values.whole("steps", 0));
    }
    if (values.has("trajectory")) {
      Trajectory length = new Trajectory.Length(values.or("trajectory", Double.NaN), MOST_STEPS);
      return new Hmc(stepSize, length, usual.jitter());
    }
    return new Hmc(stepSize, usual.trajectory(), usual.jitter());
  }
}
