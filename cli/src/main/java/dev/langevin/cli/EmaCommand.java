package dev.langevin.cli;

import dev.langevin.app.EmaJob;
import dev.langevin.app.Job;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "ema",
    description = {
      "Averages a fitted model's weights over another part of its run, after the fact, from what 'fit' kept. The result is a model like any other.",
      ""
    },
    footer = {"", "Example:", "  langevin ema digits.model --length 0.07 --out digits-07.model"})
final class EmaCommand implements Command {
  @Parameters(paramLabel = "MODEL", description = "The folder that 'fit' wrote.")
  Path model = Path.of("");

  @Option(
      names = "--length",
      paramLabel = "L",
      required = true,
      description =
          "Standard deviation of the average's weights over time, as a share of the run: 0.03 to 0.2; 0 for"
              + " the last weights themselves.")
  double length;

  @Option(names = "--out", paramLabel = "MODEL", required = true, description = "The new folder.")
  Path out = Path.of("");

  @Override
  public Job job() {
    return new EmaJob(model, length, out);
  }
}
