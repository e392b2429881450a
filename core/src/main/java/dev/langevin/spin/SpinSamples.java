package dev.langevin.spin;

import dev.langevin.math.Check;
import java.util.List;

/**
 * Configurations with their accounts.
 *
 * @param spins n
 * @param x {@code samples × n}, row-major, every entry -1 or 1
 * @param accounts one per sample
 */
public record SpinSamples(int spins, double[] x, List<Account> accounts) {
  public SpinSamples {
    Check.atLeast("spins", spins, 1);
    accounts = List.copyOf(accounts);
    Check.length("x", x, Math.multiplyExact(spins, accounts.size()));
  }

  /** How many. */
  public int size() {
    return accounts.size();
  }

  /** Means that missed their tolerance, as a share of all; 0 is good. */
  public double unconvergedShare() {
    long missed = 0;
    long all = 0;
    for (Account account : accounts) {
      missed += account.unconverged();
      all += account.evaluations();
    }
    return (double) missed / all;
  }

  /** Iterations per mean, on average: each is a product with the n × n couplings. */
  public double iterationsPerMean() {
    long iterations = 0;
    long all = 0;
    for (Account account : accounts) {
      iterations += account.iterations();
      all += account.evaluations();
    }
    return (double) iterations / all;
  }

  /** The largest residual that any mean was accepted with. */
  public double worstResidual() {
    return accounts.stream().mapToDouble(Account::worstResidual).max().orElse(0);
  }

  /** {@link Account#spread} on average. */
  public double spread() {
    return accounts.stream().mapToDouble(Account::spread).average().orElse(0);
  }
}
