package dev.langevin.app;

import dev.langevin.io.AtomicFolder;
import dev.langevin.io.Images;
import dev.langevin.random.Seed;
import dev.langevin.solver.BrokenDenoiser;
import dev.langevin.solver.Generation;
import dev.langevin.solver.Heun;
import dev.langevin.table.Dataset;
import dev.langevin.tensor.NetworkDenoiser;
import dev.langevin.tensor.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Pictures of what a model that is still learning would generate, beside its checkpoint: from the moving average of the weights ({@value #AVERAGED}) and from the weights
 * themselves ({@value #RAW}). The same noise every time, so that the pictures can be laid over each other. Images only.
 */
final class Preview {
  static final String AVERAGED = "preview.png";
  static final String RAW = "preview-raw.png";

  private static final int IMAGES = 16;
  private static final Generation RECIPE = Generation.of(new Heun(), 12);
  private static final Seed ADDRESS = Seed.of(0).child("preview");

  private final ModelFolder folder;
  private final ModelConfig config;
  private final long nanos;
  private long last = System.nanoTime();

  /**
   * Nothing is shown yet.
   *
   * @param nanos time between two previews
   */
  Preview(ModelFolder folder, ModelConfig config, long nanos) {
    this.folder = folder;
    this.config = config;
    this.nanos = nanos;
  }

  /** Shows, if it is time; returns whether it was. */
  boolean showIfDue(Trainer trainer) throws IOException {
    boolean due = System.nanoTime() - last >= nanos;
    if (due) {
      show(trainer);
    }
    return due;
  }

  /** Shows; about the work of a few steps. */
  void show(Trainer trainer) throws IOException {
    if (config.data().isImages() && !config.encodes() && isVisible(config.data().shape()[0])) {
      try (NetworkDenoiser averaged = trainer.denoiser();
          NetworkDenoiser raw = trainer.rawDenoiser()) {
        write(told(averaged), AVERAGED);
        write(told(raw), RAW);
      } catch (BrokenDenoiser early) {
        // a network that has just begun may answer with anything; training says when it is lost
      }
    }
    last = System.nanoTime();
  }

  /** A network with labels shows its classes in turn. */
  private NetworkDenoiser told(NetworkDenoiser network) {
    if (config.classes().isEmpty()) {
      return network;
    }
    int[] rows = config.classes().get().rows();
    int[] seen = IntStream.range(0, rows.length).filter(c -> rows[c] > 0).toArray();
    int[] shown = new int[IMAGES];
    Arrays.setAll(shown, i -> seen[i % seen.length]);
    return network.givenEach(shown);
  }

  /** Grey or coloured; latents have other numbers of channels. */
  private static boolean isVisible(int channels) {
    return channels == 1 || channels == 3;
  }

  private void write(NetworkDenoiser denoiser, String name) throws IOException {
    double[] z = RECIPE.sample(denoiser, IMAGES, IMAGES, ADDRESS, (done, total) -> true);
    Scaling scaling = config.scaling();
    Dataset images =
        new Dataset(name, config.data().shape(), List.of(), scaling.toData(z), new int[0]);
    double low = Arrays.stream(scaling.low()).min().orElseThrow();
    double top = Arrays.stream(scaling.high()).max().orElseThrow();
    Path picture = Files.createTempFile("langevin-preview", ".png");
    try {
      Images.writeGrid(picture, images, low, top > low ? top : low + 1, config.provenance());
      AtomicFolder.add(folder.path(), name, out -> Files.copy(picture, out));
    } finally {
      Files.deleteIfExists(picture);
    }
  }
}
