package dev.langevin.app;

import dev.langevin.io.InputError;
import dev.langevin.table.Dataset;
import dev.langevin.tensor.Backend;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which network images are compared on. */
final class FeatureChoice {
  /** The network that ships and knows the images, or pixels. */
  static final String AUTO = "auto";

  /** No network. */
  static final String PIXELS = "pixels";

  private static final int LOOKED_AT = 1000;
  private static final double SURE = 0.9;

  private FeatureChoice() {}

  /**
   * The network asked for, and a line about the choice; empty for pixels. For {@value #AUTO}, of the networks that ship the one that is surest of real images
   * (the mean of its highest probability), if that is at least {@value #SURE}; pixels otherwise.
   *
   * @throws InputError if it does not take these images
   */
  static Optional<FeatureNetwork> of(String asked, Dataset real, Console console) {
    if (asked.equals(PIXELS) || (asked.equals(AUTO) && !mayBeKnown(real))) {
      if (real.isImages()) {
        console.line("Compared by: pixels.");
      }
      return Optional.empty();
    }
    if (asked.equals(AUTO)) {
      return surest(real, console);
    }
    FeatureNetwork network = FeatureNetwork.named(asked);
    if (!network.fits(real.shape())) {
      network.close();
      throw new InputError(
          "--features " + asked,
          "is for images of shape %s, but these have %s"
              .formatted(
                  DataFacts.written(network.function().recipe().rowShape()),
                  DataFacts.written(real.shape())),
          "say --features pixels, or train one for them: langevin features");
    }
    console.line("Compared by: %s, as asked. %s".formatted(described(network), accuracy(network)));
    return Optional.of(network);
  }

  private static boolean mayBeKnown(Dataset real) {
    return FeatureNetwork.fitsShipped(real.shape()) && Backend.available();
  }

  private static Optional<FeatureNetwork> surest(Dataset real, Console console) {
    int[] some = Split.of(real.rows(), (double) LOOKED_AT / real.rows()).heldOut();
    Dataset looked = real.rows() <= LOOKED_AT ? real : real.select(some);
    PixelRange range = PixelRange.of(real);
    FeatureNetwork best = null;
    double sure = 0;
    for (String name : FeatureNetwork.SHIPPED) {
      FeatureNetwork network = FeatureNetwork.named(name);
      double mean = Arrays.stream(network.see(looked, range).confidence()).average().orElse(0);
      if (mean > sure) {
        if (best != null) {
          best.close();
        }
        best = network;
        sure = mean;
      } else {
        network.close();
      }
    }
    if (best == null || sure < SURE) {
      if (best != null) {
        best.close();
      }
      console.line(
          "Compared by: pixels, since no network that ships knows these images; see 'langevin features'.");
      return Optional.empty();
    }
    console.line(
        String.format(
            Locale.ROOT,
            "Compared by: %s, the surest of those that ship (%.3f on the average). %s",
            described(best),
            sure,
            accuracy(best)));
    return Optional.of(best);
  }

  private static String described(FeatureNetwork network) {
    return "%d features of the network %s"
        .formatted(network.function().recipe().features(), network.name());
  }

  private static String accuracy(FeatureNetwork network) {
    return String.format(
        Locale.ROOT, "It is right about %.2f %% of its test images.", 100 * network.accuracy());
  }
}
