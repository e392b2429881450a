package dev.langevin.cli;

import dev.langevin.app.DataSource;
import dev.langevin.app.FitJob;
import dev.langevin.app.FitSettings;
import dev.langevin.app.Job;
import dev.langevin.app.LearningSettings;
import dev.langevin.app.NetworkChoice;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "fit",
    description = {
      "Learns a model from data. Stopped or killed, it resumes when the same command runs again, from its last",
      "checkpoint, and ends with the same weights to the last bit as if nothing had happened, whatever the number of",
      "threads, on one kind of processor (with --steps; minutes become steps by the machine's pace).",
      ""
    },
    footer = {
      "",
      "Sizes, in weights, for images of 28x28 pixels (for points in the plane):",
      "  tiny  1.1 million (40 thousand), for tries; small  6.5 million (0.9 million), for hours on a few cores;",
      "  base  26 million (18 million), for days. What suits the data by itself: 2.5 million (0.2 million).",
      "",
      "Examples:",
      "  langevin fit train-images-idx3-ubyte.gz --labels auto --out classes.model --minutes 60",
      "  langevin fit digits --out digits.model --minutes 2",
      "  langevin fit cells.csv --label type --out cells.model --steps 5000 --seed 1",
      "  langevin fit images.npy --image 28x28 --out images.model --minutes 60",
      "  langevin fit digits --labels auto --size tiny --out tiny.model --steps 500",
      "  langevin fit digits --out v.model --objective v --weighting min-snr --level-draws importance",
      "  langevin fit points.csv --objective sliced --out energy.model",
      "  langevin fit images.npy --image 28x28 --objective autoencoder --out images.code",
      "  langevin fit images.npy --image 28x28 --latent images.code --out images.model"
    })
final class FitCommand implements Command {
  @Parameters(
      paramLabel = "DATA",
      description =
          "digits (ships), or CSV, IDX (both .gz too), npy, or a folder of PNG or JPEG images.")
  String data = "";

  @Option(
      names = "--out",
      paramLabel = "MODEL",
      required = true,
      description = "The model's folder.")
  Path out = Path.of("");

  @Mixin BudgetFlags budget = new BudgetFlags();

  @Mixin DataFlags flags = new DataFlags();

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Rows for each step (default: suits the data).")
  @Nullable Integer batch;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      description = "Highest learning rate of AdamW (default: suits the data).")
  @Nullable Double learningRate;

  @Option(
      names = "--size",
      paramLabel = "NAME|N",
      description =
          "The network: tiny, small or base, as the sizes below, or a width, channels for images, units for tables (default: suits the data).")
  @Nullable String size;

  @Option(
      names = "--holdout",
      paramLabel = "F",
      defaultValue = "" + FitSettings.HOLDOUT,
      description =
          "Fraction of the rows kept apart to judge the model (default: ${DEFAULT-VALUE}).")
  double holdout;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads that work (default: one for each core). The model does not depend on it.")
  @Nullable Integer threads;

  @Option(
      names = "--latent",
      paramLabel = "FOLDER",
      description =
          "Learn in the latents of an autoencoder, which '--objective autoencoder' makes of the same data.")
  @Nullable Path latent;

  @Mixin LearningFlags learning = new LearningFlags();

  @Option(
      names = "--stream",
      description =
          "Leave the rows of an npy or IDX file on disk until they are shown; so done by itself where they would take more than half of the memory. The model is the same.")
  boolean stream;

  @Option(names = "--fresh", description = "Throw away the model that is there, and start anew.")
  boolean fresh;

  @Override
  public Job job() {
    DataSource rows = learning.labelled(flags.source(data));
    DataSource source = latent == null ? rows : rows.withLatent(latent);
    return new FitJob(source, settings(), Threads.orAll(threads), out, stream, fresh);
  }

  private static OptionalInt width(@Nullable String size) {
    boolean number = size != null && size.matches("[0-9]{1,9}");
    return number ? OptionalInt.of(Integer.parseInt(size)) : OptionalInt.empty();
  }

  private FitSettings settings() {
    LearningSettings how = learning.settings();
    if (size != null && width(size).isEmpty()) {
      how = how.withNetwork(NetworkChoice.sized(size));
    }
    return new FitSettings(
        budget.steps(),
        budget.minutes(),
        budget.seed,
        batch == null ? OptionalInt.empty() : OptionalInt.of(batch),
        learningRate == null ? OptionalDouble.empty() : OptionalDouble.of(learningRate),
        width(size),
        holdout,
        how);
  }
}
