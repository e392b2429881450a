package dev.langevin.objective;

import dev.langevin.diffusion.Denoiser;

/**
 * How a network F becomes a {@link Denoiser}: D(y; σ) = c_skip(σ) y + c_out(σ) F(c_in(σ) y; c_noise(σ)) (Karras, Aittala, Aila &amp; Laine 2022,
 * eq. 7). What form the network's output has (ε, x₀, v, the score or EDM's) is nothing but a choice of these four functions. All are of the
 * noise level σ of the variance-exploding variables, positive and finite.
 */
public interface Preconditioning {
  /** c_skip, the input's share in the denoised point. */
  double cSkip(double sigma);

  /** c_out, the scale of the network's output; not zero, and negative where the output points away from the data. */
  double cOut(double sigma);

  /** c_in, the scale of the network's input; positive. */
  double cIn(double sigma);

  /** c_noise, what the network is told of the level. */
  double cNoise(double sigma);

  /** The denoised coordinate c_skip y + c_out F, from the network's output F at the noised coordinate y. */
  default double denoised(double output, double noised, double sigma) {
    return cSkip(sigma) * noised + cOut(sigma) * output;
  }

  /** What the network's output should be, (x₀ - c_skip y)/c_out, for the clean coordinate x₀ and the noised one y. */
  default double target(double clean, double noised, double sigma) {
    return (clean - cSkip(sigma) * noised) / cOut(sigma);
  }
}
