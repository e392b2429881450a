package dev.langevin.solver;

import static org.assertj.core.api.Assertions.assertThat;
import org.junit.jupiter.api.Test;
import dev.langevin.diffusion.*;

class InpaintingTest {
  @Test
  void table() {
    Denoiser denoiser = new GaussianDenoiser(new double[2], new double[][] {{1, 0.8}, {0.8, 1}});
    for (Solver solver : new Solver[] {new Ddim(1), new ExponentialIntegrator(), new Ddim(), new Heun()}) {
    for (int r : new int[] {1, 2, 5, 10, 20, 40}) {
      for (int n : new int[] {64, 256}) {
      Inpainting in = new Inpainting(solver, new boolean[] {true, false}, new double[] {1.2, 9}, r);
      if (n == 256 && r > 5) continue;
      AffineLaw law = AffineLaw.of(in, denoiser, in.grid(n, 0.002, 80));
      System.out.println("TAB " + solver + " r=" + r + " n=" + n + " mean " + law.mean()[1] + " var " + law.covariance()[1][1] + " known " + law.mean()[0] + " " + law.covariance()[0][0]);
      }}
    }
  }
}
