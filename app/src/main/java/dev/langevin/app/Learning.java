package dev.langevin.app;

import dev.langevin.io.InputError;
import dev.langevin.tensor.BackendUnavailable;
import dev.langevin.tensor.Checkpoint;
import dev.langevin.tensor.Trainer;
import dev.langevin.tensor.TrainingFailure;
import java.io.IOException;
import java.util.OptionalDouble;

/**
 * What is the same for everything that learns step by step: how many steps a budget means, when they are over, checkpoints on the way, and stopping.
 *
 * @param doing in one word, for the progress line
 * @param folder where the model is kept
 * @param budget how much work was asked for
 * @param checkpointNanos between two checkpoints
 */
record Learning(String doing, ModelFolder folder, Budget budget, long checkpointNanos) {
  private static final double PATIENCE = 1.1; // how far a run may exceed the minutes asked for

  /** What differs. */
  interface Course {
    Trainer trainer();

    /** Everything that is needed to go on. */
    Checkpoint checkpoint();

    /** The loss on rows that are held out; empty if there are none. */
    OptionalDouble heldOut();

    /** Told of every step, before its loss is written down. */
    default void stepped() throws IOException {}

    /** Told of every step, after a checkpoint that was due. */
    default void rested() throws IOException {}
  }

  /** Work that may find a network out of its mind, or no backend. */
  interface Work {
    Ending run() throws IOException;
  }

  /** Does the work, and says what its failures mean to a user. */
  static Ending explained(Work work) throws IOException {
    try {
      return work.run();
    } catch (TrainingFailure broken) {
      throw new InputError(
          "--learning-rate",
          String.valueOf(broken.getMessage()),
          "run again with a smaller --learning-rate and --fresh",
          broken);
    } catch (BackendUnavailable missing) {
      throw new InputError("tensor backend", String.valueOf(missing.getMessage()), "", missing);
    }
  }

  /** The plan for another amount of work than the one that the model began with; the stored one if it is the same. */
  ModelConfig plan(ModelConfig stored, long done, History history) {
    if (stored.budget().equals(budget)) {
      return stored;
    }
    double left = Math.max(0, budget.seconds() - history.seconds());
    long steps = budget.steps().orElseGet(() -> done + (long) (left * done / history.seconds()));
    return stored.withPlan(budget, Math.max(1, steps));
  }

  boolean isFinished(ModelConfig config, long step, History history) {
    boolean late = step > 0 && history.seconds() >= PATIENCE * budget.seconds();
    return step >= config.training().steps() || late;
  }

  /** Takes the steps that are left; keeps the model at the end, and when it is stopped. */
  Ending learn(ModelConfig config, Course course, History history, Console console)
      throws IOException {
    Trainer trainer = course.trainer();
    long start = System.nanoTime();
    double before = history.seconds();
    long saved = start;
    try (Progress progress = console.progress(doing, config.training().steps(), "steps")) {
      while (!isFinished(config, trainer.steps(), history)) {
        if (console.cancelled()) {
          return stopped(config, course, history, console);
        }
        history.add(trainer.step());
        course.stepped();
        if (history.isDue(trainer.steps())) {
          enter(course, history, progress);
        }
        long now = System.nanoTime();
        history.seconds(before + (now - start) * 1e-9);
        progress.advanceTo(trainer.steps());
        if (now - saved >= checkpointNanos) {
          folder.save(config, course.checkpoint(), history);
          saved = now;
        }
        course.rested();
      }
      if (history.isOpen()) {
        enter(course, history, progress);
      }
    }
    folder.save(config, course.checkpoint(), history);
    return Ending.FINISHED;
  }

  private static void enter(Course course, History history, Progress progress) {
    history.enter(course.trainer().steps(), course.heldOut());
    progress.note(history.summary());
  }

  private Ending stopped(ModelConfig config, Course course, History history, Console console) {
    folder.save(config, course.checkpoint(), history);
    console.line(
        "Stopped at step %d of %d; %s keeps it. The same command resumes."
            .formatted(course.trainer().steps(), config.training().steps(), folder.path()));
    return Ending.STOPPED;
  }
}
