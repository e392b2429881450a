package dev.langevin.check;

import static dev.langevin.check.Places.text;

import dev.langevin.density.Density;
import dev.langevin.diagnostics.EffectiveSampleSize;
import dev.langevin.diagnostics.Finding;
import dev.langevin.diagnostics.RHat;
import dev.langevin.diagnostics.Severity;
import dev.langevin.diagnostics.SteinReport;
import dev.langevin.random.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether density and gradient agree where the density has its mass: draws made without the gradient ({@link Walk}) are held against it
 * ({@link SteinReport}), and must stay where they are under a kernel that follows it ({@link RankTest}), each at half of the
 * false-alarm rate, through {@link Sequential}.
 */
final class Agreement {
  private static final int LENGTH = 5;
  private static final int REPLICATES = 400;
  private static final double MIXED = 1.05;

  private final Density density;
  private final double[] start;
  private final int steps;
  private final double falseAlarm;
  private final Seed seed;
  private final List<Walk> walks = new ArrayList<>();

  Agreement(Density density, double[] start, int steps, double falseAlarm, Seed seed) {
    this.density = density;
    this.start = start;
    this.steps = steps;
    this.falseAlarm = falseAlarm;
    this.seed = seed;
  }

  /** What is wrong. */
  List<Finding> judge() {
    try {
      walks.add(Walk.of(density, start, steps, seed.child("walk")));
      return notMixed(walks.get(0)) ? List.of(untested()) : compared();
    } catch (IllegalStateException | IllegalArgumentException stopped) {
      return List.of(
          new Finding(
              Severity.WARNING,
              "A trial run ended early: " + stopped.getMessage() + ".",
              "Neither would other samplers get on there.",
              "Look at the density around that point."));
    }
  }

  /** Some draws of the first walk, evenly spaced; none if there was no walk. */
  double[][] draws(int number) {
    if (walks.isEmpty()) {
      return new double[0][];
    }
    Walk walk = walks.get(0);
    double[][] draws = new double[number][];
    for (int n = 0; n < number; n++) {
      draws[n] = walk.point((int) ((long) n * walk.length() / number));
    }
    return draws;
  }

  private List<Finding> compared() {
    List<Finding> found = new ArrayList<>();
    List<SteinReport> reports = new ArrayList<>();
    boolean unfit =
        Sequential.fails(
            falseAlarm / 2,
            round -> {
              reports.add(report(walk(round), round));
              return reports.get(round).pValue();
            });
    if (unfit) {
      found.add(disagreement(reports.get(reports.size() - 1)));
    }
    if (Sequential.fails(falseAlarm / 2, round -> rank(walk(round), round))) {
      found.add(moved());
    }
    return found;
  }

  private Walk walk(int round) {
    while (walks.size() <= round) {
      walks.add(Walk.of(density, start, 2 * steps, seed.child("walk").child(walks.size())));
    }
    return walks.get(round);
  }

  private SteinReport report(Walk walk, int round) {
    List<String> names =
        IntStream.range(0, start.length).mapToObj(i -> Places.coordinate(density, i)).toList();
    return SteinReport.of(
        names,
        walk.positions(),
        walk.scores(),
        Sequential.lastLevel(
            falseAlarm / 2), // small enough for the bootstrap to fail the last round
        500,
        seed.child("signs").child(round));
  }

  /** Starts are independent draws to a good approximation: one in two effective ones. */
  private double rank(Walk walk, int round) {
    int replicates = Math.min((round == 0 ? 1 : 2) * REPLICATES, (int) (fewestEffective(walk) / 2));
    if (replicates < 5 * LENGTH) {
      return 1;
    }
    int apart = walk.length() / replicates;
    return new RankTest(LENGTH, replicates)
        .pValue(
            Walk.mala(density, walk.point(0), 1000, seed.child("warmup").child(round)),
            (r, x) -> System.arraycopy(walk.point(r * apart), 0, x, 0, x.length),
            seed.child("rank").child(round));
  }

  private static double fewestEffective(Walk walk) {
    double fewest = walk.length();
    for (int i = 0; i < walk.positions()[0].length; i++) {
      fewest = Math.min(fewest, EffectiveSampleSize.mean(walk.series(i)));
    }
    return fewest;
  }

  private static boolean notMixed(Walk walk) {
    return IntStream.range(0, walk.positions()[0].length)
        .anyMatch(i -> !(RHat.rank(walk.series(i)) < MIXED));
  }

  private Finding untested() {
    return new Finding(
        Severity.NOTE,
        text(
            "Density and gradient were not compared over the distribution: %d steps of a random walk did not mix.",
            steps),
        "Such walks are slow in many dimensions and between modes; this says nothing against the density.",
        "Allow more steps, or judge by the draws of a real run.");
  }

  private Finding disagreement(SteinReport report) {
    Finding worst = report.findings().get(0);
    return new Finding(
        Severity.SERIOUS,
        text(
            "Draws made without the gradient do not fit it (false-alarm rate %.0e). %s",
            falseAlarm / 2, worst.what()),
        "Somewhere in the distribution the gradient is not that of the log density, or the density jumps or does not fall to zero.",
        "Look at the coordinates named here, and at places where the formula changes.");
  }

  private Finding moved() {
    return new Finding(
        Severity.SERIOUS,
        text(
            "Draws made without the gradient do not stay what they are under a sampler that uses it (MALA; exact rank test, false-alarm"
                + " rate %.0e).",
            falseAlarm / 2),
        "The log density that is computed with the gradient is not the one computed without, or one of the two samplers misses a region.",
        "Compare logDensity(x) with logDensity(x, gradient); see whether the density has several modes.");
  }
}
