package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.TimeGrid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One generation under way: batches are given out in order to whoever asks next, and every row is written to its own place. What the threads share is guarded by this
 * object's monitor: the next batch, what is finished, how many evaluations are done, and whether to stop. A batch that fails lets the batches before it
 * run on, for one of them may fail too, and is then the one to be told of, as it is on a single thread.
 */
final class GenerationRun {
  private final Solver solver;
  private final TimeGrid grid;
  private final Supplier<? extends Denoiser> denoisers;
  private final long first;
  private final int rows;
  private final int batch;
  private final NoiseSource noise;
  private final StepListener listener;
  private final int d;
  private final double[] out;
  private final long total;
  private final boolean[] finished; // by batch
  private @Nullable Denoiser spare;
  private long done;
  private int next;
  private boolean cancelled;
  private int failed = Integer.MAX_VALUE; // the lowest batch that failed
  private @Nullable Throwable failure;

  GenerationRun(
      Generation recipe,
      Supplier<? extends Denoiser> denoisers,
      long first,
      int rows,
      int batch,
      NoiseSource noise,
      StepListener listener) {
    solver = recipe.solver();
    grid = recipe.grid();
    this.denoisers = denoisers;
    Denoiser one = denoisers.get();
    spare = one;
    this.first = first;
    this.rows = rows;
    this.batch = batch;
    this.noise = noise;
    this.listener = listener;
    d = one.dimension();
    out = new double[Scratch.size(one, rows)];
    total = rows * solver.evaluations(grid);
    finished = new boolean[(int) (((long) rows + batch - 1) / batch)];
  }

  /** Runs to the end, with at most this many batches side by side. */
  double[] on(int threads, Executor executor) {
    List<CompletableFuture<Void>> hands = new ArrayList<>();
    for (int i = 0; i < Math.min(threads, finished.length); i++) {
      hands.add(CompletableFuture.runAsync(this::work, executor));
    }
    try {
      CompletableFuture.allOf(hands.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      throw rethrown(e.getCause() == null ? e : e.getCause());
    }
    return outcome();
  }

  /** What a thread does: batch after batch. */
  private void work() {
    int at = take();
    if (at < 0) {
      return;
    }
    try {
      Hand hand = new Hand(denoiser());
      while (at >= 0) {
        if (hand.generate(at)) {
          finish(at, hand.x);
        }
        at = take();
      }
    } catch (RuntimeException | Error e) {
      fail(at, e);
    }
  }

  /** The next batch; negative if there is none. */
  private synchronized int take() {
    return cancelled || failure != null || next == finished.length ? -1 : next++;
  }

  private synchronized Denoiser denoiser() {
    Denoiser one = spare == null ? denoisers.get() : spare;
    spare = null;
    if (one.dimension() != d) {
      throw new IllegalArgumentException(
          "denoisers must have one dimension, got " + d + " and " + one.dimension());
    }
    return one;
  }

  /** Tells of {@code evaluations} more; false if batch {@code at} need not go on. */
  private synchronized boolean advanced(int at, long evaluations) {
    if (cancelled || at > failed) {
      return false;
    }
    done += evaluations;
    cancelled = !listener.advanced(done, Math.max(done, total));
    return !cancelled;
  }

  private synchronized void finish(int at, double[] x) {
    System.arraycopy(x, 0, out, at * batch * d, size(at) * d);
    finished[at] = true;
  }

  private synchronized void fail(int at, Throwable e) {
    if (at < failed) {
      failed = at;
      failure = e;
    }
  }

  private synchronized double[] outcome() {
    if (cancelled) {
      int batches = 0;
      while (batches < finished.length && finished[batches]) {
        batches++;
      }
      int kept = (int) Math.min((long) batches * batch, rows);
      throw new CancelledGeneration(kept, rows, Arrays.copyOf(out, kept * d));
    }
    if (failure != null) {
      throw rethrown(failure);
    }
    return out;
  }

  private static RuntimeException rethrown(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException plain ? plain : new CompletionException(e);
  }

  /** Number of rows of a batch. */
  private int size(int at) {
    return Math.min(batch, rows - at * batch);
  }

  /** One thread's worker, with every array that it needs. */
  private final class Hand {
    private final WatchedDenoiser denoiser;
    private final Solver.Worker worker;
    private final NoiseSource.Reader numbers;
    private final double[] x;
    private final double[] z;

    Hand(Denoiser watched) {
      denoiser = new WatchedDenoiser(watched, grid.steps());
      worker = solver.on(denoiser, grid, batch);
      numbers = noise.reader(d, batch);
      x = new double[batch * d];
      z = new double[Scratch.size(watched, batch, solver.noises())];
    }

    /** Makes the rows of a batch in {@link #x}; false if it was stopped. */
    boolean generate(int at) {
      int n = size(at);
      long from = first + (long) at * batch;
      numbers.begin(from, n);
      start(n);
      for (int k = 0; k < grid.steps(); k++) {
        denoiser.at(k, from);
        if (solver.stochastic()) {
          numbers.fill(k + 1, solver.noises(grid, k), z);
        }
        long before = denoiser.evaluations();
        worker.step(k, x, n, z);
        if (!advanced(at, denoiser.evaluations() - before)) {
          return false;
        }
      }
      return true;
    }

    private void start(int n) {
      numbers.fill(0, 1, x);
      double scale = solver.startingScale(grid.time(0));
      for (int i = 0; i < n * d; i++) {
        x[i] *= scale;
      }
    }
  }
}
