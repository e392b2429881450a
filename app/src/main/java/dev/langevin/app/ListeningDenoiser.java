package dev.langevin.app;

import dev.langevin.diffusion.Denoiser;

/** A denoiser that lets a listener see where the points of a run are: y = x/a at every level that it is asked for. */
record ListeningDenoiser(Denoiser denoiser, Listener listener) implements Denoiser {
  /** Sees the points; must not write to them or keep the array. */
  interface Listener {
    void see(double sigma, double[] y, int rows);
  }

  @Override
  public int dimension() {
    return denoiser.dimension();
  }

  @Override
  public void denoise(double[] y, int rows, double sigma, double[] out) {
    listener.see(sigma, y, rows);
    denoiser.denoise(y, rows, sigma, out);
  }
}
