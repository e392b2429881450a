package dev.langevin.app;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.Spacing;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.io.AtomicFolder;
import dev.langevin.io.Json;
import dev.langevin.io.Provenance;
import dev.langevin.objective.DenoisingLoss;
import dev.langevin.random.Seed;
import dev.langevin.solver.Generation;
import dev.langevin.solver.Heun;
import dev.langevin.tensor.Rows;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a fitted network's denoising costs at each noise level, on rows that it has not seen: E‖D(x + σz; σ) - x‖², the sum over the coordinates. It is the exact
 * denoiser's own mean square error plus ‖D - D_exact‖², so that it bounds the latter; the account of a generation's error is made from it.
 *
 * <p>The same noise z at all levels, so that the curve is smooth; a row's noise depends on the row's number only.
 *
 * @param step optimizer steps that the weights have seen
 * @param rows held-out rows used
 * @param secondMoment E‖x‖² of the rows learned from, on the network's scale
 * @param sigmas noise levels, rising
 * @param losses the mean over the rows at each level
 * @param errors its standard error
 */
record LevelLosses(
    long step, int rows, double secondMoment, double[] sigmas, double[] losses, double[] errors) {
  static final String FILE = "losses.json";

  private static final int LEVELS = 33;
  private static final Generation USUAL = Generation.of(new Heun()); // for its levels
  private static final int MOST_ROWS = 128;
  private static final int FEWEST_ROWS = 8;
  private static final double SHARE = 0.01; // of the work of the training
  private static final int BATCH = 64;
  private static final Seed ADDRESS = Seed.of(0).child("level losses");

  /**
   * Measures. Takes about a hundredth of the training's time, and at least {@value #LEVELS} times {@value #FEWEST_ROWS} evaluations.
   *
   * @param heldOut rows on the network's scale, at least two
   * @param evaluations how many rows the network was trained on, repeats counted
   */
  static LevelLosses of(
      Denoiser denoiser, float[] heldOut, double secondMoment, long step, long evaluations) {
    int d = denoiser.dimension();
    double affordable = SHARE * 3 * evaluations / LEVELS; // a training step costs three evaluations
    int rows = (int) Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, affordable));
    rows = Math.min(rows, heldOut.length / d);
    double[] clean = new double[rows * d];
    for (int i = 0; i < clean.length; i++) {
      clean[i] = heldOut[i];
    }
    TimeGrid grid = new Spacing.LogSnr().levels(LEVELS, USUAL.sigmaMin(), USUAL.sigmaMax());
    double[] sigmas = new double[LEVELS];
    Arrays.setAll(sigmas, k -> grid.time(LEVELS - 1 - k)); // the grid's levels fall, and end with 0
    double[] losses = new double[LEVELS];
    double[] errors = new double[LEVELS];
    List<DenoisingLoss.Level> levels =
        new DenoisingLoss(1, BATCH).byLevel(denoiser, clean, sigmas, ADDRESS);
    for (int k = 0; k < LEVELS; k++) {
      losses[k] = levels.get(k).squareError().value();
      errors[k] = levels.get(k).squareError().standardError();
    }
    return new LevelLosses(step, rows, secondMoment, sigmas, losses, errors);
  }

  /** E‖x‖² of rows. */
  static double secondMoment(Rows rows) {
    float[] row = new float[rows.width()];
    double sum = 0;
    for (int i = 0; i < rows.count(); i++) {
      rows.read(i, row, 0);
      for (float value : row) {
        sum += (double) value * value;
      }
    }
    return sum * row.length / ((double) rows.count() * row.length);
  }

  /** Puts it beside the weights, into a folder of ours, which stays ours to replace. */
  void write(Path folder, Provenance provenance) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("step", step);
    map.put("rows", rows);
    map.put("second_moment", secondMoment);
    map.put("sigma", boxed(sigmas));
    map.put("loss", boxed(losses));
    map.put("standard_error", boxed(errors));
    map.put("provenance", provenance.toMap());
    byte[] text = Json.text(map).getBytes(StandardCharsets.UTF_8);
    AtomicFolder.add(folder, FILE, out -> out.write(text));
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /**
   * Reads what {@link #write} wrote; nothing if there is no such file, or if it was made for weights of another step.
   *
   * @throws dev.langevin.io.InputError if it cannot be read
   */
  static Optional<LevelLosses> read(Path folder, long step) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Fields fields = new Fields(file.toString(), Json.read(file));
    LevelLosses losses =
        new LevelLosses(
            fields.whole("step"),
            fields.count("rows"),
            fields.number("second_moment"),
            fields.numbers("sigma"),
            fields.numbers("loss"),
            fields.numbers("standard_error"));
    losses.require(fields);
    return losses.step == step ? Optional.of(losses) : Optional.empty();
  }

  private void require(Fields fields) {
    if (sigmas.length < 2 || losses.length != sigmas.length || errors.length != sigmas.length) {
      throw fields.wrong("sigma", "must hold two levels or more, as many as there are losses");
    }
    for (int k = 0; k < sigmas.length; k++) {
      boolean rises = sigmas[k] > (k == 0 ? 0 : sigmas[k - 1]);
      if (!rises || !(losses[k] > 0) || !(errors[k] >= 0)) {
        throw fields.wrong("loss", "must hold positive numbers, at rising levels");
      }
    }
  }

  /** What they say of the data and of the network, of dimension d. */
  dev.langevin.theory.HeldOutLoss bounds(int d) {
    return new dev.langevin.theory.HeldOutLoss(
        d, secondMoment, falling(sigmas), falling(losses), falling(errors));
  }

  private static double[] falling(double[] rising) {
    double[] out = new double[rising.length];
    for (int k = 0; k < out.length; k++) {
      out[k] = rising[out.length - 1 - k];
    }
    return out;
  }
}
