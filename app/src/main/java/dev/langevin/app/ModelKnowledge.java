package dev.langevin.app;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import dev.langevin.theory.NoisedStatistics;
import java.util.Optional;

/** What is known of the law that a model stands for, on the scale of its denoiser: from this the account of a generation's error is made. */
sealed interface ModelKnowledge {
  /** Evaluations of components that a sampled curve may cost. */
  double WORK = 3e8;

  /** How well the law can be denoised; empty if nothing is known. */
  Optional<NoisedStatistics> statistics(Denoiser denoiser, int levels, Seed seed);

  /** A mixture, with its exact denoiser. */
  record Law(GaussianMixture mixture) implements ModelKnowledge {
    @Override
    public Optional<NoisedStatistics> statistics(Denoiser denoiser, int levels, Seed seed) {
      int d = mixture.dimension();
      int rows = rows(levels, (double) mixture.components() * d);
      double[] data = new double[rows * d];
      double[] one = new double[d];
      AddressedRandom random = seed.random();
      GaussianMixture own = mixture.fork();
      for (int r = 0; r < rows; r++) {
        own.sample(random.moveTo(seed.child("data").child(r)), one);
        System.arraycopy(one, 0, data, r * d, d);
      }
      double[] mean = mixture.mean();
      double[][] covariance = mixture.covariance();
      double second = 0;
      for (int i = 0; i < d; i++) {
        second += covariance[i][i] + mean[i] * mean[i];
      }
      return Optional.of(NoisedStatistics.sampled(denoiser, data, second, seed.child("noise")));
    }
  }

  /** The rows of a table, each with the same probability. */
  record Rows(double[] values) implements ModelKnowledge {
    @Override
    public Optional<NoisedStatistics> statistics(Denoiser denoiser, int levels, Seed seed) {
      int d = denoiser.dimension();
      int n = values.length / d;
      int rows = rows(levels, values.length);
      double[] data = new double[rows * d];
      AddressedRandom random = seed.child("data").random();
      for (int r = 0; r < rows; r++) {
        System.arraycopy(values, random.nextInt(n) * d, data, r * d, d);
      }
      double second = 0;
      for (double value : values) {
        second += value * value / n;
      }
      return Optional.of(NoisedStatistics.sampled(denoiser, data, second, seed.child("noise")));
    }
  }

  /** A network, with its losses on rows that it has not seen, if they were kept. */
  record Learned(Optional<LevelLosses> losses) implements ModelKnowledge {
    @Override
    public Optional<NoisedStatistics> statistics(Denoiser denoiser, int levels, Seed seed) {
      return losses.map(kept -> kept.statistics(denoiser.dimension()));
    }
  }

  private static int rows(int levels, double work) {
    return (int) Math.max(100, Math.min(4000, WORK / (levels * work)));
  }
}
