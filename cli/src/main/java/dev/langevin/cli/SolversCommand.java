package dev.langevin.cli;

import dev.langevin.app.Job;
import dev.langevin.app.SolversJob;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "solvers",
    description = "Lists the solvers and spacings, or the settings of one solver.",
    footer = {"", "Examples:", "  langevin solvers", "  langevin solvers unipc"})
final class SolversCommand implements Command {
  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Which; all without it.")
  @Nullable String name;

  @Override
  public Job job() {
    return new SolversJob(Optional.ofNullable(name));
  }
}
