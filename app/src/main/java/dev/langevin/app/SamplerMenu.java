package dev.langevin.app;

import dev.langevin.adapt.MetricAdaptation;
import dev.langevin.mcmc.Hmc;
import dev.langevin.mcmc.Mala;
import dev.langevin.mcmc.Nuts;
import dev.langevin.mcmc.RandomWalkMetropolis;
import dev.langevin.mcmc.Sampler;
import dev.langevin.mcmc.Trajectory;
import dev.langevin.mcmc.Ula;
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

  private static final List<Entry> ENTRIES =
      List.of(
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
              "rdmc",
              "diffusion",
              "reverse diffusion Monte Carlo: independent draws, for few modes far apart in few dimensions",
              List.of(
                  new Setting(
                      "scale", "root mean square size of a coordinate, within a factor of 2 (1)"),
                  new Setting("particles", "inner samples (100)"),
                  new Setting("levels", "noise levels (64)")),
              SamplerMenu::reverseDiffusion),
          new Entry(
              "rwm",
              "Metropolis–Hastings",
              "random-walk Metropolis: needs no gradient",
              List.of(STEP_SIZE),
              values ->
                  new RandomWalkMetropolis(
                      values.or("step-size", RandomWalkMetropolis.defaults().stepSize()))));

  private SamplerMenu() {}

  /**
   * A setting of a sampler, a number.
   *
   * @param key as in {@code --set key=value}
   * @param meaning with the default
   */
  record Setting(String key, String meaning) {}

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
      return name.equals("rwm") ? MetricAdaptation.DENSE : MetricAdaptation.LOW_RANK;
    }

    /** The recipe with these settings. */
    Sampler of(Map<String, Double> given) {
      for (String key : given.keySet()) {
        if (settings.stream().noneMatch(setting -> setting.key().equals(key))) {
          String known =
              settings.isEmpty()
                  ? "nothing"
                  : settings.stream().map(Setting::key).collect(Collectors.joining(", "));
          throw new IllegalArgumentException(
              key + " must be left out with " + name + ", whose settings are " + known);
        }
      }
      return recipe.apply(new Values(given));
    }
  }

  /** What was set. */
  record Values(Map<String, Double> given) {
    boolean has(String key) {
      return given.containsKey(key);
    }

    double or(String key, double otherwise) {
      return given.getOrDefault(key, otherwise);
    }

    int whole(String key, int otherwise) {
      double value = or(key, otherwise);
      if (value != Math.rint(value) || Math.abs(value) > 1e9) {
        throw new IllegalArgumentException(key + " must be a whole number, got " + value);
      }
      return (int) value;
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
