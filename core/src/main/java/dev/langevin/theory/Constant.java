package dev.langevin.theory;

import dev.langevin.math.Check;

/**
 * A number that a theorem needs, with where it comes from.
 *
 * @param value zero or positive, and finite
 * @param origin given, known or estimated
 * @param source in a few words: what it was computed from
 */
public record Constant(double value, Origin origin, String source) {
  public Constant {
    Check.notNegative("value", value);
  }

  /** One that the user vouches for. */
  public static Constant given(double value) {
    return new Constant(value, Origin.GIVEN, "by you");
  }

  /** One that was proved. */
  public static Constant known(double value, String source) {
    return new Constant(value, Origin.KNOWN, source);
  }

  /** One that was measured. */
  public static Constant estimated(double value, String source) {
    return new Constant(value, Origin.ESTIMATED, source);
  }

  @Override
  public String toString() {
    return Wording.number(value) + " (" + origin.label() + ", " + source + ")";
  }
}
