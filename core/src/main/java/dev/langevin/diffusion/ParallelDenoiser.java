package dev.langevin.diffusion;

import dev.langevin.math.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A denoiser whose rows are made by several twins at once, each on a thread of the executor handed in; the calling thread takes a share too. A row does not depend on its batch, so the bytes are
 * the same for every number of threads.
 *
 * <p>Every call hands out stretches of rows and waits for them. The executor must have a thread free for each stretch but one, or the call waits until it has: do not call from the same
 * pool's own tasks. An exception of a twin is thrown to the caller, after all stretches have ended.
 */
public final class ParallelDenoiser implements Denoiser {
  private final List<Part> parts = new ArrayList<>();
  private final Executor executor;
  private final int least;

  /**
   * Of twins.
   *
   * @param twins makes equal denoisers, each with scratch arrays of its own, such as {@code exact::fork}
   * @param threads how many, at least 1
   * @param least rows that are worth a thread, at least 1
   * @param executor runs the stretches
   */
  public ParallelDenoiser(
      Supplier<? extends Denoiser> twins, int threads, int least, Executor executor) {
    Check.atLeast("threads", threads, 1);
    this.least = Check.atLeast("least", least, 1);
    this.executor = executor;
    for (int i = 0; i < threads; i++) {
      parts.add(new Part(twins.get()));
    }
  }

  @Override
  public int dimension() {
    return parts.get(0).denoiser.dimension();
  }

  @Override
  public void denoise(double[] y, int rows, double sigma, double[] out) {
    int stretches = Math.max(1, Math.min(parts.size(), rows / least));
    CountDownLatch others = new CountDownLatch(stretches - 1);
    for (int i = 0; i < stretches; i++) {
      int from = (int) ((long) rows * i / stretches);
      int to = (int) ((long) rows * (i + 1) / stretches);
      parts.get(i).take(y, from, to - from, sigma);
    }
    int handed = 1;
    try {
      for (; handed < stretches; handed++) {
        Part part = parts.get(handed);
        executor.execute(() -> part.run(others));
      }
      parts.get(0).attempt();
    } finally {
      for (; handed < stretches; handed++) { // the executor refused
        others.countDown();
      }
      await(others);
    }
    for (int i = 0; i < stretches; i++) {
      parts.get(i).give(out);
    }
  }

  /** Waits for all, interrupted or not: the arrays are in use until then. */
  private static void await(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A twin, and copies of its rows, which lie at the beginning of arrays as the contract wants it. */
  private static final class Part {
    private final Denoiser denoiser;
    private double[] y = new double[0];
    private double[] out = new double[0];
    private int from;
    private int rows;
    private double sigma;
    private @Nullable Throwable failure;

    Part(Denoiser denoiser) {
      this.denoiser = denoiser;
    }

    void take(double[] source, int first, int count, double level) {
      int d = denoiser.dimension();
      if (y.length < count * d) {
        y = new double[count * d];
        out = new double[count * d];
      }
      System.arraycopy(source, first * d, y, 0, count * d);
      from = first;
      rows = count;
      sigma = level;
      failure = null;
    }

    void run(CountDownLatch latch) {
      attempt();
      latch.countDown();
    }

    void attempt() {
      try {
        denoiser.denoise(y, rows, sigma, out);
      } catch (RuntimeException | Error e) {
        failure = e;
      }
    }

    void give(double[] target) {
      if (failure instanceof RuntimeException e) {
        throw e;
      }
      if (failure instanceof Error e) {
        throw e;
      }
      int d = denoiser.dimension();
      System.arraycopy(out, 0, target, from * d, rows * d);
    }
  }
}
