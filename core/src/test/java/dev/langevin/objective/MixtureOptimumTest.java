package dev.langevin.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.GaussianMixtureDenoiser;
import dev.langevin.diffusion.OrnsteinUhlenbeck;
import dev.langevin.diffusion.Prediction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * All forms, weights and laws of levels have one minimiser on a mixture, the mixture's own denoiser: without chance, the expectations over x₀ and z being trapezoidal rules. The students are
 * the mixtures with another right mean; a parabola through three losses gives the place of the least one.
 */
class MixtureOptimumTest {
  private static final double TRUTH = 2;
  private static final double STEP = 0.01;
  private static final OrnsteinUhlenbeck OU = new OrnsteinUhlenbeck();

  private static GaussianMixture mixture(double right) {
    return GaussianMixture.isotropic(
        new double[] {0.3, 0.7}, new double[][] {{-1}, {right}}, new double[] {0.6, 0.9});
  }

  private static List<Preconditioning> forms() {
    List<Preconditioning> forms = new ArrayList<>();
    forms.add(new EdmObjective(-1.2, 1.2, 1.5));
    for (Prediction form : Prediction.values()) {
      forms.add(new FormPreconditioning(form, OU));
    }
    return forms;
  }

  private static List<LevelLaw> laws() {
    return List.of(
        new LevelLaw.LogUniform(0.2, 3),
        new LevelLaw.LogNormal(-0.4, 0.8),
        new LevelLaw.UniformTime(OU, 0.1, 2));
  }

  private static List<Weighting> weightings(LevelLaw law) {
    List<Weighting> weightings = new ArrayList<>();
    for (Prediction form : Prediction.values()) {
      weightings.add(new Weighting.Plain(form, OU));
    }
    weightings.add(new Weighting.Snr());
    weightings.add(new Weighting.TruncatedSnr());
    weightings.add(new Weighting.MinSnr(5));
    weightings.add(new Weighting.Likelihood(law));
    weightings.add(new Weighting.Edm(1.5));
    return weightings;
  }

  /** E(F - target)² of the students TRUTH - STEP, TRUTH and TRUTH + STEP in the units of a form's output; {@code told} is the level that the students are told. */
  private static double[] losses(Preconditioning form, double sigma, double told) {
    double[] losses = new double[3];
    double h = 0.2;
    double[] y = new double[1];
    double[] denoised = new double[1];
    for (int s = 0; s < 3; s++) {
      GaussianMixtureDenoiser student =
          new GaussianMixtureDenoiser(mixture(TRUTH + (s - 1) * STEP));
      for (double x = -5; x < 7; x += h) {
        double p = Math.exp(mixture(TRUTH).logDensity(new double[] {x})) * h;
        for (double z = -5.5; z < 5.6; z += h) {
          double weight = p * h * Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
          y[0] = x + sigma * z;
          student.denoise(y, 1, told, denoised);
          double output = (denoised[0] - form.cSkip(sigma) * y[0]) / form.cOut(sigma);
          double gap = output - form.target(x, y[0], sigma);
          losses[s] += weight * gap * gap;
        }
      }
    }
    return losses;
  }

  private static double least(double[] losses) {
    double slope = (losses[2] - losses[0]) / (2 * STEP);
    double curvature = (losses[2] - 2 * losses[1] + losses[0]) / (STEP * STEP);
    assertThat(curvature).isPositive();
    return TRUTH - slope / curvature;
  }

  /** {@code told} over σ is the broken twin's mistake; 1 for none. */
  private static List<Double> minimisers(double told) {
    List<Double> found = new ArrayList<>();
    for (LevelLaw law : laws()) {
      double[] sigmas = {law.quantile(0.2), law.quantile(0.5), law.quantile(0.8)};
      for (Preconditioning form : forms()) {
        double[][] byLevel = new double[3][];
        for (int k = 0; k < 3; k++) {
          byLevel[k] = losses(form, sigmas[k], told * sigmas[k]);
        }
        for (Weighting weighting : weightings(law)) {
          Objective objective = new DenoisingObjective(form, weighting, law);
          double[] sum = new double[3];
          for (int k = 0; k < 3; k++) {
            for (int s = 0; s < 3; s++) {
              sum[s] += objective.outputWeight(sigmas[k]) * byLevel[k][s];
            }
          }
          found.add(least(sum));
        }
      }
    }
    return found;
  }

  /** The parabola's own error is of order STEP². */
  @Test
  void every_form_weight_and_law_of_levels_has_the_mixtures_own_denoiser_as_its_minimiser() {
    List<Double> found = minimisers(1);
    assertThat(found)
        .hasSize(3 * 5 * 9)
        .allSatisfy(r -> assertThat(r).isCloseTo(TRUTH, within(5e-4)));
    assertThat(minimisers(1.05))
        .as("students that are told a level 5 % too high")
        .allSatisfy(r -> assertThat(Math.abs(r - TRUTH)).isGreaterThan(5e-4));
  }
}
