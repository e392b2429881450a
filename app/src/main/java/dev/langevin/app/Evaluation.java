package dev.langevin.app;

import dev.langevin.distance.Comparison;
import dev.langevin.distance.Comparisons;
import dev.langevin.distance.Distance;
import dev.langevin.distance.Estimate;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import dev.langevin.table.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How good samples are: distances to real rows beside their floors, and whether they are copies. Images are compared on their own
 * scale, columns of tables after division by their standard deviation.
 *
 * @param parts one for the rows learned from, and one for those held out where they are enough
 * @param memorisation whether samples are copies; empty where nothing is held out
 */
record Evaluation(List<Part> parts, Optional<Memorisation> memorisation) {
  private static final int FEWEST = 20; // rows that are worth a comparison
  private static final double WORK = 2e10; // multiplications spent on looking for nearest rows

  Evaluation {
    parts = List.copyOf(parts);
  }

  /**
   * Comparisons with one part of the data.
   *
   * @param name which
   * @param samples how many samples were compared
   * @param rows with how many rows
   * @param comparisons one for each distance
   */
  record Part(String name, int samples, int rows, List<Comparison> comparisons) {}

  /** The distances of these names, in this order. */
  static List<Distance> distances(List<String> names) {
    return names.stream().map(Distance::named).toList();
  }

  /** How many comparisons {@link #of} makes of so many distances, for progress. */
  static int comparisons(Split split, int distances) {
    return distances * (split.heldOut().length >= FEWEST ? 2 : 1);
  }

  /**
   * Compares.
   *
   * @param fresh the samples, at least two
   * @param real all real rows, of the same width
   * @param split which of them were learned from
   * @param distances how to compare
   * @param most rows that are compared on either side
   * @param advanced called after each comparison
   */
  static Evaluation of(
      Dataset fresh,
      Dataset real,
      Split split,
      List<Distance> distances,
      int most,
      Seed seed,
      Runnable advanced) {
    Scaling unit = Scaling.of(real, 1);
    int d = real.width();
    double[] samples = scaled(unit, fresh, seed.child("samples"), most);
    List<Part> parts = new ArrayList<>();
    boolean apart = split.heldOut().length >= FEWEST;
    Dataset learned = real.select(split.training());
    Dataset heldOut = real.select(split.heldOut());
    String name = split.heldOut().length == 0 ? "all rows" : "rows learned from";
    double[] rows = scaled(unit, learned, seed.child(name), most);
    parts.add(part(name, samples, rows, d, distances, seed, advanced));
    if (apart) {
      String other = "held-out rows";
      double[] others = scaled(unit, heldOut, seed.child(other), most);
      parts.add(part(other, samples, others, d, distances, seed, advanced));
    }
    Optional<Memorisation> memorisation =
        heldOut.rows() == 0 || fresh.rows() == 0
            ? Optional.empty()
            : Optional.of(memorisation(unit, samples, learned, heldOut, d));
    return new Evaluation(parts, memorisation);
  }

  private static Part part(
      String name,
      double[] samples,
      double[] rows,
      int d,
      List<Distance> distances,
      Seed seed,
      Runnable advanced) {
    List<Comparison> comparisons = new ArrayList<>();
    for (Distance distance : distances) {
      comparisons.add(
          Comparisons.against(
              distance,
              samples,
              samples.length / d,
              rows,
              rows.length / d,
              d,
              seed.child(distance.name())));
      advanced.run();
    }
    return new Part(name, samples.length / d, rows.length / d, comparisons);
  }

  private static Memorisation memorisation(
      Scaling unit, double[] samples, Dataset learned, Dataset heldOut, int d) {
    long most = (long) (WORK / ((double) (learned.rows() + heldOut.rows()) * d));
    int rows = (int) Math.max(1, Math.min(samples.length / d, most));
    return Memorisation.of(
        Arrays.copyOf(samples, rows * d),
        unit.toUnit(learned.values()),
        unit.toUnit(heldOut.values()),
        d,
        1);
  }

  /** At most so many rows, chosen at random where there are more. */
  private static double[] scaled(Scaling unit, Dataset data, Seed seed, int most) {
    if (data.rows() <= most) {
      return unit.toUnit(data.values());
    }
    AddressedRandom random = seed.random();
    int[] index = IntStream.range(0, data.rows()).toArray();
    for (int i = 0; i < most; i++) {
      int j = i + random.nextInt(index.length - i);
      int chosen = index[j];
      index[j] = index[i];
      index[i] = chosen;
    }
    return unit.toUnit(data.select(Arrays.copyOf(index, most)).values());
  }

  /** The comparisons as rows of a table: distance, compared with, measured, floor. */
  List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    for (Part part : parts) {
      for (Comparison comparison : part.comparisons()) {
        rows.add(
            List.of(
                comparison.name(),
                part.name(),
                written(comparison.measured()),
                written(comparison.floor())));
      }
    }
    return rows;
  }

  /** What a comparison means. */
  static String sentence(Part part, Comparison comparison) {
    String reading = comparison.reading();
    return "Against "
        + part.name()
        + ": "
        + reading.substring(0, 1).toLowerCase(Locale.ROOT)
        + reading.substring(1);
  }

  /** The headers of {@link #rows()}. */
  static List<String> headers() {
    return List.of("distance", "samples against", "measured", "real against real");
  }

  /** A number with its standard error. */
  static String written(Estimate estimate) {
    double error = estimate.standardError();
    int decimals =
        error > 0 ? Math.max(0, Math.min(6, 1 - (int) Math.floor(Math.log10(error)))) : 3;
    String pattern = "%." + decimals + "f ± %." + decimals + "f";
    return String.format(Locale.ROOT, pattern, estimate.value(), error);
  }

  /** As a JSON object. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("comparisons", parts.stream().flatMap(part -> maps(part).stream()).toList());
    memorisation.ifPresent(memory -> map.put("memorisation", memory.toMap()));
    return map;
  }

  private static List<Map<String, Object>> maps(Part part) {
    List<Map<String, Object>> maps = new ArrayList<>();
    for (Comparison comparison : part.comparisons()) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("distance", comparison.name());
      map.put("against", part.name());
      map.put("samples", part.samples());
      map.put("rows", part.rows());
      map.put("measured", comparison.measured().value());
      map.put("measured_standard_error", comparison.measured().standardError());
      map.put("floor", comparison.floor().value());
      map.put("floor_standard_error", comparison.floor().standardError());
      map.put("reading", comparison.reading());
      maps.add(map);
    }
    return maps;
  }
}
