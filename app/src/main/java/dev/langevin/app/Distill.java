package dev.langevin.app;

import dev.langevin.io.Hashes;
import dev.langevin.io.InputError;
import dev.langevin.random.Seed;
import dev.langevin.table.Dataset;
import dev.langevin.tensor.Backend;
import dev.langevin.tensor.Checkpoint;
import dev.langevin.tensor.LevelDraws;
import dev.langevin.tensor.NetworkDenoiser;
import dev.langevin.tensor.Trainer;
import dev.langevin.tensor.TrainingOptions;
import dev.langevin.tensor.TrainingSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Does a {@link DistillJob}: the teacher's data, its network as it stands, and a {@link Trainer} that gives it other targets. */
final class Distill {
  private static final double RATE = 0.25; // of the teacher's highest
  private static final int JUDGED = 8; // held-out rows, at every level
  private static final Seed ADDRESS = Seed.of(0).child("distillation loss");

  private final DistillJob job;
  private final Budget budget;

  Distill(DistillJob job) {
    this.job = job;
    budget = Budget.of(job.settings());
  }

  private Learning learning(ModelFolder folder) {
    long nanos = (long) (1e9 * job.settings().how().checkpointSeconds());
    return new Learning("distilling", folder, budget, nanos);
  }

  /** What does not change while it runs. */
  private record Course(
      ModelConfig config,
      Distilled distilled,
      ModelFolder folder,
      NetworkDenoiser teacher,
      float[] rows,
      double[] apart) {
    Course with(ModelConfig other) {
      return new Course(other, distilled, folder, teacher, rows, apart);
    }

    Trainer trainer() {
      return Trainer.distilling(
          config.training(),
          distilled.recipe(),
          distilled.targetDecay(),
          teacher,
          teacher.weights(),
          rows,
          rows.length / teacher.dimension());
    }
  }

  Ending run(Console console) throws IOException {
    ModelFolder source = new ModelFolder(job.teacher());
    ModelConfig known = source.config();
    refuseOthers(known);
    Distilled distilled =
        new Distilled(
            job.recipe(),
            job.targetDecay(),
            Hashes.sha256(job.teacher().resolve(ModelFolder.WEIGHTS)));
    ModelFolder folder = new ModelFolder(job.out(), Optional.of(distilled), latent());
    folder.requireFree();
    Dataset data = data(known);
    Split split = Split.of(data.rows(), known.holdout());
    Scaling scaling = known.scaling();
    float[] rows = scaling.toNetwork(data.select(split.training()).values());
    double[] apart = judged(scaling.toNetwork(data.select(split.heldOut()).values()), data.width());
    Backend.threads(job.threads());
    return Learning.explained(
        () -> {
          try (NetworkDenoiser teacher = source.trained(known).denoiser()) {
            ModelConfig asked = asked(known);
            Course course = new Course(asked, distilled, folder, teacher, rows, apart);
            console.line(
                "Distilling %s into a consistency function on %d levels, on %d rows of %s."
                    .formatted(
                        job.teacher(),
                        job.recipe().levels(),
                        split.training().length,
                        data.name()));
            return folder.exists() && !job.fresh()
                ? resume(course, console)
                : begin(course, console);
          }
        });
  }

  private void refuseOthers(ModelConfig known) {
    String place = job.teacher().toString();
    if (Distilled.read(job.teacher()).isPresent()) {
      throw new InputError(
          place, "is a consistency function already", "name the model that it was distilled from");
    }
    if (known.isEnergy()) {
      throw new InputError(
          place, "is an energy, not a denoiser", "fit a model without --objective first");
    }
    if (known.training().architecture().labels() > 0) {
      throw new InputError(
          place, "knows labels, which cannot be distilled", "fit a model without labels");
    }
  }

  /** The teacher's folder, where it holds an autoencoder. */
  private Optional<Path> latent() {
    return Latent.isIn(job.teacher()) ? Optional.of(job.teacher()) : Optional.empty();
  }

  /** The teacher's data, which must be what it learned from. */
  private Dataset data(ModelConfig known) {
    DataSource named = job.data().orElseGet(() -> remembered(known.data()));
    DataSource source = latent().map(named::withLatent).orElse(named);
    if (!source.sha256().equals(known.data().sha256())) {
      throw new InputError(
          source.name(),
          "is not what the model learned from (" + known.data() + ")",
          "name the same data with --data");
    }
    return source.read();
  }

  /** Where the teacher found them. The shape is said again where the file may not know it. */
  private static DataSource remembered(DataFacts facts) {
    DataSource source = DataSource.of(facts.name());
    boolean silent = facts.isImages() && facts.name().matches(".*\\.(npy|csv|csv\\.gz)");
    return silent ? source.withImages(DataFacts.written(facts.shape()).replace('×', 'x')) : source;
  }

  private static double[] judged(float[] apart, int d) {
    return Latent.wide(Arrays.copyOf(apart, Math.min(apart.length, JUDGED * d)));
  }

  /** The teacher's description with another course of learning. */
  private ModelConfig asked(ModelConfig known) {
    FitSettings settings = job.settings();
    TrainingSettings training = known.training();
    boolean images = known.data().isImages();
    TrainingOptions options = settings.how().options(images);
    training =
        training
            .withSeed(settings.seed())
            .withLearningRate(settings.learningRate().orElse(RATE * training.learningRate()))
            .withOptions(
                new TrainingOptions(
                    LevelDraws.SPREAD,
                    options.precision(),
                    options.accumulation(),
                    training.options().flips()));
    OptionalInt batch = settings.batch();
    training = batch.isPresent() ? training.withBatch(batch.getAsInt()) : training;
    return new ModelConfig(
            Version.current(),
            training,
            known.scaling(),
            known.data(),
            known.holdout(),
            budget,
            known.classes())
        .withPlan(budget, settings.steps().orElse(training.steps()));
  }

  @SuppressWarnings("try") // the lock is held, not used
  private Ending begin(Course asked, Console console) throws IOException {
    long steps = budget.steps().orElseGet(() -> Pace.steps(asked::trainer, budget.seconds()));
    Course course = asked.with(asked.config().withPlan(budget, steps));
    try (Trainer trainer = course.trainer()) {
      History history = new History();
      course.folder().create(course.config(), trainer.checkpoint(), history);
      try (FileChannel held = course.folder().lock()) {
        return learn(course, trainer, history, console);
      }
    }
  }

  @SuppressWarnings("try")
  private Ending resume(Course asked, Console console) throws IOException {
    ModelConfig stored = asked.folder().config();
    ModelConfig wanted = asked.config();
    if (job.settings().how().isAutomatic()) { // begun on another machine, perhaps
      wanted = wanted.withPrecision(stored.training().options().precision());
    }
    requireSame(asked.distilled(), stored.differenceTo(wanted));
    try (FileChannel held = asked.folder().lock()) {
      ModelFolder.Saved saved = asked.folder().saved(stored);
      History history = saved.history();
      long done = saved.checkpoint().step();
      Learning learning = learning(asked.folder());
      ModelConfig config = learning.plan(stored, done, history);
      if (learning.isFinished(config, done, history)) {
        console.line(
            "%s is finished: %d steps. Ask for more --steps or --minutes to go on, or start anew with --fresh."
                .formatted(job.out(), done));
        return Ending.FINISHED;
      }
      asked.folder().save(config);
      Course course = asked.with(config);
      try (Trainer trainer = course.trainer()) {
        restore(trainer, saved);
        console.line("Resuming at step " + done + " of " + config.training().steps() + ".");
        return learn(course, trainer, history, console);
      }
    }
  }

  private void requireSame(Distilled distilled, Optional<String> difference) {
    Optional<Distilled> stored = Distilled.read(job.out());
    if (difference.isPresent() || !stored.equals(Optional.of(distilled))) {
      throw new InputError(
          job.out().toString(),
          "the model here "
              + difference.orElse(
                  "was distilled otherwise: "
                      + stored.map(Distilled::toMap).orElse(Map.of())
                      + ", not "
                      + distilled.toMap()),
          "ask for the same to resume, choose another --out, or start anew with --fresh");
    }
  }

  private void restore(Trainer trainer, ModelFolder.Saved saved) {
    try {
      trainer.restore(saved.checkpoint());
    } catch (IllegalArgumentException unfit) {
      throw ModelFolder.mismatch(job.out().resolve(ModelFolder.TRAINING), unfit);
    }
  }

  private Ending learn(Course course, Trainer trainer, History history, Console console)
      throws IOException {
    Ending ending =
        learning(course.folder())
            .learn(course.config(), new Lessons(course, trainer), history, console);
    if (ending == Ending.FINISHED) {
      sayDone(course.config(), trainer.steps(), history, console);
    }
    return ending;
  }

  /** The trainer at work, judged by the distillation loss. */
  private record Lessons(Course course, Trainer trainer) implements Learning.Course {
    @Override
    public Checkpoint checkpoint() {
      return trainer.checkpoint();
    }

    @Override
    public OptionalDouble heldOut() {
      if (course.apart().length == 0) {
        return OptionalDouble.empty();
      }
      try (NetworkDenoiser function = trainer.denoiser()) {
        return OptionalDouble.of(
            course
                .distilled()
                .recipe()
                .loss(course.teacher(), function, function, course.apart(), ADDRESS));
      }
    }
  }

  private void sayDone(ModelConfig config, long steps, History history, Console console) {
    console.line(
        "Distilled: %d steps in %s, %s."
            .formatted(steps, Numbers.seconds(history.seconds()), history.summary()));
    console.line("Model: " + job.out());
    console.line(
        "Next:  langevin generate %s -n 100 --steps 2 --out fresh.%s"
            .formatted(job.out(), config.data().isImages() ? "png" : "csv"));
  }
}
