package dev.langevin.interchange;

import dev.langevin.diffusion.Denoiser;

/** A network as a denoiser. */
final class CalledNetwork implements Denoiser {
  private final TimestepNetwork network;
  private final NetworkCall call;
  private double[] x = new double[0];

  CalledNetwork(TimestepNetwork network, NetworkCall call) {
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
    double scale = call.inputScale(sigma);
    for (int i = 0; i < length; i++) {
      x[i] = scale * y[i];
    }
    network.evaluate(x, rows, call.told(sigma), out);
    for (int i = 0; i < length; i++) {
      out[i] = call.denoised(out[i], y[i], sigma);
    }
  }
}
