package dev.langevin.energy;

import dev.langevin.density.BinaryPairwise;
import dev.langevin.math.Check;

/**
 * The fully visible Boltzmann machine (Ackley, Hinton &amp; Sejnowski 1985): f_θ(x) = Σ_{i&gt;j} J_ij x_i x_j + Σ_i h_i x_i on {-1, 1}^n. θ holds the J_ij row by row
 * below the diagonal, then h. Its maximum-likelihood law has the means and correlations of the data; Z is summed exactly up to 24 spins ({@link
 * BinaryPairwise#enumerate}).
 *
 * @param spins n, at least 2
 */
public record BoltzmannMachine(int spins) implements EnergyModel {
  public BoltzmannMachine {
    Check.atLeast("spins", spins, 2);
  }

  @Override
  public int dimension() {
    return spins;
  }

  @Override
  public int size() {
    return spins * (spins + 1) / 2;
  }

  @Override
  public double value(double[] theta, double[] x) {
    double sum = 0;
    int k = 0;
    for (int i = 1; i < spins; i++) {
      for (int j = 0; j < i; j++) {
        sum += theta[k++] * x[i] * x[j];
      }
    }
    for (int i = 0; i < spins; i++) {
      sum += theta[k++] * x[i];
    }
    return sum;
  }

  @Override
  public void addGradient(double[] theta, double[] x, double factor, double[] out) {
    int k = 0;
    for (int i = 1; i < spins; i++) {
      for (int j = 0; j < i; j++) {
        out[k++] += factor * x[i] * x[j];
      }
    }
    for (int i = 0; i < spins; i++) {
      out[k++] += factor * x[i];
    }
  }

  /** The law with these parameters, for Glauber dynamics and exact sums. */
  public BinaryPairwise law(double[] theta) {
    Check.length("theta", theta, size());
    double[] couplings = new double[spins * spins];
    double[] field = new double[spins];
    int k = 0;
    for (int i = 1; i < spins; i++) {
      for (int j = 0; j < i; j++) {
        couplings[i * spins + j] = theta[k];
        couplings[j * spins + i] = theta[k++];
      }
    }
    System.arraycopy(theta, k, field, 0, spins);
    return new BinaryPairwise(couplings, field);
  }
}
