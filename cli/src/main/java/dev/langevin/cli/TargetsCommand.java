package dev.langevin.cli;

import dev.langevin.app.Job;
import dev.langevin.app.TargetsJob;
import picocli.CommandLine;

@CommandLine.Command(
    name = "targets",
    description = "Lists the densities that ship: what you can name in 'langevin sample'.",
    footer = {"", "Example:", "  langevin targets"})
final class TargetsCommand implements Command {
  @Override
  public Job job() {
    return new TargetsJob();
  }
}
