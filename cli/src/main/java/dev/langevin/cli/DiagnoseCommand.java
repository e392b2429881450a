package dev.langevin.cli;

import dev.langevin.app.DiagnoseJob;
import dev.langevin.app.Job;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "diagnose",
    description = {
      "Judges draws that are in files: a folder that 'langevin sample' wrote, a Zarr folder, or Stan CSV files, CmdStan's own too.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  langevin diagnose draws/",
      "  langevin diagnose output_1.csv output_2.csv output_3.csv output_4.csv --plots plots/"
    })
final class DiagnoseCommand implements Command {
  @Parameters(
      paramLabel = "DRAWS",
      arity = "1..*",
      description = "A folder, or one Stan CSV file for each chain.")
  List<Path> inputs = List.of();

  @Option(
      names = "--plots",
      paramLabel = "FOLDER",
      description = "Where trace, rank and pair plots go (default: no plots).")
  @Nullable Path plots;

  @Option(names = "--all", description = "Show every quantity in the table.")
  boolean all;

  @Override
  public Job job() {
    return new DiagnoseJob(inputs, Optional.ofNullable(plots), all);
  }
}
