package dev.langevin.solver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.diffusion.VarianceExploding;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One percent on any coefficient of any solver is seen by its law on normal data: a hundred thousand times what the linear case lets pass. Once with the error in
 * the equations as printed, by name, and once in the numbers that the worker uses.
 */
class CoefficientTest {
  private static final double SEEN = 1e-7;
  private static final double TIGHT = 1e-12;

  /** Eight levels on which no two steps are alike, some in reach of the churn. */
  private static final TimeGrid GRID =
      new TimeGrid(new double[] {12, 7, 4.4, 2.5, 1.6, 0.9, 0.4, 0.25});

  static List<Claim> written() {
    return Claim.all().stream().filter(claim -> !names(claim).isEmpty()).toList();
  }

  private static TimeGrid grid(Claim claim) {
    return GRID.onClockOf(claim.solver().noising());
  }

  private static Set<String> names(Claim claim) {
    Planted nothing = Planted.nothing();
    assertThat(claim.law().apply(grid(claim), nothing).mean()).hasSize(2);
    return nothing.names();
  }

  private static int rows(Solver solver) {
    return AffineLaw.rows(solver, NormalCase.denoiser(), GRID);
  }

  @ParameterizedTest
  @MethodSource("written")
  void one_percent_on_a_coefficient_of_the_equations_is_seen(Claim claim) {
    Solver solver = claim.solver();
    TimeGrid grid = grid(claim);
    AffineLaw law = AffineLaw.of(solver, NormalCase.denoiser(), grid);
    assertThat(law.distance(claim.closed(grid))).isLessThan(TIGHT);
    for (String name : names(claim)) {
      AffineLaw broken = claim.law().apply(grid, Planted.in(name));
      assertThat(law.distance(broken)).as(name).isGreaterThan(SEEN);
    }
  }

  @Test
  void every_solver_of_the_menu_is_written_out_with_names() {
    assertThat(written()).hasSameSizeAs(Claim.all());
    List<String> missing =
        Solver.menu().stream()
            .filter(solver -> written().stream().noneMatch(c -> c.solver().equals(solver)))
            .map(Solver::name)
            .toList();
    assertThat(missing).containsExactly("adaptive-rk"); // whose table is tried number by number
  }

  /** Makes a worker of updates that were tampered with. */
  @FunctionalInterface
  interface Placed {
    Solver.Worker on(Update[][] plans, Denoiser denoiser, int rows);
  }

  /** A solver whose worker is nothing but its updates. */
  record Laid(Solver solver, Update[][] plans, Placed placed) {
    @Override
    public String toString() {
      return solver.toString();
    }
  }

  private static Laid multistep(Solver solver, Update[] plan) {
    return new Laid(
        solver,
        new Update[][] {plan},
        (plans, denoiser, rows) -> new Multistep(denoiser, GRID, plans[0], rows));
  }

  private static Laid slopes(Solver solver, Update[] plan) {
    return new Laid(
        solver,
        new Update[][] {plan},
        (plans, denoiser, rows) -> new SlopeMultistep(denoiser, GRID, plans[0], rows));
  }

  private static Laid corrected(UniPc solver) {
    return new Laid(
        solver,
        new Update[][] {solver.predictors(GRID), solver.correctors(GRID)},
        (plans, denoiser, rows) -> new UniPc.UniPcWorker(denoiser, GRID, plans[0], plans[1], rows));
  }

  static List<Laid> laid() {
    DpmSolverPlusPlus third = new DpmSolverPlusPlus(3);
    SdeDpmSolverPlusPlus sde = new SdeDpmSolverPlusPlus(2);
    Ddpm large = new Ddpm(Ddpm.Variance.LARGE);
    EulerMaruyama exploding = new EulerMaruyama(new VarianceExploding());
    return List.of(
        multistep(new Ddim(0.7), new Ddim(0.7).plan(GRID)),
        multistep(large, large.plan(GRID)),
        multistep(third, third.plan(GRID)),
        multistep(sde, sde.plan(GRID)),
        multistep(exploding, exploding.plan(GRID)),
        slopes(new AdamsBashforth(4), new AdamsBashforth(4).plan(GRID)),
        slopes(new Plms(), new Plms().plan(GRID)),
        corrected(new UniPc(3)),
        corrected(new UniPc(2, UniPc.Scale.BH1, 0)));
  }

  private static AffineLaw law(Laid laid, Update[][] plans) {
    int rows = rows(laid.solver());
    Solver.Worker worker = laid.placed().on(plans, NormalCase.denoiser(), rows);
    return AffineLaw.of(laid.solver(), worker, 2, GRID);
  }

  /** In one step only. */
  @ParameterizedTest
  @MethodSource("laid")
  void one_percent_on_a_number_of_one_step_is_seen(Laid laid) {
    AffineLaw right = law(laid, laid.plans());
    int tried = 0;
    for (int p = 0; p < laid.plans().length; p++) {
      for (int k = 0; k < laid.plans()[p].length; k++) {
        for (int c = 0; c < laid.plans()[p][k].weights().length + 2; c++) {
          Update update = laid.plans()[p][k];
          if (c == update.weights().length + 1 && update.fresh() == 0) {
            continue;
          }
          Update[][] plans =
              Arrays.stream(laid.plans()).map(Update[]::clone).toArray(Update[][]::new);
          plans[p][k] = broken(update, c);
          assertThat(law(laid, plans).distance(right)).as("%s %s %s", p, k, c).isGreaterThan(SEEN);
          tried++;
        }
      }
    }
    assertThat(tried).isGreaterThan(14);
  }

  /** The last coefficient is the noise's, the one before it the point's, the first ones the history's. */
  private static Update broken(Update update, int coefficient) {
    double[] weights = update.weights().clone();
    int count = weights.length;
    if (coefficient < count) {
      weights[coefficient] *= 1.01;
    }
    double keep = update.keep() * (coefficient == count ? 1.01 : 1);
    double fresh = update.fresh() * (coefficient == count + 1 ? 1.01 : 1);
    return new Update(keep, weights, fresh);
  }
}
