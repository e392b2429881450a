package dev.langevin.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.GaussianMixtureDenoiser;
import dev.langevin.mcmc.Kernel;
import dev.langevin.mcmc.Mala;
import dev.langevin.mcmc.Sampler;
import dev.langevin.mcmc.State;
import dev.langevin.mcmc.Ula;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two modes of unit variance 12 apart, weights 0.9 and 0.1: methods that begin with much noise find the weights, Langevin dynamics on the mixture itself keeps the
 * weights of its start. The figures are those of docs/imbalanced-mixture.md.
 *
 * <p>{@link #ROWS} independent rows: their share of the small mode is farther than {@link #BOUND} from 0.1 with probability 10⁻⁶ (4.9 binomial standard errors),
 * 0.01 of it for the method's own, deterministic error.
 */
class ImbalancedMixtureTest {
  private static final int ROWS = 4000;
  private static final double BOUND = 4.9 * Math.sqrt(0.09 / ROWS) + 0.01; // 0.0332

  private static GaussianMixture mixture() {
    return GaussianMixture.isotropic(
        new double[] {0.9, 0.1}, new double[][] {{-6, 0}, {6, 0}}, new double[] {1, 1});
  }

  /** A recipe, and the share of the small mode that came out. */
  record Run(Generation recipe, double share) {
    @Override
    public String toString() {
      return recipe.solver() + ", " + recipe.steps() + " steps";
    }
  }

  static List<Run> runs() {
    return List.of(
        new Run(new Generation(new AnnealedLangevin(5, 0.3, true), 1000, 0.1, 200), 0.11925),
        new Run(new Generation(new ExponentialIntegrator(), 256, 0.02, 200), 0.10125),
        new Run(new Generation(new PredictorCorrector(), 128, 0.02, 200), 0.111),
        new Run(new Generation(new Ddim(1), 128, 0.02, 200), 0.0885),
        new Run(new Generation(new Heun(), 32, 0.02, 200), 0.10625),
        new Run(new Generation(new DpmSolverPlusPlus(3), 16, 0.02, 200), 0.10725));
  }

  private static double share(Generation recipe, GaussianMixture of) {
    double[] x =
        recipe.sample(new GaussianMixtureDenoiser(of), ROWS, 500, Seed.of(91), StepListener.NONE);
    int small = 0;
    for (int r = 0; r < ROWS; r++) {
      small += x[2 * r] > 0 ? 1 : 0;
    }
    return (double) small / ROWS;
  }

  @ParameterizedTest
  @MethodSource("runs")
  void from_noise_the_weights_are_found(Run run) {
    double share = share(run.recipe, mixture());
    assertThat(share).isCloseTo(0.1, within(BOUND));
    assertThat(share).isCloseTo(run.share, within(5e-5));
  }

  /** The power of the check: weights 0.8 and 0.2 fail it. */
  @Test
  void other_weights_are_seen() {
    GaussianMixture other =
        GaussianMixture.isotropic(
            new double[] {0.8, 0.2}, new double[][] {{-6, 0}, {6, 0}}, new double[] {1, 1});
    assertThat(Math.abs(share(runs().get(4).recipe, other) - 0.1)).isGreaterThan(1.5 * BOUND);
  }

  /** 100 chains of 1000 steps from each mode: none ever crosses. */
  @Test
  void plain_langevin_keeps_the_weights_of_its_start() {
    for (Sampler sampler : List.of(new Ula(0.1), new Mala(1))) {
      assertThat(share(sampler, -6)).isZero();
      assertThat(share(sampler, 6)).isEqualTo(1);
    }
  }

  /** The share of the small mode over all steps of all chains from one point. */
  private static double share(Sampler sampler, double start) {
    Kernel kernel = sampler.on(mixture());
    int small = 0;
    for (int chain = 0; chain < 100; chain++) {
      AddressedRandom random = Seed.of(92).child(chain).random();
      State state = kernel.start(new double[] {start, 0});
      for (int k = 0; k < 1000; k++) {
        kernel.step(state, random);
        small += state.position()[0] > 0 ? 1 : 0;
      }
    }
    return small / 1e5;
  }
}
