package dev.langevin.cli;

import dev.langevin.app.ExportJob;
import dev.langevin.app.Job;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "export",
    description = {
      "Writes a fitted model as a folder of Hugging Face diffusers, for DDPMPipeline.from_pretrained and its like.",
      "It must have learned images with a network of diffusers' kind and one of the objectives ddpm, v and x0.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  langevin export images.model --out images-diffusers",
      "  langevin export images.model --solver dpm++ --set order=2 --raw --out images-raw"
    })
final class ExportCommand implements Command {
  @Parameters(paramLabel = "MODEL", description = "A folder that 'langevin fit' wrote.")
  Path model = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      required = true,
      description = "The folder, a new one or one that this wrote.")
  Path out = Path.of("");

  @Option(
      names = "--solver",
      paramLabel = "NAME",
      defaultValue = ExportJob.SOLVER,
      description =
          "What its scheduler shall do: ddpm, ddim, plms or dpm++ (default: ${DEFAULT-VALUE}).")
  String solver = ExportJob.SOLVER;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of the solver, a number; may be given several times.")
  Map<String, Double> set = new TreeMap<>();

  @Option(
      names = "--raw",
      description = "The weights as the optimizer left them, in place of their moving average.")
  boolean raw;

  @Override
  public Job job() {
    return new ExportJob(model, out, solver, set, raw);
  }
}
