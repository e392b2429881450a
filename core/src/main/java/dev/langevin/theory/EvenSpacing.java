package dev.langevin.theory;

import dev.langevin.diffusion.Spacing;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.math.Check;

/**
 * Levels that make the discretisation error of a {@link FrozenScheme} smallest for a number of steps, to leading order: a step over dw costs r(w) dw², so that among N steps
 * with fixed ends the sum is smallest where √r dw is the same in all, and is (∫√r dw)²/N. For the frozen denoiser r = ¼ |dmmse/dγ| in w = γ; where the data have a
 * density mmse ≈ dσ² at low noise and the levels become geometric; where nothing is decided they are wide.
 */
public final class EvenSpacing implements Spacing {
  private static final int TABLE = 1024;

  private final FrozenScheme scheme;
  private final NoisedStatistics data;

  /** For a scheme and what is known of the data. */
  public EvenSpacing(FrozenScheme scheme, NoisedStatistics data) {
    this.scheme = scheme;
    this.data = data;
  }

  @Override
  public String name() {
    return "even-error";
  }

  /** O(1024) evaluations of the curve, of all its rows. */
  @Override
  public TimeGrid levels(int steps, double sigmaMin, double sigmaMax) {
    Check.atLeast("steps", steps, 1);
    Table table = new Table(sigmaMin, sigmaMax);
    double[] times = new double[steps + 1];
    times[0] = sigmaMax;
    int j = 0;
    for (int k = 1; k < steps - 1; k++) {
      double wanted = table.cumulative[TABLE] * k / (steps - 1);
      while (table.cumulative[j + 1] < wanted) {
        j++;
      }
      double width = table.cumulative[j + 1] - table.cumulative[j];
      double share = width > 0 ? (wanted - table.cumulative[j]) / width : 0.5;
      times[k] = table.sigma[j] * StrictMath.pow(table.sigma[j + 1] / table.sigma[j], share);
    }
    if (steps > 1) {
      times[steps - 1] = sigmaMin;
    }
    return new TimeGrid(times);
  }

  /** (∫√r dw)²/N: what N steps between these levels would cost, to leading order. */
  public double cost(int steps, double sigmaMin, double sigmaMax) {
    double whole = new Table(sigmaMin, sigmaMax).cumulative[TABLE];
    return whole * whole / Check.atLeast("steps", steps, 1);
  }

  /** √r dw summed up over levels that fall geometrically. */
  private final class Table {
    private final double[] sigma = new double[TABLE + 1];
    private final double[] cumulative = new double[TABLE + 1];

    Table(double sigmaMin, double sigmaMax) {
      Check.positive("sigmaMin", sigmaMin);
      Check.inside("sigmaMin", sigmaMin, 0, sigmaMax);
      double[] value = new double[TABLE + 1];
      LevelCurve curve = scheme.curve(data);
      for (int j = 0; j <= TABLE; j++) {
        sigma[j] = sigmaMax * StrictMath.pow(sigmaMin / sigmaMax, (double) j / TABLE);
        value[j] = curve.at(sigma[j]).value();
      }
      for (int j = 0; j < TABLE; j++) {
        cumulative[j + 1] = cumulative[j] + Math.sqrt(scheme.rate(value, sigma, j));
      }
    }
  }
}
