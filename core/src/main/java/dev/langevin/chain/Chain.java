package dev.langevin.chain;

import dev.langevin.adapt.Warmup;
import dev.langevin.density.Model;
import dev.langevin.mcmc.Kernel;
import dev.langevin.mcmc.Outcome;
import dev.langevin.mcmc.Sampler;
import dev.langevin.mcmc.SelfTuningKernel;
import dev.langevin.mcmc.State;
import dev.langevin.mcmc.Statistic;
import dev.langevin.mcmc.TunableKernel;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One chain: its own model, kernel and random generator; advanced by one thread at a time, by so many iterations as one likes. Its draws go to the
 * store, from which it also takes up what an earlier process left.
 */
final class Chain {
  private static final int STARTS = 100;

  private final int index;
  private final ChainSettings settings;
  private final RunStore store;
  private final Seed seed;
  private final Watched density;
  private final AddressedRandom random;
  private final Sampler sampler;
  private final List<Statistic> statistics;
  private final double[] values;
  private final double[] told;
  private Kernel kernel;
  private @Nullable Warmup warmup;
  private State state;
  private final double[] start;
  private boolean begun;
  private int done;
  private int draws;
  private long warmupEvaluations;
  private long evaluations;
  private long evaluationsToDraw;
  private boolean divergedToDraw;
  private int warmupDivergences;

  Chain(int index, Sampler sampler, Model model, ChainSettings settings, RunStore store) {
    this.index = index;
    this.settings = settings;
    this.store = store;
    this.sampler = sampler;
    this.seed = settings.seed().child("chain").child(index);
    this.density = new Watched(model);
    this.start = new double[model.dimension()];
    this.random = new AddressedRandom(seed);
    this.statistics = sampler.statistics();
    this.values = new double[model.outputs().size()];
    this.told = new double[statistics.size()];
    this.kernel = (settings.warmup() > 0 ? sampler.warmup() : sampler).on(density);
    this.state = State.blank(model.dimension());
  }

  boolean finished() {
    return done == settings.iterations();
  }

  /** Draws kept so far. */
  int draws() {
    return draws;
  }

  /**
   * Goes on for at most {@code iterations} iterations, or until {@code stop} says so before one of them.
   *
   * @throws ChainFailure if the chain cannot go on
   */
  void advance(int iterations, ChainListener listener, BooleanSupplier stop) {
    try {
      for (int i = 0; i < iterations; i++) {
        if (stop.getAsBoolean()) {
          pause();
          return;
        }
        if (!begun) {
          begin();
        }
        if (finished()) {
          return;
        }
        iterate();
        listener.advanced(index, done, settings.iterations(), done <= settings.warmup());
      }
    } catch (Watched.Thrown e) {
      throw failure(e.point(), String.valueOf(e.getMessage()), e.getCause());
    }
  }

  /** Leaves a checkpoint if the last iteration made a draw; otherwise the one before it must do. */
  private void pause() {
    if (draws > 0 && done - settings.warmup() == draws * settings.thin()) {
      store.checkpoint(index, checkpoint());
    }
  }

  private void begin() {
    Optional<Checkpoint> checkpoint = store.resume(index);
    if (checkpoint.isPresent()) {
      resume(checkpoint.get());
    } else {
      findStart();
      beginWarmup();
    }
    begun = true;
  }

  private void resume(Checkpoint from) {
    kernel = sampler.on(density);
    kernel.retune(from.tuned());
    state = kernel.start(from.position());
    System.arraycopy(from.memory(), 0, state.memory(), 0, state.memory().length);
    System.arraycopy(from.start(), 0, start, 0, start.length);
    done = from.done();
    draws = from.draws();
    warmupEvaluations = from.warmupEvaluations();
    evaluations = from.evaluations();
    warmupDivergences = from.warmupDivergences();
  }

  private void findStart() {
    String problem = tryStart(0);
    for (int attempt = 1; !problem.isEmpty() && attempt < STARTS; attempt++) {
      problem = tryStart(attempt);
    }
    if (!problem.isEmpty()) {
      throw failure(
          start,
          "none of " + STARTS + " points drawn uniformly from (-2, 2) will do; here " + problem,
          null);
    }
  }

  /** Starts at a point uniform on (-2, 2) in every coordinate; returns what is wrong with it, or nothing. */
  private String tryStart(int attempt) {
    random.moveTo(seed.child("start").child(attempt));
    for (int i = 0; i < start.length; i++) {
      start[i] = 4 * random.nextDouble() - 2;
    }
    try {
      state = kernel.start(start);
      return "";
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private void beginWarmup() {
    if (settings.warmup() == 0 || !sampler.tuned()) {
      return;
    }
    if (kernel instanceof SelfTuningKernel self) {
      self.beginWarmup(settings.warmup(), settings.targetAcceptance());
    } else if (kernel instanceof TunableKernel tunable) {
      double target = settings.targetAcceptance();
      Warmup learning =
          Warmup.of(
              tunable,
              settings.warmup(),
              Double.isNaN(target) ? sampler.targetAcceptance() : target,
              settings.metric());
      guard(() -> learning.begin(state, random));
      warmup = learning;
    }
  }

  private void iterate() {
    random.moveTo(seed.child(done));
    boolean drawn = false;
    if (done < settings.warmup()) {
      warm();
    } else {
      drawn = sample();
    }
    done++;
    if (done == settings.warmup()) {
      endWarmup();
    }
    if (drawn && (finished() || store.due(index))) {
      store.checkpoint(index, checkpoint());
    }
  }

  private void warm() {
    Outcome outcome =
        kernel instanceof SelfTuningKernel self && sampler.tuned()
            ? learn(self)
            : kernel.step(state, random);
    warmupEvaluations += outcome.evaluations();
    warmupDivergences += outcome.diverged() ? 1 : 0;
    Warmup learning = warmup;
    if (learning != null && !learning.finished()) {
      guard(() -> learning.learn(state, outcome, random));
    }
  }

  private Outcome learn(SelfTuningKernel self) {
    try {
      return self.learn(state, random);
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw failure(state.position(), String.valueOf(e.getMessage()), null);
    }
  }

  private void endWarmup() {
    warmupEvaluations += warmup == null ? 0 : warmup.evaluations();
    warmup = null;
    if (!sampler.equals(sampler.warmup())) {
      Kernel next = sampler.on(density);
      next.retune(kernel.tuned());
      state = next.start(state.position());
      kernel = next;
    }
  }

  private void guard(Runnable learning) {
    try {
      learning.run();
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw failure(state.position(), String.valueOf(e.getMessage()), null);
    }
  }

  /** One step; returns whether it made a draw. */
  private boolean sample() {
    Outcome outcome = kernel.step(state, random);
    evaluationsToDraw += outcome.evaluations();
    divergedToDraw |= outcome.diverged();
    if ((done + 1 - settings.warmup()) % settings.thin() != 0) {
      return false;
    }
    keep(outcome);
    return true;
  }

  private void keep(Outcome outcome) {
    density.report(state.position(), values);
    for (int s = 0; s < told.length; s++) {
      told[s] = value(statistics.get(s), outcome);
    }
    evaluations += evaluationsToDraw;
    evaluationsToDraw = 0;
    divergedToDraw = false;
    store.draw(index, values, told);
    if (draws % settings.pointEvery() == 0) {
      store.point(index, state.position());
    }
    draws++;
  }

  private double value(Statistic statistic, Outcome outcome) {
    return switch (statistic) {
      case LOG_DENSITY -> state.logDensity();
      case ACCEPTANCE -> outcome.acceptance();
      case STEP_SIZE -> stepSize();
      case LEAPFROGS -> evaluationsToDraw;
      case TREE_DEPTH -> outcome.depth();
      case DIVERGENT -> divergedToDraw ? 1 : 0;
      case ENERGY -> outcome.energy();
      case ENERGY_ERROR -> outcome.energyError();
    };
  }

  private double stepSize() {
    return kernel instanceof TunableKernel tunable
        ? tunable.tuning().stepSize()
        : sampler.stepSize();
  }

  private Checkpoint checkpoint() {
    return new Checkpoint(
        done,
        draws,
        start.clone(),
        state.position().clone(),
        state.memory().clone(),
        kernel.tuned(),
        warmupEvaluations,
        evaluations,
        warmupDivergences);
  }

  private ChainFailure failure(double[] point, String problem, @Nullable Throwable cause) {
    return new ChainFailure(index, begun ? done : -1, point, problem, cause);
  }

  /** What the warm-up found. */
  Adapted adapted() {
    double[] inverse =
        kernel instanceof TunableKernel tunable
            ? tunable.tuning().metric().inverse()
            : new double[0];
    return new Adapted(stepSize(), inverse, warmupEvaluations, warmupDivergences, start);
  }

  /** What the kernel found out beside the draws. */
  Map<String, Double> figures() {
    return begun ? kernel.figures(state) : Map.of();
  }

  /** Evaluations of the density for the draws so far. */
  long evaluations() {
    return evaluations;
  }
}
