package dev.langevin.app;

import dev.langevin.distance.NearestRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Whether fresh rows are copies of those that a model learned from.
 *
 * <p>The test: which real row is nearest to a fresh one? If the model knows the rows that it learned from no better than those held
 * out, the two kinds are exchangeable, and the nearest row is one learned from as often as such rows are among the real ones. A
 * model that copies finds all its nearest rows among them. The standard error counts that many fresh rows may share one nearest row:
 * p(1 - p) Σ c² / n² for a row that is nearest to c fresh ones. Unlike a comparison of distances, this does not take smooth or
 * blurred rows, which are near to everything, for copies.
 *
 * @param fresh fresh rows that were looked at
 * @param training rows learned from
 * @param heldOut rows held out
 * @param freshMedian median Euclidean distance of a fresh row to the nearest row learned from
 * @param realMedian the same of a held-out row
 * @param share of fresh rows whose nearest real row is one learned from
 * @param standardError of the share
 * @param copies fresh rows that equal a row learned from in every number
 */
record Memorisation(
    int fresh,
    int training,
    int heldOut,
    double freshMedian,
    double realMedian,
    double share,
    double standardError,
    int copies) {
  private static final int FEWEST = 30;
  private static final double CLEAR = 3; // standard errors: 0.13 % false alarms on this side

  /**
   * Looks for the nearest rows, Euclidean. O((n + h) · m · d).
   *
   * @param fresh {@code n × d}, row-major
   * @param training {@code m × d}, at least one row
   * @param heldOut {@code h × d}, at least one row
   * @param d columns
   * @param threads how many work; the result does not depend on it
   */
  static Memorisation of(double[] fresh, double[] training, double[] heldOut, int d, int threads) {
    int n = fresh.length / d;
    int m = training.length / d;
    int h = heldOut.length / d;
    NearestRows learned = nearest(fresh, training, d, threads);
    NearestRows apart = nearest(fresh, heldOut, d, threads);
    int[] nearest = new int[m + h];
    int hits = 0;
    int copies = 0;
    for (int i = 0; i < n; i++) {
      boolean hit = learned.squares()[i] <= apart.squares()[i];
      hits += hit ? 1 : 0;
      copies += learned.squares()[i] == 0 ? 1 : 0;
      nearest[hit ? learned.rows()[i] : m + apart.rows()[i]]++;
    }
    NearestRows between = nearest(heldOut, training, d, threads);
    double p = (double) m / (m + h);
    double clumps = Arrays.stream(nearest).mapToDouble(c -> (double) c * c).sum();
    double error = Math.sqrt(p * (1 - p) * clumps) / n;
    double share = (double) hits / n;
    return new Memorisation(
        n, m, h, median(learned.squares()), median(between.squares()), share, error, copies);
  }

  /** The search, as many rows for each thread. */
  static NearestRows nearest(double[] x, double[] rows, int d, int threads) {
    int n = x.length / d;
    NearestRows all = new NearestRows(new int[n], new double[n]);
    List<Callable<Void>> work = new ArrayList<>();
    for (int piece = 0; piece < threads; piece++) {
      int from = (int) ((long) n * piece / threads);
      int to = (int) ((long) n * (piece + 1) / threads);
      work.add(
          () -> {
            NearestRows found = NearestRows.of(x, from, to, rows, d);
            System.arraycopy(found.rows(), 0, all.rows(), from, to - from);
            System.arraycopy(found.squares(), 0, all.squares(), from, to - from);
            return null;
          });
    }
    ImageFigures.run(work, threads);
    return all;
  }

  /** The same with copies counted elsewhere, where rows were compared by something else than their numbers. */
  Memorisation withCopies(int counted) {
    return new Memorisation(
        fresh, training, heldOut, freshMedian, realMedian, share, standardError, counted);
  }

  private static double median(double[] squares) {
    double[] sorted = Arrays.stream(squares).map(Math::sqrt).toArray();
    Arrays.sort(sorted);
    int n = sorted.length;
    return 0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]);
  }

  /** The share to expect of a model that does not copy. */
  double expected() {
    return (double) training / (training + heldOut);
  }

  /** What it means, in plain sentences. */
  String reading() {
    boolean few = fresh < FEWEST || heldOut < FEWEST;
    boolean near = !few && (share - expected()) / standardError > CLEAR;
    if (copies > 0) {
      return "%d of the samples are exact copies of rows that the model learned from: they are not new."
              .formatted(copies)
          + (near
              ? " Samples lie nearer to such rows than to held-out ones: it has begun to learn by heart."
              : "");
    }
    if (few) {
      return "Too few rows to tell copying from chance: give at least %d samples and hold out at least %d rows."
          .formatted(FEWEST, FEWEST);
    }
    if (near) {
      return "Samples lie nearer to rows that the model learned from than to held-out ones: it has"
          + " begun to learn by heart.";
    }
    return "No sign of copying: samples are no nearer to rows that the model learned from than to"
        + " rows that it never saw.";
  }

  /** As a JSON object. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("samples", fresh);
    map.put("rows_learned_from", training);
    map.put("rows_held_out", heldOut);
    map.put("median_distance_of_samples", freshMedian);
    map.put("median_distance_of_held_out_rows", realMedian);
    map.put("share_nearest_to_learned", share);
    map.put("share_standard_error", standardError);
    map.put("share_expected", expected());
    map.put("exact_copies", copies);
    map.put("reading", reading());
    return map;
  }

  /** The share beside what is expected, in words. */
  String figures() {
    return String.format(
        Locale.ROOT,
        "nearest real row is one learned from: %.1f ± %.1f %% of samples (no copying: %.1f %%)",
        100 * share,
        100 * standardError,
        100 * expected());
  }
}
