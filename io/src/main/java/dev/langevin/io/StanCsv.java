package dev.langevin.io;

import dev.langevin.chain.Draws;
import java.nio.file.Path;
import java.util.List;

/** Stan CSV. */
public final class StanCsv {
  private StanCsv() {}

  /**
   * What the heads of the files say beside the draws.
   *
   * @param model its name
   * @param algorithm the sampler's name: {@code hmc}, {@code mala} …
   * @param warmup iterations of warm-up before these draws
   * @param thin every how many iterations a draw was kept
   * @param adaptations one per chain, or none
   */
  public record Run(
      String model, String algorithm, int warmup, int thin, List<Adaptation> adaptations) {}

  /** What warm-up found: the step size and the diagonal of the inverse mass matrix (empty: unit). */
  public record Adaptation(double stepSize, double[] inverseMetric) {}

  /** Writes {@code chain-1.csv}, {@code chain-2.csv}, … into an existing folder; returns the paths. */
  public static List<Path> write(Path folder, Draws draws, Run run, Provenance provenance) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Reads one file, or all {@code *.csv} of a folder, one chain each. */
  public static Draws read(Path fileOrFolder) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Reads these files, one chain each. */
  public static Draws read(List<Path> files) {
    throw new UnsupportedOperationException("not yet");
  }
}
