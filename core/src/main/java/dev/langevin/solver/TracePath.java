package dev.langevin.solver;

import dev.langevin.diffusion.DifferentiableDenoiser;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;

/**
 * The slopes of a point and its log densities along the probability flow: (x - D)/σ, and for every probe vᵀ(v - Jᵀv)/σ; the sum over all basis vectors is the exact trace, so that one
 * log density is enough there. The point is copied once per probe, all copies are one batch.
 */
final class TracePath implements DormandPrince.Slope {
  private final DifferentiableDenoiser denoiser;
  private final int d;
  private final int rows;
  private final boolean exact;
  private final double[] v;
  private final double[] y;
  private final double[] denoised;
  private final double[] pulled;

  TracePath(DifferentiableDenoiser denoiser, Likelihood recipe, Seed seed) {
    this.denoiser = denoiser;
    d = denoiser.dimension();
    exact = recipe.probes() == 0;
    rows = exact ? d : recipe.probes();
    y = new double[Scratch.size(denoiser, rows)];
    v = new double[y.length];
    denoised = new double[y.length];
    pulled = new double[y.length];
    if (exact) {
      for (int j = 0; j < d; j++) {
        v[j * d + j] = 1;
      }
    } else {
      draw(recipe.probe(), seed);
    }
  }

  private void draw(Likelihood.Probe probe, Seed seed) {
    for (int m = 0; m < rows; m++) {
      AddressedRandom random = seed.child(m).random();
      for (int j = 0; j < d; j++) {
        v[m * d + j] =
            switch (probe) {
              case RADEMACHER -> random.nextBoolean() ? 1 : -1;
              case GAUSSIAN -> random.nextGaussian();
            };
      }
    }
  }

  /** How many log densities go along. */
  int traces() {
    return exact ? 1 : rows;
  }

  /** How many rows one call of the denoiser has. */
  int rows() {
    return rows;
  }

  @Override
  public void at(double sigma, double[] state, double[] out) {
    for (int m = 0; m < rows; m++) {
      System.arraycopy(state, 0, y, m * d, d);
    }
    denoiser.pullBack(y, rows, sigma, v, denoised, pulled);
    for (int j = 0; j < d; j++) {
      out[j] = (state[j] - denoised[j]) / sigma;
    }
    Arrays.fill(out, d, out.length, 0);
    for (int m = 0; m < rows; m++) {
      int trace = exact ? d : d + m;
      for (int j = 0; j < d; j++) {
        out[trace] += v[m * d + j] * (v[m * d + j] - pulled[m * d + j]) / sigma;
      }
    }
  }
}
