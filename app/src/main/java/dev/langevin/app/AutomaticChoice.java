package dev.langevin.app;

import dev.langevin.density.Model;

/** Chooses a sampler where none was named, and says what and why. */
final class AutomaticChoice {
  private AutomaticChoice() {}

  /** The settings with a sampler in them. */
  static SampleSettings of(SampleSettings settings, Model model, Console console) {
    if (!settings.sampler().equals(SampleSettings.AUTO)) {
      return settings;
    }
    SampleSettings chosen = settings.with("nuts");
    console.line(
        "Chose --sampler nuts with a low-rank metric: the density has a gradient, d = %d, and nothing is known of its scales."
            .formatted(model.dimension()));
    return chosen;
  }
}
