package dev.langevin.diffusion;

import dev.langevin.math.Check;
import java.util.Arrays;

/**
 * Levels at equal steps of a tabulated function that rises as the noise falls: chosen from a target error where the function is the accumulated square root of the local error, for
 * then all steps cost the same and their sum is least (Cauchy–Schwarz). Between the table's levels the function is linear in ln σ. {@code theory.PathScheme} makes
 * one from the data's denoising errors.
 *
 * @param sigmas two or more, positive and falling; copied
 * @param reached the function there, rising; copied
 */
public record EqualError(double[] sigmas, double[] reached) implements Spacing {
  public EqualError {
    sigmas = sigmas.clone();
    reached = Check.length("reached", reached, sigmas.length).clone();
    Check.atLeast("number of sigmas", sigmas.length, 2);
    Check.allFinite("reached", reached);
    for (int i = 0; i < sigmas.length; i++) {
      Check.positive("sigmas[" + i + "]", sigmas[i]);
      if (i > 0 && !(sigmas[i] < sigmas[i - 1] && reached[i] > reached[i - 1])) {
        throw new IllegalArgumentException(
            "sigmas must fall and reached must rise, got at "
                + i
                + ": "
                + (sigmas[i - 1]
                    + ", "
                    + sigmas[i]
                    + " and "
                    + reached[i - 1]
                    + ", "
                    + reached[i]));
      }
    }
  }

  @Override
  public String name() {
    return "equal-error";
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if a level lies outside of the table
   */
  @Override
  public TimeGrid levels(int steps, double sigmaMin, double sigmaMax) {
    Check.atLeast("steps", steps, 1);
    double first = at(sigmaMax);
    double last = at(sigmaMin);
    double[] times = new double[steps + 1];
    for (int k = 1; k < steps - 1; k++) {
      times[k] = level(first + k * ((last - first) / (steps - 1)));
    }
    times[steps - 1] = sigmaMin;
    times[0] = sigmaMax;
    return new TimeGrid(times);
  }

  /** The function at a level. */
  private double at(double sigma) {
    int last = sigmas.length - 1;
    double slack = 1e-12;
    if (!(sigma <= sigmas[0] * (1 + slack) && sigma >= sigmas[last] * (1 - slack))) {
      throw new IllegalArgumentException(
          "sigma must lie between " + sigmas[last] + " and " + sigmas[0] + ", got " + sigma);
    }
    int i = 1;
    while (i < last && sigmas[i] > sigma) {
      i++;
    }
    double share =
        StrictMath.log(sigmas[i - 1] / sigma) / StrictMath.log(sigmas[i - 1] / sigmas[i]);
    return reached[i - 1] + share * (reached[i] - reached[i - 1]);
  }

  /** The level at which the function has this value. */
  private double level(double value) {
    int found = Arrays.binarySearch(reached, value);
    if (found >= 0) {
      return sigmas[found];
    }
    int i = Math.min(Math.max(-found - 1, 1), reached.length - 1);
    double share = (value - reached[i - 1]) / (reached[i] - reached[i - 1]);
    return sigmas[i - 1] * StrictMath.exp(share * StrictMath.log(sigmas[i] / sigmas[i - 1]));
  }

  @Override
  public double[] sigmas() {
    return sigmas.clone();
  }

  @Override
  public double[] reached() {
    return reached.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EqualError that
        && Arrays.equals(sigmas, that.sigmas)
        && Arrays.equals(reached, that.reached);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(sigmas) + Arrays.hashCode(reached);
  }

  @Override
  public String toString() {
    return "EqualError(" + sigmas.length + " levels)";
  }
}
