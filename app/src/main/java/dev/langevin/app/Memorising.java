package dev.langevin.app;

import dev.langevin.app.plot.Clouds;
import dev.langevin.io.InputError;
import dev.langevin.solver.Generation;
import dev.langevin.solver.StepListener;
import dev.langevin.table.Dataset;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What memorisation looks like: the denoiser of the training rows themselves, run with the last noise level ever lower, and with ever more steps. A good solver on a
 * perfectly fitted denoiser brings back its training rows and nothing else.
 */
final class Memorising {
  private static final int TRAINING_ROWS = 40;
  private static final int STEPS = 32;
  private static final double[] LAST = {0.4, 0.2, 0.1, 0.002};
  private static final int[] COUNTS = {2, 4, 8, STEPS};

  /** A sample so near to a training row, in standard deviations of the data, counts as its copy. */
  private static final double NEAR = 0.02;

  private final ShowJob job;
  private final Dataset training;
  private final EmpiricalModel model;

  Memorising(ShowJob job) {
    this.job = job;
    training = rows(job);
    if (training.width() != 2) {
      throw new InputError(job.model(), "has not two columns", "use ring, grid or a file with two");
    }
    model = EmpiricalModel.of(training);
  }

  private static Dataset rows(ShowJob job) {
    String name = job.model();
    if (name.startsWith(EmpiricalModel.PREFIX)) {
      return EmpiricalModel.source(name).read();
    }
    ExactModel exact = ExactModel.named(name);
    double[] x = NoiseStrip.draws(exact.law(), TRAINING_ROWS, job.address().child("training"));
    return Dataset.of(name, new int[] {exact.law().dimension()}, x);
  }

  BufferedImage picture(Console console) {
    List<Clouds.Panel> panels = new ArrayList<>();
    Generation usual = job.how().recipe();
    for (double last : LAST) {
      Found found = found(usual, STEPS, last);
      String name = "to %s: %d %% copies".formatted(last / ExactModel.SD, found.percent());
      console.line(name);
      panels.add(new Clouds.Panel(name, training.values(), found.samples()));
    }
    for (int steps : COUNTS) {
      Found found = found(usual, steps, LAST[LAST.length - 1]);
      console.line(
          "%d steps: %d %% copies, of %d rows".formatted(steps, found.percent(), found.rows()));
      String name = "%d steps: %d of %d rows".formatted(steps, found.rows(), training.rows());
      panels.add(new Clouds.Panel(name, training.values(), found.samples()));
    }
    double[] centre = {model.scaling().shift()[0], model.scaling().shift()[1]};
    double reach = 0;
    for (int i = 0; i < training.values().length; i++) {
      reach = Math.max(reach, 1.3 * Math.abs(training.values()[i] - centre[i % 2]));
    }
    return Clouds.of(
        "Memorisation: the exact denoiser of %d training rows".formatted(training.rows()),
        "Above: where the noise ends, in standard deviations. Below: steps, and rows found.",
        panels,
        LAST.length,
        centre,
        reach,
        List.of("training rows", "samples"));
  }

  /** Samples on the data's own scale; how many percent of them are copies, and of how many rows. */
  private record Found(double[] samples, long percent, int rows) {}

  private Found found(Generation usual, int steps, double last) {
    double[] z =
        new Generation(usual.solver(), usual.spacing(), steps, last, usual.sigmaMax())
            .sample(model.denoiser(), job.points(), job.points(), job.address(), StepListener.NONE);
    double[] rows = model.scaled();
    BitSet copied = new BitSet();
    int copies = 0;
    for (int i = 0; i < z.length; i += 2) {
      int nearest = 0;
      for (int j = 2; j < rows.length; j += 2) {
        nearest = gap(z, i, rows, j) < gap(z, i, rows, nearest) ? j : nearest;
      }
      if (gap(z, i, rows, nearest) <= NEAR * ExactModel.SD) {
        copies++;
        copied.set(nearest);
      }
    }
    long percent = Math.round(200.0 * copies / z.length);
    return new Found(model.scaling().toData(z), percent, copied.cardinality());
  }

  private static double gap(double[] x, int i, double[] y, int j) {
    return Math.hypot(x[i] - y[j], x[i + 1] - y[j + 1]);
  }
}
