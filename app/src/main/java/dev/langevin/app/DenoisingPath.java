package dev.langevin.app;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.random.Seed;
import dev.langevin.solver.Generation;
import dev.langevin.solver.StepListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a denoiser believes the end to be, E[x₀ | x_t], along the way from noise to data: listens to a few rows being generated.
 * They are the first rows that the same recipe and seed give.
 */
final class DenoisingPath implements Denoiser {
  private static final double START =
      6; // above, for data of standard deviation 0.5, all is average

  private final Denoiser denoiser;
  private final List<Double> levels = new ArrayList<>();
  private final List<double[]> beliefs = new ArrayList<>();

  private DenoisingPath(Denoiser denoiser) {
    this.denoiser = denoiser;
  }

  /**
   * Generates rows and keeps what was believed at some of the noise levels, the last always among them.
   *
   * @param rows how many rows, at least 1
   * @param stops how many levels, at least 2
   * @return {@code rows × stops × d}, the levels from high to low
   */
  static double[] of(Generation recipe, Denoiser denoiser, int rows, int stops, Seed seed) {
    DenoisingPath path = new DenoisingPath(denoiser);
    recipe.sample(path, rows, rows, seed, StepListener.NONE);
    int d = denoiser.dimension();
    double[] out = new double[rows * stops * d];
    int first = (int) path.levels.stream().filter(level -> level > START).count();
    int last = path.levels.size() - 1;
    for (int stop = 0; stop < stops; stop++) {
      double share = (double) stop / (stops - 1);
      double[] belief = path.beliefs.get((int) Math.round(first + share * (last - first)));
      for (int row = 0; row < rows; row++) {
        System.arraycopy(belief, row * d, out, (row * stops + stop) * d, d);
      }
    }
    return out;
  }

  @Override
  public int dimension() {
    return denoiser.dimension();
  }

  @Override
  public void denoise(double[] y, int rows, double sigma, double[] out) {
    denoiser.denoise(y, rows, sigma, out);
    double[] belief = Arrays.copyOf(out, rows * dimension());
    int last = levels.size() - 1;
    if (last >= 0 && levels.get(last) == sigma) {
      beliefs.set(last, belief); // Heun's method asks twice; the second time it knows better
    } else {
      levels.add(sigma);
      beliefs.add(belief);
    }
  }
}
