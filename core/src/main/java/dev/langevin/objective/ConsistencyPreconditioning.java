package dev.langevin.objective;

import dev.langevin.math.Check;

/**
 * How a network becomes a consistency function f(x; σ) = c_skip x + c_out F(c_in x; c_noise), which is x itself at σ_min whatever the network answers (Song, Dhariwal,
 * Chen &amp; Sutskever 2023, eq. 5). Input and level are told as to the network that it starts from. With w = 1 - σ_min/σ,
 *
 * <pre>
 *   c_out  = w c_out of the network; of EDM's  (σ - σ_min) σ_data/√(σ² + σ_data²)        (appendix C of the paper)
 *   c_skip = σ_data²/((σ - σ_min)² + σ_data²)                                            of EDM's (the same)
 *   c_skip = 1 - w (1 - c_skip of the network)                                           of any other
 * </pre>
 *
 * <p>The last line makes f, before it has learned, an Euler step of the probability-flow ODE from σ to σ_min; EDM's differs from that by less than σ_min σ/(σ² + σ_data²).
 * So a student that starts from its teacher's weights starts near the teacher's denoiser.
 *
 * <p>What it gives is not a posterior mean: solvers of the reverse process have no use for it, {@code solver.Consistency} has. At σ_min, and only there, c_out is 0.
 *
 * @param network the teacher's
 * @param sigmaMin σ_min, where f is the identity; positive
 */
public record ConsistencyPreconditioning(Preconditioning network, double sigmaMin)
    implements Preconditioning {
  public ConsistencyPreconditioning {
    Check.positive("sigmaMin", sigmaMin);
    if (network instanceof ConsistencyPreconditioning) {
      throw new IllegalArgumentException("network must be a denoiser's, got " + network);
    }
  }

  @Override
  public double cSkip(double sigma) {
    if (edm(network) instanceof EdmObjective edm) {
      double above = sigma - sigmaMin;
      double variance = edm.sigmaData() * edm.sigmaData();
      return variance / (above * above + variance);
    }
    return 1 - weight(sigma) * (1 - network.cSkip(sigma));
  }

  @Override
  public double cOut(double sigma) {
    return weight(sigma) * network.cOut(sigma);
  }

  @Override
  public double cIn(double sigma) {
    return network.cIn(sigma);
  }

  @Override
  public double cNoise(double sigma) {
    return network.cNoise(sigma);
  }

  private double weight(double sigma) {
    return (sigma - sigmaMin) / sigma;
  }

  /** What an objective of parts conditions with. */
  private static Preconditioning edm(Preconditioning network) {
    return network instanceof DenoisingObjective parts ? parts.preconditioning() : network;
  }
}
