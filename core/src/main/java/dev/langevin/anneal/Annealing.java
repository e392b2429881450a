package dev.langevin.anneal;

import dev.langevin.density.Density;
import dev.langevin.random.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** One run of {@link SequentialMonteCarlo}. */
final class Annealing {
  private static final int BISECTIONS = 60;
  private static final double GAIN = 1.5; // of the step size's logarithm on the acceptance

  private final SequentialMonteCarlo recipe;
  private final Seed seed;
  private final Cloud cloud;
  private final Weights weights;
  private final Normal reference;
  private final double[] l;
  private double stepSize;
  private double acceptance;

  Annealing(SequentialMonteCarlo recipe, Density density, Seed seed, Executor executor) {
    this.recipe = recipe;
    this.seed = seed;
    this.reference = Normal.of(Reference.fixed(recipe.scale()), density.dimension());
    this.cloud = new Cloud(recipe.particles(), recipe.move(), density, reference, executor);
    this.weights = new Weights(recipe.particles());
    this.l = new double[recipe.particles()];
    this.stepSize = recipe.move().stepSize();
  }

  /** Along the stages of a plan, or, if there are none, along its own. */
  SmcRun run(List<SmcRun.Stage> plan) {
    cloud.draw(seed.child("start"));
    List<SmcRun.Stage> stages = new ArrayList<>();
    double logZ = 0;
    double error = 0;
    int lineages = 0;
    for (double beta = 0; beta < 1; ) {
      int t = stages.size();
      weigh();
      double next = plan.isEmpty() ? next(beta) : plan.get(t).beta();
      logZ += weights.reweigh(l, next - beta);
      beta = next;
      error = Math.sqrt(weights.relativeVariance());
      lineages = weights.lineages();
      double effective = weights.effective();
      boolean resampled = beta == 1 || effective < recipe.resampleBelow() * cloud.size();
      if (resampled) {
        double u = seed.child("resample").child(t).random().nextDouble();
        cloud.select(weights.resample(u));
      }
      double[] metric = plan.isEmpty() ? metric(beta) : plan.get(t).inverseMetric();
      double[] sizes = plan.isEmpty() ? new double[0] : plan.get(t).stepSizes();
      double[] used = move(t, beta, metric, sizes);
      stages.add(new SmcRun.Stage(beta, effective, resampled, acceptance, used, metric));
    }
    return new SmcRun(
        cloud.points(), logZ, error, lineages, stages, cloud.divergences(), cloud.evaluations());
  }

  private void weigh() {
    boolean somewhere = false;
    for (int i = 0; i < l.length; i++) {
      l[i] = cloud.weight(i);
      somewhere |= l[i] > Double.NEGATIVE_INFINITY;
    }
    if (!somewhere) {
      throw new IllegalArgumentException(
          "scale must be such that some draws of the reference lie in the target's support, got "
              + recipe.scale());
    }
  }

  /** The next temperature: the largest that keeps the conditional effective sample size. */
  private double next(double beta) {
    if (weights.conditional(l, 1 - beta) >= recipe.conditional()) {
      return 1;
    }
    double low = beta;
    double high = 1;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = 0.5 * (low + high);
      if (weights.conditional(l, middle - beta) >= recipe.conditional()) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low > beta ? low : high;
  }

  /** Makes the moves; returns their step sizes. */
  private double[] move(int t, double beta, double[] metric, double[] planned) {
    double[] used = new double[recipe.moves()];
    double sum = 0;
    cloud.place(beta, metric);
    for (int j = 0; j < used.length; j++) {
      used[j] = planned.length > 0 ? planned[j] : stepSize;
      cloud.step(used[j], seed.child("move").child(t).child(j));
      double mean = cloud.acceptance();
      double target = recipe.move().targetAcceptance();
      if (!Double.isNaN(target)) {
        stepSize *= StrictMath.exp(GAIN * (mean - target));
      }
      sum += mean;
    }
    acceptance = sum / used.length;
    return used;
  }

  /** 1/E[(∂_i log p_β)²], or, without gradients, the variances. */
  private double[] metric(double beta) {
    double[] mean = new double[reference.dimension()];
    double[] squares = new double[mean.length];
    double[] value = new double[mean.length];
    for (int i = 0; i < cloud.size(); i++) {
      see(i, beta, value);
      for (int j = 0; j < mean.length && weights.of(i) > 0; j++) {
        mean[j] += weights.of(i) * value[j];
        squares[j] += weights.of(i) * value[j] * value[j];
      }
    }
    for (int j = 0; j < mean.length; j++) {
      double raw = cloud.withSlopes() ? 1 / squares[j] : squares[j] - mean[j] * mean[j];
      squares[j] = raw > 0 && raw < Double.POSITIVE_INFINITY ? raw : 1;
    }
    return squares;
  }

  private void see(int i, double beta, double[] value) {
    if (cloud.withSlopes()) {
      System.arraycopy(cloud.slope(i), 0, value, 0, value.length);
      reference.mix(cloud.points()[i], value, beta, 1 - beta);
    } else {
      System.arraycopy(cloud.points()[i], 0, value, 0, value.length);
    }
  }
}
