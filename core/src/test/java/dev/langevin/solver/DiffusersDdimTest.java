package dev.langevin.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.diffusion.DiscreteSchedule;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.diffusion.Timesteps;
import dev.langevin.diffusion.Timesteps.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The steps of diffusers' DDIMScheduler written out in its own variables, on normal data, and what they cost. */
class DiffusersDdimTest {
  private static final DiscreteSchedule SCHEDULE = DiscreteSchedule.linear();

  private static AffineLaw law(Solver solver, TimeGrid grid) {
    return AffineLaw.of(solver, NormalCase.denoiser(), grid);
  }

  /** Eq. 12 of Song et al. from timestep t to t - ⌊T/N⌋ by ᾱ, and then the next timestep of the list, whichever it is. */
  private static AffineLaw printed(int[] timesteps, double eta, TimeGrid grid, Planted c) {
    int stride = SCHEDULE.steps() / timesteps.length;
    int steps = grid.steps();
    return NormalCase.law(
        grid.time(0) / Math.hypot(1, grid.time(0)), // ours is of x/√ᾱ
        (mean, lambda) -> {
          Line x = Line.start(steps);
          for (int k = 0; k < steps; k++) {
            double here = bar(timesteps[k]);
            double next = bar(timesteps[k] - stride);
            double total = here * lambda + 1 - here;
            Line clean =
                Line.constant(mean * (1 - here) / total, steps)
                    .plus(Math.sqrt(here) * lambda / total, x);
            Line noise = x.plus(-Math.sqrt(here), clean).times(1 / Math.sqrt(1 - here));
            double fresh = eta * Math.sqrt((1 - next) / (1 - here) * (1 - here / next));
            x =
                clean
                    .times(c.of("signal", Math.sqrt(next)))
                    .plus(c.of("noise", Math.sqrt(1 - next - fresh * fresh)), noise)
                    .plus(eta > 0 ? c.of("fresh", fresh) : 0, Line.noise(k, steps));
          }
          return x.map();
        });
  }

  private static double bar(int timestep) {
    return timestep < 0 ? 1 : SCHEDULE.alphaBar(timestep + 1);
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void the_law_is_that_of_its_steps_and_one_percent_on_any_coefficient_is_seen(Rule rule) {
    Timesteps spacing = new Timesteps(SCHEDULE, rule);
    int[] timesteps = new int[12];
    for (int k = 0; k < 12; k++) {
      timesteps[k] = (int) spacing.timesteps(12)[k];
    }
    for (double eta : new double[] {0, 0.7}) {
      TimeGrid grid = spacing.levels(12);
      AffineLaw law = law(new DiffusersDdim(SCHEDULE, eta), grid);
      Planted nothing = Planted.nothing();
      assertThat(law.distance(printed(timesteps, eta, grid, nothing))).isLessThan(1e-11);
      for (String name : nothing.names()) {
        AffineLaw broken = printed(timesteps, eta, grid, Planted.in(name));
        assertThat(law.distance(broken)).as(name).isGreaterThan(1e-4);
      }
    }
  }

  /**
   * Standard deviations along the data's two axes, which are 1.3 and 0.3: the figures of docs/solvers.md. With linspace the noise that is left over makes up for a part of what DDIM itself
   * shrinks; with trailing and N that does not divide T the wide axis comes out too narrow, the narrow one too wide.
   */
  @Test
  void its_missteps_cost_this_much() {
    figures(Rule.LINSPACE, 50, new double[] {1.257, 0.2745}, new double[] {1.252, 0.2819});
    figures(Rule.TRAILING, 300, new double[] {1.293, 0.2952}, new double[] {1.261, 0.3341});
  }

  private static void figures(Rule rule, int steps, double[] right, double[] theirs) {
    TimeGrid grid = new Timesteps(SCHEDULE, rule).levels(steps);
    AffineLaw ours = law(new UnitStart(new Ddim()), grid);
    AffineLaw compatible = law(new UnitStart(new DiffusersDdim(SCHEDULE, 0)), grid);
    assertThat(spread(ours)).containsExactly(right, within(5e-4));
    assertThat(spread(compatible)).containsExactly(theirs, within(5e-4));
  }

  /** Along (0.8, 0.6) and (-0.6, 0.8). */
  private static double[] spread(AffineLaw law) {
    double[][] v = law.covariance();
    double first = 0.64 * v[0][0] + 0.96 * v[0][1] + 0.36 * v[1][1];
    double second = 0.36 * v[0][0] - 0.96 * v[0][1] + 0.64 * v[1][1];
    return new double[] {Math.sqrt(first), Math.sqrt(second)};
  }
}
