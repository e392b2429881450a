package dev.langevin.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.diffusion.ClippedDenoiser;
import dev.langevin.diffusion.Clipping;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.DiscreteSchedule;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.random.Seed;
import dev.langevin.random.TorchRandom;
import org.junit.jupiter.api.Test;

/** Normal numbers from elsewhere, and DDIM's two ways to clip. */
class NoiseSourceTest {
  private static final int D = 5;

  /** D(y; σ) = y/(1 + σ²), that of N(0, I). */
  private static final Denoiser NORMAL =
      new Denoiser() {
        @Override
        public int dimension() {
          return D;
        }

        @Override
        public void denoise(double[] y, int rows, double sigma, double[] out) {
          for (int i = 0; i < rows * D; i++) {
            out[i] = y[i] / (1 + sigma * sigma);
          }
        }
      };

  private static final StepListener NONE = StepListener.NONE;

  @Test
  void addressed_noise_is_that_of_a_seed() {
    Generation recipe = new Generation(new Ddpm(), 4, 0.1, 10);
    Seed seed = Seed.of(8);
    assertThat(recipe.sample(NORMAL, 6, new AddressedNoise(seed), NONE))
        .isEqualTo(recipe.sample(NORMAL, 6, 2, seed, NONE));
  }

  /** A step of DDIM with η = 1 on each level, written out with torch's numbers in the order of diffusers' loop. */
  @Test
  void torch_noise_is_one_stream_over_the_batch_start_first() {
    Generation recipe = new Generation(new UnitStart(new Ddim(1)), 3, 0.1, 10);
    TimeGrid grid = recipe.grid();
    TorchRandom random = new TorchRandom(7);
    float[] z = new float[4 * D];
    double[] x = new double[4 * D];
    random.fillNormal(z);
    for (int i = 0; i < x.length; i++) {
      x[i] = z[i] * Math.hypot(1, grid.time(0));
    }
    for (int k = 0; k < 3; k++) {
      random.fillNormal(z);
      double s = grid.time(k);
      double t = grid.time(k + 1);
      double fresh = t / s * Math.sqrt(s * s - t * t);
      for (int i = 0; i < x.length; i++) {
        double mean = x[i] / (1 + s * s);
        x[i] = mean + Math.sqrt(t * t - fresh * fresh) * (x[i] - mean) / s + fresh * z[i];
      }
    }
    double[] drawn = recipe.sample(NORMAL, 4, new TorchNoise(7), NONE);
    assertThat(drawn).containsExactly(x, within(1e-12));
    assertThat(recipe.sample(NORMAL, 4, new TorchNoise(7), NONE)).isEqualTo(drawn);
    assertThat(recipe.sample(NORMAL, 4, new TorchNoise(8), NONE)).isNotEqualTo(drawn);
  }

  /** The promise that is given up, shown: of five rows, the first are not those of four. */
  @Test
  void torch_noise_depends_on_the_batch_and_so_takes_one_only() {
    Generation recipe = new Generation(new Heun(), 3, 0.1, 10);
    double[] four = recipe.sample(NORMAL, 4, new TorchNoise(1), NONE);
    double[] five = recipe.sample(NORMAL, 5, new TorchNoise(1), NONE);
    assertThat(five[5]).isNotEqualTo(four[5]); // of 20 numbers it is drawn again, of 25 not
    TorchNoise torch = new TorchNoise(1);
    assertThatThrownBy(() -> recipe.sample(() -> NORMAL, 0, 5, 4, torch, NONE, 1, Runnable::run))
        .hasMessage("batch must be at least 5, got 4");
    assertThatThrownBy(() -> recipe.sample(() -> NORMAL, 3, 5, 5, torch, NONE, 1, Runnable::run))
        .hasMessageStartingWith("first must be 0");
  }

  private static double[] step(Solver solver, Denoiser denoiser, TimeGrid grid) {
    double[] x = {3, -2, 0.5, 8, 0};
    double[] z = {1, -1, 2, 0.5, 0};
    solver.on(denoiser, grid, 1).step(0, x, 1, z);
    return x;
  }

  @Test
  void ddim_that_clips_nothing_is_ddim() {
    TimeGrid grid = new TimeGrid(new double[] {2, 0.7, 0});
    Clipping wide = new Clipping.Clamp(1e6);
    double[] plain = step(new Ddim(0.5), NORMAL, grid);
    assertThat(step(new ClippedDdim(new Ddim(0.5), wide), NORMAL, grid))
        .containsExactly(plain, within(1e-14));
    DiffusersDdim missteps = new DiffusersDdim(DiscreteSchedule.linear(), 0.5);
    TimeGrid levels =
        new dev.langevin.diffusion.Timesteps(
                DiscreteSchedule.linear(), dev.langevin.diffusion.Timesteps.Rule.LINSPACE)
            .levels(7);
    assertThat(step(new ClippedDdim(missteps, wide), NORMAL, levels))
        .containsExactly(step(missteps, NORMAL, levels), within(1e-13));
  }

  /** x ← clip(D) + t ε with ε = (x - D)/s of the mean before clipping; the other way has that of the mean after it. */
  @Test
  void clipped_ddim_keeps_the_noise_of_the_unclipped_mean() {
    TimeGrid grid = new TimeGrid(new double[] {2, 0.7});
    Clipping clip = new Clipping.Clamp(0.3);
    double[] x = {3, -2, 0.5, 8, 0};
    double[] expected = new double[D];
    double[] other = new double[D];
    for (int i = 0; i < D; i++) {
      double mean = x[i] / 5;
      double clipped = Math.max(-0.3, Math.min(0.3, mean));
      expected[i] = clipped + 0.7 * (x[i] - mean) / 2;
      other[i] = clipped + 0.7 * (x[i] - clipped) / 2;
    }
    assertThat(step(new ClippedDdim(new Ddim(), clip), NORMAL, grid))
        .containsExactly(expected, within(1e-14));
    assertThat(step(new Ddim(), new ClippedDenoiser(NORMAL, clip), grid))
        .containsExactly(other, within(1e-14));
    assertThat(expected[0]).isNotEqualTo(other[0]);
    assertThatThrownBy(() -> new ClippedDdim(new Heun(), clip))
        .hasMessageStartingWith("ddim must be a DDIM");
  }
}
