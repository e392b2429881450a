package dev.langevin.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.mcmc.Hmc;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A run that is stopped keeps what is done. */
class InterruptionTest {
  private static final Seed SEED = Seed.of(20).child("interruption");
  private static final ChainSettings SETTINGS = new ChainSettings(4, 200, 300, 1, Double.NaN, SEED);

  /** Cancels once all chains together have done so many iterations. */
  private static final class CancelAfter implements ChainListener {
    private final int limit;
    private final AtomicInteger iterations = new AtomicInteger();

    CancelAfter(int limit) {
      this.limit = limit;
    }

    @Override
    public void advanced(int chain, int done, int total, boolean warmup) {
      iterations.incrementAndGet();
    }

    @Override
    public boolean cancelled() {
      return iterations.get() >= limit;
    }
  }

  private static ChainRun run(ChainListener listener) {
    return Chains.run(Hmc.defaults(), new Targets.Positive(), SETTINGS, Runnable::run, listener);
  }

  @Test
  void aCancelledRunIsTheBeginningOfTheWholeOne() {
    ChainRun whole = run(ChainListener.silent());
    ChainRun part = run(new CancelAfter(1400));
    assertThat(part.interrupted()).isTrue();
    assertThat(part.adapted()).isEqualTo(whole.adapted());
    isBeginning(part.draws(), whole.draws());
  }

  private static void isBeginning(Draws part, Draws whole) {
    int draws = part.draws();
    assertThat(part.chains()).isEqualTo(whole.chains());
    for (int c = 0; c < whole.chains(); c++) {
      for (int q = 0; q < whole.names().size(); q++) {
        assertThat(part.values()[c][q]).containsExactly(Arrays.copyOf(whole.values()[c][q], draws));
      }
      for (int s = 0; s < whole.statistics().size(); s++) {
        assertThat(part.statisticValues()[c][s])
            .containsExactly(Arrays.copyOf(whole.statisticValues()[c][s], draws));
      }
    }
  }

  /** 1400 of 2000 iterations on one thread: 350 of each chain if they take turns of 5, so about 150 draws. */
  @Test
  void theChainsAdvanceTogetherEvenOnOneThread() {
    assertThat(run(new CancelAfter(1400)).draws().draws()).isBetween(140, 155);
  }

  @Test
  void aRunStoppedInItsWarmupHasNothingToKeep() {
    assertThatThrownBy(() -> run(new CancelAfter(700)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("before every chain had a draw");
  }

  @Test
  void aCancellationAfterTheLastDrawIsNone() {
    ChainRun run = run(new CancelAfter(2000));
    assertThat(run.interrupted()).isFalse();
    assertThat(run.draws().draws()).isEqualTo(300);
  }

  @Test
  void anInterruptedCallerKeepsWhatIsDoneAndItsFlag() {
    AtomicInteger iterations = new AtomicInteger();
    Thread caller = Thread.currentThread();
    ChainListener listener =
        (chain, done, total, warmup) -> {
          if (iterations.incrementAndGet() == 1400) {
            caller.interrupt();
          }
        };
    ChainRun run;
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      run = Chains.run(Hmc.defaults(), new Targets.Positive(), SETTINGS, pool, slowed(listener));
    } finally {
      pool.shutdown();
    }
    assertThat(Thread.interrupted()).isTrue();
    assertThat(run.interrupted()).isTrue();
    isBeginning(run.draws(), run(ChainListener.silent()).draws());
  }

  /** Gives the caller the time to see its interruption before the run is over. */
  private static ChainListener slowed(ChainListener listener) {
    return (chain, done, total, warmup) -> {
      listener.advanced(chain, done, total, warmup);
      if (!warmup) {
        LockSupport.parkNanos(200_000);
      }
    };
  }

  @Test
  void anInterruptedWorkerStopsTheRun() {
    AtomicInteger iterations = new AtomicInteger();
    ChainListener listener =
        (chain, done, total, warmup) -> {
          if (iterations.incrementAndGet() == 1400) {
            Thread.currentThread().interrupt();
          }
        };
    ChainRun run = run(listener);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(run.interrupted()).isTrue();
    assertThat(run.draws().draws()).isBetween(140, 155);
  }
}
