package dev.langevin.mcmc;

import dev.langevin.density.Density;
import dev.langevin.math.Check;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Draws that are independent because each is the end of a run of its own: {@code steps} steps of a kernel from one and the same point. What theory promises of the
 * law after K steps, it promises of every such draw. Costs {@code steps} steps a draw; there is nothing to warm up.
 *
 * @param sampler the kernel's recipe, used as it is, not tuned
 * @param steps K, at least 1
 * @param start where every run begins, d finite numbers
 */
public record IndependentRuns(Sampler sampler, int steps, List<Double> start)
    implements Sampler.Composite {
  public IndependentRuns {
    Check.atLeast("steps", steps, 1);
    start = List.copyOf(start);
  }

  @Override
  public String name() {
    return sampler.name();
  }

  @Override
  public double stepSize() {
    return sampler.stepSize();
  }

  @Override
  public List<Statistic> statistics() {
    return sampler.statistics();
  }

  @Override
  public boolean tuned() {
    return false;
  }

  @Override
  public Kernel on(Density density) {
    double[] x = start.stream().mapToDouble(Double::doubleValue).toArray();
    Check.length("start", x, density.dimension());
    return new Worker(sampler.on(density), steps, x);
  }

  @Override
  public String toString() {
    String point =
        start.stream().limit(4).map(String::valueOf).collect(Collectors.joining(", "))
            + (start.size() > 4 ? ", …" : "");
    return sampler + ", " + steps + " steps from (" + point + ") for each draw";
  }

  /** The worker: forgets the state that it is given. */
  private static final class Worker implements Kernel {
    private final Kernel kernel;
    private final int steps;
    private final double[] x;
    private final State begin;
    private final State running;
    private final Outcome outcome = new Outcome();

    Worker(Kernel kernel, int steps, double[] x) {
      this.kernel = kernel;
      this.steps = steps;
      this.x = x;
      this.begin = kernel.start(x);
      this.running = kernel.start(x);
    }

    @Override
    public int dimension() {
      return x.length;
    }

    @Override
    public State start(double[] point) {
      return kernel.start(point);
    }

    @Override
    public Outcome step(State state, RandomGenerator random) {
      running.copyFrom(begin);
      System.arraycopy(begin.memory(), 0, running.memory(), 0, begin.memory().length);
      double acceptances = 0;
      int evaluations = 0;
      Outcome last = outcome;
      boolean broke = false;
      for (int k = 0; k < steps; k++) {
        last = kernel.step(running, random);
        acceptances += last.acceptance();
        evaluations += last.evaluations();
        broke |= last.diverged();
      }
      double energy = last.energy();
      state.exchange(running);
      System.arraycopy(running.memory(), 0, state.memory(), 0, running.memory().length);
      outcome.moved(acceptances / steps, energy, evaluations);
      return broke ? outcome.broke("a step", Double.NaN) : outcome;
    }
  }
}
