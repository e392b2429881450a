package dev.langevin.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On several threads a generation gives what it gives on one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThreadedGenerationTest {
  private static final int ROWS = 37;
  private static final Seed SEED = Seed.of(11);
  private ExecutorService pool;

  @BeforeAll
  void open() {
    pool = Executors.newFixedThreadPool(8);
  }

  @AfterAll
  void close() {
    pool.shutdown();
  }

  static List<Solver> solvers() {
    return Solver.menu();
  }

  private static Generation recipe(Solver solver) {
    return new Generation(solver, 8, 0.01, 20);
  }

  private double[] rows(
      Solver solver, Supplier<Denoiser> denoisers, int batch, int threads, StepListener listener) {
    return recipe(solver).sample(denoisers, 100, ROWS, batch, SEED, listener, threads, pool);
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void the_bytes_are_those_of_one_thread_for_any_batch_size_and_number_of_threads(Solver solver) {
    double[] alone =
        recipe(solver).sample(NormalCase.denoiser(), 100, ROWS, 7, SEED, StepListener.NONE);
    for (int threads : new int[] {1, 2, 3, 8, 50}) {
      for (int batch : new int[] {1, 5, ROWS, 1000}) {
        assertThat(rows(solver, NormalCase::denoiser, batch, threads, StepListener.NONE))
            .as("%s threads, batches of %s", threads, batch)
            .isEqualTo(alone);
      }
    }
  }

  /** A denoiser that notices when two threads are in it. */
  private static final class Lonely implements Denoiser {
    private final Denoiser exact = NormalCase.denoiser();
    private final AtomicInteger inside = new AtomicInteger();

    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public void denoise(double[] y, int rows, double sigma, double[] out) {
      assertThat(inside.incrementAndGet()).isEqualTo(1);
      exact.denoise(y, rows, sigma, out);
      inside.decrementAndGet();
    }
  }

  @Test
  void every_thread_has_a_denoiser_of_its_own_and_progress_is_counted_to_the_end() {
    List<Denoiser> made = new ArrayList<>();
    List<Long> heard = new ArrayList<>();
    Supplier<Denoiser> denoisers =
        () -> {
          made.add(new Lonely());
          return made.get(made.size() - 1);
        };
    long total = ROWS * recipe(new Heun()).evaluations();
    rows(
        new Heun(),
        denoisers,
        2,
        8,
        (done, of) -> {
          assertThat(of).isEqualTo(total);
          return heard.add(done);
        });
    assertThat(made).hasSizeBetween(1, 8);
    assertThat(heard).isSorted().doesNotHaveDuplicates().hasSize(19 * 8).endsWith(total);
  }

  /** Alone, the batches that were finished at that moment, eight calls each; beside others the first batch may be the last, so that nothing need be kept. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void a_stopped_generation_keeps_the_rows_before_the_first_unfinished_batch(int threads) {
    double[] whole = rows(new Euler(), NormalCase::denoiser, 3, threads, StepListener.NONE);
    for (int limit : new int[] {1, 40, 90}) {
      AtomicInteger heard = new AtomicInteger();
      CancelledGeneration stopped =
          catchThrowableOfType(
              CancelledGeneration.class,
              () ->
                  rows(
                      new Euler(),
                      NormalCase::denoiser,
                      3,
                      threads,
                      (done, total) -> heard.incrementAndGet() < limit));
      assertThat(stopped).isNotNull();
      assertThat(heard).hasValue(limit); // nobody asks again
      assertThat(stopped.rows() % 3).isZero();
      int most = (limit - 1) / 8 * 3;
      assertThat(stopped.rows()).isBetween(threads == 1 ? most : 0, most);
      assertThat(stopped.values()).isEqualTo(Arrays.copyOf(whole, stopped.rows() * 2));
    }
  }

  /** Spoils the rows whose point it is shown, whichever thread comes first. */
  private static Denoiser breakingFrom(double[] whole, int row) {
    Denoiser exact = NormalCase.denoiser();
    return new Denoiser() {
      @Override
      public int dimension() {
        return 2;
      }

      @Override
      public void denoise(double[] y, int rows, double sigma, double[] out) {
        exact.denoise(y, rows, sigma, out);
        for (int r = 0; r < rows && sigma == 0.01; r++) {
          for (int bad = row; bad < ROWS; bad++) {
            out[2 * r] = out[2 * r] == whole[2 * bad] ? Double.NaN : out[2 * r];
          }
        }
      }
    };
  }

  @Test
  void of_several_broken_rows_the_first_is_named_on_any_number_of_threads() {
    double[] whole = rows(new Euler(), NormalCase::denoiser, 2, 1, StepListener.NONE);
    for (int threads : new int[] {1, 2, 8}) {
      BrokenDenoiser broken =
          catchThrowableOfType(
              BrokenDenoiser.class,
              () ->
                  rows(new Euler(), () -> breakingFrom(whole, 17), 2, threads, StepListener.NONE));
      assertThat(broken).isNotNull();
      assertThat(broken.row()).isEqualTo(117);
      assertThat(broken.step()).isEqualTo(7);
    }
  }

  @Test
  void what_a_listener_or_a_supplier_throws_comes_out() {
    assertThatThrownBy(
            () ->
                rows(
                    new Euler(),
                    NormalCase::denoiser,
                    2,
                    4,
                    (done, total) -> {
                      throw new IllegalStateException("no ear");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no ear");
    assertThatThrownBy(() -> rows(new Euler(), NormalCase::denoiser, 2, 0, StepListener.NONE))
        .hasMessage("threads must be at least 1, got 0");
  }
}
