package dev.langevin.app;

import dev.langevin.io.Json;
import dev.langevin.io.Provenance;
import dev.langevin.solver.ConsistencyDistillation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What makes a model's folder that of a consistency function: how it was taught, and by whom. It lies beside the weights from the folder's first moment on.
 *
 * @param recipe levels and metric
 * @param targetDecay share of the target's weights that a step keeps, at least 0 and below 1
 * @param teacher SHA-256 of the teacher's weights
 */
record Distilled(ConsistencyDistillation recipe, double targetDecay, String teacher) {
  static final String FILE = "consistency.json";

  /** As a JSON object. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("levels", recipe.levels());
    map.put("rho", recipe.rho());
    map.put("sigma_min", recipe.sigmaMin());
    map.put("sigma_max", recipe.sigmaMax());
    map.put("metric", recipe.metric().name().toLowerCase(Locale.ROOT));
    map.put("target_decay", targetDecay);
    map.put("teacher", teacher);
    return map;
  }

  /** Where a file of this model comes from. */
  Provenance provenance(ModelConfig config) {
    Map<String, Object> settings = new LinkedHashMap<>(config.provenance().settings());
    settings.put("distilled", toMap());
    String command =
        "langevin distill MODEL %s --levels %d --metric %s --target-decay %s --seed %d"
            .formatted(
                config.budget().flag(),
                recipe.levels(),
                recipe.metric().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                targetDecay,
                config.training().seed());
    return new Provenance(
        config.version(),
        command,
        config.training().seed(),
        settings,
        Map.of("data", config.data().sha256(), "teacher", teacher));
  }

  /** Writes it into a folder that is being made. */
  void write(Path folder) {
    Json.write(folder.resolve(FILE), toMap());
  }

  /**
   * What a model's folder says of it; empty if the model is a denoiser.
   *
   * @throws dev.langevin.io.InputError if it cannot be read
   */
  static Optional<Distilled> read(Path folder) {
    Path file = folder.resolve(FILE);
    return Files.exists(file)
        ? Optional.of(from(new Fields(file.toString(), Json.read(file))))
        : Optional.empty();
  }

  private static Distilled from(Fields fields) {
    try {
      ConsistencyDistillation recipe =
          new ConsistencyDistillation(
              fields.count("levels"),
              fields.number("rho"),
              fields.number("sigma_min"),
              fields.number("sigma_max"),
              metric(fields.text("metric").replace('_', '-')));
      return new Distilled(recipe, fields.number("target_decay"), fields.text("teacher"));
    } catch (IllegalArgumentException refused) {
      throw fields.wrong("levels", "and what goes with it cannot be used: " + refused.getMessage());
    }
  }

  /** The metric of this name. */
  static ConsistencyDistillation.Metric metric(String name) {
    return switch (name) {
      case "squared" -> ConsistencyDistillation.Metric.SQUARED;
      case "pseudo-huber" -> ConsistencyDistillation.Metric.PSEUDO_HUBER;
      default ->
          throw new IllegalArgumentException("metric must be squared or pseudo-huber, got " + name);
    };
  }
}
