package dev.langevin.solver;

import dev.langevin.diagnostics.TinyJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** scheduler_loops.json, loops of diffusers on its tests' dummy, and what all readers of it need. */
public final class SchedulerLoops {
  private SchedulerLoops() {}

  /** Its rows. */
  public static List<Map<?, ?>> rows() {
    try (InputStream in =
        Objects.requireNonNull(SchedulerLoops.class.getResourceAsStream("scheduler_loops.json"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return ((List<?>) TinyJson.parse(text)).stream().<Map<?, ?>>map(f -> (Map<?, ?>) f).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A list of a row. */
  public static double[] numbers(Map<?, ?> row, String key) {
    List<?> list = (List<?>) Objects.requireNonNull(row.get(key));
    return list.stream().mapToDouble(value -> (Double) value).toArray();
  }

  /** arange(768)/768 as (3, 8, 8, 4), permuted by (3, 0, 1, 2). */
  public static double[] dummy() {
    double[] x = new double[768];
    for (int channel = 0; channel < 4; channel++) {
      for (int i = 0; i < 192; i++) {
        x[channel * 192 + i] = (4 * i + channel) / 768.0;
      }
    }
    return x;
  }

  /** Σ|x|. */
  public static double sum(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += Math.abs(value);
    }
    return sum;
  }
}
