package dev.langevin.objective;

import dev.langevin.diffusion.DiscreteSchedule;
import dev.langevin.diffusion.Prediction;

/**
 * A network of DDPM's kind as it stands in a diffusers folder: it sees x = a y at timestep 0 … T - 1 of a chain and answers with the noise, the
 * clean point or the velocity (Ho, Jain &amp; Abbeel 2020; Salimans &amp; Ho 2022). {@link FormPreconditioning} on the chain's clock, whose t = i + 1 is
 * timestep i: c_noise = t - 1. Between whole timesteps it is a fraction; below the first, where the network has never been, the first.
 *
 * @param form what the network's output means
 * @param schedule the chain that it was trained on
 */
public record TimestepPreconditioning(Prediction form, DiscreteSchedule schedule)
    implements Preconditioning {
  @Override
  public double cSkip(double sigma) {
    return onTheClock().cSkip(sigma);
  }

  @Override
  public double cOut(double sigma) {
    return onTheClock().cOut(sigma);
  }

  @Override
  public double cIn(double sigma) {
    return onTheClock().cIn(sigma);
  }

  @Override
  public double cNoise(double sigma) {
    return Math.max(0, schedule.time(sigma) - 1);
  }

  private FormPreconditioning onTheClock() {
    return new FormPreconditioning(form, schedule);
  }
}
