package dev.langevin.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.random.Seed;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelDenoiserTest {
  private final ExecutorService executor = Executors.newFixedThreadPool(8);

  @AfterEach
  void stop() {
    executor.shutdown();
  }

  private static GaussianMixtureDenoiser exact() {
    double[][] full = {{1, 0.5}, {0.5, 2}};
    double[][] diagonal = {{0.1, 0}, {0, 0.3}};
    return new GaussianMixtureDenoiser(
        GaussianMixture.of(
            new double[] {0.4, 0.6},
            new double[][] {{-1, 0}, {2, 1}},
            new double[][][] {full, diagonal}));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void any_number_of_threads_gives_the_same_bytes(int threads) {
    Denoiser parallel = new ParallelDenoiser(exact()::fork, threads, 2, executor);
    assertThat(parallel.dimension()).isEqualTo(2);
    for (int rows : new int[] {1, 2, 7, 100}) {
      double[] y = new double[2 * rows];
      Seed.of(rows).random().fillGaussian(y, 0, y.length);
      double[] expected = new double[y.length];
      exact().denoise(y, rows, 0.6, expected);
      double[] found = new double[y.length];
      parallel.denoise(y, rows, 0.6, found);
      assertThat(found).isEqualTo(expected);
    }
  }

  @Test
  void exceptions_reach_the_caller_and_the_next_call_works() {
    Denoiser parallel = new ParallelDenoiser(exact()::fork, 4, 1, executor);
    double[] y = new double[20];
    assertThatThrownBy(() -> parallel.denoise(y, 10, -1, new double[20]))
        .hasMessageContaining("sigma must be positive");
    double[] out = new double[20];
    parallel.denoise(y, 10, 1, out);
    assertThat(out[19]).isNotZero();
  }

  @Test
  void an_executor_that_refuses_is_no_deadlock() {
    Denoiser parallel =
        new ParallelDenoiser(
            exact()::fork,
            4,
            1,
            task -> {
              throw new RejectedExecutionException("full");
            });
    assertThatThrownBy(() -> parallel.denoise(new double[20], 10, 1, new double[20]))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> new ParallelDenoiser(exact()::fork, 0, 1, executor))
        .hasMessageContaining("threads must be at least 1");
    assertThatThrownBy(() -> new ParallelDenoiser(exact()::fork, 1, 0, executor))
        .hasMessageContaining("least must be at least 1");
  }
}
