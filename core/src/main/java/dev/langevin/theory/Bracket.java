package dev.langevin.theory;

/**
 * A number as far as it is known: the best value, and two limits between which it lies.
 *
 * @param value between the limits
 * @param low at most {@code value}
 * @param high at least {@code value}; may be infinite
 */
public record Bracket(double value, double low, double high) {
  /** Nothing. */
  public static final Bracket ZERO = exact(0);

  public Bracket {
    if (!(low <= value && value <= high)) {
      throw new IllegalArgumentException(
          "low ≤ value ≤ high must hold, got " + low + ", " + value + ", " + high);
    }
  }

  /** A number known to rounding. */
  public static Bracket exact(double value) {
    return new Bracket(value, value, value);
  }

  /** A value brought between the limits, which rounding may have left it outside of. */
  static Bracket around(double value, double low, double high) {
    double top = Math.max(low, high);
    return new Bracket(Math.min(Math.max(value, low), top), low, top);
  }

  /** The sum; its limits are the sums of the limits. */
  public Bracket plus(Bracket that) {
    return new Bracket(value + that.value, low + that.low, high + that.high);
  }

  /** The same moved by a constant. */
  public Bracket plus(double shift) {
    return new Bracket(value + shift, low + shift, high + shift);
  }

  /** The product with a number of any sign. */
  public Bracket times(double factor) {
    return factor >= 0
        ? new Bracket(factor * value, factor * low, factor * high)
        : new Bracket(factor * value, factor * high, factor * low);
  }

  /** What is left if it is known not to be negative. */
  Bracket notNegative() {
    return new Bracket(Math.max(0, value), Math.max(0, low), Math.max(0, high));
  }

  /** Whether the limits agree to 1 in 10<sup>9</sup>. */
  public boolean known() {
    return high - low <= 1e-9 * Math.abs(value);
  }
}
