package dev.langevin.chain;

import dev.langevin.density.Model;
import dev.langevin.mcmc.Sampler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs several chains of one sampler on one model.
 *
 * <p>The chains take turns on the executor, each for about a hundredth of its length: so they advance together even if there are more of them
 * than threads, and an interrupted run has draws of all of them. The turns do not touch the numbers.
 */
public final class Chains {
  private static final int TURNS = 100;

  private final List<Chain> chains;
  private final ChainSettings settings;
  private final Executor executor;
  private final ChainListener listener;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final BlockingQueue<Turn> returned = new LinkedBlockingQueue<>();
  private boolean callerInterrupted;

  private Chains(
      List<Chain> chains, ChainSettings settings, Executor executor, ChainListener listener) {
    this.chains = chains;
    this.settings = settings;
    this.executor = executor;
    this.listener = listener;
  }

  /** A chain back from its turn, with what it threw, if it did. */
  private record Turn(Chain chain, @Nullable Throwable thrown) {}

  /**
   * Runs all chains and returns when they are done, with all draws in memory. Otherwise as the longer form.
   *
   * @throws IllegalStateException if the run was interrupted before every chain had a draw
   */
  public static ChainRun run(
      Sampler sampler,
      Model model,
      ChainSettings settings,
      Executor executor,
      ChainListener listener) {
    MemoryStore store =
        new MemoryStore(
            settings.chains(),
            model.outputs().size(),
            sampler.statistics().size(),
            settings.draws());
    RunEnd end = run(sampler, model, settings, executor, listener, store);
    if (end.draws() == 0) {
      throw new IllegalStateException(
          "the run was interrupted before every chain had a draw: nothing to keep");
    }
    Draws draws = store.draws(model.outputs(), sampler.statistics(), end.draws());
    return new ChainRun(draws, store.points(), end);
  }

  /**
   * Runs all chains and returns when they are done. Equal recipe, model and settings give equal draws to the last bit, on any number of
   * threads, in one go or resumed from a store.
   *
   * <p>If the listener cancels, or a thread of the run is interrupted (the caller's or the executor's), every chain stops before its
   * next iteration and what is done is kept: the run is marked {@code interrupted}, and has as many draws as the shortest chain.
   *
   * @param sampler the recipe
   * @param model each chain works on a {@link Model#fork()} of its own
   * @param settings numbers of chains and iterations, and the seed
   * @param executor where the chains run; {@code Runnable::run} runs them on the calling thread
   * @param listener told of every iteration
   * @param store where the draws go, and from where chains go on
   * @throws ChainFailure if a chain finds no starting point or no step size, or the model throws; the others are stopped
   */
  public static RunEnd run(
      Sampler sampler,
      Model model,
      ChainSettings settings,
      Executor executor,
      ChainListener listener,
      RunStore store) {
    List<Chain> chains = new ArrayList<>();
    for (int c = 0; c < settings.chains(); c++) {
      chains.add(new Chain(c, sampler, model.fork(), settings, store));
    }
    new Chains(chains, settings, executor, listener).drive();
    int draws = chains.stream().mapToInt(Chain::draws).min().orElse(0);
    return new RunEnd(
        chains.stream().map(Chain::adapted).toList(),
        chains.stream().map(Chain::figures).toList(),
        draws,
        chains.stream().mapToLong(Chain::evaluations).sum(),
        draws < settings.draws());
  }

  private void drive() {
    int turn = Math.max(1, settings.iterations() / TURNS);
    Throwable failure = null;
    for (Chain chain : chains) {
      submit(chain, turn);
    }
    for (int running = chains.size(); running > 0; ) {
      Turn back = await();
      if (back.thrown() != null) {
        stopped.set(true);
        failure = failure == null ? back.thrown() : failure;
        running--;
      } else if (back.chain().finished() || stopped.get()) {
        running--;
      } else {
        submit(back.chain(), turn);
      }
    }
    if (callerInterrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw unchecked(failure);
    }
  }

  private void submit(Chain chain, int turn) {
    try {
      executor.execute(() -> returned.add(advance(chain, turn)));
    } catch (RuntimeException rejected) {
      returned.add(new Turn(chain, rejected));
    }
  }

  private Turn advance(Chain chain, int turn) {
    try {
      chain.advance(turn, listener, this::stop);
      return new Turn(chain, null);
    } catch (RuntimeException | Error thrown) {
      return new Turn(chain, thrown);
    }
  }

  private boolean stop() {
    if (listener.cancelled() || Thread.currentThread().isInterrupted()) {
      stopped.set(true);
    }
    return stopped.get();
  }

  private Turn await() {
    while (true) {
      try {
        return returned.take();
      } catch (InterruptedException e) {
        stopped.set(true);
        callerInterrupted = true;
      }
    }
  }

  private static RuntimeException unchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return (RuntimeException) failure;
  }
}
