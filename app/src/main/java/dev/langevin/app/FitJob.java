package dev.langevin.app;

import dev.langevin.math.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Learns a model from data, with checkpoints: a run that was stopped or killed resumes when the same job runs again.
 *
 * @param data what to learn from
 * @param settings how
 * @param threads how many threads work, at least 1; the model does not depend on it
 * @param out the model's folder
 * @param stream whether rows stay in their file until they are shown, whatever its size; the model does not depend on it
 * @param fresh whether a model that is there already is thrown away and learned anew
 */
public record FitJob(
    DataSource data, FitSettings settings, int threads, Path out, boolean stream, boolean fresh)
    implements Job {
  public FitJob {
    Check.between("threads", threads, 1, 4096);
  }

  /** With rows in memory, unless they would take more than half of it. */
  public FitJob(DataSource data, FitSettings settings, int threads, Path out, boolean fresh) {
    this(data, settings, threads, out, false, fresh);
  }

  @Override
  public Ending run(Console console) throws IOException {
    Duration between = Duration.ofNanos((long) (1e9 * settings.how().checkpointSeconds()));
    return new Fit(this, between).run(console);
  }
}
