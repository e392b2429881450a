package dev.langevin.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.diffusion.GeometricExploding;
import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.OrnsteinUhlenbeck;
import dev.langevin.diffusion.StraightPath;
import dev.langevin.diffusion.SubVariancePreserving;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.diffusion.TimeRescaled;
import dev.langevin.diffusion.VarianceExploding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is particular to it; its law on every noising is in the linear case. */
class EulerMaruyamaTest {
  static List<Noising> noisings() {
    return Claim.noisings();
  }

  /** Of one coordinate of centred data with this variance, from N(0, b²). */
  private static double variance(Noising noising, TimeGrid grid, double lambda) {
    Update[] plan = new EulerMaruyama(noising).plan(grid);
    double b = noising.noise(grid.time(0));
    double variance = b * b;
    for (int k = 0; k < plan.length; k++) {
      double sigma = noising.sigma(grid.time(k));
      double gain = lambda / (lambda + sigma * sigma) / noising.signal(grid.time(k));
      double factor = plan[k].keep() + plan[k].weights()[0] * gain;
      variance = factor * factor * variance + plan[k].fresh() * plan[k].fresh();
    }
    return variance;
  }

  /** Solver's promise on the default number of steps, whatever the process: 2.2 %; measured: 1.1 %. */
  @ParameterizedTest
  @MethodSource("noisings")
  void the_default_number_of_steps_is_enough_on_every_noising(Noising noising) {
    TimeGrid grid = Generation.of(new EulerMaruyama(noising)).grid();
    for (double sd : new double[] {0.2, 0.5, 1, 2, 4}) {
      double ratio = Math.sqrt(variance(noising, grid, sd * sd)) / sd;
      assertThat(ratio).as("sd %s", sd).isCloseTo(1, within(0.011));
    }
  }

  /** The figures of the documentation: the variance's relative error in percent. */
  @Test
  void the_process_matters() {
    Map<Noising, double[]> figures = new LinkedHashMap<>();
    figures.put(new VarianceExploding(), new double[] {0.94, 0.99});
    figures.put(new OrnsteinUhlenbeck(), new double[] {0.12, 1.55});
    figures.put(TimeRescaled.linear(), new double[] {0.32, 0.89});
    figures.put(SubVariancePreserving.linear(), new double[] {0.21, 0.57});
    figures.put(new StraightPath(), new double[] {-0.10, 0.49});
    figures.put(new GeometricExploding(1e-9, 100), new double[] {0.01, 0.06});
    double[] lambda = {1.69, 0.09};
    figures.forEach(
        (noising, percent) -> {
          double[] times = new double[321];
          for (int k = 0; k <= 320; k++) {
            times[k] = noising.time(Math.exp(3 - 6.0 * k / 320));
          }
          TimeGrid grid = new TimeGrid(times);
          for (int i = 0; i < 2; i++) {
            double off = variance(noising, grid, lambda[i]) / exact(noising, grid, lambda[i]) - 1;
            assertThat(100 * off).as("%s", noising).isCloseTo(percent[i], within(0.006));
          }
        });
  }

  /** Of the true reverse process from N(0, b_s²), as in {@link NormalCase#exactReverse}. */
  private static double exact(Noising noising, TimeGrid grid, double lambda) {
    double s = grid.time(0);
    double t = grid.time(grid.steps());
    double alpha = noising.signal(s) / noising.signal(t);
    double bs2 = noising.noise(s) * noising.noise(s);
    double vs = noising.signal(s) * noising.signal(s) * lambda + bs2;
    double bt2 = noising.noise(t) * noising.noise(t);
    double vt = noising.signal(t) * noising.signal(t) * lambda + bt2;
    double gain = alpha * vt / vs;
    return gain * gain * bs2 + vt * (bs2 - alpha * alpha * bt2) / vs;
  }
}
