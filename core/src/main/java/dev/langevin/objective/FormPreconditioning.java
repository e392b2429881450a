package dev.langevin.objective;

import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.Prediction;
import dev.langevin.math.Check;

/**
 * A network that sees the process's own variable x_t = a y at the time t of σ = b/a and answers with one {@link Prediction}: the noise (Ho, Jain &amp; Abbeel
 * 2020), the clean point, the velocity (Salimans &amp; Ho 2022) or the score (Song et al. 2021). c_in = a; c_skip and c_out are the two
 * coefficients of the form's affine {@link Prediction#toDenoised}, for example 1 and -σ for the noise.
 *
 * @param form what the network's output means
 * @param noising the process whose variable the network sees
 * @param timeScale c_noise = timeScale · t; positive (999 where a network was made for steps 0 … 999)
 */
public record FormPreconditioning(Prediction form, Noising noising, double timeScale)
    implements Preconditioning {
  public FormPreconditioning {
    Check.positive("timeScale", timeScale);
  }

  /** c_noise is the time itself. */
  public FormPreconditioning(Prediction form, Noising noising) {
    this(form, noising, 1);
  }

  @Override
  public double cSkip(double sigma) {
    double t = noising.time(sigma);
    double a = noising.signal(t);
    return form.toDenoised(0, a, a, noising.noise(t));
  }

  @Override
  public double cOut(double sigma) {
    double t = noising.time(sigma);
    return form.toDenoised(1, 0, noising.signal(t), noising.noise(t));
  }

  @Override
  public double cIn(double sigma) {
    return noising.signal(noising.time(sigma));
  }

  @Override
  public double cNoise(double sigma) {
    return timeScale * noising.time(sigma);
  }
}
