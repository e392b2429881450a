package dev.langevin.app;

import dev.langevin.diffusion.DiscreteSchedule;
import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.Prediction;
import dev.langevin.diffusion.TimeRescaled;
import dev.langevin.diffusion.VarianceExploding;
import dev.langevin.objective.DenoisingObjective;
import dev.langevin.objective.EdmObjective;
import dev.langevin.objective.EnergyMatching;
import dev.langevin.objective.FormPreconditioning;
import dev.langevin.objective.LevelLaw;
import dev.langevin.objective.NcsnPreconditioning;
import dev.langevin.objective.Objective;
import dev.langevin.objective.Preconditioning;
import dev.langevin.objective.TimestepPreconditioning;
import dev.langevin.objective.Weighting;
import java.util.List;
import java.util.Optional;

/**
 * The menu of objectives: what a network answers with, which weight each noise level has, and how levels are drawn, each by a name. Every form has its usual weight and law;
 * either can be replaced.
 *
 * <table>
 *   <caption>Forms, usual weights and laws</caption>
 *   <tr><td>edm</td><td>EDM's preconditioning</td><td>edm</td><td>lognormal (Karras et al. 2022)</td></tr>
 *   <tr><td>ddpm</td><td>the noise</td><td>simple</td><td>uniform in time, β from 0.1 to 20 (Ho et al. 2020; Song et al. 2021)</td></tr>
 *   <tr><td>x0</td><td>the clean row</td><td>truncated-snr</td><td>the same (Salimans &amp; Ho 2022)</td></tr>
 *   <tr><td>v</td><td>the velocity</td><td>plain</td><td>the same (Salimans &amp; Ho 2022)</td></tr>
 *   <tr><td>score</td><td>the score</td><td>simple</td><td>the same (Song et al. 2021)</td></tr>
 *   <tr><td>smld</td><td>σ times the score</td><td>simple</td><td>ladder (Song &amp; Ermon 2019, 2020)</td></tr>
 *   <tr><td>autoencoder</td><td>the clean image, through a latent</td><td>plain</td><td>two faint levels, of its own (Vincent et al. 2008; Rombach et al. 2022)</td></tr>
 *   <tr><td>implicit, sliced, cd</td><td>the energy of one density</td><td>none</td><td>no noise (Hyvärinen 2005; Song et al. 2019; Hinton 2002)</td></tr>
 * </table>
 */
final class ObjectiveMenu {
  private static final Noising LINEAR = TimeRescaled.linear();
  private static final DiscreteSchedule CHAIN = DiscreteSchedule.linear();
  private static final double FIRST = 1e-3; // the time 0 has no noise
  private static final double LOW = 0.002; // of the levels that generation visits
  private static final double HIGH = 80;
  private static final int RUNGS = 232; // as many as NCSNv2 has for CIFAR-10
  private static final double TIME_SCALE =
      4; // the features' frequencies are made for a range of this size
  private static final double GAMMA = 5;
  private static final double FAINT = 0.02; // noise on what an autoencoder sees, data having 0.5

  private static final double WIDER = 2; // an energy's envelope than the data

  private ObjectiveMenu() {}

  /**
   * An objective of this menu.
   *
   * @param usual EDM's with the levels that suit the data
   * @throws IllegalArgumentException if there is no such form, weight or law, or they do not go together
   */
  static Objective of(
      Optional<String> objective,
      Optional<String> weighting,
      Optional<String> levels,
      EdmObjective usual) {
    return of(objective, weighting, levels, usual, false);
  }

  /**
   * The same.
   *
   * @param timesteps whether the network is told timesteps, as diffusers' are: the forms ddpm, x0, v and score are then those of DDPM's chain of 1000 steps, and uniform is uniform on it
   */
  static Objective of(
      Optional<String> objective,
      Optional<String> weighting,
      Optional<String> levels,
      EdmObjective usual,
      boolean timesteps) {
    if (encodes(objective)) {
      return autoencoder(weighting, levels);
    }
    if (isEnergy(objective)) {
      return energy(objective.orElseThrow(), weighting, levels, usual);
    }
    String name = objective.orElse("edm");
    if (name.equals("edm") && weighting.isEmpty() && levels.isEmpty()) {
      return usual;
    }
    Preconditioning form = form(name, usual, timesteps);
    LevelLaw law = law(levels.orElse(usualLaw(name)), usual, timesteps);
    return new DenoisingObjective(
        form, weighting(weighting.orElse(usualWeight(name)), form, law, usual), law);
  }

  /** Whether this is the name of no denoiser's objective, but of an autoencoder's. */
  static boolean encodes(Optional<String> objective) {
    return objective.equals(Optional.of("autoencoder"));
  }

  /** Whether this is the name of no denoiser's objective, but of an energy's. */
  static boolean isEnergy(Optional<String> objective) {
    return objective.filter(List.of("implicit", "sliced", "cd")::contains).isPresent();
  }

  private static Objective energy(
      String name, Optional<String> weighting, Optional<String> levels, EdmObjective usual) {
    if (weighting.isPresent() || levels.isPresent()) {
      throw new IllegalArgumentException(
          "weighting and levels must be left out with objective " + name + ", which has no noise");
    }
    EnergyMatching.Way way =
        switch (name) {
          case "implicit" -> EnergyMatching.Way.IMPLICIT;
          case "sliced" -> EnergyMatching.Way.SLICED;
          default -> EnergyMatching.Way.CONTRASTIVE;
        };
    return new EnergyMatching(way, WIDER * usual.sigmaData());
  }

  /** The clean image from one with a little noise: the plain square error, at levels so low that nothing is lost. */
  private static Objective autoencoder(Optional<String> weighting, Optional<String> levels) {
    if (weighting.isPresent() || levels.isPresent()) {
      throw new IllegalArgumentException(
          "weighting and levels must be left out with objective autoencoder");
    }
    Noising exploding = new VarianceExploding();
    return new DenoisingObjective(
        new FormPreconditioning(Prediction.DENOISED, exploding),
        new Weighting.Plain(Prediction.DENOISED, exploding),
        new LevelLaw.LogUniform(FAINT / 2, FAINT));
  }

  private static Preconditioning form(String name, EdmObjective usual, boolean timesteps) {
    return switch (name) {
      case "edm" -> usual;
      case "ddpm" -> form(Prediction.NOISE, timesteps);
      case "x0" -> form(Prediction.DENOISED, timesteps);
      case "v" -> form(Prediction.VELOCITY, timesteps);
      case "score" -> form(Prediction.SCORE, timesteps);
      case "smld" -> new NcsnPreconditioning();
      default ->
          throw unknown(
              "objective",
              "edm, ddpm, x0, v, score, smld, autoencoder, implicit, sliced or cd",
              name);
    };
  }

  private static Preconditioning form(Prediction form, boolean timesteps) {
    return timesteps
        ? new TimestepPreconditioning(form, CHAIN)
        : new FormPreconditioning(form, LINEAR, TIME_SCALE);
  }

  private static String usualWeight(String name) {
    return switch (name) {
      case "edm" -> "edm";
      case "x0" -> "truncated-snr";
      case "v" -> "plain";
      default -> "simple";
    };
  }

  private static String usualLaw(String name) {
    return switch (name) {
      case "edm" -> "lognormal";
      case "smld" -> "ladder";
      default -> "uniform";
    };
  }

  private static Weighting weighting(
      String name, Preconditioning form, LevelLaw law, EdmObjective usual) {
    return switch (name) {
      case "simple" -> new Weighting.Snr();
      case "min-snr" -> new Weighting.MinSnr(GAMMA);
      case "truncated-snr" -> new Weighting.TruncatedSnr();
      case "edm" -> new Weighting.Edm(usual.sigmaData());
      case "plain" -> plain(form, usual);
      case "likelihood" -> likelihood(law);
      default ->
          throw unknown(
              "weighting", "plain, simple, min-snr, truncated-snr, likelihood or edm", name);
    };
  }

  /** The plain square error of what the network answers with. */
  private static Weighting plain(Preconditioning form, EdmObjective usual) {
    if (form instanceof FormPreconditioning own) {
      return new Weighting.Plain(own.form(), own.noising());
    }
    if (form instanceof TimestepPreconditioning own) {
      return new Weighting.Plain(own.form(), own.schedule());
    }
    return form instanceof NcsnPreconditioning
        ? new Weighting.Snr()
        : new Weighting.Edm(usual.sigmaData());
  }

  private static Weighting likelihood(LevelLaw law) {
    if (law instanceof LevelLaw.Ladder) {
      throw new IllegalArgumentException(
          "weighting must not be likelihood where levels are a ladder, which has no density; log-uniform has");
    }
    return new Weighting.Likelihood(law);
  }

  private static LevelLaw law(String name, EdmObjective usual, boolean timesteps) {
    return switch (name) {
      case "lognormal" -> usual.levelLaw();
      case "uniform" ->
          timesteps
              ? new LevelLaw.UniformTime(CHAIN, 1, CHAIN.steps())
              : new LevelLaw.UniformTime(LINEAR, FIRST, 1);
      case "log-uniform" -> new LevelLaw.LogUniform(LOW, HIGH);
      case "ladder" -> new LevelLaw.Ladder(LOW, HIGH, RUNGS);
      default -> throw unknown("levels", "lognormal, uniform, log-uniform or ladder", name);
    };
  }

  private static IllegalArgumentException unknown(String what, String known, String given) {
    return new IllegalArgumentException(what + " must be " + known + ", got " + given);
  }
}
