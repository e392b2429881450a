package dev.langevin.app;

import dev.langevin.app.plot.Clouds;
import dev.langevin.io.InputError;
import dev.langevin.solver.Generation;
import dev.langevin.solver.StepListener;
import dev.langevin.table.Dataset;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
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
      return DataSource.of(name.substring(EmpiricalModel.PREFIX.length())).read();
    }
    ExactModel exact = ExactModel.named(name);
    double[] x = NoiseStrip.draws(exact.law(), TRAINING_ROWS, job.address().child("training"));
    return Dataset.of(name, new int[] {exact.law().dimension()}, x);
  }

  BufferedImage picture(Console console) {
    List<Clouds.Panel> panels = new ArrayList<>();
    Generation usual = job.how().recipe();
    for (double last : LAST) {
      panels.add(panel(usual, STEPS, last, "to " + last / ExactModel.SD, console));
    }
    for (int steps : COUNTS) {
      panels.add(panel(usual, steps, usual.sigmaMin(), steps + " steps", console));
    }
    double[] centre = {model.scaling().shift()[0], model.scaling().shift()[1]};
    double reach = 0;
    for (int i = 0; i < training.values().length; i++) {
      reach = Math.max(reach, 1.3 * Math.abs(training.values()[i] - centre[i % 2]));
    }
    return Clouds.of(
        "Memorisation: the exact denoiser of %d training rows".formatted(training.rows()),
        "Above: the last noise level, in the data's standard deviation; below: steps. Copy: within 0.02 of a row.",
        panels,
        LAST.length,
        centre,
        reach,
        List.of("training rows", "samples"));
  }

  private Clouds.Panel panel(
      Generation usual, int steps, double last, String name, Console console) {
    double[] z =
        new Generation(usual.solver(), usual.spacing(), steps, last, usual.sigmaMax())
            .sample(model.denoiser(), job.points(), job.points(), job.address(), StepListener.NONE);
    String share = Math.round(100 * copies(z)) + " % copies";
    console.line(name + ": " + share);
    return new Clouds.Panel(name + ", " + share, training.values(), model.scaling().toData(z));
  }

  /** The share of samples that lie next to a training row. */
  private double copies(double[] z) {
    double[] rows = model.scaled();
    int copies = 0;
    for (int i = 0; i < z.length; i += 2) {
      double nearest = Double.POSITIVE_INFINITY;
      for (int j = 0; j < rows.length; j += 2) {
        nearest = Math.min(nearest, Math.hypot(z[i] - rows[j], z[i + 1] - rows[j + 1]));
      }
      copies += nearest <= NEAR * ExactModel.SD ? 1 : 0;
    }
    return 2.0 * copies / z.length;
  }
}
