package dev.langevin.app;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.Guidance;
import dev.langevin.io.InputError;
import dev.langevin.solver.Generation;
import dev.langevin.solver.InterpolatedNoise;
import dev.langevin.solver.NoiseSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A generation as it was asked for: solver and grid, and stretches of rows, each with its own denoiser. Without classes there is one stretch.
 *
 * @param recipe solver and grid; the solver fills in what is not known
 * @param stretches in the order of their rows
 * @param branches how many denoisers are asked for one evaluation: two where a class is guided
 * @param known what is known of every sample
 * @param options what was asked for
 */
record Steering(
    Generation recipe,
    List<Stretch> stretches,
    int branches,
    Optional<KnownPart> known,
    GenerateOptions options) {
  /**
   * Rows that one denoiser makes.
   *
   * @param first the first row's number
   * @param rows how many, at least 1
   * @param label the class; -1 for none
   * @param denoisers called once for each thread
   * @param forks whether the denoisers may be used side by side; a network has threads of its own
   */
  record Stretch(int first, int rows, int label, Supplier<Denoiser> denoisers, boolean forks) {
    /** The part below a row; it may have none. */
    Stretch below(int end) {
      int left = Math.max(0, Math.min(rows, end - first));
      return new Stretch(first, left, label, denoisers, forks);
    }
  }

  /**
   * Puts together what a job asks for.
   *
   * @throws InputError if the model or the solver cannot do it
   */
  static Steering of(GenerateJob job, ModelSource model, Generation plain) {
    GenerateOptions options = job.more();
    if (options.interpolate().isPresent() && plain.solver().stochastic()) {
      throw new InputError(
          "--interpolate",
          plain.solver().name()
              + " adds fresh noise, so that samples do not follow from their start",
          "choose a deterministic solver: heun, euler, ddim with eta=0, dpm++, unipc");
    }
    Optional<KnownPart> known =
        options.known().isNothing()
            ? Optional.empty()
            : Optional.of(KnownPart.of(options.known(), model));
    Generation recipe =
        known
            .map(
                part ->
                    new Generation(
                        part.inpainting(plain.solver(), options.known(), model.scaling()),
                        plain.spacing(),
                        plain.steps(),
                        plain.sigmaMin(),
                        plain.sigmaMax()))
            .orElse(plain);
    Optional<ModelClasses> classes = ModelClasses.of(model, job.model());
    List<Stretch> stretches =
        options.classes().isEmpty()
            ? List.of(whole(job.rows(), model, classes))
            : shares(job, classes.orElseThrow(() -> ModelClasses.none(model)), options);
    boolean both = !options.classes().isEmpty() && guided(options.guidance());
    return new Steering(recipe, stretches, both ? 2 : 1, known, options);
  }

  private static Stretch whole(int rows, ModelSource model, Optional<ModelClasses> classes) {
    if (classes.isPresent() && !classes.get().forks()) {
      return new Stretch(0, rows, -1, classes.get()::together, false);
    }
    Supplier<Denoiser> twins = model.twins().orElse(model::denoiser);
    return new Stretch(0, rows, -1, twins, model.twins().isPresent());
  }

  /** Equal shares, the first ones one longer where it does not come out even. */
  private static List<Stretch> shares(
      GenerateJob job, ModelClasses classes, GenerateOptions options) {
    int[] numbers = numbers(classes, options.classes());
    if (numbers.length > 1 && job.noise() == NoiseChoice.TORCH) {
      throw new InputError(
          "--noise", "torch's numbers are for one batch, and so for one class", "name one --class");
    }
    List<Stretch> stretches = new ArrayList<>();
    int first = 0;
    for (int i = 0; i < numbers.length; i++) {
      int share = job.rows() / numbers.length + (i < job.rows() % numbers.length ? 1 : 0);
      int number = numbers[i];
      Supplier<Denoiser> denoisers = () -> steered(classes, number, options.guidance());
      if (share > 0) {
        stretches.add(new Stretch(first, share, number, denoisers, classes.forks()));
      }
      first += share;
    }
    return stretches;
  }

  private static int[] numbers(ModelClasses classes, List<String> named) {
    if (named.equals(List.of(GenerateOptions.ALL))) {
      return classes.numbers();
    }
    Set<Integer> numbers = new LinkedHashSet<>();
    for (String one : named) {
      if (!numbers.add(classes.number(one))) {
        throw new InputError("--class", "names " + one + " twice", "name each class once");
      }
    }
    return numbers.stream().mapToInt(number -> number).toArray();
  }

  /** Asks for one branch only where the other has no weight. */
  private static Denoiser steered(ModelClasses classes, int number, double guidance) {
    if (!guided(guidance)) {
      return guidance == 0 ? classes.together() : classes.given(number);
    }
    return Guidance.classifierFree(classes.together(), classes.given(number), guidance);
  }

  private static boolean guided(double guidance) {
    return guidance != 0 && guidance != 1;
  }

  /** Whether the samples are the model's own, so that what is known of it holds for them. */
  boolean isPlain() {
    return stretches.size() == 1
        && stretches.get(0).label() < 0
        && known.isEmpty()
        && options.interpolate().isEmpty();
  }

  /** The starts, between the source's own where that was asked for. */
  NoiseSource noise(NoiseSource source) {
    return options.interpolate().isPresent()
        ? new InterpolatedNoise(source, options.columns())
        : source;
  }

  /** Rows on the data's own scale, what is known as it was given. */
  double[] toData(double[] z, ModelSource model) {
    double[] rows = model.toData(z);
    known.ifPresent(part -> part.restore(rows));
    return rows;
  }

  /** The class of each of the first rows; empty where none is asked for. */
  int[] labels(int rows) {
    if (options.classes().isEmpty()) {
      return new int[0];
    }
    int[] labels = new int[rows];
    for (Stretch stretch : stretches) {
      int end = Math.min(rows, stretch.first() + stretch.rows());
      Arrays.fill(labels, Math.min(stretch.first(), end), end, stretch.label());
    }
    return labels;
  }

  /** How often one sample asks the model. */
  long evaluations() {
    return branches * recipe.evaluations();
  }

  /** What is told of it beside solver and grid. */
  Map<String, Object> map() {
    Map<String, Object> map = new LinkedHashMap<>();
    if (!options.classes().isEmpty()) {
      map.put("classes", stretches.stream().map(Stretch::label).toList());
      map.put("guidance", options.guidance());
      map.put("model_evaluations", evaluations());
    }
    known.ifPresent(
        part -> {
          map.put("resample", options.known().resample());
          map.put("jump", options.known().jump());
        });
    options.interpolate().ifPresent(columns -> map.put("interpolate", columns));
    return map;
  }

  /** A line that says what it costs and does; empty where it is plain. */
  Optional<String> line() {
    List<String> parts = new ArrayList<>();
    if (!options.classes().isEmpty()) {
      parts.add(
          "classes %s, guidance %s"
              .formatted(
                  stretches.stream().map(Stretch::label).toList(),
                  Numbers.brief(options.guidance())));
    }
    known.ifPresent(part -> parts.add(recipe.solver().toString()));
    options
        .interpolate()
        .ifPresent(columns -> parts.add(columns + " samples from one to the next"));
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s: %d evaluations of the model for a sample%s."
                .formatted(
                    String.join("; ", parts),
                    evaluations(),
                    branches == 2 ? ", with and without the class" : ""));
  }
}
