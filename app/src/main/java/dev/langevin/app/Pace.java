package dev.langevin.app;

import dev.langevin.tensor.Trainer;
import dev.langevin.tensor.TrainingSettings;
import java.util.function.Supplier;

/**
 * How many optimizer steps fit into a time. The learning rate falls along a plan, so a run must know its length before it begins;
 * when the user gives minutes, a few steps on the side tell it.
 */
final class Pace {
  private static final int COLD = 2; // the first steps load and tune kernels
  private static final int FEWEST = 3;
  private static final double SHARE = 0.03; // of the time, at most, for finding out
  private static final double LONGEST = 3; // seconds
  private static final double MARGIN = 0.95; // checkpoints and held-out losses take time too

  private Pace() {}

  /** The number of steps that {@code seconds} suffice for, at least 1, rounded down to two digits. */
  static long steps(TrainingSettings settings, Lesson lesson, double seconds) {
    return steps(() -> new Trainer(settings, lesson.rows(), lesson.labels()), seconds);
  }

  /** The same for any trainer, made for the purpose and closed here. */
  static long steps(Supplier<Trainer> maker, double seconds) {
    long start = System.nanoTime();
    try (Trainer trainer = maker.get()) {
      for (int i = 0; i < COLD; i++) {
        trainer.step();
      }
      long warm = System.nanoTime();
      int taken = 0;
      while (taken < FEWEST || since(warm) < Math.min(LONGEST, SHARE * seconds)) {
        trainer.step();
        taken++;
      }
      double each = since(warm) / taken;
      return rounded((long) (MARGIN * (seconds - since(start)) / each));
    }
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) * 1e-9;
  }

  private static long rounded(long steps) {
    long unit = 1;
    while (steps / unit >= 100) {
      unit *= 10;
    }
    return Math.max(1, steps / unit * unit);
  }
}
