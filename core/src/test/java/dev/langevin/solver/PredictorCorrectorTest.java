package dev.langevin.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.OrnsteinUhlenbeck;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.diffusion.VarianceExploding;
import dev.langevin.random.Seed;
import dev.langevin.solver.PredictorCorrector.Norms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is particular to the pair; that of the default is in the linear case too. */
class PredictorCorrectorTest {
  static List<Noising> noisings() {
    return Claim.noisings();
  }

  @ParameterizedTest
  @MethodSource("noisings")
  void its_law_is_that_of_the_printed_algorithms_on_any_process(Noising noising) {
    PredictorCorrector pair = new PredictorCorrector(noising, 2, 0.3, Norms.EXPECTED);
    TimeGrid grid = pair.grid(30, 0.02, 60);
    AffineLaw law = AffineLaw.of(pair, NormalCase.denoiser(), grid);
    assertThat(law.distance(PairCase.law(pair, grid, Planted.nothing()))).isLessThan(1e-11);
    TimeGrid open = new TimeGrid(Arrays.copyOf(grid.times(), 25));
    AffineLaw early = AffineLaw.of(pair, NormalCase.denoiser(), open);
    assertThat(early.distance(PairCase.law(pair, open, Planted.nothing()))).isLessThan(1e-11);
    for (String name :
        List.of("correction", "correction's noise", "prediction", "point", "noise")) {
      assertThat(early.distance(PairCase.law(pair, open, Planted.in(name)))).isGreaterThan(1e-6);
    }
  }

  /** One step by hand, with ‖z‖ and ‖s‖ of the row. */
  @Test
  void with_the_rows_own_norms_the_step_is_algorithm_4s() {
    PredictorCorrector pair = new PredictorCorrector(new VarianceExploding(), 1, 0.2, Norms.ROW);
    Denoiser denoiser = NormalCase.denoiser();
    double[] x = {3, -2};
    double[] z = {0.3, -0.4, 1.2, 0.9};
    double[] mean = new double[2];
    denoiser.denoise(x, 1, 2, mean);
    double[] score = {(mean[0] - 3) / 4, (mean[1] + 2) / 4};
    double ratio = 0.2 * Math.hypot(1.2, 0.9) / Math.hypot(score[0], score[1]);
    double epsilon = 2 * ratio * ratio;
    double[] corrected = new double[2];
    for (int j = 0; j < 2; j++) {
      corrected[j] = x[j] + epsilon * score[j] + Math.sqrt(2 * epsilon) * z[2 + j];
    }
    denoiser.denoise(corrected, 1, 2, mean);
    double[] wanted = new double[2];
    for (int j = 0; j < 2; j++) {
      double slope = (mean[j] - corrected[j]) / 4;
      wanted[j] = corrected[j] + (4 - 1) * slope + Math.sqrt(4 - 1) * z[j];
    }
    pair.on(denoiser, new TimeGrid(new double[] {2, 1}), 1).step(0, x, 1, z);
    assertThat(x).containsExactly(wanted, within(1e-14));
  }

  @Test
  void rows_do_not_depend_on_their_batch_with_either_norms() {
    for (Norms norms : Norms.values()) {
      Generation recipe =
          new Generation(
              new PredictorCorrector(new OrnsteinUhlenbeck(), 2, 0.3, norms), 9, 0.01, 20);
      double[] alone = recipe.sample(NormalCase.denoiser(), 20, 1, Seed.of(1), StepListener.NONE);
      double[] together =
          recipe.sample(NormalCase.denoiser(), 20, 7, Seed.of(1), StepListener.NONE);
      assertThat(together).isEqualTo(alone);
    }
  }

  @Test
  void every_parameter_matters_and_what_makes_no_sense_is_refused() {
    List<String> rows = new ArrayList<>();
    for (PredictorCorrector pair :
        List.of(
            new PredictorCorrector(),
            new PredictorCorrector(new OrnsteinUhlenbeck(), 1, 0.16, Norms.EXPECTED),
            new PredictorCorrector(new VarianceExploding(), 2, 0.16, Norms.EXPECTED),
            new PredictorCorrector(new VarianceExploding(), 1, 0.2, Norms.EXPECTED),
            new PredictorCorrector(new VarianceExploding(), 1, 0.16, Norms.ROW))) {
      double[] row =
          new Generation(pair, 9, 0.1, 20)
              .sample(NormalCase.denoiser(), 1, 1, Seed.of(2), StepListener.NONE);
      rows.add(Arrays.toString(row));
    }
    assertThat(rows).doesNotHaveDuplicates();
    assertThat(Generation.of(new PredictorCorrector(), 50).evaluations()).isEqualTo(100);
    assertThatThrownBy(() -> new PredictorCorrector(new VarianceExploding(), -1, 0.16, Norms.ROW))
        .hasMessage("corrections must be at least 0, got -1");
    assertThatThrownBy(() -> new PredictorCorrector(new VarianceExploding(), 1, 1, Norms.ROW))
        .hasMessage("snr must be strictly between 0.0 and 1.0, got 1.0");
  }
}
