package dev.langevin.energy;

import dev.langevin.math.Check;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;

/**
 * The noise-conditional objective: with S = ∇_x f_θ(x', β) and x' = √(1-β) x + √β ε,
 *
 * <p>L(θ) = mean over β of E‖x' + β S(x', β) - √(1-β) x‖².
 *
 * <p>By Tweedie x' + β ∇ log p_β(x') = √(1-β) E[x | x'], so the true score is the minimiser; it is (1-β) times the square error of the denoiser (x' + βS)/√(1-β). No
 * chain and no normaliser is needed.
 *
 * @param betas the amounts of noise, each strictly between 0 and 1, at least one
 */
public record NoiseConditionalLoss(double[] betas) {
  public NoiseConditionalLoss {
    betas = betas.clone();
    Check.atLeast("number of betas", betas.length, 1);
    for (double beta : betas) {
      Check.inside("beta", beta, 0, 1);
    }
  }

  @Override
  public double[] betas() {
    return betas.clone();
  }

  /**
   * Writes the gradient of the mean loss over the rows and returns the loss.
   *
   * @param data {@code n × d}
   * @param seed of the noise, an address for each level and row
   * @param out as long as θ, overwritten
   */
  public double gradient(
      NoisedEnergy family, double[] theta, double[] data, Seed seed, double[] out) {
    Arrays.fill(out, 0.0);
    double loss = 0;
    for (int k = 0; k < betas.length; k++) {
      loss += add(family.at(betas[k]), theta, data, betas[k], seed.child(k), out);
    }
    return loss;
  }

  private double add(
      SmoothEnergy model, double[] theta, double[] data, double beta, Seed seed, double[] out) {
    int d = model.dimension();
    int n = Check.atLeast("rows", data.length / d, 1);
    double a = Math.sqrt(1 - beta);
    double share = 1.0 / n / betas.length;
    double[] noised = new double[d];
    double[] residual = new double[d];
    AddressedRandom random = seed.random();
    double loss = 0;
    for (int r = 0; r < n; r++) {
      random.moveTo(seed.child(r)).fillGaussian(noised, 0, d);
      for (int i = 0; i < d; i++) {
        noised[i] = a * data[r * d + i] + Math.sqrt(beta) * noised[i];
      }
      model.value(theta, noised, residual);
      for (int i = 0; i < d; i++) {
        residual[i] = noised[i] + beta * residual[i] - a * data[r * d + i];
        loss += share * residual[i] * residual[i];
      }
      model.addMixedGradient(theta, noised, residual, 2 * beta * share, out);
    }
    return loss;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NoiseConditionalLoss that && Arrays.equals(betas, that.betas);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(betas);
  }

  @Override
  public String toString() {
    return "NoiseConditionalLoss" + Arrays.toString(betas);
  }
}
