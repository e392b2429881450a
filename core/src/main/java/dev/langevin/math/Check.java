package dev.langevin.math;

/**
 * Argument checks of one wording: parameter, constraint, value. Called where a value enters (constructors, factories), not in
 * inner loops.
 */
public final class Check {
  private Check() {}

  /** Returns {@code value} if it is positive and finite. */
  public static double positive(String name, double value) {
    requireReal(value > 0 && value < Double.POSITIVE_INFINITY, name, "positive and finite", value);
    return value;
  }

  /** Returns {@code value} if it is zero or positive, and finite. */
  public static double notNegative(String name, double value) {
    requireReal(
        value >= 0 && value < Double.POSITIVE_INFINITY,
        name,
        "zero or positive, and finite",
        value);
    return value;
  }

  /** Returns {@code value} if it is finite. */
  public static double finite(String name, double value) {
    requireReal(Double.isFinite(value), name, "finite", value);
    return value;
  }

  /** Returns {@code value} if {@code low < value < high}. */
  public static double inside(String name, double value, double low, double high) {
    require(low < value && value < high, name, "strictly between " + low + " and " + high, value);
    return value;
  }

  /** Returns {@code value} if {@code low <= value <= high}. */
  public static int between(String name, int value, int low, int high) {
    require(low <= value && value <= high, name, "between " + low + " and " + high, value);
    return value;
  }

  /** Returns {@code value} if {@code value >= low}. */
  public static int atLeast(String name, int value, int low) {
    require(value >= low, name, "at least " + low, value);
    return value;
  }

  /** Returns {@code values} if its length is {@code length}. */
  public static double[] length(String name, double[] values, int length) {
    require(values.length == length, name, "of length " + length, "length " + values.length);
    return values;
  }

  /** Returns {@code values} if every entry is finite; names the first that is not. */
  public static double[] allFinite(String name, double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(name + "[" + i + "] must be finite, got " + values[i]);
      }
    }
    return values;
  }

  /** Boxes the value of a failure only, since some checks stand where nothing may be allocated. */
  private static void requireReal(boolean holds, String name, String constraint, double value) {
    if (!holds) {
      require(false, name, constraint, (Object) value);
    }
  }

  private static void require(boolean holds, String name, String constraint, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must be " + constraint + ", got " + value);
    }
  }
}
