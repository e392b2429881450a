package dev.langevin.energy;

import dev.langevin.math.Check;

/**
 * f_θ(x) = Σ_{j=1}^m θ_j x^j - c x^{2p} on the line, 2p the first even power above m: an exponential family whose maximum-likelihood law has the first m moments of the
 * data, and whose Z is a one-dimensional integral.
 *
 * @param degree m, at least 1
 * @param confinement c, positive
 */
public record PolynomialEnergy(int degree, double confinement) implements SmoothEnergy {
  public PolynomialEnergy {
    Check.atLeast("degree", degree, 1);
    Check.positive("confinement", confinement);
  }

  @Override
  public int dimension() {
    return 1;
  }

  @Override
  public int size() {
    return degree;
  }

  @Override
  public double value(double[] theta, double[] x, double[] gradient) {
    double sum = 0;
    double slope = 0;
    double power = 1; // x^(j-1)
    for (int j = 1; j <= degree; j++) {
      slope += j * theta[j - 1] * power;
      power *= x[0];
      sum += theta[j - 1] * power;
    }
    int even = degree + 2 - degree % 2;
    for (int j = degree + 1; j < even; j++) {
      power *= x[0];
    }
    gradient[0] = slope - even * confinement * power;
    return sum - confinement * power * x[0];
  }

  @Override
  public void addGradient(double[] theta, double[] x, double factor, double[] out) {
    double power = 1;
    for (int j = 0; j < degree; j++) {
      power *= x[0];
      out[j] += factor * power;
    }
  }
}
