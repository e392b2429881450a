package dev.langevin.interchange;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.DiscreteSchedule;
import dev.langevin.diffusion.Prediction;
import dev.langevin.math.Check;

/**
 * How a network is asked for the posterior mean at y = x₀ + σz: what its input is multiplied by, what it is told, and what its output means.
 */
public sealed interface NetworkCall {
  /** The factor on y. */
  double inputScale(double sigma);

  /** The timestep that the network is told. */
  double told(double sigma);

  /** D(y; σ), coordinate by coordinate. */
  double denoised(double output, double y, double sigma);

  /** The network so called. The denoiser owns a scratch array, which grows with the number of rows. */
  default Denoiser denoiser(TimestepNetwork network) {
    return new CalledNetwork(network, this);
  }

  /**
   * A network of a chain that preserves variance: x = y/√(1 + σ²), and the output is noise, velocity or data.
   *
   * @param form what the output is
   * @param timesteps which level goes by which number
   */
  record OfChain(Prediction form, NamedLevels timesteps) implements NetworkCall {
    @Override
    public double inputScale(double sigma) {
      return 1 / Math.sqrt(1 + sigma * sigma);
    }

    @Override
    public double told(double sigma) {
      return timesteps.timestep(sigma);
    }

    @Override
    public double denoised(double output, double y, double sigma) {
      double a = inputScale(sigma);
      return form.toDenoised(output, a * y, a, a * sigma);
    }
  }

  /** A network of a variance-exploding process (NCSN++): its input is y, it is told σ, and its output is the score. */
  record OfScore() implements NetworkCall {
    @Override
    public double inputScale(double sigma) {
      return 1;
    }

    @Override
    public double told(double sigma) {
      return sigma;
    }

    @Override
    public double denoised(double output, double y, double sigma) {
      return Prediction.SCORE.toDenoised(output, y, 1, sigma);
    }
  }

  /**
   * A network with EDM's preconditioning (Karras, Aittala, Aila &amp; Laine 2022, table 1): D = c_skip y ± c_out F(c_in y; ¼ ln σ).
   *
   * @param sigmaData σ_data, positive
   * @param negated whether c_out has the minus sign of diffusers' {@code v_prediction}
   */
  record OfEdm(double sigmaData, boolean negated) implements NetworkCall {
    public OfEdm {
      Check.positive("sigmaData", sigmaData);
    }

    @Override
    public double inputScale(double sigma) {
      return 1 / Math.sqrt(sigma * sigma + sigmaData * sigmaData);
    }

    @Override
    public double told(double sigma) {
      return StrictMath.log(sigma) / 4;
    }

    @Override
    public double denoised(double output, double y, double sigma) {
      double in = inputScale(sigma);
      double skip = sigmaData * in * sigmaData * in;
      return skip * y + (negated ? -1 : 1) * sigma * sigmaData * in * output;
    }
  }

  /**
   * Levels and the timesteps that a network knows them by.
   *
   * @param sigmas levels
   * @param timesteps theirs, as many
   * @param schedule the chain, for a level that is not listed
   */
  record NamedLevels(double[] sigmas, double[] timesteps, DiscreteSchedule schedule) {
    public NamedLevels {
      sigmas = sigmas.clone();
      timesteps = Check.length("timesteps", timesteps, sigmas.length).clone();
    }

    /** The name of a listed level (to 9 digits), or the chain's time of another. */
    public double timestep(double sigma) {
      for (int i = 0; i < sigmas.length; i++) {
        if (Math.abs(sigmas[i] - sigma) <= 1e-9 * sigma) {
          return timesteps[i];
        }
      }
      return schedule.time(sigma) - 1;
    }

    @Override
    public double[] sigmas() {
      return sigmas.clone();
    }

    @Override
    public double[] timesteps() {
      return timesteps.clone();
    }
  }
}
