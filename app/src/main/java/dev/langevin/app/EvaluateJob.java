package dev.langevin.app;

import dev.langevin.distance.Distance;
import dev.langevin.math.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Compares samples with data: distances, each beside what real rows against other real rows give, and whether the samples are
 * copies.
 *
 * @param samples .npy, .csv, .csv.gz or a folder of images
 * @param against the data
 * @param holdout the fraction of the data that the model did not learn from, as given to {@link FitSettings#holdout}
 * @param rows how many rows of the samples and of the data are compared at most, at least 10; {@link #ROWS} where empty, {@link #IMAGES} by a network
 * @param distances names on {@link Distance#menu()}, in the order in which they are shown; where empty, {@link #DISTANCES}, and more by a network
 * @param seed any number; equal seeds give equal figures
 * @param out a JSON file for the figures; none is written when empty
 * @param features what images are compared by: {@code auto}, {@code pixels}, a network that ships, or a folder of {@link FeaturesJob}
 * @param pairs a PNG file for samples beside the nearest images learned from; none is written when empty
 * @param threads how many threads work, at least 1; figures do not depend on it
 */
public record EvaluateJob(
    Path samples,
    DataSource against,
    double holdout,
    OptionalInt rows,
    List<String> distances,
    long seed,
    Optional<Path> out,
    String features,
    Optional<Path> pairs,
    int threads)
    implements Job {
  /** The seed, unless said otherwise. */
  public static final long SEED = 1;

  /** Rows that are compared, unless said otherwise. */
  public static final int ROWS = 2000;

  /** Images of each kind that are compared by a network, unless said otherwise. */
  public static final int IMAGES = 10_000;

  /** What images are compared by, unless said otherwise. */
  public static final String FEATURES = FeatureChoice.AUTO;

  /** The distances, unless said otherwise. */
  public static final List<String> DISTANCES = List.of("sliced", "classifier");

  public EvaluateJob {
    FitSettings.holdout(holdout);
    rows.ifPresent(count -> Check.atLeast("rows", count, 10));
    Check.between("threads", threads, 1, 4096);
    distances = distances.stream().distinct().toList();
    for (String name : distances) {
      Distance.named(name); // refuses what is not there
    }
  }

  /** A job that compares images by their pixels, on one thread. */
  public EvaluateJob(
      Path samples,
      DataSource against,
      double holdout,
      int rows,
      List<String> distances,
      long seed,
      Optional<Path> out) {
    this(
        samples,
        against,
        holdout,
        OptionalInt.of(rows),
        distances,
        seed,
        out,
        FeatureChoice.PIXELS,
        Optional.empty(),
        1);
  }

  /** The names of all distances. */
  public static List<String> names() {
    return List.copyOf(Distance.menu().keySet());
  }

  @Override
  public Ending run(Console console) throws IOException {
    return new Evaluate(this).run(console);
  }
}
