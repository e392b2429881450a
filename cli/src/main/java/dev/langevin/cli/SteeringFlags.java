package dev.langevin.cli;

import dev.langevin.app.GenerateOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of a generation beyond plain samples. */
final class SteeringFlags {
  @Option(
      names = "--class",
      paramLabel = "K",
      split = ",",
      description =
          "Samples of a class, or of several (K,L,...), or of all: equal shares, one class after the"
              + " other. For models with labels; of a mixture the components are the classes.")
  List<String> classes = List.of();

  @Option(
      names = "--guidance",
      paramLabel = "W",
      defaultValue = "1",
      description =
          "How far to steer towards the class: 0 not at all, 1 the model of the class, above 1"
              + " exaggerates it (diffusers' guidance_scale). Other than 0 and 1 it asks the network"
              + " twice (default: ${DEFAULT-VALUE}).")
  double guidance = 1;

  @Option(
      names = "--inpaint",
      paramLabel = "IMAGE",
      description =
          "PNG, JPEG or npy: what is known of every sample. Goes with --mask; known pixels come out as"
              + " they are.")
  @Nullable Path image;

  @Option(
      names = "--mask",
      paramLabel = "MASK",
      description = "PNG or npy of the same size: white (1) is to be filled, black (0) is known.")
  @Nullable Path mask;

  @Option(
      names = "--observe",
      paramLabel = "COLUMN=VALUE",
      description = "A column that is known of every sample; may be given several times.")
  Map<String, Double> columns = new LinkedHashMap<>();

  @Option(
      names = "--resample",
      paramLabel = "R",
      defaultValue = "" + GenerateOptions.RESAMPLE,
      description =
          "How often each step is taken where something is known (RePaint), for R times the work; 1 is"
              + " plain projection (default: ${DEFAULT-VALUE}).")
  int resample = GenerateOptions.RESAMPLE;

  @Option(
      names = "--jump",
      paramLabel = "J",
      defaultValue = "1",
      description =
          "So many steps are taken back and done again together (default: ${DEFAULT-VALUE}).")
  int jump = 1;

  @Option(
      names = "--interpolate",
      paramLabel = "K",
      description =
          "K samples on the way from one to another, both among them; -n then counts the ways. For"
              + " solvers without fresh noise.")
  @Nullable Integer interpolate;

  @Option(
      names = "--likelihood",
      paramLabel = "FILE",
      description =
          "A CSV with the log density of each sample, by the probability-flow ODE. Costs far more than"
              + " the samples.")
  @Nullable Path likelihood;

  @Option(
      names = "--probes",
      paramLabel = "M",
      description =
          "Random vectors for the trace in it; 0 is exact (default: exact up to 16 numbers a sample, 8"
              + " above).")
  @Nullable Integer probes;

  @Option(
      names = "--animate",
      paramLabel = "FILE",
      description = "An animated PNG of the way from noise to pictures, at most 100 of them.")
  @Nullable Path animation;

  @Option(
      names = "--frames",
      paramLabel = "F",
      defaultValue = "" + GenerateOptions.FRAMES,
      description = "Its frames, at most (default: ${DEFAULT-VALUE}).")
  int frames = GenerateOptions.FRAMES;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      defaultValue = "fp32",
      description =
          "Numbers that a network multiplies: fp32, or bf16, faster where the processor has it and"
              + " good to two or three digits (default: ${DEFAULT-VALUE}).")
  String precision = "fp32";

  GenerateOptions options() {
    return new GenerateOptions(
        classes,
        guidance,
        new GenerateOptions.Known(
            Optional.ofNullable(image), Optional.ofNullable(mask), columns, resample, jump),
        interpolate == null ? OptionalInt.empty() : OptionalInt.of(interpolate),
        Optional.ofNullable(likelihood),
        probes == null ? OptionalInt.empty() : OptionalInt.of(probes),
        Optional.ofNullable(animation),
        frames,
        rounded());
  }

  private boolean rounded() {
    if (precision.equals("fp32") || precision.equals("bf16")) {
      return precision.equals("bf16");
    }
    throw new IllegalArgumentException("precision must be fp32 or bf16, got " + precision);
  }
}
