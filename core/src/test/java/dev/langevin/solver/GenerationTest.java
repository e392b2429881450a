package dev.langevin.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.GaussianMixtureDenoiser;
import dev.langevin.diffusion.Spacing;
import dev.langevin.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GenerationTest {
  private static final Seed SEED = Seed.of(42).child("test");
  private static final int ROWS = 20;

  static List<Solver> solvers() {
    return Solver.menu();
  }

  private static Denoiser denoiser() {
    double[][] means = {{1, -1, 0}, {-1, 2, 0.5}};
    double[][][] covariances = {
      {{0.5, 0.2, 0}, {0.2, 0.3, 0.1}, {0, 0.1, 0.4}}, {{0.1, 0, 0}, {0, 0.1, 0}, {0, 0, 0.1}}
    };
    return new GaussianMixtureDenoiser(
        GaussianMixture.of(new double[] {0.3, 0.7}, means, covariances));
  }

  private static double[] rows(Solver solver, int batch) {
    return new Generation(solver, 9, 0.01, 20)
        .sample(denoiser(), ROWS, batch, SEED, StepListener.NONE);
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void rows_do_not_depend_on_the_batch_size(Solver solver) {
    double[] alone = rows(solver, 1);
    assertThat(rows(solver, 7)).isEqualTo(alone);
    assertThat(rows(solver, ROWS)).isEqualTo(alone);
    assertThat(rows(solver, 1000)).isEqualTo(alone);
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void rows_do_not_depend_on_how_many_there_are_or_on_the_thread(Solver solver) {
    Generation recipe = new Generation(solver, 9, 0.01, 20);
    double[] whole = rows(solver, 5);
    var late =
        CompletableFuture.supplyAsync(
            () -> recipe.sample(denoiser(), 8, 12, 5, SEED, StepListener.NONE));
    double[] early = recipe.sample(denoiser(), 8, 3, SEED, StepListener.NONE);
    assertThat(early).isEqualTo(Arrays.copyOf(whole, 8 * 3));
    assertThat(late.join()).isEqualTo(Arrays.copyOfRange(whole, 8 * 3, ROWS * 3));
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void rows_and_seeds_differ(Solver solver) {
    double[] rows = rows(solver, 7);
    assertThat(rows).doesNotHaveDuplicates();
    double[] others =
        new Generation(solver, 9, 0.01, 20)
            .sample(denoiser(), ROWS, 7, Seed.of(43), StepListener.NONE);
    assertThat(others).doesNotContain(rows);
  }

  /** Every parameter moves the result: none is ignored. */
  @ParameterizedTest
  @MethodSource("solvers")
  void steps_and_levels_matter(Solver solver) {
    double[] plain = rows(solver, 7);
    for (Generation other :
        List.of(
            new Generation(solver, 10, 0.01, 20),
            new Generation(solver, 9, 0.02, 20),
            new Generation(solver, 9, 0.01, 21))) {
      assertThat(other.sample(denoiser(), ROWS, 7, SEED, StepListener.NONE)).isNotEqualTo(plain);
    }
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void the_spacing_matters(Solver solver) {
    double[] plain = rows(solver, 7);
    for (Spacing spacing : List.of(new Spacing.Karras(5), new Spacing.Karras(1))) {
      Generation other = new Generation(solver, spacing, 9, 0.01, 20);
      assertThat(other.sample(denoiser(), ROWS, 7, SEED, StepListener.NONE)).isNotEqualTo(plain);
    }
    assertThatThrownBy(() -> new Spacing.Karras(0)).hasMessageContaining("rho must be positive");
  }

  @Test
  void evaluations_are_those_of_the_papers() {
    assertThat(Generation.of(new Heun(), 18).evaluations()).isEqualTo(35); // EDM: 18 steps, NFE 35
    assertThat(Generation.of(new Heun(), 1).evaluations()).isEqualTo(1);
    assertThat(Generation.of(new ExponentialIntegrator(), 50).evaluations()).isEqualTo(50);
    assertThat(Generation.of(new Euler(), 50).evaluations()).isEqualTo(50);
    assertThat(Generation.of(new UniPc(3), 10).evaluations()).isEqualTo(10);
    assertThat(Generation.of(new Plms(), 50).evaluations()).isEqualTo(51); // skip_prk_steps: N + 1
    assertThat(Generation.of(new EdmStochastic(), 256).evaluations()).isEqualTo(511); // EDM
    assertThat(Generation.of(new Heun()).grid().time(0)).isEqualTo(80.0);
    assertThat(Generation.of(new Heun()).grid().time(31)).isEqualTo(0.002);
  }

  /** What the listener hears is what the denoiser was asked for. */
  @ParameterizedTest
  @MethodSource("solvers")
  void the_listener_hears_every_evaluation(Solver solver) {
    Denoiser exact = denoiser();
    long[] asked = {0};
    Denoiser counting =
        new Altered(exact) {
          @Override
          public void denoise(double[] y, int rows, double sigma, double[] out) {
            asked[0] += rows;
            exact.denoise(y, rows, sigma, out);
          }
        };
    Generation recipe = new Generation(solver, 6, 0.01, 20);
    List<Long> heard = new ArrayList<>();
    recipe.sample(
        counting,
        ROWS,
        7,
        SEED,
        (done, total) -> {
          assertThat(done).isEqualTo(asked[0]);
          long planned = ROWS * recipe.evaluations();
          assertThat(total).isEqualTo(solver.adaptive() ? Math.max(done, planned) : planned);
          return heard.add(done);
        });
    assertThat(heard).isSorted().hasSize(3 * 6).endsWith(asked[0]);
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void a_stopped_generation_keeps_its_finished_rows(Solver solver) {
    Generation recipe = new Generation(solver, 9, 0.01, 20);
    int[] heard = {0};
    CancelledGeneration stopped =
        catchThrowableOfType(
            CancelledGeneration.class,
            () ->
                recipe.sample(denoiser(), ROWS, 7, SEED, (done, total) -> ++heard[0] < 9 + 9 + 4));
    assertThat(stopped).isNotNull().hasMessage("generation stopped with 14 of 20 rows finished");
    assertThat(stopped.rows()).isEqualTo(14);
    assertThat(stopped.values()).isEqualTo(Arrays.copyOf(rows(solver, 7), 14 * 3));
    assertThat(heard[0]).isEqualTo(22);
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void a_number_that_is_not_finite_is_named_with_step_level_and_row(Solver solver) {
    if (solver.adaptive()) {
      return; // the call is not known beforehand: AdaptiveRungeKuttaTest
    }
    Generation recipe = new Generation(solver, 9, 0.01, 20);
    long before = recipe.evaluations(); // those of the first batch, and of the steps 0 … 3
    for (int k = 0; k < 4; k++) {
      before += solver.evaluations(recipe.grid(), k);
    }
    long whole = before;
    Denoiser exact = denoiser();
    for (double wrong : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      int[] calls = {0};
      double[] level = {0};
      Denoiser breaking =
          new Altered(exact) {
            @Override
            public void denoise(double[] y, int rows, double sigma, double[] out) {
              exact.denoise(y, rows, sigma, out);
              if (++calls[0] == whole + 1) {
                out[3 * 5 + 1] = wrong; // row 5 of the second batch
                level[0] = sigma;
              }
            }
          };
      BrokenDenoiser broken =
          catchThrowableOfType(
              BrokenDenoiser.class,
              () -> recipe.sample(breaking, 100, ROWS, 7, SEED, StepListener.NONE));
      assertThat(broken)
          .isNotNull()
          .hasMessage(
              "denoiser returned %s for row 112, coordinate 1, in step 4 of 9, sigma = %s",
              wrong, level[0]);
      assertThat(broken.step()).isEqualTo(4);
      assertThat(broken.row()).isEqualTo(112);
      assertThat(broken.sigma()).isEqualTo(level[0]);
    }
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> new Generation(new Heun(), 0, 0.1, 1))
        .hasMessage("steps must be at least 1, got 0");
    assertThatThrownBy(() -> new Generation(new Heun(), 5, 1, 1))
        .hasMessage("sigmaMin must be below sigmaMax = 1.0, got 1.0");
    assertThatThrownBy(() -> new Generation(new Heun(), 5, 0, 1)).hasMessageContaining("sigmaMin");
    assertThatThrownBy(() -> new Generation(new Heun(), 5, 1, Double.POSITIVE_INFINITY))
        .hasMessageContaining("sigmaMax must be positive and finite");
    Generation recipe = Generation.of(new Heun(), 3);
    assertThatThrownBy(() -> recipe.sample(denoiser(), 0, 1, SEED, StepListener.NONE))
        .hasMessage("rows must be at least 1, got 0");
    assertThatThrownBy(() -> recipe.sample(denoiser(), 1, 0, SEED, StepListener.NONE))
        .hasMessage("batch must be at least 1, got 0");
    assertThatThrownBy(() -> recipe.sample(denoiser(), -1, 1, 1, SEED, StepListener.NONE))
        .hasMessageContaining("first must be");
    assertThatThrownBy(
            () -> recipe.sample(denoiser(), Integer.MAX_VALUE, 1, SEED, StepListener.NONE))
        .hasMessage("rows × dimension must fit one array, got 2147483647 × 3");
  }

  /** A denoiser of the dimension of another. */
  private abstract static class Altered implements Denoiser {
    private final Denoiser original;

    Altered(Denoiser original) {
      this.original = original;
    }

    @Override
    public int dimension() {
      return original.dimension();
    }
  }
}
