package dev.langevin.mcmc;

import dev.langevin.density.LogDensity;
import dev.langevin.math.Check;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The worker of {@link Gibbs} and {@link CoordinateGibbs}. Random numbers of a sweep: for each visit, its block if the scan is random, and
 * what the block takes.
 *
 * <p>Works on one point that all blocks share, so a visit costs O(1) beside the block's own work. Memory: that of the kernels within, one after the
 * other.
 */
final class GibbsKernel implements SelfTuningKernel {
  static final List<Statistic> STATISTICS =
      List.of(
          Statistic.LOG_DENSITY, Statistic.ACCEPTANCE, Statistic.LEAPFROGS, Statistic.DIVERGENT);

  private final LogDensity density;
  private final Scan scan;
  private final double[] point;
  private final @Nullable Conditional[] exact; // one of exact[b], within[b] is there
  private final @Nullable BlockKernel[] within;
  private final int[] memoryFrom;
  private final Outcome first = new Outcome();
  private final Outcome outcome = new Outcome();
  private boolean laidOut;
  private int announced;
  private int learned;

  // of the sweep under way
  private double logDensity; // of the point; NaN after an exact draw, until it is needed
  private double acceptance;
  private int evaluations;
  private boolean moved;
  private boolean diverged;

  GibbsKernel(LogDensity density, List<GibbsBlock> blocks, Scan scan) {
    int d = density.dimension();
    requireCover(blocks, d);
    this.density = density;
    this.scan = scan;
    this.point = new double[d];
    this.exact = new Conditional[blocks.size()];
    this.within = new BlockKernel[blocks.size()];
    this.memoryFrom = new int[blocks.size()];
    double[] gradient = new double[d];
    for (int b = 0; b < blocks.size(); b++) {
      GibbsBlock block = blocks.get(b);
      if (block instanceof GibbsBlock.Exact drawn) {
        exact[b] = drawn.conditional().fork();
      } else if (block instanceof GibbsBlock.Within walked) {
        int[] coordinates = walked.coordinates().stream().mapToInt(i -> i).toArray();
        within[b] =
            new BlockKernel(walked, new ConditionalDensity(density, point, gradient, coordinates));
      }
    }
  }

  private static void requireCover(List<GibbsBlock> blocks, int d) {
    boolean[] covered = new boolean[d];
    for (GibbsBlock block : blocks) {
      for (int i : block.coordinates()) {
        covered[Check.between("coordinate of a block", i, 0, d - 1)] = true;
      }
    }
    for (int i = 0; i < d; i++) {
      if (!covered[i]) {
        throw new IllegalArgumentException("coordinate " + i + " must be in a block, got none");
      }
    }
  }

  @Override
  public int dimension() {
    return point.length;
  }

  @Override
  public State start(double[] x) {
    State bare = State.withoutGradientAt(density, x);
    System.arraycopy(x, 0, point, 0, x.length);
    State state = bare.remembering(layOut());
    for (int b = 0; b < within.length; b++) {
      BlockKernel walked = within[b];
      if (walked != null) {
        walked.giveBack(state.memory(), memoryFrom[b]);
      }
    }
    return state;
  }

  /** Starts all kernels within at the point, and finds their places in the memory; returns how much there is of it. */
  private int layOut() {
    int length = 0;
    for (int b = 0; b < within.length; b++) {
      BlockKernel walked = within[b];
      memoryFrom[b] = length;
      length += walked == null ? 0 : walked.start().memory().length;
    }
    laidOut = true;
    return length;
  }

  @Override
  public Outcome step(State state, RandomGenerator random) {
    return sweep(state, false, random);
  }

  private Outcome sweep(State state, boolean learn, RandomGenerator random) {
    System.arraycopy(state.position(), 0, point, 0, point.length);
    if (!laidOut) { // the state was started by an equal kernel
      layOut();
    }
    logDensity = state.logDensity();
    acceptance = 0;
    evaluations = 0;
    moved = false;
    diverged = false;
    for (int visit = 0; visit < within.length; visit++) {
      int b = scan.block(visit, within.length, random);
      Conditional drawn = exact[b];
      BlockKernel walked = within[b];
      if (drawn != null) {
        draw(drawn, random);
      } else if (walked != null) {
        walk(walked, state.memory(), memoryFrom[b], learn, random);
      }
    }
    return end(state);
  }

  private void draw(Conditional drawn, RandomGenerator random) {
    drawn.draw(point, random);
    logDensity = Double.NaN;
    acceptance++;
    moved = true;
  }

  private void walk(
      BlockKernel walked, double[] memory, int from, boolean learn, RandomGenerator random) {
    evaluations += walked.refresh(logDensity, memory, from);
    Outcome part = walked.step(learn, random);
    logDensity = walked.giveBack(memory, from);
    evaluations += part.evaluations();
    acceptance += part.acceptance();
    moved |= part.moved();
    if (part.diverged() && !diverged) {
      diverged = true;
      first.divergedInPart(part, false, 0, 0);
    }
  }

  private Outcome end(State state) {
    System.arraycopy(point, 0, state.position(), 0, point.length);
    if (Double.isNaN(logDensity)) {
      state.evaluate(density);
      evaluations++;
      double found = state.logDensity();
      if (!Double.isFinite(found) && !diverged) {
        diverged = true;
        first.diverged("log density after an exact draw", found, Double.NaN, 1);
      }
    } else {
      state.logDensity(logDensity);
    }
    double mean = acceptance / within.length;
    if (diverged) {
      return outcome.divergedInPart(first, moved, mean, evaluations);
    }
    return moved
        ? outcome.moved(mean, Double.NaN, evaluations)
        : outcome.stayed(mean, Double.NaN, evaluations);
  }

  @Override
  public void beginWarmup(int iterations, double targetAcceptance) {
    announced = Check.atLeast("iterations", iterations, 1);
    learned = 0;
    for (BlockKernel walked : within) {
      if (walked != null) {
        walked.beginWarmup(iterations, targetAcceptance);
      }
    }
  }

  @Override
  public Outcome learn(State state, RandomGenerator random) {
    Outcome swept = sweep(state, true, random);
    if (++learned == announced) {
      for (BlockKernel walked : within) {
        if (walked != null) {
          walked.endWarmup();
        }
      }
    }
    return swept;
  }

  /** For each block the number of what its kernel tells, and that. */
  @Override
  public double[] tuned() {
    double[] all = new double[0];
    for (BlockKernel walked : within) {
      double[] own = walked == null ? new double[0] : walked.kernel().tuned();
      int at = all.length;
      all = Arrays.copyOf(all, at + 1 + own.length);
      all[at] = own.length;
      System.arraycopy(own, 0, all, at + 1, own.length);
    }
    return all;
  }

  @Override
  public void retune(double[] tuned) {
    int at = 0;
    for (BlockKernel walked : within) {
      int length = at < tuned.length ? (int) tuned[at] : -1;
      if (length < 0 || at + 1 + length > tuned.length) {
        throw new IllegalArgumentException(
            "tuned must be the numbers of " + within.length + " blocks, got " + tuned.length);
      }
      double[] own = Arrays.copyOfRange(tuned, at + 1, at + 1 + length);
      if (walked != null) {
        walked.kernel().retune(own);
      } else {
        Check.length("tuned of an exact block", own, 0);
      }
      at += 1 + length;
    }
    if (at != tuned.length) {
      throw new IllegalArgumentException(
          "tuned must be the numbers of " + within.length + " blocks, got more: " + tuned.length);
    }
  }
}
