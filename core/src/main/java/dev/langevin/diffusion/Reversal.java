package dev.langevin.diffusion;

/**
 * A process turned around (Anderson 1982; Song et al. 2021, appendix A). With A = GGᵀ and the score of p_t, the law of X_t,
 *
 * <pre>
 *   reverse process, s = T - t:  dX = {-f + ∇·A + A∇ log p_t} ds + G dB
 *   probability flow:            dX/dt = f - ½∇·A - ½A∇ log p_t
 * </pre>
 *
 * <p>both have the law p_t at time t. The term ∇·A is there only where the noise depends on the point; without it the law is wrong. A worker: owns scratch arrays.
 */
public final class Reversal {
  private final ItoProcess process;
  private final TimedScore score;
  private final double[] s;
  private final double[] pull;
  private final double[] divergence;
  private final double[] noise;
  private final double[] moved;

  /** Of a process and the scores of its laws. */
  public Reversal(ItoProcess process, TimedScore score) {
    this.process = process;
    this.score = score;
    s = new double[process.dimension()];
    pull = new double[s.length];
    divergence = new double[s.length];
    noise = new double[s.length];
    moved = new double[s.length];
  }

  /** Writes the drift of the reverse process at x, when the forward time is t; per unit of the reversed time. */
  public void drift(double[] x, double t, double[] out) {
    combine(x, t, -1, 1, out);
  }

  /** Writes the velocity of the probability flow at x and t, per unit of the forward time. */
  public void flow(double[] x, double t, double[] out) {
    combine(x, t, 1, -0.5, out);
  }

  private void combine(double[] x, double t, double drift, double diffusion, double[] out) {
    score.at(x, t, s);
    process.diffuse(x, t, s, pull);
    process.divergence(x, t, divergence);
    process.drift(x, t, out);
    for (int i = 0; i < s.length; i++) {
      out[i] = drift * out[i] + diffusion * (divergence[i] + pull[i]);
    }
  }

  /**
   * Takes one Euler–Maruyama step of the reverse process in place, from forward time t to t - h.
   *
   * @param x length d
   * @param h positive
   * @param z m standard normal numbers
   */
  public void step(double[] x, double t, double h, double[] z) {
    process.spread(x, t, z, noise);
    drift(x, t, moved);
    double root = Math.sqrt(h);
    for (int i = 0; i < x.length; i++) {
      x[i] += h * moved[i] + root * noise[i];
    }
  }
}
