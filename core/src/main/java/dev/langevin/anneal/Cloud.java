package dev.langevin.anneal;

import dev.langevin.density.Density;
import dev.langevin.density.LogDensity;
import dev.langevin.mcmc.Kernel;
import dev.langevin.mcmc.Metric;
import dev.langevin.mcmc.Outcome;
import dev.langevin.mcmc.Sampler;
import dev.langevin.mcmc.SelfTuningKernel;
import dev.langevin.mcmc.State;
import dev.langevin.mcmc.TunableKernel;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/**
 * The particles of sequential Monte Carlo, with log p and its gradient at each, in blocks that run side by side. A block owns its fork of the target and its scratch; a
 * particle's numbers come from its own address, so that the cut into blocks does not matter.
 */
final class Cloud {
  static final int BLOCKS = 16;

  private final Sampler move;
  private final Executor executor;
  private final List<Block> blocks = new ArrayList<>();
  private double[][] points;
  private double[][] slopes;
  private double[] heights;
  private final double[] acceptances;
  private final boolean withSlopes;
  private final Normal reference;

  Cloud(int particles, Sampler move, Density density, Normal reference, Executor executor) {
    int d = density.dimension();
    this.move = move;
    this.executor = executor;
    this.reference = reference;
    this.points = new double[particles][d];
    this.heights = new double[particles];
    this.acceptances = new double[particles];
    int count = Math.min(BLOCKS, particles);
    for (int b = 0; b < count; b++) {
      int from = (int) ((long) particles * b / count);
      int to = (int) ((long) particles * (b + 1) / count);
      blocks.add(new Block(from, to, new Bridge(density.fork(), reference, 0)));
    }
    this.withSlopes = blocks.get(0).usesSlopes();
    this.slopes = new double[particles][withSlopes ? d : 0];
  }

  double[][] points() {
    return points;
  }

  int size() {
    return points.length;
  }

  boolean withSlopes() {
    return withSlopes;
  }

  /** ∇ log p of a particle; empty if the sampler uses none. */
  double[] slope(int i) {
    return slopes[i];
  }

  /** log p - log q of a particle. */
  double weight(int i) {
    return heights[i] - reference.logDensity(points[i], 0);
  }

  double acceptance() {
    double sum = 0;
    for (double one : acceptances) {
      sum += one;
    }
    return sum / acceptances.length;
  }

  long evaluations() {
    return blocks.stream().mapToLong(block -> block.bridge.evaluations()).sum();
  }

  long divergences() {
    return blocks.stream().mapToLong(block -> block.divergences).sum();
  }

  /** Draws all particles from q. */
  void draw(Seed seed) {
    side(block -> block.draw(seed));
  }

  /** Goes to a temperature: makes the kernels. */
  void place(double beta, double[] inverseMetric) {
    blocks.forEach(block -> block.place(beta, inverseMetric));
  }

  /** One step of every particle. */
  void step(double stepSize, Seed seed) {
    side(block -> block.step(stepSize, seed));
  }

  /** Replaces the particles by copies of these. */
  void select(int[] ancestors) {
    double[][] newPoints = new double[ancestors.length][];
    double[][] newSlopes = new double[ancestors.length][];
    double[] newHeights = new double[ancestors.length];
    for (int i = 0; i < ancestors.length; i++) {
      newPoints[i] = points[ancestors[i]].clone();
      newSlopes[i] = slopes[ancestors[i]].clone();
      newHeights[i] = heights[ancestors[i]];
    }
    points = newPoints;
    slopes = newSlopes;
    heights = newHeights;
  }

  private interface Work {
    void on(Block block);
  }

  private void side(Work work) {
    List<FutureTask<Boolean>> tasks = new ArrayList<>();
    for (Block block : blocks) {
      tasks.add(new FutureTask<>(() -> work.on(block), true));
    }
    tasks.forEach(executor::execute);
    try {
      for (FutureTask<Boolean> task : tasks) {
        task.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      tasks.forEach(task -> task.cancel(false));
    }
  }

  /** Some of the particles, and what one thread needs to move them. */
  private final class Block {
    private final int from;
    private final int to;
    private final Bridge bridge;
    private final AddressedRandom random = new AddressedRandom(Seed.of(0));
    private Kernel kernel;
    private State at;
    private long divergences;

    Block(int from, int to, Bridge bridge) {
      this.from = from;
      this.to = to;
      this.bridge = bridge;
      this.kernel = move.on(bridge);
      this.at = State.blank(bridge.dimension());
      if (kernel instanceof SelfTuningKernel) {
        throw new IllegalArgumentException("move must not bring a warm-up of its own, got " + move);
      }
    }

    /** Finds out whether the kernel's states carry gradients, at a point where everything is finite. */
    boolean usesSlopes() {
      Density flat = new Bridge(new Flat(bridge.dimension()), reference, 0.5);
      State state = move.on(flat).start(new double[bridge.dimension()]);
      if (state.memory().length > 0) {
        throw new IllegalArgumentException(
            "move must carry nothing from step to step, got " + move);
      }
      return state.gradient().length > 0;
    }

    void draw(Seed seed) {
      for (int i = from; i < to; i++) {
        reference.sample(random.moveTo(seed.child(i)), points[i]);
        evaluate(i, points[i]);
        if (!(heights[i] < Double.POSITIVE_INFINITY)) {
          divergences++;
          heights[i] = Double.NEGATIVE_INFINITY;
        }
      }
    }

    private void evaluate(int i, double[] x) {
      heights[i] = withSlopes ? bridge.target(x) : bridge.targetAlone(x);
      System.arraycopy(bridge.slope(), 0, slopes[i], 0, slopes[i].length);
    }

    void place(double beta, double[] inverseMetric) {
      int d = bridge.dimension();
      bridge.place(reference, beta);
      kernel = move.on(bridge);
      at = withSlopes ? State.blank(d) : State.blankWithoutGradient(d);
      if (kernel instanceof TunableKernel tunable) {
        tunable.tuning().metric(Metric.diagonal(inverseMetric));
      }
    }

    void step(double stepSize, Seed seed) {
      if (kernel instanceof TunableKernel tunable) {
        tunable.tuning().stepSize(stepSize);
      }
      for (int i = from; i < to; i++) {
        acceptances[i] = heights[i] > Double.NEGATIVE_INFINITY ? step(i, seed) : 0;
      }
    }

    private double step(int i, Seed seed) {
      bridge.recall(points[i], 0, slopes[i], 0, heights[i]);
      System.arraycopy(points[i], 0, at.position(), 0, points[i].length);
      if (withSlopes) {
        at.evaluate(bridge);
      } else {
        at.evaluate((LogDensity) bridge);
      }
      Outcome outcome = kernel.step(at, random.moveTo(seed.child(i)));
      divergences += outcome.diverged() ? 1 : 0;
      double acceptance = outcome.acceptance();
      if (outcome.moved()) {
        System.arraycopy(at.position(), 0, points[i], 0, points[i].length);
        evaluate(i, points[i]);
      }
      return acceptance;
    }
  }

  /** log p = 0. */
  private record Flat(int dimension) implements Density {
    @Override
    public double logDensity(double[] x, double[] gradient) {
      Arrays.fill(gradient, 0);
      return 0;
    }
  }
}
