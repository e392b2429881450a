package dev.langevin.mcmc;

import dev.langevin.density.LogDensity;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A sampler within Gibbs: its kernel on the block's conditional density, and what a warm-up learns of its step size.
 *
 * <p>Its state is scratch: point and log density come from the sweep, the memory from the chain's state, and both go back there.
 */
final class BlockKernel {
  private static final double DECAY = 0.6;
  private static final double GAIN = 2;

  private final GibbsBlock.Within block;
  private final ConditionalDensity density;
  private final Kernel kernel;
  private @Nullable State state;

  // of a warm-up
  private double target;
  private int iterations;
  private int learned;
  private double logStep;
  private double logAverage;
  private int averaged;

  BlockKernel(GibbsBlock.Within block, ConditionalDensity density) {
    this.block = block;
    this.density = density;
    this.kernel = block.sampler().on(density);
  }

  Kernel kernel() {
    return kernel;
  }

  /** The kernel's own state at the sweep's point, with its first memory. */
  State start() {
    double[] x = new double[density.dimension()];
    density.read(x);
    return state = kernel.start(x);
  }

  private State state() {
    return Objects.requireNonNull(state, "started");
  }

  /**
   * Takes the sweep's point; returns how many evaluations that took.
   *
   * @param logDensity of the point; NaN if it is not known
   */
  int refresh(double logDensity, double[] memory, int from) {
    State at = state();
    density.read(at.position());
    System.arraycopy(memory, from, at.memory(), 0, at.memory().length);
    if (at.gradient().length > 0) {
      at.evaluate(density);
      return 1;
    }
    if (Double.isNaN(logDensity)) {
      at.evaluate((LogDensity) density);
      return 1;
    }
    at.logDensity(logDensity);
    return 0;
  }

  /** One step, or one of a warm-up, from where {@link #refresh} has put it. */
  Outcome step(boolean learn, RandomGenerator random) {
    if (!learn || !block.sampler().tuned()) {
      return kernel.step(state(), random);
    }
    if (kernel instanceof SelfTuningKernel self) {
      return self.learn(state(), random);
    }
    Outcome outcome = kernel.step(state(), random);
    if (kernel instanceof TunableKernel tunable) {
      learn(tunable.tuning(), outcome.acceptance());
    }
    return outcome;
  }

  /** Gives point and memory back; returns the log density. */
  double giveBack(double[] memory, int from) {
    State at = state();
    density.write(at.position());
    System.arraycopy(at.memory(), 0, memory, from, at.memory().length);
    return at.logDensity();
  }

  /** As {@link SelfTuningKernel#beginWarmup}. */
  void beginWarmup(int iterations, double targetAcceptance) {
    double own = block.targetAcceptance();
    this.target = Double.isNaN(targetAcceptance) || Double.isNaN(own) ? own : targetAcceptance;
    this.iterations = iterations;
    learned = 0;
    averaged = 0;
    logAverage = 0;
    if (kernel instanceof SelfTuningKernel self) {
      self.beginWarmup(iterations, targetAcceptance);
    } else if (kernel instanceof TunableKernel tunable) {
      logStep = StrictMath.log(tunable.tuning().stepSize());
    }
  }

  /** log s ← log s + 2 n^-0.6 (acceptance - target). */
  private void learn(Tuning tuning, double acceptance) {
    if (Double.isNaN(target)) {
      return;
    }
    learned++;
    logStep += GAIN * StrictMath.pow(learned, -DECAY) * (acceptance - target);
    if (2 * learned > iterations) {
      averaged++;
      logAverage += (logStep - logAverage) / averaged;
    }
    tuning.stepSize(StrictMath.exp(logStep));
  }

  /** Keeps the mean of what was tried: with {@link Scan#RANDOM} a block may have been visited less often than announced. */
  void endWarmup() {
    if (averaged > 0 && kernel instanceof TunableKernel tunable) {
      tunable.tuning().stepSize(StrictMath.exp(logAverage));
    }
  }
}
