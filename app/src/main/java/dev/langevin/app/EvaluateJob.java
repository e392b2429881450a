package dev.langevin.app;

import dev.langevin.distance.Distance;
import dev.langevin.math.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Compares samples with data: distances, each beside what real rows against other real rows give, and whether the samples are
 * copies.
 *
 * @param samples .npy, .csv, .csv.gz or a folder of images
 * @param against the data
 * @param holdout the fraction of the data that the model did not learn from, as given to {@link FitSettings#holdout}
 * @param rows how many rows of the samples and of the data are compared at most, at least 10; nearest rows are looked for in all
 * @param distances names on {@link Distance#menu()}, in the order in which they are shown; {@link #DISTANCES} where empty
 * @param seed any number; equal seeds give equal figures
 * @param out a JSON file for the figures; none is written when empty
 */
public record EvaluateJob(
    Path samples,
    DataSource against,
    double holdout,
    int rows,
    List<String> distances,
    long seed,
    Optional<Path> out)
    implements Job {
  /** The seed, unless said otherwise. */
  public static final long SEED = 1;

  /** Rows that are compared, unless said otherwise. */
  public static final int ROWS = 2000;

  /** The distances, unless said otherwise. */
  public static final List<String> DISTANCES = List.of("sliced", "classifier");

  public EvaluateJob {
    FitSettings.holdout(holdout);
    Check.atLeast("rows", rows, 10);
    distances = distances.isEmpty() ? DISTANCES : distances.stream().distinct().toList();
    for (String name : distances) {
      Distance.named(name); // refuses what is not there
    }
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
