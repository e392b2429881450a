package dev.langevin.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NeedsNatives
class BackendTest {
  @AfterEach
  void allProcessorsAgain() {
    Backend.threads(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void theDescriptionNamesVersionPlatformAndCache() {
    assertThat(Backend.available()).isTrue();
    assertThat(Backend.describe()).contains("LibTorch", "threads", "cache");
  }

  @Test
  void operationsStayOnTheirThread() throws InterruptedException {
    int[] counts = new int[2];
    Thread other =
        new Thread(
            () -> {
              Backend.enter();
              counts[1] = torch.get_num_threads();
            });
    Backend.enter();
    counts[0] = torch.get_num_threads();
    other.start();
    other.join();
    assertThat(counts).containsOnly(1);
    assertThat(openblas.blas_get_num_threads()).isEqualTo(1);
  }

  @Test
  void noThreadsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backend.threads(0))
        .withMessageContaining("count must be at least 1");
  }

  @Test
  void everyPieceIsDoneOnce() {
    for (int threads = 1; threads <= 4; threads++) {
      Backend.threads(threads);
      AtomicIntegerArray done = new AtomicIntegerArray(37);
      Workers.run(37, done::incrementAndGet);
      for (int i = 0; i < 37; i++) {
        assertThat(done.get(i)).isEqualTo(1);
      }
    }
  }

  @Test
  void aFailingPieceIsHeardOf() {
    for (int threads = 1; threads <= 3; threads++) {
      Backend.threads(threads);
      assertThatIllegalStateException()
          .isThrownBy(
              () ->
                  Workers.run(
                      9,
                      piece -> {
                        if (piece == 4) {
                          throw new IllegalStateException("piece 4");
                        }
                      }))
          .withMessage("piece 4");
    }
  }
}
