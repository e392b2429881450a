package dev.langevin.diffusion;

/** Another denoiser's posterior mean, clipped. Solvers that work with the noise (x - D)/σ see the noise that belongs to the clipped mean. */
public final class ClippedDenoiser implements Denoiser {
  private final Denoiser denoiser;
  private final Clipping clipping;
  private final double[] scratch;

  /** Clips what {@code denoiser} returns. */
  public ClippedDenoiser(Denoiser denoiser, Clipping clipping) {
    this.denoiser = denoiser;
    this.clipping = clipping;
    scratch = new double[denoiser.dimension()];
  }

  @Override
  public int dimension() {
    return scratch.length;
  }

  @Override
  public void denoise(double[] y, int rows, double sigma, double[] out) {
    denoiser.denoise(y, rows, sigma, out);
    clipping.apply(out, rows, scratch.length, scratch);
  }
}
