package dev.langevin.objective;

import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.Prediction;

/**
 * An objective put together from its three parts, any with any.
 *
 * @param preconditioning how the network's output becomes a denoiser; an {@link EdmObjective} is one too
 * @param weighting the weight of each level
 * @param levelLaw the law of the levels
 */
public record DenoisingObjective(
    Preconditioning preconditioning, Weighting weighting, LevelLaw levelLaw) implements Objective {
  /** A network that answers with this form under its plain square error: {@link #outputWeight} is 1 at every level. */
  public static DenoisingObjective plain(Prediction form, Noising noising, LevelLaw levelLaw) {
    return new DenoisingObjective(
        new FormPreconditioning(form, noising), new Weighting.Plain(form, noising), levelLaw);
  }

  @Override
  public double cSkip(double sigma) {
    return preconditioning.cSkip(sigma);
  }

  @Override
  public double cOut(double sigma) {
    return preconditioning.cOut(sigma);
  }

  @Override
  public double cIn(double sigma) {
    return preconditioning.cIn(sigma);
  }

  @Override
  public double cNoise(double sigma) {
    return preconditioning.cNoise(sigma);
  }

  @Override
  public double weight(double sigma) {
    return weighting.weight(sigma);
  }
}
