package dev.langevin.app.target;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the outputs of a target: the moments that draws must have. Either exact, from closed forms, or estimated from
 * near-independent reference draws, with Monte Carlo standard errors. To compare, use z = (mean - reference)/√(mcse² + mcse_ref²) for
 * x and for x², Bonferroni over all of them.
 *
 * <p>Read when first asked for; may be shared by threads.
 */
public final class Reference {
  /**
   * One output. NaN where a value is not known.
   *
   * @param name as in {@link dev.langevin.density.Model#outputs}
   * @param mean E x
   * @param sd standard deviation of x
   * @param mcseMean standard error of {@code mean}; 0 where exact
   * @param meanSquare E x²
   * @param mcseMeanSquare standard error of {@code meanSquare}; 0 where exact
   * @param q05 quantile at 5 %
   * @param q50 median
   * @param q95 quantile at 95 %
   */
  public record Quantity(
      String name,
      double mean,
      double sd,
      double mcseMean,
      double meanSquare,
      double mcseMeanSquare,
      double q05,
      double q50,
      double q95) {}

  private final boolean exact;
  private final String source;
  private final Supplier<List<Quantity>> loading;
  private @Nullable List<Quantity> loaded;

  Reference(boolean exact, String source, Supplier<List<Quantity>> loading) {
    this.exact = exact;
    this.source = source;
    this.loading = loading;
  }

  /** Whether the values are closed forms, and the standard errors 0. */
  public boolean exact() {
    return exact;
  }

  /** Where the values come from, in a few words. */
  public String source() {
    return source;
  }

  /** What is known, by output; outputs may be missing. */
  public synchronized List<Quantity> quantities() {
    List<Quantity> known = loaded;
    if (known == null) {
      known = List.copyOf(loading.get());
      loaded = known;
    }
    return known;
  }

  /** What is known about the output of this name. */
  public Optional<Quantity> quantity(String name) {
    return quantities().stream().filter(quantity -> quantity.name().equals(name)).findFirst();
  }
}
