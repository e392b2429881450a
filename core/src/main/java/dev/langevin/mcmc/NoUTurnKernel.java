package dev.langevin.mcmc;

import dev.langevin.density.Density;
import java.util.random.RandomGenerator;

/**
 * The worker of {@link Nuts}. A half of 2<sup>k</sup> points is put together without recursion: each new point is a stretch of length one; two stretches of
 * equal length join to one of twice that, as the carries of a binary counter. Stretches exchange their arrays, so nothing is allocated.
 *
 * <p>Everything is in the metric's units w, in which momentum and velocity are one: the U-turn is a plain inner product.
 */
final class NoUTurnKernel implements TunableKernel {
  private final Nuts recipe;
  private final Density density;
  private final Tuning tuning;
  private final Leapfrog leapfrog;
  private final double[] w;
  private final End forward;
  private final End backward;
  private final Stretch whole; // begin = the backward end, end = the forward one
  private final Stretch[] waiting; // waiting[k] has length 2^k
  private Stretch half;
  private State edge;
  private final Outcome outcome = new Outcome();
  private double begin;
  private double sumOfAcceptances;
  private int evaluations;
  private String broken = "";
  private double brokenValue;

  /** Where a trajectory can be continued. */
  private static final class End {
    private final double[] w;
    private final State at;

    End(int dimension) {
      w = new double[dimension];
      at = State.blank(dimension);
    }

    void set(State state, double[] momentum) {
      at.copyFrom(state);
      System.arraycopy(momentum, 0, w, 0, w.length);
    }
  }

  /** Consecutive points of a trajectory: momenta at both ends, their sum over all points, and the point that was drawn. */
  private static final class Stretch {
    private double[] first;
    private double[] last;
    private double[] rho;
    private State drawn;
    private double energy;
    private double logWeight;

    Stretch(int dimension) {
      first = new double[dimension];
      last = new double[dimension];
      rho = new double[dimension];
      drawn = State.blank(dimension);
    }

    void point(State state, double[] w, double energyThere, double logWeightThere) {
      drawn.copyFrom(state);
      System.arraycopy(w, 0, first, 0, w.length);
      System.arraycopy(w, 0, last, 0, w.length);
      System.arraycopy(w, 0, rho, 0, w.length);
      energy = energyThere;
      logWeight = logWeightThere;
    }

    void draw(Stretch other) {
      State mine = drawn;
      drawn = other.drawn;
      other.drawn = mine;
      energy = other.energy;
    }
  }

  NoUTurnKernel(Nuts recipe, Density density) {
    int d = density.dimension();
    this.recipe = recipe;
    this.density = density;
    this.tuning = new Tuning(recipe.stepSize(), Metric.identity(d));
    this.leapfrog = new Leapfrog(density, tuning);
    this.w = new double[d];
    this.forward = new End(d);
    this.backward = new End(d);
    this.whole = new Stretch(d);
    this.half = new Stretch(d);
    this.edge = State.blank(d);
    this.waiting = new Stretch[recipe.maxDepth()];
    for (int k = 0; k < waiting.length; k++) {
      waiting[k] = new Stretch(d);
    }
  }

  @Override
  public int dimension() {
    return w.length;
  }

  @Override
  public Tuning tuning() {
    return tuning;
  }

  @Override
  public State start(double[] x) {
    return State.at(density, x);
  }

  @Override
  public Outcome step(State state, RandomGenerator random) {
    beginAt(state, random);
    boolean moved = false;
    int depth = 0;
    for (boolean on = true; on && depth < depthLimit(); ) {
      boolean forwards = random.nextDouble() < 0.5;
      if (!buildHalf(depth, forwards ? forward : backward, forwards, random)) {
        break;
      }
      depth++;
      double advantage = half.logWeight - whole.logWeight;
      if (random.nextDouble() < StrictMath.exp(Math.min(0, advantage))) {
        whole.draw(half);
        moved = true;
      }
      whole.logWeight = logSum(whole.logWeight, half.logWeight);
      on = forwards ? goesOn(whole, half) : goesOn(half, whole);
      join(forwards);
    }
    return tell(state, moved, depth);
  }

  private int depthLimit() {
    int limit = tuning.limit(); // 2^depth - 1 leapfrog steps
    int depth =
        31
            - Integer.numberOfLeadingZeros(
                Math.max(1, limit == Integer.MAX_VALUE ? limit : limit + 1));
    return Math.min(recipe.maxDepth(), Math.max(1, depth));
  }

  private void beginAt(State state, RandomGenerator random) {
    Momentum.refresh(w, random);
    begin = Momentum.energy(w) - state.logDensity();
    whole.point(state, w, begin, 0);
    forward.set(state, w);
    backward.set(state, w);
    sumOfAcceptances = 0;
    evaluations = 0;
    broken = "";
  }

  /** Makes {@link #half} a stretch of 2^depth points that goes on from this end; false if it is to be thrown away. */
  private boolean buildHalf(int depth, End from, boolean forwards, RandomGenerator random) {
    double eps = forwards ? tuning.stepSize() : -tuning.stepSize();
    for (int n = 1; n <= 1 << depth; n++) {
      if (!nextPoint(from, eps)) {
        return false;
      }
      int level = 0;
      for (int carry = n; (carry & 1) == 0; carry >>= 1) {
        if (!joinWithWaiting(waiting[level++], random)) {
          return false;
        }
      }
      if (n < 1 << depth) {
        Stretch free = waiting[level];
        waiting[level] = half;
        half = free;
      }
    }
    return true;
  }

  /** One leapfrog step beyond the end, as a stretch of one point; false if the trajectory ends there. */
  private boolean nextPoint(End from, double eps) {
    leapfrog.step(from.at, edge, from.w, eps);
    evaluations++;
    from.at.copyFrom(edge);
    double logDensity = edge.logDensity();
    if (logDensity == Double.NEGATIVE_INFINITY) {
      return false;
    }
    double energy = Momentum.energy(from.w) - logDensity;
    if (!(energy - begin <= LangevinKernel.DIVERGENCE) || energy == Double.NEGATIVE_INFINITY) {
      breakDown(logDensity, energy);
      return false;
    }
    sumOfAcceptances += StrictMath.exp(Math.min(0, begin - energy));
    half.point(edge, from.w, energy, begin - energy);
    return true;
  }

  private void breakDown(double logDensity, double energy) {
    boolean there = Double.isFinite(logDensity);
    boolean finite = Double.isFinite(energy);
    broken = !there ? "log density" : finite ? "energy error" : "energy";
    brokenValue = !there ? logDensity : finite ? energy - begin : energy;
  }

  /** Joins the stretch that waited, which is earlier on the way, with {@link #half} into {@link #half}; false if it turns back. */
  private boolean joinWithWaiting(Stretch earlier, RandomGenerator random) {
    double logWeight = logSum(earlier.logWeight, half.logWeight);
    if (!(random.nextDouble() < StrictMath.exp(half.logWeight - logWeight))) {
      half.draw(earlier);
    }
    half.logWeight = logWeight;
    boolean on = goesOn(earlier, half);
    double[] free = half.first;
    half.first = earlier.first;
    earlier.first = free;
    add(earlier.rho, half.rho);
    return on;
  }

  /** Joins {@link #half} to the whole, at the end at which it was built. A half that was built backwards has its first point nearest to the whole. */
  private void join(boolean forwards) {
    add(half.rho, whole.rho);
    double[] free = half.last;
    if (forwards) {
      half.last = whole.last;
      whole.last = free;
    } else {
      half.last = whole.first;
      whole.first = free;
    }
  }

  /** Whether neither the two stretches together nor each with the nearest point of the other turns back. */
  private boolean goesOn(Stretch a, Stretch b) {
    // A half that was built backwards runs from its last point to its first, seen from the whole.
    boolean backwards = b == whole;
    double[] nearA = backwards ? a.first : a.last;
    double[] farA = backwards ? a.last : a.first;
    return goesOn(a.rho, b.rho, farA, b.last)
        && goesOn(a.rho, b.first, farA, b.first)
        && goesOn(nearA, b.rho, nearA, b.last);
  }

  /** (p + q) · u &gt; 0 and (p + q) · v &gt; 0. */
  private static boolean goesOn(double[] p, double[] q, double[] u, double[] v) {
    double alongU = 0;
    double alongV = 0;
    for (int i = 0; i < p.length; i++) {
      double rho = p[i] + q[i];
      alongU += rho * u[i];
      alongV += rho * v[i];
    }
    return alongU > 0 && alongV > 0;
  }

  private static void add(double[] what, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += what[i];
    }
  }

  private static double logSum(double a, double b) {
    double most = Math.max(a, b);
    return most + StrictMath.log1p(StrictMath.exp(Math.min(a, b) - most));
  }

  private Outcome tell(State state, boolean moved, int depth) {
    double acceptance = evaluations == 0 ? 0 : sumOfAcceptances / evaluations;
    if (moved) {
      state.exchange(whole.drawn);
      outcome.moved(acceptance, whole.energy, evaluations);
    } else {
      outcome.stayed(acceptance, begin, evaluations);
    }
    if (!broken.isEmpty()) {
      outcome.broke(broken, brokenValue);
    }
    return outcome.depth(depth);
  }

  @Override
  public double trial(State state, RandomGenerator random) {
    Momentum.refresh(w, random);
    double before = Momentum.energy(w) - state.logDensity();
    leapfrog.step(state, edge, w, tuning.stepSize());
    return state.trial(edge, before - (Momentum.energy(w) - edge.logDensity()));
  }
}
