package dev.langevin.solver;

import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.TimeGrid;

/**
 * Predictor and corrector on normal data as printed (Song et al. 2021, algorithms 2 to 5), along one axis, in the process's own variables. Written from the
 * paper and not from the solver.
 */
final class PairCase {
  private PairCase() {}

  static AffineLaw law(PredictorCorrector of, TimeGrid grid, Planted c) {
    return NormalCase.law(
        of.noising().noise(grid.time(0)), (mean, lambda) -> run(of, grid, c, mean, lambda));
  }

  private static double[] run(
      PredictorCorrector of, TimeGrid grid, Planted c, double mean, double lambda) {
    Noising noising = of.noising();
    double[] law = {0, 1, 0};
    for (int k = 0; k < grid.steps(); k++) {
      double a = noising.signal(grid.time(k));
      double b = noising.noise(grid.time(k));
      double after = noising.noise(grid.time(k + 1));
      double rho = a / noising.signal(grid.time(k + 1));
      double v = a * a * lambda + b * b; // score -(x - a m)/v
      double epsilon = 2 * rho * rho * of.snr() * b * of.snr() * b;
      for (int j = 0; j < of.corrections(); j++) {
        double slope = c.of("correction", epsilon) / v;
        double noise = c.of("correction's noise", Math.sqrt(2 * epsilon));
        affine(law, 1 - slope, slope * a * mean, noise);
      }
      double g2 = b * b - rho * rho * after * after;
      double slope = c.of("prediction", g2) / v;
      if (grid.time(k + 1) > 0) {
        double keep = c.of("point", 2 - rho) - slope;
        affine(law, keep, slope * a * mean, c.of("noise", Math.sqrt(g2)));
      } else {
        double gain = a * lambda / v;
        affine(law, gain, mean - gain * a * mean, 0);
      }
    }
    return law;
  }

  private static void affine(double[] law, double gain, double offset, double noise) {
    law[0] = gain * law[0] + offset;
    law[1] *= gain;
    law[2] = gain * gain * law[2] + noise * noise;
  }
}
