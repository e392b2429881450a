package dev.langevin.app;

import dev.langevin.mcmc.Hmc;
import dev.langevin.mcmc.Mala;
import dev.langevin.mcmc.RandomWalkMetropolis;
import dev.langevin.mcmc.Sampler;
import dev.langevin.mcmc.Trajectory;
import dev.langevin.mcmc.Ula;
import java.util.List;

/** The menu of samplers. */
final class Samplers {
  private static final List<String> NAMES = List.of("hmc", "mala", "ula", "rwm");
  private static final int MOST_STEPS = 1000;

  private Samplers() {}

  /**
   * Refuses what cannot be.
   *
   * @throws IllegalArgumentException if there is no sampler of this name, or it has no such setting
   */
  static void requireFitting(String name, boolean steps, boolean trajectory) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "sampler must be one of " + String.join(", ", NAMES) + ", got " + name);
    }
    if ((steps || trajectory) && !name.equals("hmc")) {
      throw new IllegalArgumentException(
          (steps ? "steps" : "trajectory") + " must be left out except with hmc, got " + name);
    }
    if (steps && trajectory) {
      throw new IllegalArgumentException("steps must be left out where trajectory is given");
    }
  }

  /** The recipe that these settings ask for. */
  static Sampler of(SampleSettings settings) {
    return switch (settings.sampler()) {
      case "mala" -> new Mala(settings.stepSize().orElse(Mala.defaults().stepSize()));
      case "ula" -> // a step size that is asked for is kept: it decides the bias
          settings.stepSize().isPresent()
              ? new Ula(settings.stepSize().getAsDouble())
              : Ula.defaults();
      case "rwm" ->
          new RandomWalkMetropolis(
              settings.stepSize().orElse(RandomWalkMetropolis.defaults().stepSize()));
      default -> hmc(settings);
    };
  }

  private static Hmc hmc(SampleSettings settings) {
    Hmc usual = Hmc.defaults();
    double stepSize = settings.stepSize().orElse(usual.stepSize());
    if (settings.steps().isPresent()) {
      return new Hmc(stepSize, settings.steps().getAsInt());
    }
    if (settings.trajectory().isPresent()) {
      Trajectory length = new Trajectory.Length(settings.trajectory().getAsDouble(), MOST_STEPS);
      return new Hmc(stepSize, length, usual.jitter());
    }
    return new Hmc(stepSize, usual.trajectory(), usual.jitter());
  }
}
