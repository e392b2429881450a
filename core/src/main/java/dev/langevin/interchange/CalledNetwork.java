package dev.langevin.interchange;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.objective.Preconditioning;

/** A network as a denoiser. */
final class CalledNetwork implements Denoiser {
  private final TimestepNetwork network;
  private final Preconditioning call;
  private double[] x = new double[0];

  CalledNetwork(TimestepNetwork network, Preconditioning call) {
    this.network = network;
    this.call = call;
  }

  @Override
  public int dimension() {
    return network.dimension();
  }

  @Override
  public void denoise(double[] y, int rows, double sigma, double[] out) {
    int length = rows * network.dimension();
    if (x.length < length) {
      x = new double[length];
    }
    double cIn = call.cIn(sigma);
    for (int i = 0; i < length; i++) {
      x[i] = cIn * y[i];
    }
    network.evaluate(x, rows, call.cNoise(sigma), out);
    double cSkip = call.cSkip(sigma);
    double cOut = call.cOut(sigma);
    for (int i = 0; i < length; i++) {
      out[i] = cSkip * y[i] + cOut * out[i];
    }
  }
}
