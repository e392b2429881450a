package dev.langevin.app;

import dev.langevin.app.target.Catalogue;
import dev.langevin.density.Model;
import dev.langevin.density.target.Gaussian;
import dev.langevin.theory.Guarantee;
import dev.langevin.theory.NormalLaw;

/**
 * Says what theory promises: with which step size and how many steps the unadjusted Langevin algorithm comes so close to a density, on which assumptions; or why
 * nothing can be promised.
 *
 * @param target the density's name in the catalogue
 * @param accuracy how close
 * @param seed of the pilot run that looks for what is not known
 */
public record ExplainJob(String target, Accuracy accuracy, long seed) implements Job {
  @Override
  public Ending run(Console console) {
    Model model = Catalogue.named(target).model().get();
    Accuracy.Answer answer = accuracy.ask(model, seed, console);
    answer.explanation().lines().forEach(console::line);
    if (!answer.explanation().guarantees().isEmpty() && model instanceof Gaussian gaussian) {
      Guarantee first = answer.explanation().guarantees().get(0);
      if (first.count().isPresent()) {
        console.line(first.tightness(gaussian, NormalLaw.isotropic(answer.start(), 0)));
      }
    }
    if (!answer.explanation().guarantees().isEmpty()) {
      console.line("");
      console.line(
          "Run it so: langevin sample %s --accuracy %s --in %s --chains 1 --draws 100"
              .formatted(target, accuracy.value(), accuracy.measure()));
    }
    return Ending.FINISHED;
  }
}
