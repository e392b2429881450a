package dev.langevin.anneal;

import dev.langevin.adapt.DualAveraging;
import dev.langevin.mcmc.Kernel;
import dev.langevin.mcmc.Metric;
import dev.langevin.mcmc.Outcome;
import dev.langevin.mcmc.Sampler;
import dev.langevin.mcmc.SelfTuningKernel;
import dev.langevin.mcmc.State;
import dev.langevin.mcmc.TunableKernel;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What moves the replica on one rung: a kernel on its density, and in warm-up the averaging that steers its step size. */
final class Explorer {
  private static final double PRIOR = 5;

  private final Bridge bridge;
  private final Kernel kernel;
  private @Nullable DualAveraging averaging;
  private final double[] inverse; // of the metric
  private final double[]
      squares; // of the coordinates of ∇ log p_β, summed over the steps learned from
  private int seen;

  /**
   * An explorer that has not learned.
   *
   * @param inverse diagonal of M⁻¹, for a kernel with a metric
   */
  Explorer(Sampler sampler, Bridge bridge, double[] inverse) {
    this.bridge = bridge;
    this.kernel = sampler.on(bridge);
    this.inverse = inverse;
    this.squares = new double[inverse.length];
    if (kernel instanceof SelfTuningKernel) {
      throw new IllegalArgumentException(
          "explorer must not bring a warm-up of its own, got " + sampler);
    }
    if (kernel instanceof TunableKernel tunable) {
      tunable.tuning().metric(Metric.diagonal(inverse));
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
      see(state.gradient());
    }
    return outcome;
  }

  private void see(double[] gradient) {
    for (int i = 0; i < gradient.length; i++) {
      squares[i] += gradient[i] * gradient[i];
    }
    seen += gradient.length > 0 ? 1 : 0;
  }

  /**
   * 1/E[(∂_i log p_β)²] over the steps learned from, with the metric in use counted as {@value #PRIOR} of them: the scale within a mode, however far the modes are
   * apart. Without gradients, the metric in use. A copy.
   */
  double[] scales() {
    double[] scales = new double[inverse.length];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = (seen + PRIOR) / (squares[i] + PRIOR / inverse[i]);
    }
    return Double.isFinite(Arrays.stream(scales).sum()) && Arrays.stream(scales).min().orElse(0) > 0
        ? scales
        : inverse.clone();
  }
}
