package dev.langevin.app;

import dev.langevin.distance.ClassVariation;
import dev.langevin.distance.Comparison;
import dev.langevin.distance.Comparisons;
import dev.langevin.distance.Distance;
import dev.langevin.distance.Estimate;
import dev.langevin.distance.SupportOverlap;
import dev.langevin.random.Seed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures samples and other real images against the same real images, by their features, as many of each. Every figure of either side is a piece of work for one thread.
 */
final class ImageFigures {
  /** The distances, unless said otherwise. */
  static final List<String> DISTANCES =
      List.of(
          "frechet",
          "frechet-limit",
          "kid",
          "precision",
          "recall",
          "density",
          "coverage",
          "classifier");

  private static final String CLASSES = "classes";

  private final FeatureNetwork.Seen samples;
  private final FeatureNetwork.Seen real;
  private final FeatureNetwork.Seen others;
  private final List<String> names;
  private final Seed seed;

  ImageFigures(
      FeatureNetwork.Seen samples,
      FeatureNetwork.Seen real,
      FeatureNetwork.Seen others,
      List<String> names,
      Seed seed) {
    this.samples = samples;
    this.real = real;
    this.others = others;
    this.names = names;
    this.seed = seed;
  }

  /** A piece of work: writes what it finds under the distances' names. */
  private interface Piece {
    void into(Map<String, Estimate> found);
  }

  /** The comparisons in the order of the names, and that of the classes at last. */
  List<Comparison> measure(int threads, Runnable advanced) {
    Map<String, Estimate> measured = new ConcurrentHashMap<>();
    Map<String, Estimate> floor = new ConcurrentHashMap<>();
    List<Callable<Void>> work = new ArrayList<>();
    for (Piece piece : pieces(samples)) {
      work.add(done(() -> piece.into(measured), advanced));
    }
    for (Piece piece : pieces(others)) {
      work.add(done(() -> piece.into(floor), advanced));
    }
    run(work, threads);
    List<Comparison> comparisons = new ArrayList<>();
    figures()
        .forEach(
            (name, figure) ->
                comparisons.add(
                    Comparisons.of(
                        figure, known(measured, name), known(floor, name), samples.rows())));
    return comparisons;
  }

  private static Estimate known(Map<String, Estimate> found, String name) {
    return Objects.requireNonNull(found.get(name), name);
  }

  /** How many pieces there are. */
  int pieces() {
    return 2 * pieces(samples).size();
  }

  private Map<String, Distance> figures() {
    Map<String, Distance> figures = new LinkedHashMap<>();
    names.forEach(name -> figures.put(name, Distance.named(name)));
    figures.put(CLASSES, new ClassVariation());
    return figures;
  }

  private List<Piece> pieces(FeatureNetwork.Seen seen) {
    List<Piece> pieces = new ArrayList<>();
    int d = seen.width();
    List<String> overlaps = overlaps();
    if (!overlaps.isEmpty()) {
      pieces.add(found -> overlap(seen, overlaps, found));
    }
    figures()
        .forEach(
            (name, figure) -> {
              boolean scores = name.equals(CLASSES);
              if (!overlaps.contains(name)) {
                pieces.add(
                    found ->
                        found.put(
                            name,
                            figure.between(
                                scores ? seen.logits() : seen.features(),
                                seen.rows(),
                                scores ? real.logits() : real.features(),
                                real.rows(),
                                scores ? seen.classes() : d,
                                seed.child(name))));
              }
            });
    return pieces;
  }

  private List<String> overlaps() {
    return names.stream().filter(name -> Distance.named(name) instanceof SupportOverlap).toList();
  }

  private void overlap(FeatureNetwork.Seen seen, List<String> wanted, Map<String, Estimate> found) {
    Map<SupportOverlap.Aspect, Estimate> all =
        SupportOverlap.all(
            seen.features(), seen.rows(), real.features(), real.rows(), seen.width());
    for (String name : wanted) {
      SupportOverlap distance = (SupportOverlap) Distance.named(name);
      Estimate one = all.get(distance.aspect());
      if (one != null) {
        found.put(name, one);
      }
    }
  }

  private static Callable<Void> done(Runnable work, Runnable advanced) {
    return () -> {
      work.run();
      advanced.run();
      return null;
    };
  }

  /** Runs all of the work on so many threads; throws what the first failing piece threw. */
  static void run(List<Callable<Void>> work, int threads) {
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      for (Future<Void> piece : workers.invokeAll(work)) {
        piece.get();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while comparing", stopped);
    } catch (ExecutionException broken) {
      throw broken.getCause() instanceof RuntimeException exception
          ? exception
          : new IllegalStateException(broken.getCause());
    } finally {
      workers.shutdownNow();
    }
  }
}
