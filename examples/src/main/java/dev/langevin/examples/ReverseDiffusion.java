package dev.langevin.examples;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.GaussianMixtureDenoiser;
import dev.langevin.random.Seed;
import dev.langevin.solver.ExponentialIntegrator;
import dev.langevin.solver.Generation;
import dev.langevin.solver.Heun;
import dev.langevin.solver.Solver;
import java.util.List;

/** Reverse diffusion with an exact denoiser, which crosses between far modes that a Langevin chain would never cross. */
public final class ReverseDiffusion {
  private ReverseDiffusion() {}

  /** The share of fresh rows on the side of the heavy mode, which has weight 0.75; the modes are ten standard deviations apart. */
  static double heavyShare(Solver solver, int rows) {
    GaussianMixture mixture =
        GaussianMixture.isotropic(
            new double[] {0.25, 0.75}, new double[][] {{-1, 0}, {1, 0}}, new double[] {0.2, 0.2});
    Denoiser denoiser = new GaussianMixtureDenoiser(mixture);
    double[] fresh =
        Generation.of(solver).sample(denoiser, rows, 256, Seed.of(7), (done, total) -> true);
    int heavy = 0;
    for (int row = 0; row < rows; row++) {
      heavy += fresh[2 * row] > 0 ? 1 : 0;
    }
    return (double) heavy / rows;
  }

  /** Runs the probability-flow ODE and the reversed Ornstein–Uhlenbeck process on the same denoiser. */
  public static void main(String[] args) {
    for (Solver solver : List.of(new Heun(), new ExponentialIntegrator())) {
      System.out.printf(
          "%-12s %.3f of the rows in the mode of weight 0.75%n",
          solver.name(), heavyShare(solver, 4000));
    }
  }
}
