package dev.langevin.cli;

import dev.langevin.app.Job;
import dev.langevin.app.SampleJob;
import dev.langevin.app.SampleSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "sample",
    description = {
      "Draws from a density, judges the draws, and writes them with summary and plots.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  langevin sample eight-schools --chains 4 --draws 1000 --seed 1 --out draws/",
      "  langevin sample energy.model --seed 1 --out draws/"
    })
final class SampleCommand implements Command {
  @Parameters(
      paramLabel = "TARGET",
      description =
          "Name of the density ('langevin targets' lists them), PLACE#CLASS of your own, in a jar or a folder of classes, or an energy that 'langevin fit --objective sliced' learned.")
  String target = "";

  @Option(
      names = "--sampler",
      paramLabel = "NAME",
      defaultValue = SampleSettings.AUTO,
      description =
          "Which sampler; 'langevin samplers' lists them with their settings. auto chooses, and says"
              + " what and why (default: ${DEFAULT-VALUE}).")
  String sampler = SampleSettings.AUTO;

  @Option(
      names = "--chains",
      paramLabel = "N",
      defaultValue = "" + SampleSettings.CHAINS,
      description = "Chains, side by side (default: ${DEFAULT-VALUE}).")
  int chains;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      description =
          "Draws of each chain to adapt with, not kept (default: "
              + SampleSettings.WARMUP
              + ", none for samplers of independent draws).")
  @Nullable Integer warmup;

  @Option(
      names = "--draws",
      paramLabel = "N",
      defaultValue = "" + SampleSettings.DRAWS,
      description = "Draws to keep of each chain (default: ${DEFAULT-VALUE}).")
  int draws;

  @Option(
      names = "--thin",
      paramLabel = "N",
      defaultValue = "" + SampleSettings.THIN,
      description = "Keep one draw in N (default: ${DEFAULT-VALUE}).")
  int thin;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of the sampler, a number; may be given several times.")
  Map<String, Double> set = new TreeMap<>();

  @Option(
      names = "--step-size",
      paramLabel = "H",
      description = "Where the step size starts; warm-up adapts it. Short for --set step-size=H.")
  @Nullable Double stepSize;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "hmc: leapfrog steps for each draw. Short for --set steps=N.")
  @Nullable Integer steps;

  @Option(
      names = "--trajectory",
      paramLabel = "L",
      description =
          "hmc: length of the path for each draw; instead of --steps. Short for --set trajectory=L.")
  @Nullable Double trajectory;

  @Option(
      names = "--metric",
      paramLabel = "FORM",
      description =
          "How warm-up learns the mass matrix: unit, diagonal, dense, fisher (diagonal, from gradients too), low-rank (default: the sampler's own).")
  @Nullable String metric;

  @Option(
      names = "--target-acceptance",
      paramLabel = "P",
      description = "Mean acceptance that warm-up aims at (default: the sampler's own).")
  @Nullable Double targetAcceptance;

  @Mixin AccuracyFlags accuracy = new AccuracyFlags();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Equal seeds give equal draws (default: from the clock, and printed).")
  @Nullable Long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads that work (default: one for each core). The draws do not depend on it.")
  @Nullable Integer threads;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where draws, summary and plots go (default: no files).")
  @Nullable Path out;

  @Option(
      names = "--resume",
      description =
          "Go on with a run that was stopped, to the same draws; its folder is FOLDER.unfinished.")
  boolean resume;

  @Option(names = "--no-plots", description = "No pictures.")
  boolean noPlots;

  @Option(names = "--all", description = "Show every quantity in the table.")
  boolean all;

  @Override
  public Job job() {
    return new SampleJob(
        target,
        settings(),
        Threads.orAll(threads),
        Optional.ofNullable(out),
        resume,
        !noPlots,
        all);
  }

  private SampleSettings settings() {
    return new SampleSettings(
        sampler,
        parameters(),
        chains,
        warmup == null ? SampleSettings.warmupOf(sampler) : warmup,
        draws,
        thin,
        targetAcceptance == null ? OptionalDouble.empty() : OptionalDouble.of(targetAcceptance),
        Optional.ofNullable(metric),
        accuracy.given(),
        seed == null ? Seeds.fresh() : seed);
  }

  private Map<String, Double> parameters() {
    Map<String, Double> parameters = new TreeMap<>(set);
    put(parameters, "step-size", stepSize);
    put(parameters, "steps", steps);
    put(parameters, "trajectory", trajectory);
    return parameters;
  }

  private static void put(Map<String, Double> parameters, String key, @Nullable Number value) {
    if (value != null) {
      parameters.put(key, value.doubleValue());
    }
  }
}
