package dev.langevin.app;

import dev.langevin.density.Model;
import dev.langevin.io.InputError;
import dev.langevin.mcmc.IndependentRuns;
import dev.langevin.mcmc.Sampler;
import dev.langevin.mcmc.Ula;
import dev.langevin.theory.Guarantee;
import java.util.Arrays;
import java.util.List;

/**
 * Chooses a sampler where none was named, and says what and why.
 *
 * @param settings with a sampler in them
 * @param sampler its recipe
 */
record AutomaticChoice(SampleSettings settings, Sampler sampler) {
  private static final long MOST_STEPS = 100_000_000;

  /** The choice for a model; the user's own, if it was made. */
  static AutomaticChoice of(SampleSettings settings, Model model, Console console) {
    if (settings.accuracy().isPresent()) {
      return accurate(settings, settings.accuracy().get(), model, console);
    }
    if (!settings.sampler().equals(SampleSettings.AUTO)) {
      return new AutomaticChoice(settings, settings.recipe());
    }
    SampleSettings chosen = settings.with(SampleSettings.CHOICE);
    console.line(
        "Chose --sampler nuts with a low-rank metric: the density has a gradient, d = %d, and nothing is known of its scales."
            .formatted(model.dimension()));
    return new AutomaticChoice(chosen, chosen.recipe());
  }

  /** The unadjusted Langevin algorithm as theory says, each draw from a run of its own. */
  private static AutomaticChoice accurate(
      SampleSettings settings, Accuracy accuracy, Model model, Console console) {
    Accuracy.Answer answer = accuracy.ask(model, settings.seed(), console);
    answer.explanation().lines().forEach(console::line);
    console.line("");
    List<Guarantee> guarantees = answer.explanation().guarantees();
    if (guarantees.isEmpty()) {
      throw new InputError(
          "--accuracy",
          "theory promises nothing for " + model.name(),
          "give --convexity, --smoothness or --log-sobolev if you can prove them, or leave --accuracy out");
    }
    Guarantee plan = guarantees.get(0);
    long steps = plan.count().orElse(Long.MAX_VALUE);
    if (steps > MOST_STEPS) {
      throw new InputError(
          "--accuracy",
          "takes %.3g steps for each draw, more than the %d that this command makes"
              .formatted(plan.steps(), MOST_STEPS),
          "ask for less");
    }
    List<Double> start = Arrays.stream(answer.start()).boxed().toList();
    Sampler runs = new IndependentRuns(new Ula(plan.stepSize()), (int) steps, start);
    return new AutomaticChoice(settings.withoutWarmup("ula"), runs);
  }
}
