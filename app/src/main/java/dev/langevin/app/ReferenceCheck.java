package dev.langevin.app;

import dev.langevin.app.target.Reference;
import dev.langevin.app.target.Reference.Quantity;
import dev.langevin.chain.Draws;
import dev.langevin.diagnostics.MonteCarloError;
import dev.langevin.math.NormalQuantile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Draws against what is known about their target: for each quantity x with known moments, z = (here - known)/√(mcse² + mcse_known²)
 * for the means of x and of x².
 *
 * @param source where the known moments come from
 * @param moments all that were compared, worst first
 */
record ReferenceCheck(String source, List<Moment> moments) {
  /** Draws without fault exceed the limit in one run of so many. */
  private static final double FALSE_ALARM = 1e-4;

  private static final int MOST_ROWS = 5;

  /**
   * One compared moment.
   *
   * @param name {@code tau} or {@code tau^2}
   * @param here mean of the draws
   * @param known what it should be
   * @param z the difference in standard errors, of both sides together
   */
  record Moment(String name, double here, double known, double z) {}

  /** Compares, if anything is known. */
  static Optional<ReferenceCheck> of(Optional<Reference> reference, Draws draws) {
    return reference.map(known -> of(known, draws)).filter(check -> !check.moments.isEmpty());
  }

  private static ReferenceCheck of(Reference reference, Draws draws) {
    List<Moment> moments = new ArrayList<>();
    for (String name : draws.names()) {
      reference.quantity(name).ifPresent(known -> compare(known, draws.series(name), moments));
    }
    moments.sort(Comparator.comparingDouble(moment -> -Math.abs(moment.z)));
    return new ReferenceCheck(reference.source(), List.copyOf(moments));
  }

  private static void compare(Quantity known, double[][] x, List<Moment> moments) {
    add(known.name(), x, known.mean(), known.mcseMean(), moments);
    double[][] squares =
        Arrays.stream(x)
            .map(chain -> Arrays.stream(chain).map(value -> value * value).toArray())
            .toArray(double[][]::new);
    add(known.name() + "^2", squares, known.meanSquare(), known.mcseMeanSquare(), moments);
  }

  private static void add(
      String name, double[][] x, double known, double error, List<Moment> moments) {
    double here = Arrays.stream(x).flatMapToDouble(Arrays::stream).average().orElse(Double.NaN);
    double z = (here - known) / Math.hypot(MonteCarloError.mean(x), error);
    if (Double.isFinite(z)) {
      moments.add(new Moment(name, here, known, z));
    }
  }

  /** The |z| that chance alone exceeds anywhere in one run of ten thousand (Bonferroni). */
  double limit() {
    return NormalQuantile.of(1 - FALSE_ALARM / (2 * Math.max(1, moments.size())));
  }

  /** Whether every moment is within the limit. */
  boolean agrees() {
    return moments.stream().allMatch(moment -> Math.abs(moment.z) <= limit());
  }

  /** One line if all is well, else a table of the worst. */
  void show(Console console) {
    Moment worst = moments.get(0);
    String found =
        "%d moments against the reference (%s): largest |z| %s (mean of %s), limit %s."
            .formatted(
                moments.size(),
                source,
                Numbers.fixed(Math.abs(worst.z), 1),
                worst.name,
                Numbers.fixed(limit(), 1));
    if (agrees()) {
      console.line("OK: " + found);
      return;
    }
    console.line("WARNING: " + found);
    console.line(
        "  The draws are further from the reference than chance explains; do not rely on them.");
    List<List<String>> rows =
        moments.stream()
            .limit(MOST_ROWS)
            .map(
                moment ->
                    List.of(
                        "  mean of " + moment.name,
                        Numbers.brief(moment.here),
                        Numbers.brief(moment.known),
                        Numbers.fixed(moment.z, 1)))
            .toList();
    console.table(new Table(List.of("  worst", "here", "reference", "z"), rows));
  }

  /** For JSON. */
  Map<String, Object> toMap() {
    Map<String, Object> z = new LinkedHashMap<>();
    moments.forEach(moment -> z.put(moment.name, moment.z));
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("source", source);
    map.put("limit", limit());
    map.put("agrees", agrees());
    map.put("z", z);
    return map;
  }
}
