package dev.langevin.tensor;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Spreads numbered pieces of native work over {@link Backend#threads} threads, the calling one among them. Which thread does which
 * piece is left to chance, so pieces must not share what they write. Helpers are daemons and end after a minute without work.
 */
final class Workers {
  private static final ExecutorService HELPERS =
      new ThreadPoolExecutor(
          0, Integer.MAX_VALUE, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), Workers::thread);

  private final IntConsumer piece;
  private final int pieces;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  private Workers(int pieces, IntConsumer piece) {
    this.pieces = pieces;
    this.piece = piece;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "langevin-tensor");
    thread.setDaemon(true);
    return thread;
  }

  /** Runs {@code piece} for 0 … {@code pieces}-1 and returns when all are done; throws what the first failing one threw. */
  static void run(int pieces, IntConsumer piece) {
    Workers run = new Workers(pieces, piece);
    int helpers = Math.min(pieces, Backend.threads()) - 1;
    CountDownLatch ended = new CountDownLatch(helpers);
    for (int i = 0; i < helpers; i++) {
      HELPERS.execute(
          () -> {
            run.work();
            ended.countDown();
          });
    }
    run.work();
    await(ended);
    run.rethrow();
  }

  private void work() {
    try {
      for (int i = next.getAndIncrement(); i < pieces; i = next.getAndIncrement()) {
        piece.accept(i);
      }
    } catch (RuntimeException | Error broken) {
      failure.compareAndSet(null, broken);
      next.set(pieces); // the others stop too
    }
  }

  private void rethrow() {
    Throwable broken = failure.get();
    if (broken instanceof Error error) {
      throw error;
    }
    if (broken instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /** Waits through interrupts: the pieces write to the caller's arrays and are not to be left behind. */
  private static void await(CountDownLatch ended) {
    boolean interrupted = false;
    while (true) {
      try {
        ended.await();
        break;
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
