package dev.langevin.app;

import dev.langevin.app.plot.Courses;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.io.InputError;
import dev.langevin.mcmc.Kernel;
import dev.langevin.mcmc.State;
import dev.langevin.mcmc.Ula;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import dev.langevin.solver.StepListener;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;

/**
 * How the share of points in the lighter of two modes changes over steps: plain Langevin dynamics keeps the weights of its start, annealed Langevin and the reverse
 * process find those of the law (Song &amp; Ermon 2019, section 3.2.2). One evaluation of the score a step for all.
 */
final class WeightCourses {
  private static final int STEPS = 640;

  /** Step size in units of the light mode's variance. */
  private static final double RELATIVE_STEP = 0.1;

  private final ShowJob job;
  private final ExactModel model;
  private final GaussianMixture law;
  private final double[][] means;
  private final int light;
  private final int heavy;

  WeightCourses(ShowJob job) {
    this.job = job;
    model = ExactModel.named(job.model());
    law = model.scaled();
    if (law.components() != 2) {
      throw new InputError(job.model(), "has not two modes", "use imbalanced or two-modes");
    }
    means = law.means();
    light = law.weights()[0] < law.weights()[1] ? 0 : 1;
    heavy = 1 - light;
  }

  BufferedImage picture(Console console) {
    int steps = job.how().steps().orElse(STEPS);
    List<Courses.Course> courses =
        List.of(
            new Courses.Course("Langevin from light", langevin(light, steps)),
            new Courses.Course("Langevin from heavy", langevin(heavy, steps)),
            new Courses.Course("annealed", solved("annealed", steps)),
            new Courses.Course("reverse", solved("exponential", steps)));
    double truth = law.weights()[light];
    courses.forEach(
        course ->
            console.line(
                "%s: %s in the light mode at the end, true weight %s."
                    .formatted(
                        course.name(),
                        Numbers.fixed(course.values()[course.values().length - 1], 3),
                        Numbers.brief(truth))));
    return Courses.of(
        "Weights of two far modes",
        "%s: %d points for each method, one evaluation of the score a step."
            .formatted(job.model(), job.points()),
        "steps",
        "share of points nearer to the light mode",
        courses,
        truth);
  }

  private double[] langevin(int mode, int steps) {
    double variance = law.covariances()[mode][0][0];
    Kernel kernel = new Ula(RELATIVE_STEP * variance).on(law.fork());
    Seed address = job.address().child("langevin").child(mode);
    double[] starts = new double[law.dimension()];
    double[] share = new double[steps + 1];
    AddressedRandom random = address.random();
    for (int r = 0; r < job.points(); r++) {
      random.moveTo(address.child(r)).fillGaussian(starts, 0, starts.length);
      for (int i = 0; i < starts.length; i++) {
        starts[i] = means[mode][i] + Math.sqrt(variance) * starts[i];
      }
      State state = kernel.start(starts);
      share[0] += nearer(starts, 0);
      for (int k = 1; k <= steps; k++) {
        kernel.step(state, random.moveTo(address.child(r).child(k)));
        share[k] += nearer(state.position(), 0);
      }
    }
    return DoubleStream.of(share).map(sum -> sum / job.points()).toArray();
  }

  private double[] solved(String solver, int steps) {
    int d = law.dimension();
    List<Double> share = new ArrayList<>();
    ListeningDenoiser denoiser =
        new ListeningDenoiser(model.denoiser(), (sigma, y, rows) -> share.add(share(y, rows)));
    double[] end =
        SolverSettings.of(solver, OptionalInt.of(steps))
            .recipe()
            .sample(denoiser, job.points(), job.points(), job.address(), StepListener.NONE);
    share.add(share(end, end.length / d));
    return share.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private double share(double[] y, int rows) {
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      sum += nearer(y, r * law.dimension());
    }
    return sum / rows;
  }

  /** 1 for a point nearer to the light mode's mean, else 0. */
  private int nearer(double[] y, int from) {
    double gap = 0;
    for (int i = 0; i < law.dimension(); i++) {
      double toLight = y[from + i] - means[light][i];
      double toHeavy = y[from + i] - means[heavy][i];
      gap += toLight * toLight - toHeavy * toHeavy;
    }
    return gap < 0 ? 1 : 0;
  }
}
