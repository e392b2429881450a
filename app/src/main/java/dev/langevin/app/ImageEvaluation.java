package dev.langevin.app;

import dev.langevin.distance.Comparison;
import dev.langevin.distance.Distance;
import dev.langevin.distance.Estimate;
import dev.langevin.random.Seed;
import dev.langevin.table.Dataset;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How good images are, by what a network makes of them: figures beside their floors, which classes there are, and whether they are copies.
 *
 * @param rows images compared, of each kind
 * @param heldOut how many of the floor's images were held out; the others were learned from
 * @param comparisons one for each figure
 * @param sureOfSamples the mean of the network's highest probability
 * @param sureOfReal the same of other real images
 * @param memorisation whether samples are copies; empty where nothing is held out
 */
record ImageEvaluation(
    int rows,
    int heldOut,
    List<Comparison> comparisons,
    double sureOfSamples,
    double sureOfReal,
    Optional<Memorisation> memorisation) {
  private static final double CONFIDENCE = 0.95;
  private static final int LOOKED_AT = 2000; // for copies: each among all real images
  private static final Map<String, String> SEES =
      Map.of(
          "frechet", "means and covariances; less is better, down to the floor",
          "frechet-limit", "the same without the bias of few images; 0 is best",
          "kid", "means to third moments, unbiased; 0 is best",
          "precision", "odd images; the floor is as good as it gets",
          "recall", "what is left out; the floor is as good as it gets",
          "density", "odd images, outliers ignored; about 1 is good",
          "coverage", "what is left out, outliers ignored; the floor is as good as it gets",
          "classifier", "anything that a small network can learn; 50 % is best");

  ImageEvaluation {
    comparisons = List.copyOf(comparisons);
  }

  /**
   * Compares.
   *
   * @param network what looks at the images
   * @param fresh samples
   * @param real all real rows
   * @param split which of them were learned from
   * @param most rows of each kind, at most
   */
  static ImageEvaluation of(
      FeatureNetwork network,
      Dataset fresh,
      Dataset real,
      Split split,
      List<String> names,
      int most,
      Seed seed,
      int threads,
      Console console) {
    PixelRange range = PixelRange.of(real);
    ImageRows chosen = ImageRows.of(fresh, split, most, seed);
    FeatureNetwork.Seen samples = network.see(fresh.select(chosen.samples()), range);
    FeatureNetwork.Seen learned = network.see(real.select(chosen.learned()), range);
    FeatureNetwork.Seen others = network.see(real.select(chosen.others()), range);
    ImageFigures figures = new ImageFigures(samples, learned, others, names, seed);
    AtomicInteger done = new AtomicInteger();
    try (Progress progress = console.progress("comparing", figures.pieces() + 1L, "figures")) {
      List<Comparison> comparisons =
          figures.measure(threads, () -> progress.advanceTo(done.incrementAndGet()));
      Optional<Memorisation> memory =
          split.heldOut().length == 0
              ? Optional.empty()
              : Optional.of(
                  memorisation(network, range, samples, real, split, threads)
                      .withCopies(copies(fresh.select(chosen.samples()), real, split)));
      return new ImageEvaluation(
          chosen.count(),
          Math.min(chosen.count(), split.heldOut().length),
          comparisons,
          mean(samples.confidence()),
          mean(others.confidence()),
          memory);
    }
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  private static Memorisation memorisation(
      FeatureNetwork network,
      PixelRange range,
      FeatureNetwork.Seen samples,
      Dataset real,
      Split split,
      int threads) {
    int d = samples.width();
    int rows = Math.min(LOOKED_AT, samples.rows());
    return Memorisation.of(
        Arrays.copyOf(samples.features(), rows * d),
        network.see(real.select(split.training()), range).features(),
        network.see(real.select(split.heldOut()), range).features(),
        d,
        threads);
  }

  /** How many of the samples that are looked at equal an image learned from in every pixel: features of equal images may differ in their last digits. */
  private static int copies(Dataset samples, Dataset real, Split split) {
    Set<DoubleBuffer> learned = new HashSet<>();
    for (int row : split.training()) {
      learned.add(pixels(real, row));
    }
    int copies = 0;
    for (int i = 0; i < Math.min(LOOKED_AT, samples.rows()); i++) {
      copies += learned.contains(pixels(samples, i)) ? 1 : 0;
    }
    return copies;
  }

  private static DoubleBuffer pixels(Dataset images, int row) {
    return DoubleBuffer.wrap(images.values(), row * images.width(), images.width());
  }

  /** The headers of {@link #table}. */
  private static final List<String> HEADERS =
      List.of("figure", "samples", "95 % interval", "real", "sees");

  /** The comparisons as a table. */
  Table table(List<String> names) {
    List<List<String>> cells = new ArrayList<>();
    for (int i = 0; i < comparisons.size(); i++) {
      Comparison one = comparisons.get(i);
      boolean classes = i == names.size();
      Distance figure = classes ? null : Distance.named(names.get(i));
      String sees =
          classes
              ? "classes that are missing or too many; less is better, down to the floor"
              : SEES.getOrDefault(names.get(i), "");
      Estimate measured = one.measured();
      double[] ends = {measured.lower(CONFIDENCE), measured.upper(CONFIDENCE)};
      boolean turned = one.name().startsWith("1 - ");
      cells.add(
          List.of(
              turned ? one.name().substring(4) : one.name(),
              shown(figure, measured.value()),
              shown(figure, ends[turned ? 1 : 0]) + " … " + shown(figure, ends[turned ? 0 : 1]),
              shown(figure, one.floor().value()),
              sees));
    }
    return new Table(HEADERS, cells);
  }

  private static String shown(@Nullable Distance figure, double value) {
    return figure == null ? Numbers.brief(value) : figure.display(value);
  }

  /** How sure the network is, in a sentence. */
  String confidence() {
    return String.format(
        Locale.ROOT,
        "The network is sure of samples with %.3f on the average, of real images with %.3f.",
        sureOfSamples,
        sureOfReal);
  }

  /** What the floor is made of. */
  String floor() {
    return "%d samples and %d other real images%s, each against the same %d images learned from"
        .formatted(
            rows,
            rows,
            heldOut == rows
                ? " (held out)"
                : " (%d held out, the others learned from)".formatted(heldOut),
            rows);
  }

  /** As a JSON object. */
  Map<String, Object> toMap(List<String> names) {
    List<Map<String, Object>> maps = new ArrayList<>();
    for (int i = 0; i < comparisons.size(); i++) {
      Comparison one = comparisons.get(i);
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("figure", i < names.size() ? names.get(i) : "classes");
      map.put("distance", one.name());
      map.put("samples", rows);
      map.put("rows", rows);
      map.put("measured", one.measured().value());
      map.put("measured_standard_error", one.measured().standardError());
      map.put("measured_low", one.measured().lower(CONFIDENCE));
      map.put("measured_high", one.measured().upper(CONFIDENCE));
      map.put("floor", one.floor().value());
      map.put("floor_standard_error", one.floor().standardError());
      map.put("reading", one.reading());
      maps.add(map);
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("comparisons", maps);
    map.put("floor_rows_held_out", heldOut);
    map.put("confidence_in_samples", sureOfSamples);
    map.put("confidence_in_real_images", sureOfReal);
    memorisation.ifPresent(memory -> map.put("memorisation", memory.toMap()));
    return map;
  }
}
