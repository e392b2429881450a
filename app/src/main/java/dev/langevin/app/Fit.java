package dev.langevin.app;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.io.InputError;
import dev.langevin.io.RowFile;
import dev.langevin.objective.EdmObjective;
import dev.langevin.objective.EnergyMatching;
import dev.langevin.table.Dataset;
import dev.langevin.table.RowSource;
import dev.langevin.tensor.Architecture;
import dev.langevin.tensor.Autoencoder;
import dev.langevin.tensor.Backend;
import dev.langevin.tensor.Checkpoint;
import dev.langevin.tensor.Conservative;
import dev.langevin.tensor.Mlp;
import dev.langevin.tensor.NetworkDenoiser;
import dev.langevin.tensor.Perceptron;
import dev.langevin.tensor.Trainer;
import dev.langevin.tensor.TrainingSettings;
import dev.langevin.tensor.UNet2D;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Does a {@link FitJob}. */
final class Fit {
  private static final int FEWEST_ROWS = 2;
  private static final Duration PREVIEW = Duration.ofMinutes(3);
  private static final int BYTES_EACH = 20; // doubles as read, doubles without the held out, floats
  private static final int FEW_STEPS = 500;

  private final FitJob job;
  private final Budget budget;
  private final ModelFolder folder;
  private final Learning learning;
  private final long previewNanos;

  Fit(FitJob job, Duration betweenCheckpoints) {
    this.job = job;
    budget = Budget.of(job.settings());
    folder = new ModelFolder(job.out(), Optional.empty(), job.data().latent());
    learning = new Learning("fitting", folder, budget, betweenCheckpoints.toNanos());
    previewNanos = Math.max(PREVIEW.toNanos(), learning.checkpointNanos());
  }

  Ending run(Console console) throws IOException {
    folder.requireFree();
    if (!job.stream() && !isTooLarge(job.data().streamable(), console)) {
      Dataset data = job.data().read();
      return run(
          data, (split, scaling, classes) -> Lesson.of(data, split, scaling, classes), console);
    }
    try (RowFile data = job.data().open()) {
      return run(
          data, (split, scaling, classes) -> Lesson.of(data, split, scaling, classes), console);
    }
  }

  /** Where the rows are. */
  private interface Shelf {
    Lesson lesson(Split split, Scaling scaling, Optional<Classes> classes);
  }

  /** Whether so many numbers would take more than half of the memory that Java may use. */
  private boolean isTooLarge(double numbers, Console console) {
    long memory = Runtime.getRuntime().maxMemory();
    boolean large = numbers * BYTES_EACH > memory / 2.0;
    if (large) {
      console.line(
          "%s would take %.0f MB, more than half of Java's %d: its rows stay in the file."
              .formatted(job.data().name(), numbers * BYTES_EACH / (1 << 20), memory >> 20));
    }
    return large;
  }

  private Ending run(RowSource data, Shelf shelf, Console console) throws IOException {
    requireUsable(data);
    Optional<Classes> classes = classes(data);
    Split split = Split.of(data.rows(), job.settings().holdout());
    TrainingSettings wanted = training(architecture(data, classes));
    Scaling scaling = Scaling.of(data, split.training(), wanted);
    warn(scaling, data, console);
    sayData(data, split, classes, console);
    ModelConfig asked =
        new ModelConfig(
            Version.current(),
            wanted,
            scaling,
            DataFacts.of(job.data(), data),
            job.settings().holdout(),
            budget,
            classes);
    Lesson lesson = shelf.lesson(split, scaling, classes);
    Backend.threads(job.threads());
    boolean resumes = folder.exists() && !job.fresh();
    return Learning.explained(
        () -> resumes ? resume(asked, lesson, console) : begin(asked, lesson, console));
  }

  private void requireUsable(RowSource data) {
    if (data.rows() < FEWEST_ROWS) {
      throw new InputError(
          job.data().name(),
          "has " + data.rows() + " row; at least " + FEWEST_ROWS + " are needed",
          "give more data");
    }
    if (data.shape().length == 2) {
      int[] shape = data.shape();
      throw new InputError(
          job.data().name(),
          "rows have shape " + DataFacts.written(shape) + ", which may be an image or a table",
          "say --image " + shape[0] + "x" + shape[1]);
    }
  }

  private static void warn(Scaling scaling, RowSource data, Console console) {
    int[] constant = scaling.constantColumns();
    if (constant.length > 0) {
      String which =
          data.columns().isEmpty() ? "all pixels" : "column " + data.columns().get(constant[0]);
      String more = constant.length > 1 ? " and " + (constant.length - 1) + " more" : "";
      console.warn(
          data.name()
              + ": "
              + which
              + more
              + " hold one value only; fresh samples will be near it");
    }
  }

  private Optional<Classes> classes(RowSource data) {
    OptionalDouble dropped = job.settings().how().labelDrop();
    if (dropped.isEmpty()) {
      return Optional.empty();
    }
    if (data.labels().length == 0) {
      throw new InputError(
          job.data().name(),
          "has no labels beside it",
          "give a file with one class per row, --labels FILE, or the column of a CSV, --label COLUMN --labels auto");
    }
    return Optional.of(Classes.of(data.labels(), data.classes(), dropped.getAsDouble()));
  }

  private Architecture architecture(RowSource data, Optional<Classes> classes) {
    Architecture chosen =
        ObjectiveMenu.encodes(job.settings().how().objective())
            ? autoencoder(data)
            : job.settings().how().network().of(data.shape(), classes);
    if (ObjectiveMenu.isEnergy(job.settings().how().objective())) {
      chosen = scalar(data, chosen);
    }
    if (job.settings().size().isEmpty()) {
      return chosen;
    }
    try {
      return chosen.withWidth(job.settings().size().getAsInt());
    } catch (IllegalArgumentException refused) {
      throw new InputError(
          "--size", String.valueOf(refused.getMessage()), "choose another size", refused);
    }
  }

  /** The network whose scalar is learned: as wide and deep as the usual one, and smoother. */
  private Architecture scalar(RowSource data, Architecture network) {
    String objective = job.settings().how().objective().orElseThrow();
    if (data.shape().length != 1) {
      throw new InputError(
          job.data().name(),
          "holds images, and --objective " + objective + " learns a density of points",
          "give a table, or choose another --objective");
    }
    if (objective.equals("implicit") && data.width() > EnergyMatching.MOST_EXACT) {
      throw new InputError(
          job.data().name(),
          "rows have %d numbers, and --objective implicit takes a derivative for each: at most %d"
              .formatted(data.width(), EnergyMatching.MOST_EXACT),
          "say --objective sliced, which takes one");
    }
    return network instanceof Mlp usual
        ? new Conservative(new Perceptron(usual.dimension(), usual.width(), usual.depth()))
        : network;
  }

  private Autoencoder autoencoder(RowSource data) {
    try {
      return Autoencoder.fitting(data.shape());
    } catch (IllegalArgumentException refused) {
      throw new InputError(
          job.data().name(),
          String.valueOf(refused.getMessage()),
          "crop or pad the images",
          refused);
    }
  }

  private TrainingSettings training(Architecture architecture) {
    FitSettings settings = job.settings();
    TrainingSettings training = TrainingSettings.defaults(architecture, settings.seed());
    training = training.withOptions(settings.how().options(architecture.rowShape().length == 3));
    if (training.objective() instanceof EdmObjective usual) {
      LearningSettings how = settings.how();
      training =
          training.withObjective(
              ObjectiveMenu.of(
                  how.objective(),
                  how.weighting(),
                  how.levels(),
                  usual,
                  architecture instanceof UNet2D));
    }
    if (settings.batch().isPresent()) {
      training = training.withBatch(settings.batch().getAsInt());
    }
    if (settings.learningRate().isPresent()) {
      training = training.withLearningRate(settings.learningRate().getAsDouble());
    }
    return settings.steps().isPresent()
        ? training.withSteps(settings.steps().getAsLong())
        : training;
  }

  @SuppressWarnings("try") // the lock is held, not used
  private Ending begin(ModelConfig asked, Lesson lesson, Console console) throws IOException {
    long steps =
        budget.steps().orElseGet(() -> Pace.steps(asked.training(), lesson, budget.seconds()));
    if (budget.minutes().isPresent() && steps < FEW_STEPS) {
      console.warn(
          "only %d steps fit into the time, and good samples take some thousands: give more --minutes, a smaller --size or a smaller --batch"
              .formatted(steps));
    }
    ModelConfig config = asked.withPlan(budget, steps);
    try (Trainer trainer = trainer(config, lesson);
        Snapshots snapshots = new Snapshots(folder.path(), config, trainer)) {
      History history = new History();
      folder.create(config, snapshots.checkpoint(), history);
      try (FileChannel held = folder.lock()) {
        return learn(config, trainer, snapshots, history, lesson, console);
      }
    }
  }

  @SuppressWarnings("try")
  private Ending resume(ModelConfig asked, Lesson lesson, Console console) throws IOException {
    ModelConfig stored = folder.config();
    if (job.settings().how().isAutomatic()) { // begun on another machine, perhaps
      asked = asked.withPrecision(stored.training().options().precision());
    }
    Optional<String> difference = stored.differenceTo(asked);
    if (difference.isPresent()) {
      throw new InputError(
          job.out().toString(),
          "the model here " + difference.get(),
          "ask for the same to resume, choose another --out, or start anew with --fresh");
    }
    try (FileChannel held = folder.lock()) {
      ModelFolder.Saved saved = folder.saved(stored);
      History history = saved.history();
      long done = saved.checkpoint().step();
      ModelConfig config = learning.plan(stored, done, history);
      if (learning.isFinished(config, done, history)) {
        sayFinished(done, history, console);
        return Ending.FINISHED;
      }
      if (!config.equals(stored)) {
        folder.save(config);
      }
      try (Trainer trainer = trainer(config, lesson);
          Snapshots snapshots = new Snapshots(folder.path(), config, trainer)) {
        restore(trainer, snapshots, saved);
        console.line("Resuming at step " + done + " of " + config.training().steps() + ".");
        return learn(config, trainer, snapshots, history, lesson, console);
      }
    }
  }

  private void restore(Trainer trainer, Snapshots snapshots, ModelFolder.Saved saved)
      throws IOException {
    try {
      trainer.restore(saved.checkpoint());
      snapshots.restore(saved.checkpoint());
    } catch (IllegalArgumentException unfit) {
      throw ModelFolder.mismatch(job.out().resolve(ModelFolder.TRAINING), unfit);
    }
  }

  private static Trainer trainer(ModelConfig config, Lesson lesson) {
    return new Trainer(config.training(), lesson.rows(), lesson.labels());
  }

  private Ending learn(
      ModelConfig config,
      Trainer trainer,
      Snapshots snapshots,
      History history,
      Lesson lesson,
      Console console)
      throws IOException {
    sayNetwork(config, console);
    Preview preview = new Preview(folder, config, previewNanos);
    LossTable table = new LossTable(lesson, config.provenance());
    Lessons lessons = new Lessons(config, trainer, snapshots, lesson, preview, table);
    if (learning.learn(config, lessons, history, console) == Ending.STOPPED) {
      return Ending.STOPPED;
    }
    preview.show(trainer);
    measure(config, trainer, lesson, table);
    if (config.encodes()) {
      sayEncoded(config, lesson.apart(), console);
      return Ending.FINISHED;
    }
    sayFitted(trainer.steps(), history, config, console);
    return Ending.FINISHED;
  }

  /** The trainer at work, followed by averages and previews. */
  private final class Lessons implements Learning.Course {
    private final ModelConfig config;
    private final Trainer trainer;
    private final Snapshots snapshots;
    private final Lesson lesson;
    private final Preview preview;
    private final LossTable table;
    private final HeldOutLoss loss;

    Lessons(
        ModelConfig config,
        Trainer trainer,
        Snapshots snapshots,
        Lesson lesson,
        Preview preview,
        LossTable table) {
      this.config = config;
      this.trainer = trainer;
      this.snapshots = snapshots;
      this.lesson = lesson;
      this.preview = preview;
      this.table = table;
      loss = new HeldOutLoss(config.training().objective(), lesson.apart(), lesson.d());
    }

    @Override
    public Trainer trainer() {
      return trainer;
    }

    @Override
    public Checkpoint checkpoint() {
      return snapshots.checkpoint();
    }

    @Override
    public OptionalDouble heldOut() {
      if (lesson.countApart() == 0) {
        return OptionalDouble.empty();
      }
      if (trainer.settings().objective() instanceof EnergyMatching) {
        return OptionalDouble.of(trainer.matchingLoss(lesson.apart()));
      }
      try (NetworkDenoiser denoiser = trainer.denoiser()) {
        return OptionalDouble.of(loss.of(lesson.told(denoiser)));
      }
    }

    @Override
    public void stepped() throws IOException {
      snapshots.follow();
    }

    @Override
    public void rested() throws IOException {
      if (preview.showIfDue(trainer)) {
        measure(config, trainer, lesson, table);
      }
    }
  }

  /** Leaves the loss at every noise level beside the weights, of all classes together; two rows are needed for an error. */
  private void measure(ModelConfig config, Trainer trainer, Lesson lesson, LossTable table)
      throws IOException {
    boolean apart = config.classes().isPresent() && config.classes().get().none().isEmpty();
    if (lesson.countApart() < 2 || apart || config.encodes() || config.isEnergy()) {
      return;
    }
    try (NetworkDenoiser denoiser = trainer.denoiser()) {
      long evaluations = trainer.steps() * config.training().batch();
      Denoiser judged =
          config
              .classes()
              .<Denoiser>map(known -> known.together(job.out().toString(), denoiser))
              .orElse(denoiser);
      table.write(folder.path(), judged, trainer.steps(), evaluations);
    }
  }

  private void sayData(RowSource data, Split split, Optional<Classes> classes, Console console) {
    console.line(
        "Learning from %s: %d rows of %s%s, and %d held out to judge."
            .formatted(
                job.data().name(),
                split.training().length,
                DataFacts.written(data.shape()),
                classes.map(known -> " in " + known).orElse(""),
                split.heldOut().length));
  }

  private static void sayNetwork(ModelConfig config, Console console) {
    TrainingSettings training = config.training();
    console.line(
        String.format(
            Locale.ROOT,
            "%s of %,d weights, batches of %d, %d steps, seed %d.",
            config.encodes()
                ? "Autoencoder"
                : training.architecture().rowShape().length == 3 ? "U-Net" : "Perceptron",
            training.architecture().parameters(),
            training.batch(),
            training.steps(),
            training.seed()));
  }

  private void sayFitted(long steps, History history, ModelConfig config, Console console) {
    console.line(
        "Fitted: %d steps in %s, %s."
            .formatted(steps, Numbers.seconds(history.seconds()), history.summary()));
    history
        .bestIfPassed()
        .ifPresent(
            best ->
                console.warn(
                    String.format(
                        Locale.ROOT,
                        "the loss on held-out rows was lowest (%.4f) at step %d and has risen"
                            + " since: the model begins to learn its rows by heart. Fewer steps, a"
                            + " smaller --size or more data help",
                        best.heldOut(),
                        best.step())));
    console.line("Model: " + job.out());
    console.line(
        config.isEnergy()
            ? "Next:  langevin sample " + job.out()
            : "Next:  langevin generate "
                + job.out()
                + " -n 100 --out fresh."
                + (config.data().isImages() ? "png" : "csv"));
  }

  /** What is lost on the way through the latents: no model in them can be nearer to the data. */
  private void sayEncoded(ModelConfig config, float[] apart, Console console) {
    if (apart.length > 0) {
      double[] images = config.scaling().toData(Latent.wide(apart));
      try (Latent latent = Latent.of(job.out())) {
        double error = latent.error(Dataset.of("held out", config.data().shape(), images));
        console.line(
            String.format(
                Locale.ROOT,
                "Encoding and decoding held-out images loses %.2f dB PSNR: mean square error %.3g of the squared range.",
                -10 * Math.log10(error),
                error));
      }
    }
    console.line("Autoencoder: " + job.out());
    console.line(
        "Next:  langevin fit " + job.data().name() + " --latent " + job.out() + " --out MODEL");
  }

  private void sayFinished(long steps, History history, Console console) {
    console.line(
        "%s is finished: %d steps in %s, %s. Ask for more --steps or --minutes to go on, or start anew with --fresh."
            .formatted(job.out(), steps, Numbers.seconds(history.seconds()), history.summary()));
  }
}
