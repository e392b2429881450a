package dev.langevin.anneal;

import dev.langevin.density.Density;
import dev.langevin.density.LogDensity;
import dev.langevin.math.Check;
import dev.langevin.mcmc.Outcome;
import dev.langevin.mcmc.SelfTuningKernel;
import dev.langevin.mcmc.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The worker of {@link ParallelTempering}. The chain's state is the cold replica; all others, with their log p and gradients, are in its memory, so that nothing is
 * evaluated twice and a chain can go on elsewhere.
 *
 * <p>Random numbers of a step, in this order: d normals (the draw of q), those of the explorers from hot to cold, a uniform for each pair of this step.
 */
public final class TemperingKernel implements SelfTuningKernel {
  private final ParallelTempering recipe;
  private final Density density;
  private final Tally tally;
  private final double[] exchanged;
  private final double[] l;
  private final Outcome outcome = new Outcome();
  private Normal reference;
  private double[] beta = {};
  private List<Explorer> explorers =
      List.of(); // the first one stands for q: only its bridge is used
  private State at; // the replica that is being moved
  private Rounds rounds = Rounds.NONE;
  private boolean diverged;
  private boolean moved;

  TemperingKernel(ParallelTempering recipe, Density density) {
    this.recipe = recipe;
    this.density = density;
    int d = density.dimension();
    this.tally = new Tally(recipe.most(), d);
    this.exchanged = new double[tally.slotLength()];
    this.l = new double[recipe.most()];
    this.at = State.blank(d);
    this.reference = Normal.of(recipe.reference(), d);
    place(Ladder.first(recipe.rungs() == 0 ? ParallelTempering.FIRST : recipe.rungs()));
  }

  private void place(double[] beta) {
    this.beta = beta;
    this.explorers = new ArrayList<>();
    for (double one : beta) {
      explorers.add(explorer(one, reference.variance()));
    }
  }

  private Explorer explorer(double beta, double[] scales) {
    return new Explorer(recipe.explorer(), new Bridge(density, reference, beta), scales);
  }

  private Explorer cold() {
    return explorers.get(beta.length - 1);
  }

  @Override
  public int dimension() {
    return density.dimension();
  }

  /** The rungs in use, from 0 to 1; a copy. */
  public double[] ladder() {
    return beta.clone();
  }

  @Override
  public State start(double[] x) {
    State cold = cold().kernel().start(x);
    if (cold.memory().length > 0) {
      throw new IllegalArgumentException(
          "explorer must carry nothing from step to step, got " + recipe.explorer());
    }
    at = cold.gradient().length > 0 ? State.blank(x.length) : State.blankWithoutGradient(x.length);
    State state = cold.remembering(tally.length());
    tally.restart(state.memory());
    for (int k = 0; k < recipe.most() - 1; k++) {
      write(state.memory(), k, state.position(), state.gradient(), state.logDensity());
    }
    return state;
  }

  /** Puts the replica of a rung below the cold one at {@code x}. */
  void put(State state, int rung, double[] x) {
    Bridge bridge = explorers.get(rung).bridge();
    double height = bridge.target(x);
    write(state.memory(), rung, x, bridge.slope(), height);
  }

  private void write(double[] memory, int rung, double[] x, double[] gradient, double height) {
    int slot = tally.slot(rung);
    System.arraycopy(x, 0, memory, slot, x.length);
    System.arraycopy(gradient, 0, memory, slot + x.length, gradient.length);
    memory[slot + 2 * x.length] = height;
  }

  @Override
  public Outcome step(State state, RandomGenerator random) {
    double[] memory = state.memory();
    long before = evaluations();
    diverged = false;
    moved = false;
    drawHot(memory, random);
    for (int k = 1; k < beta.length - 1; k++) {
      explore(memory, k, random);
    }
    Outcome cold = exploreCold(state, random);
    double acceptance = cold.acceptance();
    weigh(state);
    long parity = tally.steps(memory) & 1;
    tally.add(memory, beta, l);
    for (int k = (int) parity; k < beta.length - 1; k += 2) {
      double u = random.nextDouble();
      if (u < StrictMath.exp(Math.min(0, (beta[k + 1] - beta[k]) * (l[k] - l[k + 1])))) {
        swap(state, k);
      }
    }
    tally.visit(memory, beta.length);
    return tell(acceptance, (int) (evaluations() - before));
  }

  private Outcome tell(double acceptance, int evaluations) {
    if (diverged) {
      return outcome.diverged(
          "log density or energy of a replica", Double.NaN, Double.NaN, evaluations);
    }
    return moved
        ? outcome.moved(acceptance, Double.NaN, evaluations)
        : outcome.stayed(acceptance, Double.NaN, evaluations);
  }

  private long evaluations() {
    long sum = 0;
    for (int k = 0; k < beta.length; k++) {
      sum += explorers.get(k).bridge().evaluations();
    }
    return sum;
  }

  private void drawHot(double[] memory, RandomGenerator random) {
    Bridge bridge = explorers.get(0).bridge();
    double[] x = at.position();
    reference.sample(random, x);
    boolean withGradient = at.gradient().length > 0;
    double height = withGradient ? bridge.target(x) : bridge.targetAlone(x);
    if (!(height < Double.POSITIVE_INFINITY)) {
      diverged = true;
      height = Double.NEGATIVE_INFINITY;
    }
    write(memory, 0, x, withGradient ? bridge.slope() : at.gradient(), height);
  }

  private void explore(double[] memory, int rung, RandomGenerator random) {
    Explorer explorer = explorers.get(rung);
    Bridge bridge = explorer.bridge();
    lookUp(memory, rung, bridge);
    fill(at, memory, rung, bridge);
    Outcome step = explorer.step(at, random);
    diverged |= step.diverged();
    if (step.moved()) {
      double[] x = at.position();
      double height = at.gradient().length > 0 ? bridge.target(x) : bridge.targetAlone(x);
      write(memory, rung, x, at.gradient().length > 0 ? bridge.slope() : at.gradient(), height);
    }
  }

  private Outcome exploreCold(State state, RandomGenerator random) {
    cold().bridge().recall(state.position(), 0, state.gradient(), 0, state.logDensity());
    Outcome step = cold().step(state, random);
    diverged |= step.diverged();
    moved |= step.moved();
    return step;
  }

  private void lookUp(double[] memory, int rung, Bridge bridge) {
    int slot = tally.slot(rung);
    int d = dimension();
    double[] gradients = at.gradient().length > 0 ? memory : at.gradient();
    bridge.recall(memory, slot, gradients, slot + d, memory[slot + 2 * d]);
  }

  /** Puts a state where the replica of a rung is; its density is looked up, not evaluated. */
  private void fill(State to, double[] memory, int rung, Bridge bridge) {
    System.arraycopy(memory, tally.slot(rung), to.position(), 0, dimension());
    if (to.gradient().length > 0) {
      to.evaluate(bridge);
    } else {
      to.evaluate((LogDensity) bridge);
    }
  }

  private void weigh(State state) {
    double[] memory = state.memory();
    int last = beta.length - 1;
    for (int k = 0; k < last; k++) {
      int slot = tally.slot(k);
      l[k] = memory[slot + 2 * dimension()] - reference.logDensity(memory, slot);
    }
    l[last] = state.logDensity() - reference.logDensity(state.position(), 0);
  }

  /** The replicas of this rung and the next change places. */
  private void swap(State state, int rung) {
    double[] memory = state.memory();
    int slot = tally.slot(rung);
    System.arraycopy(memory, slot, exchanged, 0, exchanged.length);
    if (rung + 1 < beta.length - 1) {
      System.arraycopy(memory, slot + exchanged.length, memory, slot, exchanged.length);
      System.arraycopy(exchanged, 0, memory, slot + exchanged.length, exchanged.length);
    } else {
      Bridge bridge = cold().bridge();
      lookUp(memory, rung, bridge);
      write(memory, rung, state.position(), state.gradient(), state.logDensity());
      System.arraycopy(exchanged, 0, state.position(), 0, dimension());
      if (state.gradient().length > 0) {
        state.evaluate(bridge);
      } else {
        state.evaluate((LogDensity) bridge);
      }
      moved = true;
    }
    tally.swapped(memory, rung);
  }

  @Override
  public void beginWarmup(int iterations, double targetAcceptance) {
    double target = Double.isNaN(targetAcceptance) ? recipe.targetAcceptance() : targetAcceptance;
    rounds = new Rounds(iterations, target, dimension());
    explorers.forEach(e -> e.beginLearning(target, recipe.explorer().stepSize()));
  }

  @Override
  public Outcome learn(State state, RandomGenerator random) {
    Outcome step = step(state, random);
    rounds.add(state.position());
    if (rounds.renews()) {
      renew(state);
    }
    if (rounds.finished()) {
      explorers.forEach(Explorer::endLearning);
      tally.restart(state.memory());
    }
    return step;
  }

  /** A new ladder, and perhaps a new reference, from what the round has seen. */
  private void renew(State state) {
    double[] memory = state.memory();
    double[] rejections = tally.rejections(memory, beta.length);
    int count = recipe.rungs() == 0 ? chosen(Ladder.barrier(rejections)) : beta.length;
    double[] next = Ladder.equalised(beta, rejections, count);
    rounds.arrived(tally.arrivals(memory));
    if (recipe.reference().learned() && rounds.knowsTarget()) {
      reference = rounds.moments();
      next = Ladder.first(count);
    }
    move(state, next);
    tally.restart(memory);
  }

  private int chosen(double barrier) {
    return Math.min(recipe.most(), Math.max(2, (int) Math.ceil(2 * barrier) + 1));
  }

  /** Replicas, step sizes and scales of the new rungs are those of the nearest old ones. */
  private void move(State state, double[] next) {
    double[] memory = state.memory();
    double[] oldMemory = memory.clone();
    double[] oldBeta = beta;
    List<Explorer> old = explorers;
    beta = next;
    explorers = new ArrayList<>();
    explorers.add(explorer(0, reference.variance()));
    for (int k = 1; k < next.length; k++) {
      int from = nearest(oldBeta, next[k]);
      explorers.add(explorer(next[k], old.get(from).scales()));
      explorers.get(k).beginLearning(rounds.target(), old.get(from).stepSize());
      if (k < next.length - 1 && from == oldBeta.length - 1) {
        write(memory, k, state.position(), state.gradient(), state.logDensity());
      } else if (k < next.length - 1) {
        System.arraycopy(oldMemory, tally.slot(from), memory, tally.slot(k), tally.slotLength());
      }
    }
  }

  /** The rung above 0 that is nearest. */
  private static int nearest(double[] beta, double to) {
    int best = 1;
    for (int k = 2; k < beta.length; k++) {
      best = Math.abs(beta[k] - to) < Math.abs(beta[best] - to) ? k : best;
    }
    return best;
  }

  @Override
  public double[] tuned() {
    List<double[]> parts = new ArrayList<>();
    parts.add(new double[] {beta.length});
    parts.add(beta);
    parts.add(reference.numbers());
    for (Explorer explorer : explorers) {
      double[] own = explorer.kernel().tuned();
      parts.add(new double[] {own.length});
      parts.add(own);
    }
    return parts.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  @Override
  public void retune(double[] tuned) {
    Check.atLeast("tuned.length", tuned.length, 1);
    int rungs = Check.between("number of rungs in tuned", (int) tuned[0], 2, recipe.most());
    int d = dimension();
    int at = 1 + rungs;
    Check.atLeast("tuned.length", tuned.length, at + 2 * d);
    reference =
        Normal.of(
            Arrays.copyOfRange(tuned, at, at + d), Arrays.copyOfRange(tuned, at + d, at + 2 * d));
    place(Arrays.copyOfRange(tuned, 1, 1 + rungs));
    at += 2 * d;
    for (Explorer explorer : explorers) {
      Check.atLeast("tuned.length", tuned.length, at + 1);
      int end = at + 1 + (int) tuned[at];
      Check.between("end of an explorer's numbers in tuned", end, at + 1, tuned.length);
      explorer.kernel().retune(Arrays.copyOfRange(tuned, at + 1, end));
      at = end;
    }
    Check.length("tuned", tuned, at);
  }

  @Override
  public Map<String, Double> figures(State state) {
    double[] memory = state.memory();
    Map<String, Double> figures = new LinkedHashMap<>();
    if (tally.steps(memory) > 0) {
      double[] logZ = tally.logZ(memory, beta.length);
      double[] rejections = tally.rejections(memory, beta.length);
      figures.put("log_z", logZ[0]);
      figures.put("log_z_error", logZ[1]);
      figures.put("barrier", Ladder.barrier(rejections));
      figures.put("rungs", (double) beta.length);
      figures.put("rejection_min", Arrays.stream(rejections).min().orElse(Double.NaN));
      figures.put("rejection_max", Arrays.stream(rejections).max().orElse(Double.NaN));
      figures.put("round_trips", tally.trips(memory));
    }
    return figures;
  }
}
