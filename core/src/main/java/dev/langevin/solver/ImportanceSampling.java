package dev.langevin.solver;

import dev.langevin.density.Density;
import dev.langevin.math.Check;
import dev.langevin.random.AddressedRandom;

/**
 * Inner sampling by self-normalised importance sampling, fresh at every level: n points from the normal law of {@link InnerSampling}, weighted by
 * p(x₀)/N(x₀; 0, s²I). The mean is off by O(1/√n), with a bias of O(1/n). n evaluations a level, no gradient is used.
 *
 * <p>Right for few dimensions: at the large levels the effective sample size falls like the target's volume over that of N(0, s²I), exponentially
 * in d.
 *
 * @param samples n, at least 2
 */
public record ImportanceSampling(int samples) implements InnerSampling {
  public ImportanceSampling {
    Check.atLeast("samples", samples, 2);
  }

  @Override
  public long evaluations(int levels) {
    return (long) samples * levels;
  }

  @Override
  public Worker on(Density density, double scale) {
    return new ImportanceWorker(samples, density, new Preposterior(scale));
  }

  private static final class ImportanceWorker implements Worker {
    private final Density density;
    private final Preposterior proposal;
    private final WeightedPoints cloud;
    private final double[] gradient;
    private long evaluations;
    private long divergences;

    ImportanceWorker(int samples, Density density, Preposterior proposal) {
      this.density = density;
      this.proposal = proposal;
      cloud = new WeightedPoints(samples, density.dimension());
      gradient = new double[density.dimension()];
    }

    @Override
    public void restart() {
      evaluations = 0;
      divergences = 0;
    }

    @Override
    public boolean level(double[] y, double sigma, AddressedRandom random) {
      cloud.level();
      for (int i = 0; i < cloud.size(); i++) {
        double[] x = cloud.point(i);
        proposal.draw(y, sigma, random, x);
        double logDensity = density.logDensity(x, gradient);
        if (logDensity < Double.POSITIVE_INFINITY) {
          cloud.reweigh(i, logDensity - proposal.logPrior(x));
        } else { // NaN too
          cloud.reweigh(i, Double.NEGATIVE_INFINITY);
          divergences++;
        }
      }
      evaluations += cloud.size();
      return cloud.normalise();
    }

    @Override
    public void mean(double[] out) {
      cloud.mean(out);
    }

    @Override
    public void meanErrors(double[] out) {
      cloud.meanErrors(out);
    }

    @Override
    public double meanError() {
      return cloud.meanError();
    }

    @Override
    public double effectiveSamples() {
      return 1 / cloud.sumOfSquares();
    }

    @Override
    public double acceptance() {
      return Double.NaN;
    }

    @Override
    public long evaluations() {
      return evaluations;
    }

    @Override
    public long divergences() {
      return divergences;
    }

    @Override
    public void pick(double u, double[] out) {
      cloud.pick(u, out);
    }
  }
}
