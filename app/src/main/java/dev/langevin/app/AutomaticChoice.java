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
    SampleSettings chosen = settings.with("hmc");
    console.line(
        "Chose --sampler hmc: the density has a gradient and d = %d.".formatted(model.dimension()));
    return chosen;
  }
}
