package dev.langevin.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.io.InputError;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import dev.langevin.solver.Ddpm;
import dev.langevin.solver.Generation;
import dev.langevin.solver.StepListener;
import dev.langevin.theory.BudgetPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorAccountTest {
  @TempDir Path folder;

  private static SolverSettings steps(String solver, int steps) {
    return SolverSettings.of(solver, OptionalInt.of(steps));
  }

  private static SolverSettings target(String solver, double tv, double sigmaMin) {
    return new SolverSettings(
        solver,
        Map.of(),
        OptionalInt.empty(),
        Optional.empty(),
        OptionalDouble.of(sigmaMin),
        OptionalDouble.empty(),
        OptionalDouble.of(tv));
  }

  private static String explained(String model, SolverSettings how, OptionalDouble horizon)
      throws IOException {
    Recorder console = new Recorder();
    assertThat(new ExplainModelJob(model, how, horizon, 1).run(console)).isEqualTo(Ending.FINISHED);
    return console.text();
  }

  @Test
  void a_mixture_of_the_catalogue_is_known_exactly() throws IOException {
    assertThat(explained("line", steps("exponential", 50), OptionalDouble.empty()))
        .contains("50 steps", "initialisation: KL ", "discretisation: KL ", "by quadrature")
        .contains("score error: KL 0 (exact)");
  }

  /** σ = √(e⁶ - 1) at T = 3. */
  @Test
  void a_horizon_is_a_first_level() throws IOException {
    assertThat(explained("line", steps("exponential", 50), OptionalDouble.of(3)))
        .contains("normal noise at σ = 20.0606");
    SolverSettings promised = target("ddpm", 0.2, 0.05);
    assertThatThrownBy(() -> new ExplainModelJob("line", promised, OptionalDouble.of(3), 1))
        .hasMessageContaining("horizon must be left out");
  }

  /**
   * The planned run, last denoising included, beside exact noised draws that are denoised once: total variation cannot grow in that step. Over 25 classes chance adds 0.03 with 8000 draws each. A run of 4 steps breaks the promise.
   */
  @Test
  void a_plan_keeps_its_promise() {
    double promised = 0.2;
    ModelSource line = ModelSource.open("line");
    BudgetPlan plan = ErrorAccount.plan(line, new Ddpm(), promised, OptionalDouble.of(0.05));
    assertThat(plan.budget().totalVariation().amount().high()).isLessThanOrEqualTo(promised);
    assertThat(distance(line, ErrorAccount.recipe(new Ddpm(), plan))).isLessThan(promised);
    assertThat(distance(line, new Generation(new Ddpm(), 4, 0.05, plan.sigmaMax())))
        .isGreaterThan(promised);
  }

  private static double distance(ModelSource line, Generation run) {
    int n = 8000;
    double[] made = run.sample(line.denoiser(), n, 500, Seed.of(3), StepListener.NONE);
    double[] exact = new double[n];
    AddressedRandom random = Seed.of(4).random();
    double[] x = new double[1];
    for (int i = 0; i < n; i++) {
      ExactModel.named("line").scaled().sample(random, x);
      exact[i] = x[0] + 0.05 * random.nextGaussian();
    }
    double[] denoised = new double[n];
    line.denoiser().denoise(exact, n, 0.05, denoised);
    double[] balance = new double[25];
    for (int i = 0; i < n; i++) {
      balance[place(made[i])] += 0.5 / n;
      balance[place(denoised[i])] -= 0.5 / n;
    }
    double sum = 0;
    for (double value : balance) {
      sum += Math.abs(value);
    }
    return sum;
  }

  private static int place(double x) {
    return (int) Math.max(0, Math.min(24, (x + 1.25) * 10));
  }

  @Test
  void a_network_is_bounded_by_its_losses_and_unknown_without_them() throws IOException {
    Path model = folder.resolve("ring.model");
    Toys.learn(Toys.fit(Toys.source(Toys.table(folder)), 4, model), new Recorder());
    assertThat(explained(model.toString(), steps("ddpm", 20), OptionalDouble.empty()))
        .contains("(bound)", "by held-out loss");
    Files.delete(model.resolve(LevelLosses.FILE));
    assertThat(explained(model.toString(), steps("ddpm", 20), OptionalDouble.empty()))
        .contains("unknown; the model's folder holds no " + LevelLosses.FILE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"edm-stochastic", "predictor-corrector", "annealed", "adaptive-rk"})
  void a_solver_without_a_bound_is_told_which_have_one(String solver) throws IOException {
    assertThat(explained("line", steps(solver, 20), OptionalDouble.empty()))
        .contains("there is no bound for this solver", "ddpm", "exponential");
  }

  @ParameterizedTest
  @ValueSource(strings = {"heun", "dpm++", "unipc", "ddim", "adams-bashforth"})
  void a_deterministic_solver_has_an_estimate(String solver) throws IOException {
    assertThat(explained("line", steps(solver, 20), OptionalDouble.empty()))
        .contains("deterministic", "discretisation: W2 ", "(estimate)", "score error: unknown");
  }

  @Test
  void a_target_needs_a_solver_with_a_bound() {
    ModelSource line = ModelSource.open("line");
    assertThatThrownBy(
            () ->
                ErrorAccount.plan(
                    line, steps("heun", 5).recipe().solver(), 0.1, OptionalDouble.of(0.05)))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("there is no bound for heun. Choose one of ddpm");
  }

  /** The numbers beside the samples are those of the account. */
  @Test
  void samples_carry_their_account() throws IOException {
    Path out = folder.resolve("x.npy");
    SolverSettings how = steps("ddpm", 30);
    new GenerateJob("line", 5, how, 5, 1, 1, List.of(out)).run(new Recorder());
    ErrorAccount account = ErrorAccount.of(ModelSource.open("line"), how.recipe(), 2);
    assertThat(Files.readString(folder.resolve("x.npy.json")))
        .contains("\"error\"", String.valueOf(term(account, "total", "value")));
  }

  /** The rows' law has as many atoms as rows; its error is estimated by chance, its denoiser is its own. */
  @Test
  void rows_have_an_account_too() throws IOException {
    StringBuilder text = new StringBuilder("a,b,c\n");
    AddressedRandom random = Seed.of(6).random();
    for (int i = 0; i < 30; i++) {
      text.append(random.nextGaussian() + "," + random.nextGaussian() + "," + i + "\n");
    }
    Path csv = Files.writeString(folder.resolve("rows.csv"), text);
    assertThat(explained("empirical:" + csv, steps("ddpm", 20), OptionalDouble.empty()))
        .contains("by Monte Carlo", "score error: KL 0 (exact)");
  }

  /** Ten independent coordinates cost ten times one. */
  @Test
  void normal_laws_of_many_coordinates_are_exact() throws IOException {
    ErrorAccount ten = ErrorAccount.of(ModelSource.open("gaussian"), steps("ddpm", 40).recipe(), 2);
    assertThat(term(ten, "discretisation", "kind")).isEqualTo("exact");
    double[] sigmas = steps("ddpm", 40).recipe().grid().times();
    double sum = 0;
    for (int k = 0; k + 2 < sigmas.length; k++) {
      double s = sigmas(sigmas[k]);
      double t = sigmas(sigmas[k + 1]);
      double r = (0.25 + t) * s / ((0.25 + s) * t); // variance of the true step over the chain's
      sum += 10 * 0.5 * (r - 1 - Math.log(r));
    }
    assertThat((double) term(ten, "discretisation", "value")).isCloseTo(sum, within(1e-9 * sum));
  }

  private static Object term(ErrorAccount account, String name, String entry) {
    Map<?, ?> term = (Map<?, ?>) requireNonNull(account.map().get(name));
    return requireNonNull(term.get(entry));
  }

  private static double sigmas(double time) {
    double sigma = steps("ddpm", 40).recipe().solver().noising().sigma(time);
    return sigma * sigma;
  }
}
