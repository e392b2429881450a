package dev.langevin.cli;

import dev.langevin.app.Job;
import dev.langevin.app.SamplersJob;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "samplers",
    description = "Lists the samplers, or the settings of one.",
    footer = {"", "Examples:", "  langevin samplers", "  langevin samplers nuts"})
final class SamplersCommand implements Command {
  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Which; all without it.")
  @Nullable String name;

  @Override
  public Job job() {
    return new SamplersJob(Optional.ofNullable(name));
  }
}
