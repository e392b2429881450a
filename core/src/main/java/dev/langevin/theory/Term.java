package dev.langevin.theory;

import java.util.Locale;

/**
 * One line of an {@link ErrorBudget}.
 *
 * @param name a word or two
 * @param measure in which sense
 * @param amount best value and limits; the value is what is expected, the upper limit what can be relied on as far as {@code kind} says
 * @param kind how firm it is
 * @param sentence what it is, in plain language
 */
public record Term(String name, Divergence measure, Bracket amount, Kind kind, String sentence) {
  /** How firm a term is. */
  public enum Kind {
    /** Known, to rounding or quadrature. */
    EXACT,
    /** The truth lies below the upper limit, proved. */
    BOUND,
    /** Nothing is proved: chance, or an assumption that the sentence names, stands between this and the truth. */
    ESTIMATE,
    /** No statement can be made. */
    UNKNOWN;

    /** Lower case, for messages. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The less firm of the two. */
    Kind with(Kind that) {
      return compareTo(that) > 0 ? this : that;
    }
  }

  /** A term of which nothing is known. */
  static Term unknown(String name, Divergence measure, String why) {
    Bracket anything = new Bracket(Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY);
    return new Term(name, measure, anything, Kind.UNKNOWN, why);
  }

  /** {@code discretisation  KL 0.0123 (exact): …}. */
  public String line() {
    if (kind == Kind.UNKNOWN) {
      return name + ": unknown; " + sentence;
    }
    String between =
        amount.known()
            ? ""
            : ", between " + Wording.number(amount.low()) + " and " + Wording.number(amount.high());
    return name
        + ": "
        + measure.symbol()
        + " "
        + Wording.number(amount.value())
        + between
        + (" (" + kind.label() + "); " + sentence);
  }
}
