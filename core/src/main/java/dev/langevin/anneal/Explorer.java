package dev.langevin.anneal;

import dev.langevin.adapt.DualAveraging;
import dev.langevin.mcmc.Kernel;
import dev.langevin.mcmc.Metric;
import dev.langevin.mcmc.Outcome;
import dev.langevin.mcmc.Sampler;
import dev.langevin.mcmc.SelfTuningKernel;
import dev.langevin.mcmc.State;
import dev.langevin.mcmc.TunableKernel;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What moves the replica on one rung: a kernel on its density, and in warm-up the averaging that steers its step size. */
final class Explorer {
  private final Bridge bridge;
  private final Kernel kernel;
  private @Nullable DualAveraging averaging;

  Explorer(Sampler sampler, Bridge bridge, Normal reference) {
    this.bridge = bridge;
    this.kernel = sampler.on(bridge);
    if (kernel instanceof SelfTuningKernel) {
      throw new IllegalArgumentException(
          "explorer must not bring a warm-up of its own, got " + sampler);
    }
    if (kernel instanceof TunableKernel tunable) {
      tunable.tuning().metric(Metric.diagonal(reference.variance()));
    }
  }

  Bridge bridge() {
    return bridge;
  }

  Kernel kernel() {
    return kernel;
  }

  /** The step size; NaN where there is none. */
  double stepSize() {
    DualAveraging learning = averaging;
    return learning == null ? current() : learning.average();
  }

  private double current() {
    return kernel instanceof TunableKernel tunable ? tunable.tuning().stepSize() : Double.NaN;
  }

  /** Learns the step size from now on, beginning at this one. */
  void beginLearning(double targetAcceptance, double stepSize) {
    if (kernel instanceof TunableKernel tunable && !Double.isNaN(targetAcceptance)) {
      tunable.tuning().stepSize(stepSize);
      averaging = new DualAveraging(targetAcceptance, stepSize);
    }
  }

  /** Keeps what was learned. */
  void endLearning() {
    if (averaging != null && kernel instanceof TunableKernel tunable) {
      tunable.tuning().stepSize(averaging.average());
      averaging = null;
    }
  }

  /** A step, from which the step size learns if it is to. */
  Outcome step(State state, RandomGenerator random) {
    Outcome outcome = kernel.step(state, random);
    if (averaging != null && kernel instanceof TunableKernel tunable) {
      tunable.tuning().stepSize(averaging.learn(outcome.acceptance()));
    }
    return outcome;
  }
}
