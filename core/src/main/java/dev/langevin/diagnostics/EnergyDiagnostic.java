package dev.langevin.diagnostics;

/**
 * Whether the momentum of a Hamiltonian sampler carries it through all energies (Betancourt 2016, "Diagnosing suboptimal cotangent
 * disintegrations", arXiv 1604.00695).
 */
public final class EnergyDiagnostic {
  /** Below this a chain explores the tails too slowly, says Stan. */
  public static final double THRESHOLD = 0.3;

  private EnergyDiagnostic() {}

  /**
   * E-BFMI of one chain, the estimated Bayesian fraction of missing information: Σ(E_n - E_{n-1})² / Σ(E_n - Ē)². About 2 for
   * independent energies; below {@value #THRESHOLD} is a warning. NaN for fewer than four draws, a value that is not finite, or
   * constant energy. O(n).
   *
   * @param energies the Hamiltonian at each draw of one chain
   */
  public static double bfmi(double[] energies) {
    if (!Series.isJudgeable(new double[][] {energies})) {
      return Double.NaN;
    }
    double steps = 0;
    for (int n = 1; n < energies.length; n++) {
      double step = energies[n] - energies[n - 1];
      steps += step * step;
    }
    return steps / (energies.length - 1) / Series.variance(energies);
  }
}
