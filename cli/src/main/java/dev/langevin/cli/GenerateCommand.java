package dev.langevin.cli;

import dev.langevin.app.GenerateJob;
import dev.langevin.app.Job;
import dev.langevin.app.NoiseChoice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "generate",
    description = {"Draws fresh samples from a model.", ""},
    footer = {
      "",
      "Examples:",
      "  langevin generate digits.model -n 100 --seed 7 --out fresh.png --out fresh.npy",
      "  langevin generate mixture -n 10000 --solver exponential --out mixture.csv",
      "  langevin generate ring -n 2000 --solver unipc --set order=2 --steps 12 --out ring.csv",
      "  langevin generate grid -n 2000 --spacing karras --rho 3 --sigma-min 0.01 --out grid.csv",
      "  langevin generate empirical:digits -n 100 --out copies.png",
      "  langevin generate ddpm-cifar10-32/ -n 16 --solver DDIMScheduler --noise torch --out cifar.png",
      "  langevin generate digits.model -n 8 --interpolate 9 --out ways.png",
      "  langevin generate digits.model -n 16 --inpaint half.png --mask lower.png --out filled.png",
      "  langevin generate digits.model -n 25 --out fresh.png --animate film.png --frames 30",
      "  langevin generate labelled.model -n 100 --class all --guidance 2 --out classes.png",
      "  langevin generate mixture -n 500 --observe x[1]=1.2 --solver ddim --set eta=1 --out y.csv",
      "  langevin generate ring -n 100 --class 0,3 --out two.csv --likelihood densities.csv"
    })
final class GenerateCommand implements Command {
  @Parameters(
      paramLabel = "MODEL",
      description =
          "A folder that 'langevin fit' or diffusers wrote, or the name of a normal law or mixture of 'langevin"
              + " targets' (ring, grid, line, ...), whose denoiser is exact, or empirical:FILE for the"
              + " exact denoiser of the rows of a file.")
  String model = "";

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      defaultValue = "" + GenerateJob.COUNT,
      description = "How many samples (default: ${DEFAULT-VALUE}).")
  int count;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description =
          "Where they go: .png (a grid), .npy, .csv, .csv.gz, .idx (or ...-ubyte), or a folder of"
              + " pictures. May be repeated.")
  List<Path> out = new ArrayList<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Equal seeds give equal samples (default: from the clock, and printed).")
  @Nullable Long seed;

  @Mixin SolverFlags how = new SolverFlags();

  @Mixin SteeringFlags steering = new SteeringFlags();

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "" + GenerateJob.BATCH,
      description = "Samples that are moved together (default: ${DEFAULT-VALUE}).")
  int batch;

  @Option(
      names = "--noise",
      paramLabel = "WHOSE",
      description =
          "addressed: each sample has random numbers of its own. torch: PyTorch's on the CPU, as"
              + " diffusers draws them, so that the same seed gives the same pictures; all samples"
              + " are then one batch, and depend on how many there are (default: addressed).")
  @Nullable String noise;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads that work (default: one for each core). The samples do not depend on it.")
  @Nullable Integer threads;

  @Override
  public Job job() {
    return new GenerateJob(
        model,
        count,
        how.ofModel(),
        batch,
        noise(),
        seed == null ? Seeds.fresh() : seed,
        Threads.orAll(threads),
        out,
        steering.options());
  }

  private NoiseChoice noise() {
    if (noise == null || noise.equals("addressed")) {
      return NoiseChoice.ADDRESSED;
    }
    if (noise.equals("torch")) {
      return NoiseChoice.TORCH;
    }
    throw new IllegalArgumentException("noise must be addressed or torch, got " + noise);
  }
}
