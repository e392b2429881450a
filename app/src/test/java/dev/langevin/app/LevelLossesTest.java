package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.GaussianDenoiser;
import dev.langevin.io.AtomicFolder;
import dev.langevin.io.InputError;
import dev.langevin.io.Provenance;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LevelLossesTest {
  private static final Provenance MADE = new Provenance("0", "test", 1, Map.of(), Map.of());
  private static final Denoiser EXACT =
      new GaussianDenoiser(new double[3], new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});

  @TempDir Path folder;

  /** An empty folder of ours. */
  private Path ours() {
    Path ours = folder.resolve("ours");
    AtomicFolder.write(ours, part -> {});
    return ours;
  }

  private static float[] rows(int n) {
    AddressedRandom random = Seed.of(5).random();
    float[] rows = new float[3 * n];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
    return rows;
  }

  /** Unit normal data: d σ²/(1 + σ²); 33 levels, each within five standard errors with probability 2e-5 of one that is not. */
  @Test
  void on_normal_data_the_losses_are_the_closed_form() {
    LevelLosses losses = LevelLosses.of(EXACT, rows(500), 3, 10, 1_000_000);
    assertThat(losses.rows()).isEqualTo(128);
    assertThat(losses.sigmas()[0]).isEqualTo(0.002);
    assertThat(losses.sigmas()[32]).isCloseTo(80, within(1e-9));
    for (int k = 0; k < 33; k++) {
      double v = losses.sigmas()[k] * losses.sigmas()[k];
      assertThat(losses.losses()[k]).isCloseTo(3 * v / (1 + v), within(5 * losses.errors()[k]));
    }
    Denoiser wrong = shifted(0.5); // a denoiser that is off by 0.5 in each coordinate: 0.75 more
    LevelLosses more = LevelLosses.of(wrong, rows(500), 3, 10, 1_000_000);
    assertThat(more.losses()[32] - losses.losses()[32]).isCloseTo(0.75, within(0.35));
    assertThat(more.losses()[0] - losses.losses()[0]).isCloseTo(0.75, within(0.01));
  }

  private static Denoiser shifted(double by) {
    return new Denoiser() {
      @Override
      public int dimension() {
        return 3;
      }

      @Override
      public void denoise(double[] y, int rows, double sigma, double[] out) {
        EXACT.denoise(y, rows, sigma, out);
        for (int i = 0; i < 3 * rows; i++) {
          out[i] += by;
        }
      }
    };
  }

  @Test
  void few_rows_and_short_trainings_are_measured_on_few() {
    assertThat(LevelLosses.of(EXACT, rows(500), 3, 1, 10).rows()).isEqualTo(8);
    assertThat(LevelLosses.of(EXACT, rows(5), 3, 1, 1_000_000).rows()).isEqualTo(5);
  }

  @Test
  void they_are_read_back_for_the_weights_that_they_were_made_for() {
    LevelLosses losses = LevelLosses.of(EXACT, rows(20), 2.5, 77, 1_000_000);
    Path ours = ours();
    losses.write(ours, MADE);
    LevelLosses read = LevelLosses.read(ours, 77).orElseThrow();
    assertThat(read.losses()).isEqualTo(losses.losses());
    assertThat(read.errors()).isEqualTo(losses.errors());
    assertThat(read.sigmas()).isEqualTo(losses.sigmas());
    assertThat(read.secondMoment()).isEqualTo(2.5);
    assertThat(read.rows()).isEqualTo(20);
    assertThat(LevelLosses.read(ours, 78)).isEmpty();
    assertThat(LevelLosses.read(folder.resolve("elsewhere"), 77)).isEmpty();
  }

  @Test
  void a_damaged_file_is_refused() throws IOException {
    Path ours = ours();
    LevelLosses.of(EXACT, rows(20), 2.5, 77, 1_000_000).write(ours, MADE);
    Path file = ours.resolve(LevelLosses.FILE);
    String text = Files.readString(file);
    Files.writeString(file, text.replaceFirst("\"sigma\" : \\[ [0-9.]+", "\"sigma\" : [ -1"));
    assertThatThrownBy(() -> LevelLosses.read(ours, 77))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("loss");
    Files.writeString(file, text.replaceFirst("\"loss\"", "\"lost\""));
    assertThatThrownBy(() -> LevelLosses.read(ours, 77))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("\"loss\" is missing");
  }

  @Test
  void a_fitted_model_holds_them() throws IOException {
    Path model = folder.resolve("model");
    Toys.fit(Toys.source(Toys.table(folder)), 6, model).run(new Recorder());
    LevelLosses losses = LevelLosses.read(model, 6).orElseThrow();
    assertThat(losses.rows()).isGreaterThan(1);
    assertThat(losses.secondMoment()).isPositive();
    assertThat(Files.readString(model.resolve(AtomicFolder.LIST))).contains(LevelLosses.FILE);
  }
}
