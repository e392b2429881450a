package dev.langevin.app;

import dev.langevin.math.Check;
import dev.langevin.solver.ConsistencyDistillation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Makes a consistency function of a fitted model, which generates in one or a few steps (Song, Dhariwal, Chen &amp; Sutskever 2023). A run that was stopped or killed resumes
 * when the same job runs again.
 *
 * @param teacher folder of a model that {@link FitJob} wrote
 * @param data what the teacher learned from; where it says it found them when empty
 * @param settings how long, with which seed, batch, rate and precision; size and objective are the teacher's
 * @param recipe levels and metric
 * @param targetDecay share of the target's weights that a step keeps, at least 0 and below 1
 * @param threads how many threads work, at least 1; the model does not depend on it
 * @param out the new model's folder
 * @param fresh whether a model that is there already is thrown away and learned anew
 */
public record DistillJob(
    Path teacher,
    Optional<DataSource> data,
    FitSettings settings,
    ConsistencyDistillation recipe,
    double targetDecay,
    int threads,
    Path out,
    boolean fresh)
    implements Job {
  /** Levels, unless said otherwise. */
  public static final int LEVELS = 18;

  /** The metric, unless said otherwise. */
  public static final String METRIC = "pseudo-huber";

  /** Share of the target's weights that a step keeps, unless said otherwise. */
  public static final double TARGET_DECAY = 0.95;

  public DistillJob {
    Check.between("threads", threads, 1, 4096);
    if (!(targetDecay >= 0 && targetDecay < 1)) {
      throw new IllegalArgumentException(
          "targetDecay must be at least 0 and below 1, got " + targetDecay);
    }
  }

  /** EDM's levels from 0.002 to 80, so many. */
  public static ConsistencyDistillation recipe(int levels, String metric) {
    ConsistencyDistillation usual = new ConsistencyDistillation();
    return new ConsistencyDistillation(
        levels, usual.rho(), usual.sigmaMin(), usual.sigmaMax(), Distilled.metric(metric));
  }

  @Override
  public Ending run(Console console) throws IOException {
    return new Distill(this).run(console);
  }
}
