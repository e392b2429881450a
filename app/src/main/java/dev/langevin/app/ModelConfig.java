package dev.langevin.app;

import dev.langevin.io.InputError;
import dev.langevin.io.Provenance;
import dev.langevin.objective.EnergyMatching;
import dev.langevin.tensor.Autoencoder;
import dev.langevin.tensor.Precision;
import dev.langevin.tensor.TrainingSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a model is, without its weights: everything that must be the same for a run to resume, and everything that is needed to
 * generate.
 *
 * @param version of the library that began it
 * @param training architecture, objective, optimizer and seed
 * @param scaling between the data's numbers and the network's
 * @param data what it learned from
 * @param holdout fraction of the rows that is held out
 * @param budget how much work was asked for
 * @param classes of a network with labels; empty otherwise
 */
record ModelConfig(
    String version,
    TrainingSettings training,
    Scaling scaling,
    DataFacts data,
    double holdout,
    Budget budget,
    Optional<Classes> classes) {
  private static final int FORMAT = 1;

  /** Settings that may differ when a run resumes: names, and what follows from the amount of work. */
  private static final Set<String> FREE =
      Set.of(
          "version",
          "data.name",
          "training.steps",
          "training.warmup_steps",
          "training.ema_half_life");

  /** As a JSON object. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("format", FORMAT);
    map.put("version", version);
    map.put("training", training.toMap());
    map.put("scaling", scaling.toMap());
    map.put("data", data.toMap());
    map.put("holdout", holdout);
    map.put("budget", budget.toMap());
    classes.ifPresent(known -> map.put("classes", known.toMap()));
    return map;
  }

  /** The inverse of {@link #toMap()}. */
  static ModelConfig from(String place, Map<String, Object> map) {
    Fields fields = new Fields(place, map);
    int format = fields.count("format");
    if (format != FORMAT) {
      throw new InputError(
          place,
          "has format " + format + ", which this version does not know",
          "use the version of Langevin that wrote it");
    }
    ModelConfig config =
        new ModelConfig(
            fields.text("version"),
            training(fields),
            Scaling.from(fields.fields("scaling")),
            DataFacts.from(fields.fields("data")),
            fields.number("holdout"),
            Budget.from(fields.fields("budget")),
            Classes.from(fields, "classes"));
    if (config.classes.map(Classes::labels).orElse(0) != config.training.architecture().labels()) {
      throw fields.wrong("classes", "are not as many as the network has labels");
    }
    return config;
  }

  private static TrainingSettings training(Fields fields) {
    try {
      return TrainingSettings.fromMap(fields.object("training"));
    } catch (IllegalArgumentException refused) {
      throw fields.wrong("training", "cannot be used: " + refused.getMessage());
    }
  }

  /** Whether this is an autoencoder, from which nothing is generated. */
  boolean encodes() {
    return training.architecture() instanceof Autoencoder;
  }

  /** Whether this is the energy of one density, from which samplers draw. */
  boolean isEnergy() {
    return training.objective() instanceof EnergyMatching;
  }

  /** The same, with another amount of work and the plan that goes with it. */
  ModelConfig withPlan(Budget asked, long steps) {
    return new ModelConfig(
        version, training.withSteps(steps), scaling, data, holdout, asked, classes);
  }

  /** The same, with products of this precision. */
  ModelConfig withPrecision(Precision precision) {
    TrainingSettings other = training.withOptions(training.options().withPrecision(precision));
    return new ModelConfig(version, other, scaling, data, holdout, budget, classes);
  }

  /** Where a file of this model comes from. */
  Provenance provenance() {
    Map<String, Object> settings = new LinkedHashMap<>(training.toMap());
    settings.put("holdout", holdout);
    classes.ifPresent(known -> settings.put("classes", known.toMap()));
    return new Provenance(
        version,
        "langevin fit " + data.name() + " " + budget.flag() + " --seed " + training.seed(),
        training.seed(),
        settings,
        Map.of("data", data.sha256()));
  }

  /** The first setting that keeps a run that asks for {@code other} from resuming this one, as a clause. */
  Optional<String> differenceTo(ModelConfig other) {
    if (!data.sha256().equals(other.data.sha256())) {
      return Optional.of("learned from other data (" + data + ")");
    }
    Map<String, Object> mine = flat(toMap());
    Map<String, Object> theirs = flat(other.toMap());
    Set<String> names = new TreeSet<>(mine.keySet());
    names.addAll(theirs.keySet());
    for (String name : names) {
      Object began = mine.get(name);
      if (!Objects.equals(began, theirs.get(name))) {
        return Optional.of("began with %s = %s, not %s".formatted(name, began, theirs.get(name)));
      }
    }
    return Optional.empty();
  }

  /** Settings by their names, those left out that do not matter to a run that resumes. */
  private static Map<String, Object> flat(Map<String, Object> map) {
    Map<String, Object> flat = new TreeMap<>();
    flatten("", map, flat);
    flat.keySet().removeAll(FREE);
    flat.keySet().removeIf(name -> name.startsWith("budget."));
    return flat;
  }

  private static void flatten(String prefix, Map<?, ?> map, Map<String, Object> out) {
    map.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> inner) {
            flatten(prefix + key + ".", inner, out);
          } else {
            out.put(prefix + key, value);
          }
        });
  }
}
