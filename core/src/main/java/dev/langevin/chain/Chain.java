package dev.langevin.chain;

import dev.langevin.adapt.Warmup;
import dev.langevin.density.Model;
import dev.langevin.mcmc.Outcome;
import dev.langevin.mcmc.Sampler;
import dev.langevin.mcmc.State;
import dev.langevin.mcmc.TunableKernel;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One chain: its own model, kernel, random generator and draws; advanced by one thread at a time, by so many iterations as one likes.
 */
final class Chain {
  private static final int STARTS = 100;

  private final int index;
  private final ChainSettings settings;
  private final Seed seed;
  private final Watched density;
  private final AddressedRandom random;
  private final Sampler sampler;
  private final Series series;
  private TunableKernel kernel;
  private final Warmup warmup;
  private State state;
  private final double[] start;
  private boolean begun;
  private int done;
  private long warmupEvaluations;
  private int warmupDivergences;

  Chain(int index, Sampler sampler, Model model, ChainSettings settings) {
    this.index = index;
    this.settings = settings;
    this.sampler = sampler;
    this.seed = settings.seed().child("chain").child(index);
    this.density = new Watched(model);
    this.start = new double[model.dimension()];
    this.random = new AddressedRandom(seed);
    this.series = new Series(model.outputs().size(), sampler.statistics(), settings.draws());
    this.kernel = (settings.warmup() > 0 ? sampler.warmup() : sampler).on(density);
    int learning = sampler.tuned() ? settings.warmup() : 0;
    this.warmup = new Warmup(kernel, learning, target(sampler, settings));
    this.state = State.blank(model.dimension());
  }

  private static double target(Sampler sampler, ChainSettings settings) {
    return Double.isNaN(settings.targetAcceptance())
        ? sampler.targetAcceptance()
        : settings.targetAcceptance();
  }

  boolean finished() {
    return done == settings.iterations();
  }

  Series series() {
    return series;
  }

  /**
   * Goes on for at most {@code iterations} iterations, or until {@code stop} says so before one of them.
   *
   * @throws ChainFailure if the chain cannot go on
   */
  void advance(int iterations, ChainListener listener, BooleanSupplier stop) {
    try {
      for (int i = 0; i < iterations && !finished() && !stop.getAsBoolean(); i++) {
        if (done == 0) {
          begin();
        }
        iterate();
        listener.advanced(index, done, settings.iterations(), done <= settings.warmup());
      }
    } catch (Watched.Thrown e) {
      throw failure(e.point(), String.valueOf(e.getMessage()), e.getCause());
    }
  }

  /** Finds a starting point, and there the first step size. */
  private void begin() {
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
    tuneFirst();
    begun = true;
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

  private void tuneFirst() {
    try {
      warmup.begin(state, random);
    } catch (IllegalStateException e) {
      throw failure(start, String.valueOf(e.getMessage()), null);
    }
  }

  private void iterate() {
    random.moveTo(seed.child(done));
    Outcome outcome = kernel.step(state, random);
    if (done < settings.warmup()) {
      learn(outcome);
    } else {
      record(outcome);
    }
    done++;
  }

  private void learn(Outcome outcome) {
    warmupEvaluations += outcome.evaluations();
    warmupDivergences += outcome.diverged() ? 1 : 0;
    if (warmup.finished()) {
      return;
    }
    try {
      warmup.learn(state, outcome, random);
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw failure(state.position(), String.valueOf(e.getMessage()), null);
    }
    if (warmup.finished() && !sampler.equals(sampler.warmup())) {
      TunableKernel tuned = sampler.on(density);
      tuned.tuning().stepSize(kernel.tuning().stepSize());
      tuned.tuning().metric(kernel.tuning().metric());
      kernel = tuned;
    }
  }

  private void record(Outcome outcome) {
    series.pass(outcome);
    if ((done + 1 - settings.warmup()) % settings.thin() == 0) {
      density.report(state.position(), series.row());
      series.keep(state, outcome, kernel.tuning().stepSize());
    }
  }

  private ChainFailure failure(double[] point, String problem, @Nullable Throwable cause) {
    return new ChainFailure(index, begun ? done : -1, point, problem, cause);
  }

  /** What the warm-up found. */
  Adapted adapted() {
    return new Adapted(
        kernel.tuning().stepSize(),
        kernel.tuning().metric().inverse(),
        warmupEvaluations + warmup.evaluations(),
        warmupDivergences,
        start);
  }
}
