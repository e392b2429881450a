package dev.langevin.anneal;

import dev.langevin.adapt.DualAveraging;
import dev.langevin.density.Density;
import dev.langevin.density.Tempered;
import dev.langevin.math.Check;
import dev.langevin.mcmc.Kernel;
import dev.langevin.mcmc.Outcome;
import dev.langevin.mcmc.Sampler;
import dev.langevin.mcmc.State;
import dev.langevin.mcmc.TunableKernel;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Simulated annealing (Kirkpatrick, Gelatt &amp; Vecchi 1983): minimises f by a chain that samples p_β ∝ exp(-β f) while β rises. On n points, with f_min &gt; 0, β ≥ (log n + log
 * 1/δ)/(ε f_min) puts mass 1 - δ on {f ≤ (1 + ε) f_min}; whether the chain keeps up with p_β is another question, and the answer is in the trace: end where
 * {@link Level#mean} has stopped falling, and compare runs from several seeds.
 *
 * <p>Where the moves have a step size it is steered to the acceptance that suits them, level by level, since it must shrink as sqrt(1/β). The result is the best point
 * that the chain stood on; in R^d it is within about sqrt(d/β) of the minimiser (in units of the curvature), so end at a large β or polish it.
 *
 * <p>Step i of level k draws from {@code seed.child(k).child(i)}.
 *
 * @param cooling the levels
 * @param steps moves at each level, at least 1
 */
public record SimulatedAnnealing(Cooling cooling, int steps) {
  public SimulatedAnnealing {
    Check.atLeast("steps", steps, 1);
  }

  /**
   * One level of the trace.
   *
   * @param beta β
   * @param mean mean of f over the steps of the level
   * @param best the lowest f so far
   * @param acceptance mean acceptance
   */
  public record Level(double beta, double mean, double best, double acceptance) {}

  /**
   * What a run leaves.
   *
   * @param point the best point
   * @param value f there
   * @param trace the levels in order
   * @param evaluations evaluations of f by the moves and at the beginning of each level
   */
  @SuppressWarnings("ArrayRecordComponent") // handed out once, never compared
  public record Minimum(double[] point, double value, List<Level> trace, long evaluations) {
    public Minimum {
      trace = List.copyOf(trace);
    }
  }

  /**
   * Minimises f = -log p, that is, finds a mode.
   *
   * @param density p, up to a constant
   * @param move moves the chain at each temperature
   * @param start where it begins; f finite there
   */
  public Minimum minimise(Density density, Sampler move, double[] start, Seed seed) {
    return minimise(
        beta -> move.on(new Tempered(density, beta)), move.targetAcceptance(), start, seed);
  }

  /**
   * Minimises whatever the kernels sample: on R^d, or on a finite set whose points are written as numbers.
   *
   * @param at gives for each β a kernel that leaves exp(-β f) invariant, and whose states tell -β f as their log density
   * @param targetAcceptance where kernels with a step size are steered; NaN leaves it alone
   * @param start where the chain begins
   */
  public Minimum minimise(
      DoubleFunction<Kernel> at, double targetAcceptance, double[] start, Seed seed) {
    Run run = new Run(at, targetAcceptance, start);
    for (double beta = cooling.first(); beta < Double.POSITIVE_INFINITY; ) {
      int level = run.trace.size();
      double spread = run.level(beta, steps, seed.child(level));
      beta = cooling.next(level + 1, beta, spread);
    }
    return new Minimum(run.best, run.lowest, run.trace, run.evaluations);
  }

  /** The chain and what it has found. */
  private static final class Run {
    private final DoubleFunction<Kernel> at;
    private final double target;
    private final AddressedRandom random = new AddressedRandom(Seed.of(0));
    private final List<Level> trace = new ArrayList<>();
    private double[] position;
    private double[] best;
    private double lowest = Double.POSITIVE_INFINITY;
    private double stepSize = Double.NaN;
    private long evaluations;

    Run(DoubleFunction<Kernel> at, double target, double[] start) {
      this.at = at;
      this.target = target;
      this.position = start.clone();
      this.best = start.clone();
    }

    /** One level; returns the standard deviation of f. */
    double level(double beta, int steps, Seed seed) {
      Kernel kernel = at.apply(beta);
      State state = kernel.start(position);
      DualAveraging averaging = tuning(kernel);
      evaluations++;
      see(state, beta);
      double[] values = new double[steps];
      double acceptance = 0;
      for (int i = 0; i < steps; i++) {
        Outcome outcome = kernel.step(state, random.moveTo(seed.child(i)));
        evaluations += outcome.evaluations();
        acceptance += outcome.acceptance() / steps;
        values[i] = see(state, beta);
        if (averaging != null) {
          ((TunableKernel) kernel).tuning().stepSize(averaging.learn(outcome.acceptance()));
        }
      }
      if (averaging != null) {
        stepSize = averaging.average();
      }
      position = state.position().clone();
      double mean = Arrays.stream(values).sum() / steps;
      trace.add(new Level(beta, mean, lowest, acceptance));
      return Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / steps);
    }

    private @Nullable DualAveraging tuning(Kernel kernel) {
      if (!(kernel instanceof TunableKernel tunable) || Double.isNaN(target)) {
        return null;
      }
      if (!Double.isNaN(stepSize)) {
        tunable.tuning().stepSize(stepSize);
      }
      return new DualAveraging(target, tunable.tuning().stepSize());
    }

    /** Returns f at the state. */
    private double see(State state, double beta) {
      double value = -state.logDensity() / beta;
      if (value < lowest) {
        lowest = value;
        best = state.position().clone();
      }
      return value;
    }
  }
}
