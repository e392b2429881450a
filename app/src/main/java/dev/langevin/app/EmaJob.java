package dev.langevin.app;

import dev.langevin.io.AtomicFolder;
import dev.langevin.io.InputError;
import dev.langevin.math.PowerAverage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes a model of a fitted one whose weights are averaged over another part of the run, without fitting again (Karras et al. 2024, section 3).
 *
 * @param model the folder that 'fit' wrote
 * @param length of the average over the length of the run, as a standard deviation; above 0, at most {@link PowerAverage#LONGEST}; 0 for the last weights as they are
 * @param out the new model's folder
 */
public record EmaJob(Path model, double length, Path out) implements Job {
  private static final double COARSE = 0.15;

  public EmaJob {
    if (length != 0) {
      PowerAverage.ofLength(length, 1); // refuses lengths that there are not
    }
  }

  @Override
  public Ending run(Console console) throws IOException {
    if (model.toAbsolutePath().normalize().equals(out.toAbsolutePath().normalize())) {
      throw new InputError("--out", "is the model itself", "choose a new name");
    }
    ModelFolder from = new ModelFolder(model);
    ModelConfig config = from.config();
    ModelFolder.Saved saved = from.saved(config);
    Snapshots.Chosen chosen =
        length == 0
            ? new Snapshots.Chosen(saved.checkpoint().rawWeights(), 0)
            : Snapshots.choose(model, saved.checkpoint(), length);
    Optional<Distilled> distilled = Distilled.read(model);
    Optional<Path> latent = Latent.isIn(model) ? Optional.of(model) : Optional.empty();
    AtomicFolder.write(
        out,
        folder ->
            new ModelFolder(folder, distilled, latent)
                .write(config, chosen.weights(), saved.checkpoint()));
    console.line(
        String.format(
            Locale.ROOT,
            "Averaged over %.3g of the %d steps; the weights over time are off by %.2g of what was asked for.",
            length,
            saved.checkpoint().step(),
            chosen.error()));
    if (chosen.error() > COARSE) {
      console.warn(
          "too few snapshots for this length: between 0.03 and 0.2 they are enough, in runs of some hundred steps and more");
    }
    console.line("Model: " + out);
    return Ending.FINISHED;
  }
}
