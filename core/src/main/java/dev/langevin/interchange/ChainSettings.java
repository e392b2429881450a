package dev.langevin.interchange;

import dev.langevin.diffusion.Betas;
import dev.langevin.diffusion.Clipping;
import dev.langevin.diffusion.DiscreteSchedule;
import dev.langevin.diffusion.Prediction;
import dev.langevin.diffusion.Timesteps;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The settings that schedulers of a chain share: β, what the network predicts, what is clipped. */
final class ChainSettings {
  static final int MOST_STEPS = 1_000_000;

  private final SchedulerConfig config;
  private final List<String> notes;

  ChainSettings(SchedulerConfig config, List<String> notes) {
    this.config = config;
    this.notes = notes;
  }

  DiscreteSchedule schedule() {
    double[] betas = betas();
    if (config.settings().containsKey("rescale_betas_zero_snr")
        && config.flag("rescale_betas_zero_snr")) {
      betas = Betas.zeroTerminalSnr(betas);
      notes.add(
          "rescale_betas_zero_snr: the last signal is small (at most 2^-24, and below that of the step before) where diffusers has 2^-24 or 0; results agree to about three digits");
    }
    return new DiscreteSchedule(betas);
  }

  private double[] betas() {
    if (config.value("trained_betas") != null) {
      double[] trained = config.numbers("trained_betas");
      if (trained.length < 1 || trained.length > MOST_STEPS) {
        throw config.wrong("trained_betas", "a list of 1 to " + MOST_STEPS + " numbers");
      }
      return trained;
    }
    int steps = config.whole("num_train_timesteps", 1, MOST_STEPS);
    String name =
        config.text(
            "beta_schedule",
            "linear",
            "scaled_linear",
            "squaredcos_cap_v2",
            "sigmoid",
            "exp",
            "laplace");
    return switch (name) {
      case "squaredcos_cap_v2" -> Betas.squaredCosine(steps);
      case "exp" -> Betas.exponential(steps);
      case "laplace" -> Betas.laplace(steps);
      default -> betas(name, steps, beta("beta_start"), beta("beta_end"));
    };
  }

  private double beta(String key) {
    double beta = config.number(key);
    if (!(beta > 0 && beta < 1)) {
      throw config.wrong(key, "strictly between 0 and 1");
    }
    return beta;
  }

  static double[] betas(String name, int steps, double first, double last) {
    return switch (name) {
      case "linear" -> Betas.linear(steps, first, last);
      case "scaled_linear" -> Betas.scaledLinear(steps, first, last);
      default -> Betas.sigmoid(steps, first, last);
    };
  }

  Prediction prediction() {
    return prediction(config.text("prediction_type", "epsilon", "v_prediction", "sample"));
  }

  static Prediction prediction(String name) {
    return switch (name) {
      case "v_prediction" -> Prediction.VELOCITY;
      case "sample" -> Prediction.DENOISED;
      default -> Prediction.NOISE;
    };
  }

  /** {@code thresholding} goes before {@code clip_sample}. */
  Optional<Clipping> clipping() {
    if (has("thresholding") && config.flag("thresholding")) {
      double ratio = config.number("dynamic_thresholding_ratio");
      double most = config.number("sample_max_value");
      if (!(ratio >= 0 && ratio <= 1)) {
        throw config.wrong("dynamic_thresholding_ratio", "between 0 and 1");
      }
      if (!(most >= 1)) {
        throw config.wrong("sample_max_value", "at least 1");
      }
      return Optional.of(new Clipping.Dynamic(ratio, most));
    }
    if (has("clip_sample") && config.flag("clip_sample")) {
      double range = config.number("clip_sample_range");
      if (!(range > 0 && range < Double.POSITIVE_INFINITY)) {
        throw config.wrong("clip_sample_range", "positive and finite");
      }
      return Optional.of(new Clipping.Clamp(range));
    }
    return Optional.empty();
  }

  private boolean has(String key) {
    return config.settings().containsKey(key);
  }

  Timesteps.Rule rule() {
    return switch (config.text("timestep_spacing", "linspace", "leading", "trailing")) {
      case "linspace" -> Timesteps.Rule.LINSPACE;
      case "leading" -> Timesteps.Rule.LEADING;
      default -> Timesteps.Rule.TRAILING;
    };
  }

  /** Which is for {@code leading} only, there as here. */
  int offset(Timesteps.Rule rule, DiscreteSchedule schedule) {
    int offset = config.whole("steps_offset", 0, schedule.steps() - 1);
    if (offset > 0 && rule != Timesteps.Rule.LEADING) {
      notes.add("steps_offset has no effect with this timestep_spacing, in diffusers neither");
      return 0;
    }
    return offset;
  }

  /** Whether the last level is 0, and not that of timestep 0. */
  boolean endsAtZero() {
    return config.text("final_sigmas_type", "zero", "sigma_min").equals("zero");
  }

  @Nullable Double optional(String key) {
    return config.value(key) == null ? null : Double.valueOf(config.number(key));
  }
}
