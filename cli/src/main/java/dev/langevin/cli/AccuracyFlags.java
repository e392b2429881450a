package dev.langevin.cli;

import dev.langevin.app.Accuracy;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How close draws shall be, and what is known of the density's shape. */
final class AccuracyFlags {
  @Option(
      names = "--accuracy",
      paramLabel = "E",
      description =
          "How close each draw's law shall be to the target, by theory: sets the step size and the number of steps of the unadjusted Langevin algorithm.")
  @Nullable Double accuracy;

  @Option(
      names = "--in",
      paramLabel = "SENSE",
      defaultValue = "w2",
      description =
          "In which sense: w2 (in the target's units), scaled-w2, kl or tv (default: ${DEFAULT-VALUE}).")
  String sense = "w2";

  @Option(
      names = "--convexity",
      paramLabel = "M",
      description = "m > 0 with -log p m-strongly convex; looked for along a short run without it.")
  @Nullable Double convexity;

  @Option(
      names = "--smoothness",
      paramLabel = "L",
      description = "A Lipschitz constant of the gradient; looked for without it.")
  @Nullable Double smoothness;

  @Option(
      names = "--log-sobolev",
      paramLabel = "A",
      description = "A log-Sobolev constant of the density, for those that are not log-concave.")
  @Nullable Double logSobolev;

  /** What was asked for, if anything was. */
  Optional<Accuracy> given() {
    return accuracy == null ? Optional.empty() : Optional.of(of(accuracy));
  }

  /** This accuracy with the other flags. */
  Accuracy of(double value) {
    return new Accuracy(
        value, sense, optional(convexity), optional(smoothness), optional(logSobolev));
  }

  private static OptionalDouble optional(@Nullable Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
