package dev.langevin.objective;

/**
 * NCSN's score s(y; σ) = F(y; ln σ)/σ (Song &amp; Ermon 2020, technique 3; Song et al. 2021): a score is of the size 1/σ, so that F is of the size 1 at
 * every level. Hence D = y + σ² s = y + σ F: c_skip = c_in = 1 and c_out = σ. The network is told c_noise = ¼ ln σ, as EDM's is. The
 * first paper's loss, σ² times the square error of the score, is the plain square error of F: {@link Weighting.Snr}.
 */
public record NcsnPreconditioning() implements Preconditioning {
  @Override
  public double cSkip(double sigma) {
    return 1;
  }

  @Override
  public double cOut(double sigma) {
    return sigma;
  }

  @Override
  public double cIn(double sigma) {
    return 1;
  }

  @Override
  public double cNoise(double sigma) {
    return 0.25 * StrictMath.log(sigma);
  }
}
