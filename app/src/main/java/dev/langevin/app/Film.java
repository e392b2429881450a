package dev.langevin.app;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.io.Animation;
import dev.langevin.io.InputError;
import dev.langevin.io.Provenance;
import dev.langevin.solver.NoiseSource;
import dev.langevin.solver.StepListener;
import dev.langevin.table.Dataset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The way from noise to data as a moving picture of the first samples: at some of the levels σ the state itself, y = x₀ + σz, brought to the spread of the data, s/√(s² + σ²) · y with s = {@value
 * ExactModel#SD}; at the end the samples. The samples are made once more for it, a few of them, from the same random numbers.
 */
final class Film {
  private static final int MOST_ROWS = 100;
  private static final int MILLISECONDS = 80;
  private static final int PAUSE = 2000;

  private final Path path;
  private final int frames;

  /**
   * A film for rows of this shape.
   *
   * @throws InputError if there is nothing to be shown, or the place may not be written to
   */
  Film(Path path, int frames, ModelSource model, Steering steering) {
    String name = String.valueOf(path.getFileName());
    if (!name.endsWith(".png") && !name.endsWith(".apng")) {
      throw new InputError(path.toString(), "is no name of an animation", "use .png or .apng");
    }
    if (model.shape().length != 3) {
      throw new InputError(
          "--animate",
          "rows of " + DataFacts.written(model.shape()) + " are no pictures",
          "leave it out; 'langevin show reverse' paints points on their way");
    }
    if (steering.recipe().solver().adaptive()) {
      throw new InputError(
          "--animate",
          steering.recipe().solver().name() + " takes other levels for every sample",
          "choose a solver with fixed levels, such as heun");
    }
    RowsTarget.requireWritable(path);
    this.path = path;
    this.frames = frames;
  }

  /**
   * Makes it.
   *
   * @param rows the samples
   * @param noise what they were made from
   */
  void write(
      Dataset rows,
      ModelSource model,
      Steering steering,
      NoiseSource noise,
      Provenance provenance) {
    int shown = Math.min(rows.rows(), MOST_ROWS);
    List<double[]> moments = moments(shown, rows.rows(), model, steering, noise);
    List<Dataset> pictures = new ArrayList<>();
    for (double[] moment : moments) {
      pictures.add(Dataset.of("on the way", model.shape(), model.scaling().toData(moment)));
    }
    pictures.add(rows.select(IntStream.range(0, shown).toArray()));
    double low = model.scaling().lowest();
    double high = model.scaling().highest();
    Animation.writeGrids(path, pictures, low, high, MILLISECONDS, PAUSE, provenance);
  }

  Path path() {
    return path;
  }

  /** All frames but the last, {@code shown × d} each. */
  private List<double[]> moments(
      int shown, int all, ModelSource model, Steering steering, NoiseSource noise) {
    int d = model.denoiser().dimension();
    List<double[]> moments = new ArrayList<>();
    int needed = noise.rowByRow() ? shown : all;
    for (Steering.Stretch whole : steering.stretches()) {
      Steering.Stretch stretch = whole.below(needed);
      if (stretch.rows() > 0) {
        List<double[]> part = states(stretch, d, steering, noise);
        int count = Math.min(frames - 1, part.size());
        for (int f = 0; f < count; f++) {
          if (moments.size() <= f) {
            moments.add(new double[shown * d]);
          }
          int at = count == 1 ? 0 : (int) Math.round((double) f * (part.size() - 1) / (count - 1));
          int rows = Math.min(stretch.rows(), shown - stretch.first());
          System.arraycopy(part.get(at), 0, moments.get(f), stretch.first() * d, rows * d);
        }
      }
    }
    return moments;
  }

  /** What one stretch's rows look like at every level, from high to low. */
  private static List<double[]> states(
      Steering.Stretch stretch, int d, Steering steering, NoiseSource noise) {
    Map<Double, double[]> seen = new TreeMap<>(Comparator.reverseOrder());
    Denoiser listening =
        new ListeningDenoiser(
            stretch.denoisers().get(),
            (sigma, y, rows) -> seen.put(sigma, shown(y, rows * d, sigma)));
    steering
        .recipe()
        .sample(
            () -> listening,
            stretch.first(),
            stretch.rows(),
            stretch.rows(),
            noise,
            StepListener.NONE,
            1,
            Runnable::run);
    return List.copyOf(seen.values());
  }

  private static double[] shown(double[] y, int length, double sigma) {
    double factor = ExactModel.SD / Math.sqrt(ExactModel.SD * ExactModel.SD + sigma * sigma);
    double[] shown = Arrays.copyOf(y, length);
    for (int i = 0; i < length; i++) {
      shown[i] *= factor;
    }
    return shown;
  }
}
