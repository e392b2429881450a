package dev.langevin.anneal;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.mcmc.Kernel;
import dev.langevin.mcmc.SelfTuningKernel;
import dev.langevin.mcmc.State;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;

/** Two standard normal distributions so far apart, of weights 0.25 (the left one) and 0.75; and how chains fare on them. */
final class TwoModes {
  static final double WEIGHT = 0.25;

  private TwoModes() {}

  static GaussianMixture of(int dimension, double separation) {
    double[][] means = new double[2][dimension];
    means[0][0] = -separation / 2;
    means[1][0] = separation / 2;
    return GaussianMixture.isotropic(new double[] {WEIGHT, 1 - WEIGHT}, means, new double[] {1, 1});
  }

  /** A point at the centre of the left mode. */
  static double[] left(int dimension, double separation) {
    double[] x = new double[dimension];
    x[0] = -separation / 2;
    return x;
  }

  /** Share of a chain's draws in the left mode, after a warm-up if it has one of its own. */
  static double weight(Kernel kernel, double[] start, int warmup, int draws, Seed seed) {
    AddressedRandom random = seed.random();
    State state = kernel.start(start);
    if (kernel instanceof SelfTuningKernel self && warmup > 0) {
      warm(self, state, warmup, seed);
    }
    double share = 0;
    for (int i = 0; i < draws; i++) {
      kernel.step(state, random.moveTo(seed.child(warmup + i)));
      share += state.position()[0] < 0 ? 1.0 / draws : 0;
    }
    return share;
  }

  static void warm(SelfTuningKernel kernel, State state, int iterations, Seed seed) {
    AddressedRandom random = seed.random();
    kernel.beginWarmup(iterations, Double.NaN);
    for (int i = 0; i < iterations; i++) {
      kernel.learn(state, random.moveTo(seed.child(i)));
    }
  }

  static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  static double sd(double[] values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }

  /** (mean - expected) in standard errors of the mean, from the scatter of independent values. */
  static double t(double[] values, double expected) {
    return (mean(values) - expected) / (sd(values) / Math.sqrt(values.length));
  }
}
