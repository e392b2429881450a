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
            double fresh =
                eta * Math.sqrt((1 - next) / (1 - here) * (1 - here / next));
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

  /** The standard deviation along the data's two axes, 1.3 and 0.3, after N steps with linspace: figures of the documentation. */
  @Test
  void with_linspace_data_stay_too_noisy_or_are_shrunk() {
    System.out.println("DDIM");
    for (int steps : new int[] {10, 50, 200}) {
      TimeGrid grid = new Timesteps(SCHEDULE, Rule.LINSPACE).levels(steps);
      System.out.println(steps + " " + spread(law(new UnitStart(new Ddim()), grid)) + " " + spread(law(new UnitStart(new DiffusersDdim(SCHEDULE, 0)), grid)));
      TimeGrid trailing = new Timesteps(SCHEDULE, Rule.TRAILING).levels(steps == 50 ? 70 : steps == 200 ? 300 : 12);
      System.out.println("trailing " + trailing.steps() + " " + spread(law(new UnitStart(new Ddim()), trailing)) + " " + spread(law(new UnitStart(new DiffusersDdim(SCHEDULE, 0)), trailing)));
    }
    assertThat(1.0).isCloseTo(1, within(1e-3));
  }

  /** Along (0.8, 0.6) and (-0.6, 0.8). */
  private static String spread(AffineLaw law) {
    double[][] v = law.covariance();
    double first = 0.64 * v[0][0] + 0.96 * v[0][1] + 0.36 * v[1][1];
    double second = 0.36 * v[0][0] - 0.96 * v[0][1] + 0.64 * v[1][1];
    return Math.sqrt(first) + " " + Math.sqrt(second);
  }
}
