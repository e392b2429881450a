package dev.langevin.interchange;

import dev.langevin.diffusion.DiscreteSchedule;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.diffusion.Timesteps;
import dev.langevin.objective.TimestepPreconditioning;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * The levels that a scheduler visits and the timesteps that it tells the network, before the last level is put behind them.
 *
 * @param sigmas N levels, falling
 * @param timesteps theirs
 */
record Levels(double[] sigmas, double[] timesteps) {
  /** The timesteps of a chain. */
  static Levels of(Timesteps spacing, int steps) {
    double[] times = spacing.levels(steps).times();
    return new Levels(Arrays.copyOf(times, steps), spacing.timesteps(steps));
  }

  /** Karras's levels, ρ = 7, from σ_max to σ_min. */
  static double[] karras(int steps, double sigmaMin, double sigmaMax, double rho) {
    return Arrays.copyOf(TimeGrid.karras(steps, sigmaMin, sigmaMax, rho).times(), steps);
  }

  /** Log-uniform levels. */
  static double[] exponential(int steps, double sigmaMin, double sigmaMax) {
    return Arrays.copyOf(TimeGrid.exponential(steps, sigmaMin, sigmaMax).times(), steps);
  }

  /** Levels at quantiles of a Beta(0.6, 0.6) law on [σ_min, σ_max] (Lee et al. 2024). */
  static double[] beta(int steps, double sigmaMin, double sigmaMax) {
    BetaDistribution law = BetaDistribution.of(0.6, 0.6);
    double[] sigmas = new double[steps];
    for (int k = 0; k < steps; k++) {
      double p = steps == 1 ? 1 : 1 - k / (steps - 1.0);
      sigmas[k] = sigmaMin + law.inverseCumulativeProbability(p) * (sigmaMax - sigmaMin);
    }
    return sigmas;
  }

  /** Other levels on a chain, which the network is told by the chain's time, whole after {@code rounding}. */
  static Levels named(double[] sigmas, DiscreteSchedule schedule, DoubleUnaryOperator rounding) {
    double last = schedule.steps() - 1.0;
    double[] timesteps =
        Arrays.stream(sigmas)
            .map(s -> Math.max(0, Math.min(last, schedule.time(s) - 1)))
            .map(rounding)
            .toArray();
    return new Levels(sigmas, timesteps);
  }

  /**
   * σ of timestep 0, or of a whole timestep above it, as it comes out in 32 bits: 1 - ᾱ of a 32-bit ᾱ near 1 is off by up to 3·10⁻⁴ of itself, which moves a whole Karras grid that ends there.
   */
  static double inSingle(DiscreteSchedule schedule, int timestep) {
    float alphaBar = (float) schedule.alphaBar(timestep + 1);
    return Math.sqrt((1.0 - alphaBar) / alphaBar);
  }

  /** With a last level; where that is not below the lowest visited, the step between them would change nothing and is left out. */
  TimeGrid to(double end) {
    int steps = sigmas.length;
    if (end >= sigmas[steps - 1] * (1 - 1e-3)) {
      if (steps == 1) {
        throw new IllegalArgumentException("steps must be at least 2 to end at a level above 0");
      }
      return new TimeGrid(sigmas);
    }
    double[] times = Arrays.copyOf(sigmas, steps + 1);
    times[steps] = end;
    return new TimeGrid(times);
  }

  NamedTimesteps on(TimestepPreconditioning chain) {
    return new NamedTimesteps(chain, sigmas, timesteps);
  }
}
