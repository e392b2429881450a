package dev.langevin.tensor;

import dev.langevin.diffusion.Betas;
import dev.langevin.diffusion.DiscreteSchedule;
import dev.langevin.diffusion.GeometricExploding;
import dev.langevin.diffusion.NoiseSchedule;
import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.OrnsteinUhlenbeck;
import dev.langevin.diffusion.Prediction;
import dev.langevin.diffusion.StraightPath;
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
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Core's objectives as maps of strings and numbers, part by part, and back: what a model file keeps. */
final class ObjectiveMap {
  private static final String KIND = "kind";
  private static final int MOST_STEPS = 1_000_000;

  private ObjectiveMap() {}

  static Map<String, Object> of(Objective objective) {
    if (objective instanceof EdmObjective edm) {
      return edm(edm);
    }
    if (objective instanceof DenoisingObjective parts) {
      Map<String, Object> map = kind("denoising");
      map.put("preconditioning", of(parts.preconditioning()));
      map.put("weighting", of(parts.weighting()));
      map.put("levels", of(parts.levelLaw()));
      return map;
    }
    if (objective instanceof EnergyMatching energy) {
      Map<String, Object> map = kind("energy");
      map.put("way", name(energy.way()));
      map.put("envelope", energy.envelope());
      return map;
    }
    throw unknown("objective", objective);
  }

  static Objective objective(Settings settings) {
    String kind = settings.text(KIND);
    Objective objective =
        switch (kind) {
          case "edm" -> edm(settings);
          case "denoising" ->
              new DenoisingObjective(
                  preconditioning(settings.settings("preconditioning")),
                  weighting(settings.settings("weighting")),
                  levels(settings.settings("levels")));
          case "energy" -> energy(settings);
          default -> throw unknown("training.objective.kind", kind);
        };
    settings.done();
    return objective;
  }

  private static EnergyMatching energy(Settings settings) {
    String named = settings.text("way");
    for (EnergyMatching.Way way : EnergyMatching.Way.values()) {
      if (name(way).equals(named)) {
        return new EnergyMatching(way, settings.number("envelope"));
      }
    }
    throw unknown("training.objective.way", named);
  }

  private static Map<String, Object> edm(EdmObjective edm) {
    Map<String, Object> map = kind("edm");
    map.put("log_sigma_mean", edm.logSigmaMean());
    map.put("log_sigma_sd", edm.logSigmaSd());
    map.put("sigma_data", edm.sigmaData());
    return map;
  }

  private static EdmObjective edm(Settings settings) {
    return new EdmObjective(
        settings.number("log_sigma_mean"),
        settings.number("log_sigma_sd"),
        settings.number("sigma_data"));
  }

  private static Map<String, Object> of(Preconditioning preconditioning) {
    if (preconditioning instanceof EdmObjective edm) {
      return edm(edm);
    }
    if (preconditioning instanceof NcsnPreconditioning) {
      return kind("ncsn");
    }
    if (preconditioning instanceof FormPreconditioning form) {
      Map<String, Object> map = kind("form");
      map.put("form", name(form.form()));
      map.put("noising", of(form.noising()));
      map.put("time_scale", form.timeScale());
      return map;
    }
    if (preconditioning instanceof TimestepPreconditioning timestep) {
      Map<String, Object> map = kind("timestep");
      map.put("form", name(timestep.form()));
      map.put("chain", of(timestep.schedule()));
      return map;
    }
    throw unknown("preconditioning", preconditioning);
  }

  private static Preconditioning preconditioning(Settings settings) {
    String kind = settings.text(KIND);
    Preconditioning preconditioning =
        switch (kind) {
          case "edm" -> edm(settings);
          case "ncsn" -> new NcsnPreconditioning();
          case "timestep" ->
              new TimestepPreconditioning(
                  form(settings.text("form")), chain(named(settings.settings("chain"))));
          case "form" ->
              new FormPreconditioning(
                  form(settings.text("form")),
                  noising(settings.settings("noising")),
                  settings.number("time_scale"));
          default -> throw unknown("training.objective.preconditioning.kind", kind);
        };
    settings.done();
    return preconditioning;
  }

  private static Map<String, Object> of(Weighting weighting) {
    if (weighting instanceof Weighting.Plain plain) {
      Map<String, Object> map = kind("plain");
      map.put("form", name(plain.form()));
      map.put("noising", of(plain.noising()));
      return map;
    }
    if (weighting instanceof Weighting.Snr) {
      return kind("snr");
    }
    if (weighting instanceof Weighting.TruncatedSnr) {
      return kind("truncated_snr");
    }
    if (weighting instanceof Weighting.MinSnr min) {
      return with(kind("min_snr"), "gamma", min.gamma());
    }
    if (weighting instanceof Weighting.Edm edm) {
      return with(kind("edm"), "sigma_data", edm.sigmaData());
    }
    if (weighting instanceof Weighting.Likelihood likelihood) {
      Map<String, Object> map = kind("likelihood");
      map.put("levels", of(likelihood.law()));
      return map;
    }
    throw unknown("weighting", weighting);
  }

  private static Weighting weighting(Settings settings) {
    String kind = settings.text(KIND);
    Weighting weighting =
        switch (kind) {
          case "plain" ->
              new Weighting.Plain(
                  form(settings.text("form")), noising(settings.settings("noising")));
          case "snr" -> new Weighting.Snr();
          case "truncated_snr" -> new Weighting.TruncatedSnr();
          case "min_snr" -> new Weighting.MinSnr(settings.number("gamma"));
          case "edm" -> new Weighting.Edm(settings.number("sigma_data"));
          case "likelihood" -> new Weighting.Likelihood(levels(settings.settings("levels")));
          default -> throw unknown("training.objective.weighting.kind", kind);
        };
    settings.done();
    return weighting;
  }

  private static Map<String, Object> of(LevelLaw law) {
    if (law instanceof LevelLaw.LogNormal normal) {
      return with(with(kind("log_normal"), "mean", normal.mean()), "sd", normal.sd());
    }
    if (law instanceof LevelLaw.LogUniform uniform) {
      return with(with(kind("log_uniform"), "low", uniform.low()), "high", uniform.high());
    }
    if (law instanceof LevelLaw.Ladder ladder) {
      Map<String, Object> map = with(kind("ladder"), "low", ladder.low());
      map.put("high", ladder.high());
      map.put("rungs", ladder.rungs());
      return map;
    }
    if (law instanceof LevelLaw.UniformTime time) {
      Map<String, Object> map = kind("uniform_time");
      map.put("noising", of(time.noising()));
      return with(with(map, "start", time.start()), "end", time.end());
    }
    throw unknown("levels", law);
  }

  private static LevelLaw levels(Settings settings) {
    String kind = settings.text(KIND);
    LevelLaw law =
        switch (kind) {
          case "log_normal" ->
              new LevelLaw.LogNormal(settings.number("mean"), settings.number("sd"));
          case "log_uniform" ->
              new LevelLaw.LogUniform(settings.number("low"), settings.number("high"));
          case "ladder" ->
              new LevelLaw.Ladder(
                  settings.number("low"), settings.number("high"), settings.integer("rungs"));
          case "uniform_time" ->
              new LevelLaw.UniformTime(
                  noising(settings.settings("noising")),
                  settings.number("start"),
                  settings.number("end"));
          default -> throw unknown("training.objective.levels.kind", kind);
        };
    settings.done();
    return law;
  }

  private static Map<String, Object> of(Noising noising) {
    if (noising instanceof VarianceExploding) {
      return kind("exploding");
    }
    if (noising instanceof OrnsteinUhlenbeck) {
      return kind("ornstein_uhlenbeck");
    }
    if (noising instanceof StraightPath) {
      return kind("straight");
    }
    if (noising instanceof GeometricExploding geometric) {
      Map<String, Object> map = with(kind("geometric"), "low", geometric.sigmaMin());
      return with(map, "high", geometric.sigmaMax());
    }
    if (noising instanceof TimeRescaled rescaled
        && rescaled.schedule() instanceof NoiseSchedule.Linear linear) {
      return with(with(kind("linear"), "first", linear.first()), "last", linear.last());
    }
    if (noising instanceof DiscreteSchedule chain) {
      return chain(chain);
    }
    throw unknown("noising", noising);
  }

  /** DDPM's chain, whose variances rise in equal steps; no other is trained on. */
  private static Map<String, Object> chain(DiscreteSchedule chain) {
    double[] betas = chain.betas();
    Map<String, Object> map = kind("chain");
    map.put("steps", betas.length);
    with(with(map, "first", betas[0]), "last", betas[betas.length - 1]);
    if (!chain(named(Settings.of("chain", map))).equals(chain)) {
      throw unknown("noising", chain);
    }
    return map;
  }

  /** Takes the kind, of which there is one. */
  private static Settings named(Settings settings) {
    String kind = settings.text(KIND);
    if (!kind.equals("chain")) {
      throw unknown("chain.kind", kind);
    }
    return settings;
  }

  private static DiscreteSchedule chain(Settings settings) {
    int steps = settings.integer("steps");
    if (steps < 1 || steps > MOST_STEPS) {
      throw unknown("chain.steps", steps);
    }
    double[] betas = Betas.linear(steps, settings.number("first"), settings.number("last"));
    settings.done();
    return new DiscreteSchedule(betas);
  }

  private static Noising noising(Settings settings) {
    String kind = settings.text(KIND);
    if (kind.equals("chain")) {
      return chain(settings);
    }
    Noising noising =
        switch (kind) {
          case "exploding" -> new VarianceExploding();
          case "ornstein_uhlenbeck" -> new OrnsteinUhlenbeck();
          case "straight" -> new StraightPath();
          case "geometric" ->
              new GeometricExploding(settings.number("low"), settings.number("high"));
          case "linear" ->
              new TimeRescaled(
                  new NoiseSchedule.Linear(settings.number("first"), settings.number("last")));
          default -> throw unknown("noising.kind", kind);
        };
    settings.done();
    return noising;
  }

  private static Map<String, Object> kind(String kind) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(KIND, kind);
    return map;
  }

  private static Map<String, Object> with(Map<String, Object> map, String name, double value) {
    map.put(name, value);
    return map;
  }

  private static String name(Enum<?> form) {
    return form.name().toLowerCase(Locale.ROOT);
  }

  private static Prediction form(String name) {
    for (Prediction form : Prediction.values()) {
      if (name(form).equals(name)) {
        return form;
      }
    }
    throw unknown("form", name);
  }

  private static IllegalArgumentException unknown(String what, Object value) {
    return new IllegalArgumentException(
        what + " must be one that a model file can hold, got " + value);
  }
}
