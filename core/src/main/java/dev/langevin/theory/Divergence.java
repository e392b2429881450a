package dev.langevin.theory;

import dev.langevin.math.Check;
import java.util.Arrays;
import java.util.stream.Collectors;

/** In which sense the law of a draw is close to the target. */
public enum Divergence {
  /** The Wasserstein distance of order 2, in the units of the target: √ of the least mean squared distance of coupled draws. */
  W2("w2", "W2"),
  /** √m · W2, without units: W2 over the standard deviation of the narrowest normal law with the target's strong convexity m (or LSI constant). */
  SCALED_W2("scaled-w2", "√m W2"),
  /** The relative entropy KL(draw ‖ target), in nats. */
  KL("kl", "KL"),
  /** The total variation distance, between 0 and 1: by how much the probability of any event can be wrong. */
  TV("tv", "TV");

  private final String label;
  private final String symbol;

  Divergence(String label, String symbol) {
    this.label = label;
    this.symbol = symbol;
  }

  /** The name in flags and files: {@code w2}. */
  public String label() {
    return label;
  }

  /** The name in formulas: {@code W2}. */
  public String symbol() {
    return symbol;
  }

  /**
   * The one with this label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Divergence labelled(String label) {
    return Arrays.stream(values())
        .filter(one -> one.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "metric must be one of "
                        + Arrays.stream(values())
                            .map(Divergence::label)
                            .collect(Collectors.joining(", "))
                        + ", got "
                        + label));
  }

  /** Returns {@code accuracy} if it can be asked for: positive and finite, and below 1 in total variation, where 1 says nothing. */
  double checked(double accuracy) {
    return this == TV
        ? Check.inside("accuracy in tv", accuracy, 0, 1)
        : Check.positive("accuracy in " + label, accuracy);
  }
}
