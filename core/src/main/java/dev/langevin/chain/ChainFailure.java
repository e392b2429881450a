package dev.langevin.chain;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A chain that could not go on, with the place: which chain, in which iteration, at which point. Its cause is what the model threw; without one, the
 * model did not throw, but gave no place to start or no step size.
 */
public final class ChainFailure extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int SHOWN = 8;

  private final int chain;
  private final int iteration;
  private final double[] point;

  ChainFailure(
      int chain, int iteration, double[] point, String problem, @Nullable Throwable cause) {
    super(place(chain, iteration, point) + ": " + problem, cause);
    this.chain = chain;
    this.iteration = iteration;
    this.point = point.clone();
  }

  private static String place(int chain, int iteration, double[] point) {
    String when = iteration < 0 ? "at the start" : "iteration " + (iteration + 1);
    String more = point.length > SHOWN ? ", … (" + point.length + " coordinates)" : "";
    return "chain "
        + (chain + 1)
        + ", "
        + when
        + ", x = ["
        + Arrays.stream(point)
            .limit(SHOWN)
            .mapToObj(Double::toString)
            .collect(Collectors.joining(", "))
        + more
        + "]";
  }

  /** Index of the chain, from 0; the message counts from 1. */
  public int chain() {
    return chain;
  }

  /** Index of the iteration, from 0, warm-up included; -1 before the first. The message counts from 1. */
  public int iteration() {
    return iteration;
  }

  /** The point; a copy. */
  public double[] point() {
    return point.clone();
  }
}
