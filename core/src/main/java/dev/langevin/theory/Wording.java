package dev.langevin.theory;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers of steps and accuracies in plain language. */
final class Wording {
  private static final double STEPS_PER_SECOND = 1e6;

  private Wording() {}

  /** Six digits without trailing zeros: {@code 0.1}, {@code 3.16228}, {@code 1.5E-7}. */
  static String number(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return Double.isFinite(value) ? "0" : String.valueOf(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
    double size = Math.abs(value);
    return size >= 1e-4 && size < 1e7 ? rounded.toPlainString() : rounded.toString();
  }

  /** {@code 12,345 steps}; {@code 1.23e+21 steps}. */
  static String steps(double steps) {
    if (steps == 0) {
      return "0 steps (the start itself is close enough)";
    }
    if (steps < 1e15) {
      return String.format(Locale.ROOT, "%,.0f step%s", steps, steps == 1 ? "" : "s");
    }
    return String.format(Locale.ROOT, "%.3g steps", steps);
  }

  static String duration(double steps) {
    double seconds = steps / STEPS_PER_SECOND;
    String span;
    if (seconds < 1) {
      span = "less than a second";
    } else if (seconds < 120) {
      span = rounded(seconds, "seconds");
    } else if (seconds < 7200) {
      span = rounded(seconds / 60, "minutes");
    } else if (seconds < 172_800) {
      span = rounded(seconds / 3600, "hours");
    } else if (seconds < 7.3e7) {
      span = rounded(seconds / 86_400, "days");
    } else {
      span = String.format(Locale.ROOT, "%.3g years, which nobody can run", seconds / 31_556_952);
    }
    return "at a million gradients a second " + span;
  }

  private static String rounded(double value, String unit) {
    return String.format(Locale.ROOT, "about %.0f %s", value, unit);
  }

  static String condition(double kappa) {
    String advice =
        kappa < 10 ? "" : ": in coordinates rescaled to bring it near 1 far fewer steps would do";
    return "condition number κ = M/m = " + number(kappa) + advice;
  }

  static String meaning(Divergence measure, double accuracy) {
    String amount = number(accuracy);
    return switch (measure) {
      case W2 ->
          "a draw can be paired with an exact one at a root mean squared distance of at most "
              + amount
              + " (in the target's units), so the mean and the standard deviation of every coordinate are"
              + " right within "
              + amount;
      case SCALED_W2 ->
          "W2 is at most "
              + amount
              + "/√m: the mean and the standard deviation of every coordinate are right within "
              + amount
              + " of 1/√m, which is no less than the largest standard deviation along any direction";
      case KL ->
          "the draw's law has a relative entropy of at most "
              + amount
              + " nats to the target, so no event's probability is wrong by more than "
              + number(Inequalities.totalVariation(accuracy));
      case TV -> "no event's probability is wrong by more than " + amount;
    };
  }
}
