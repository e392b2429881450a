package dev.langevin.app;

import dev.langevin.app.plot.Densities;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.OrnsteinUhlenbeck;
import dev.langevin.io.InputError;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import dev.langevin.theory.FokkerPlanck;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Three processes on the line: the noising of Ornstein and Uhlenbeck, its reversal, and Langevin dynamics from where the reversal begins. Points that are simulated by small Euler steps under
 * the density that the Fokker–Planck equation gives. The data are scaled to standard deviation 1.
 */
final class LawCourses {
  private static final double HORIZON = 3;
  private static final double STEP = 0.0025;
  private static final double REACH = 6;
  private static final double SHOWN = 4;
  private static final int CELLS = 600;
  private static final double[] RISING = {0, 0.1, 0.3, 1, HORIZON - STEP};
  private static final double[] FALLING = {0, 2, 2.7, 2.9, HORIZON - STEP};

  private final ShowJob job;
  private final GaussianMixture data;
  private final double[] point = new double[1];
  private final double[] gradient = new double[1];
  private final Map<Double, GaussianMixture> laws = new TreeMap<>();

  LawCourses(ShowJob job) {
    this.job = job;
    ExactModel model = ExactModel.named(job.model());
    if (model.law().dimension() != 1) {
      throw new InputError(job.model(), "has more than one coordinate", "use line");
    }
    data = model.scaled().noised(1 / ExactModel.SD, 0);
  }

  BufferedImage picture(Console console) {
    OrnsteinUhlenbeck noising = new OrnsteinUhlenbeck();
    GaussianMixture normal =
        GaussianMixture.isotropic(new double[] {1}, new double[][] {{0}}, new double[] {1});
    List<Densities.Panel> panels = new ArrayList<>();
    panels.addAll(
        row(
            "noising",
            FokkerPlanck.forward(noising, -REACH, REACH, CELLS, STEP),
            (x, t) -> -x,
            data,
            normal,
            RISING,
            console));
    panels.addAll(
        row(
            "reversal",
            FokkerPlanck.reverse(noising, this::score, HORIZON, -REACH, REACH, CELLS, STEP),
            (x, t) -> x + 2 * score(x, HORIZON - t),
            normal,
            data,
            FALLING,
            console));
    panels.addAll(
        row(
            "Langevin",
            FokkerPlanck.langevin(x -> score(x, 0), -REACH, REACH, CELLS, STEP),
            (x, t) -> score(x, 0),
            normal,
            data,
            FALLING,
            console));
    return Densities.of(
        "The law of a process and its points",
        "Curves solve the Fokker-Planck equation; %d points by Euler steps of %s (%s)."
            .formatted(job.points(), STEP, job.model()),
        panels,
        RISING.length,
        -SHOWN,
        SHOWN,
        "Fokker-Planck");
  }

  /** ∇ log q_t. */
  private double score(double x, double t) {
    GaussianMixture law =
        laws.computeIfAbsent(
            t, time -> data.noised(Math.exp(-time), Math.sqrt(-Math.expm1(-2 * time))));
    point[0] = x;
    law.logDensity(point, gradient);
    return gradient[0];
  }

  private List<Densities.Panel> row(
      String name,
      FokkerPlanck equation,
      FokkerPlanck.Coefficient drift,
      GaussianMixture start,
      GaussianMixture end,
      double[] times,
      Console console) {
    double[][] laws = equation.densities(averages(equation, start), times);
    double[] goal = averages(equation, end);
    double[][] points = simulate(name, drift, start, times);
    List<Densities.Panel> panels = new ArrayList<>();
    for (int i = 0; i < times.length; i++) {
      double[] law = laws[i];
      console.line(
          "%s, t = %s: total variation %s from %s"
              .formatted(
                  name,
                  Numbers.fixed(times[i], 1),
                  Numbers.fixed(variation(law, goal, equation.width()), 3),
                  end.components() == 1 ? "N(0, 1)" : "the data"));
      String title = i == 0 ? name + ", t = 0" : "t = " + Numbers.fixed(times[i], 1);
      panels.add(
          new Densities.Panel(title, points[i], x -> law[(int) ((x + REACH) / equation.width())]));
    }
    return panels;
  }

  private double[] averages(FokkerPlanck equation, GaussianMixture law) {
    return equation.averages(
        x -> {
          point[0] = x;
          return Math.exp(law.logDensity(point));
        });
  }

  private static double variation(double[] p, double[] q, double width) {
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      sum += 0.5 * width * Math.abs(p[i] - q[i]);
    }
    return sum;
  }

  /** Euler–Maruyama on dX = drift dt + √2 dB: the points at these times. */
  private double[][] simulate(
      String name, FokkerPlanck.Coefficient drift, GaussianMixture start, double[] times) {
    Seed address = job.address().child(name);
    double[] x = NoiseStrip.draws(start, job.points(), address.child("start"));
    AddressedRandom random = address.child("noise").random();
    double fresh = Math.sqrt(2 * STEP);
    double[][] at = new double[times.length][];
    int k = 0;
    for (int i = 0; i < times.length; i++) {
      for (; k < Math.round(times[i] / STEP); k++) {
        for (int r = 0; r < x.length; r++) {
          x[r] += STEP * drift.at(x[r], k * STEP) + fresh * random.nextGaussian();
        }
      }
      at[i] = x.clone();
    }
    return at;
  }
}
