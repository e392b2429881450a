package dev.langevin.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.Score;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.GaussianDenoiser;
import dev.langevin.diffusion.GaussianMixtureDenoiser;
import dev.langevin.diffusion.Scores;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.mcmc.Kernel;
import dev.langevin.mcmc.State;
import dev.langevin.mcmc.Ula;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is particular to annealed Langevin; its law on normal data is in the linear case. */
class AnnealedLangevinTest {
  private static final AnnealedLangevin DEFAULT = new AnnealedLangevin();

  /** Two modes 8 standard deviations apart, weights 0.9 and 0.1. */
  private static GaussianMixture imbalanced() {
    return GaussianMixture.isotropic(
        new double[] {0.9, 0.1}, new double[][] {{-4, 0}, {4, 0}}, new double[] {1, 1});
  }

  /** The step in the paper's own form, x + (α/2) s + √α z and x + σ_L² s, with a factor on each coefficient. */
  private record Twin(Denoiser denoiser, TimeGrid grid, double[] factor) implements Solver.Worker {
    @Override
    public void step(int k, double[] x, int rows, double[] z) {
      double sigma = DEFAULT.level(grid, k);
      double alpha = DEFAULT.relativeStep() * sigma * sigma;
      double[] denoised = new double[x.length];
      denoiser.denoise(x, rows, sigma, denoised);
      for (int i = 0; i < x.length; i++) {
        double score = (denoised[i] - x[i]) / (sigma * sigma);
        x[i] =
            grid.time(k + 1) > 0
                ? x[i] + factor[0] * alpha / 2 * score + factor[1] * Math.sqrt(alpha) * z[i]
                : x[i] + factor[2] * sigma * sigma * score;
      }
    }
  }

  @Test
  void a_planted_error_of_one_percent_is_seen_by_the_law_on_normal_data() {
    TimeGrid grid = DEFAULT.grid(21, 0.1, 30);
    AffineLaw right = NormalCase.annealed(grid, 5, 1, true, Planted.nothing());
    for (int broken = -1; broken < 3; broken++) {
      double[] factor = {1, 1, 1};
      if (broken >= 0) {
        factor[broken] = 1.01;
      }
      Twin twin = new Twin(NormalCase.denoiser(), grid, factor);
      double off = AffineLaw.of(DEFAULT, twin, 2, grid).distance(right);
      if (broken < 0) {
        assertThat(off).isLessThan(1e-11);
      } else {
        assertThat(off).as("coefficient %s", broken).isGreaterThan(1e-4);
      }
    }
  }

  @Test
  void every_block_of_steps_runs_on_its_last_time_and_the_ladder_ends_with_sigma_min() {
    AnnealedLangevin three = new AnnealedLangevin(3, 0.5, true);
    TimeGrid grid = three.grid(8, 0.25, 32); // 32, 16, …, 0.25, 0
    double[] asked = new double[8];
    for (int k = 0; k < 8; k++) {
      asked[k] = three.level(grid, k);
    }
    double[] wanted = {8, 8, 8, 1, 1, 1, 0.25, 0.25};
    assertThat(asked).containsExactly(wanted, within(1e-14));
    assertThat(three.levels(grid)).containsExactly(new double[] {8, 1, 0.25}, within(1e-14));
    assertThat(new AnnealedLangevin(Integer.MAX_VALUE, 1, true).levels(grid)).containsExactly(0.25);
  }

  /** CIFAR-10's settings in Song &amp; Ermon 2020, section 3: σ from 50 to 0.01 in 232 levels, T = 5, ε = 6.2·10⁻⁶. */
  @Test
  void the_expansion_of_the_papers_settings_is_near_one() {
    AnnealedLangevin paper = new AnnealedLangevin(5, 2 * 6.2e-6 / (0.01 * 0.01), true);
    double gamma = StrictMath.pow(5000, 1.0 / 231);
    assertThat(paper.expansion(gamma)).isCloseTo(1, within(0.06));
  }

  @Test
  void the_expansion_is_that_of_the_steps_on_a_point_mass() {
    Denoiser point = new GaussianDenoiser(new double[] {0}, new double[][] {{0}});
    AnnealedLangevin four = new AnnealedLangevin(4, 0.3, false);
    TimeGrid grid = new TimeGrid(new double[] {3, 2.5, 2.2, 2, 1.9});
    AffineLaw law = AffineLaw.of(four, point, grid); // from N(0, 3²) by four steps on level 2
    assertThat(law.covariance()[0][0] / 4).isCloseTo(four.expansion(1.5), within(1e-13));
    assertThatThrownBy(() -> four.expansion(0.9))
        .hasMessage("gamma must be at least 1 and finite, got 0.9");
  }

  /**
   * 2000 rows: the share of the small mode is within 4.9 binomial standard errors, false alarm 10⁻⁶, and 0.01 for the bias that unadjusted steps have
   * (measured over 20,000 rows: 0.0085 ± 0.002).
   */
  @Test
  void
      annealed_langevin_finds_the_weights_of_far_modes_and_plain_langevin_keeps_those_of_its_start() {
    int rows = 2000;
    double bound = 4.9 * Math.sqrt(0.09 / rows) + 0.01;
    double[] x =
        new Generation(new AnnealedLangevin(5, 0.3, true), 2000, 0.1, 40)
            .sample(
                new GaussianMixtureDenoiser(imbalanced()),
                rows,
                500,
                Seed.of(6),
                StepListener.NONE);
    double share = 0;
    for (int r = 0; r < rows; r++) {
      share += (x[2 * r] > 0 ? 1.0 : 0.0) / rows;
    }
    assertThat(share).isCloseTo(0.1, within(bound));
    assertThat(Math.abs(plainShare(-4) - 0.1)).isGreaterThan(bound);
    assertThat(Math.abs(plainShare(4) - 0.1)).isGreaterThan(bound);
  }

  /** The share of the small mode in as many steps of plain Langevin dynamics on the mixture, from a mode. */
  private static double plainShare(double start) {
    Kernel kernel = new Ula(0.1).on(imbalanced());
    State state = kernel.start(new double[] {start, 0});
    AddressedRandom random = Seed.of(7).random();
    int right = 0;
    for (int k = 0; k < 20_000; k++) {
      kernel.step(state, random);
      right += state.position()[0] > 0 ? 1 : 0;
    }
    return right / 20_000.0;
  }

  @Test
  void a_list_of_scores_gives_what_the_denoiser_gives() {
    AnnealedLangevin two = new AnnealedLangevin(2, 0.7, true);
    Generation recipe = new Generation(two, 12, 0.2, 20);
    double[] levels = two.levels(recipe.grid());
    List<Score> scores = new ArrayList<>();
    for (double sigma : levels) {
      scores.add(imbalanced().noised(1, sigma));
    }
    double[] bySource =
        recipe.sample(
            new GaussianMixtureDenoiser(imbalanced()), 30, 7, Seed.of(8), StepListener.NONE);
    double[] byScores =
        recipe.sample(Scores.ladder(levels, scores), 30, 7, Seed.of(8), StepListener.NONE);
    assertThat(byScores).containsExactly(bySource, within(1e-9));
    Denoiser ladder = Scores.ladder(levels, scores);
    assertThatThrownBy(() -> ladder.denoise(new double[2], 1, 0.5, new double[2]))
        .hasMessageStartingWith("sigma must be one of the ladder's levels [")
        .hasMessageEndingWith("], got 0.5");
    assertThatThrownBy(() -> Scores.ladder(new double[] {1}, scores))
        .hasMessage("sigmas must be of length 6, got length 1");
    assertThatThrownBy(() -> Scores.ladder(new double[6], scores))
        .hasMessageContaining("sigmas[0] must be positive");
    assertThatThrownBy(() -> Scores.ladder(new double[0], List.of()))
        .hasMessage("levels must be at least 1, got 0");
  }

  @Test
  void every_parameter_matters_and_what_makes_no_sense_is_refused() {
    List<AnnealedLangevin> recipes =
        List.of(
            DEFAULT,
            new AnnealedLangevin(4, 1, true),
            new AnnealedLangevin(5, 0.9, true),
            new AnnealedLangevin(5, 1, false));
    List<double[]> rows = new ArrayList<>();
    for (AnnealedLangevin recipe : recipes) {
      rows.add(
          new Generation(recipe, 10, 0.1, 10)
              .sample(NormalCase.denoiser(), 1, 1, Seed.of(9), StepListener.NONE));
    }
    assertThat(rows.stream().map(Arrays::toString)).doesNotHaveDuplicates();
    assertThatThrownBy(() -> new AnnealedLangevin(0, 1, true))
        .hasMessage("repeats must be at least 1, got 0");
    for (double wrong : new double[] {0, 4, -1, Double.NaN}) {
      assertThatThrownBy(() -> new AnnealedLangevin(5, wrong, true))
          .hasMessage("relativeStep must be strictly between 0.0 and 4.0, got " + wrong);
    }
    assertThatThrownBy(() -> DEFAULT.startingScale(0)).hasMessageContaining("t must be positive");
  }
}
