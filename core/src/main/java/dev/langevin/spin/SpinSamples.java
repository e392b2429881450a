package dev.langevin.spin;

import dev.langevin.math.Check;
import java.util.List;
import java.util.function.ToLongFunction;

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
    Check.atLeast("number of samples", accounts.size(), 1);
    Check.length("x", x, Math.multiplyExact(spins, accounts.size()));
  }

  /** How many. */
  public int size() {
    return accounts.size();
  }

  /** Means that missed their tolerance, as a share of all; 0 is good. */
  public double unconvergedShare() {
    return perMean(Account::unconverged);
  }

  /** Iterations per mean, on average: each is a product with the n × n couplings. */
  public double iterationsPerMean() {
    return perMean(Account::iterations);
  }

  private double perMean(ToLongFunction<Account> count) {
    long all = accounts.stream().mapToLong(Account::evaluations).sum();
    return (double) accounts.stream().mapToLong(count).sum() / all;
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
