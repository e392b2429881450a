package dev.langevin.cli;

import dev.langevin.app.Job;
import dev.langevin.app.Picture;
import dev.langevin.app.ShowJob;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "show",
    description = {
      "Paints a picture of how noise becomes data, with exact denoisers.",
      "",
      "  forward        data turning into noise, six levels (ring)",
      "  reverse        a solver's run from noise to data (ring)",
      "  solvers        every solver with as many evaluations, --steps, beside the floor (grid)",
      "  weights        weights of two far modes: plain and annealed Langevin, reverse process"
          + " (imbalanced)",
      "  memorisation   samples of the exact denoiser of training rows (ring)",
      "  fokker-planck  points of noising, reversal and Langevin under their densities (line)",
      "  budget         the error budget by number of steps and by first noise level (ring)",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  langevin show forward ring --seed 1 --out forward.png",
      "  langevin show reverse line --solver exponential --seed 1 --out reverse.png",
      "  langevin show solvers grid --steps 12 --seed 1 --out solvers.png"
    })
final class ShowCommand implements Command {
  @Parameters(index = "0", paramLabel = "PICTURE", description = "Which picture.")
  String picture = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "MODEL",
      description =
          "A normal law or mixture of 'langevin targets'; for memorisation also empirical:FILE"
              + " (default: as named above).")
  @Nullable String model;

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "A .png file.")
  Path out = Path.of("");

  @Option(
      names = "--points",
      paramLabel = "N",
      defaultValue = "" + ShowJob.POINTS,
      description = "How many points are simulated (default: ${DEFAULT-VALUE}).")
  int points;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Equal seeds give equal pictures (default: from the clock, and printed).")
  @Nullable Long seed;

  @Mixin SolverFlags how = new SolverFlags();

  @Override
  public Job job() {
    Picture which = Picture.named(picture);
    return new ShowJob(
        which,
        model == null ? which.model() : model,
        how.settings(),
        points,
        seed == null ? Seeds.fresh() : seed,
        out);
  }
}
