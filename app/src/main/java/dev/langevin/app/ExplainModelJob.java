package dev.langevin.app;

import dev.langevin.interchange.Compatibility;
import dev.langevin.math.Check;
import dev.langevin.solver.Generation;
import dev.langevin.tensor.Backend;
import dev.langevin.tensor.Precision;
import dev.langevin.theory.BudgetPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * Says of what the error of a generation will be made, before it is run; or, given a total variation distance, with which horizon, levels and steps it is reached, and what error the
 * model may still have.
 *
 * @param model as of {@link GenerateJob}
 * @param how solver and grid
 * @param horizon T on the clock of the Ornstein–Uhlenbeck process, σ_max = √(e^{2T} - 1); instead of a first level
 * @param threads how many threads a network works with
 */
public record ExplainModelJob(String model, SolverSettings how, OptionalDouble horizon, int threads)
    implements Job {
  private static final int ROWS = 64;

  public ExplainModelJob {
    horizon.ifPresent(
        t -> {
          Check.positive("horizon", t);
          if (how.sigmaMax().isPresent() || how.targetTv().isPresent()) {
            throw new IllegalArgumentException(
                "horizon must be left out where sigmaMax or targetTv is given");
          }
        });
  }

  /** Whether this names something to generate from that is no density of the catalogue. */
  public static boolean isModel(String name) {
    return name.startsWith(EmpiricalModel.PREFIX) || Files.isDirectory(Path.of(name));
  }

  @Override
  public Ending run(Console console) {
    Backend.threads(threads);
    SolverSettings asked = settings();
    try (ModelSource source =
        ModelSource.open(model, asked, Compatibility.CORRECTED, Precision.FP32, console)) {
      console.line(
          "%s (%s), levels σ for data of standard deviation %s:"
              .formatted(source.name(), source.about(), ExactModel.SD));
      SolverSettings on = asked.on(source);
      if (how.targetTv().isPresent()) {
        planned(source, on, console);
      } else {
        Generation recipe = on.recipe(source);
        console.line(
            "%s, %d steps, %d evaluations of the denoiser for a sample, from σ = %s to %s."
                .formatted(
                    on.isPlain() ? on.solver() : recipe.solver().name(),
                    recipe.steps(),
                    recipe.evaluations(),
                    Numbers.brief(recipe.sigmaMax()),
                    Numbers.brief(recipe.sigmaMin())));
        ErrorAccount.of(source, recipe, ROWS).lines().forEach(console::line);
      }
    }
    return Ending.FINISHED;
  }

  private void planned(ModelSource source, SolverSettings on, Console console) {
    double target = how.targetTv().getAsDouble();
    BudgetPlan plan = ErrorAccount.plan(source, on.recipe().solver(), target, how.sigmaMin());
    plan.lines().forEach(console::line);
    console.line("Run it so: langevin generate %s %s --out FILE".formatted(model, on.flags()));
  }

  private SolverSettings settings() {
    if (horizon.isEmpty()) {
      return how;
    }
    double sigma = Math.sqrt(Math.expm1(2 * horizon.getAsDouble()));
    return new SolverSettings(
        how.solver(),
        how.set(),
        how.steps(),
        how.spacing(),
        how.sigmaMin(),
        OptionalDouble.of(sigma));
  }
}
