package dev.langevin.app;

import dev.langevin.density.Model;
import dev.langevin.diagnostics.Finding;
import dev.langevin.diagnostics.KernelSteinDiscrepancy;
import dev.langevin.diagnostics.SteinReport;
import dev.langevin.random.Seed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Holds a few hundred of the draws against the gradient of their density: what R-hat cannot see, because all chains agree on it.
 *
 * @param report the judgement
 * @param points how many draws were held against it
 */
record SteinCheck(SteinReport report, int points) {
  private static final int MOST_DIMENSIONS = 1000;

  /** Judges the points of a run; nothing where there are too few, too many dimensions, or no gradient. */
  static Optional<SteinCheck> of(Model model, double[][][] points, long seed) {
    int d = model.dimension();
    int count = points[0].length;
    if (d > MOST_DIMENSIONS || points.length * count < KernelSteinDiscrepancy.FEWEST || count < 4) {
      return Optional.empty();
    }
    double[][][] positions = new double[points.length][d][count];
    double[][][] scores = new double[points.length][d][count];
    double[] gradient = new double[d];
    Model own = model.fork();
    for (int c = 0; c < points.length; c++) {
      for (int n = 0; n < count; n++) {
        if (!Double.isFinite(own.logDensity(points[c][n], gradient))) {
          return Optional.empty();
        }
        for (int i = 0; i < d; i++) {
          positions[c][i][n] = points[c][n][i];
          scores[c][i][n] = gradient[i];
        }
      }
    }
    List<String> names = IntStream.range(0, d).mapToObj(model::coordinate).toList();
    SteinReport report = SteinReport.of(names, positions, scores, Seed.of(seed).child("stein"));
    return Optional.of(new SteinCheck(report, points.length * count));
  }

  /** What is wrong, as other findings are told; one line if nothing is. */
  void show(Console console) {
    report.findings().forEach(finding -> DrawsReport.tell(console, finding));
  }

  /** For JSON. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("points", points);
    map.put("false_alarm", SteinReport.FALSE_ALARM);
    map.put("findings", report.findings().stream().map(Finding::toString).toList());
    return map;
  }
}
