package dev.langevin.tensor;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.math.NamedArray;
import dev.langevin.objective.EnergyMatching;
import dev.langevin.objective.Objective;
import dev.langevin.random.Seed;
import dev.langevin.solver.ConsistencyDistillation;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Fits a network to data, one optimizer step at a time: denoising score matching under any objective, AdamW with warm-up, the gradient clipped by its
 * global norm, and a moving average of the weights, which is what is used in the end.
 *
 * <p>Weights, noise, order and dropout come from addresses below the seed, and a batch is cut into shares
 * whose number does not depend on the number of threads: a run is a function of settings and data, to the last bit on one kind of
 * processor, and can be stopped and taken up at any step ({@link #checkpoint}, {@link #restore}). Native memory is freed
 * by {@link #close}, and does not grow over steps. Used by one thread at a time.
 */
public final class Trainer implements AutoCloseable {
  private static final int SHARES =
      4; // each holds gradients of its own, and rounds the weights anew
  private static final int MOST_SHARES = 8;
  private static final int SHARE_ROWS = 16;

  private final TrainingSettings settings;
  private final Objective objective;
  private final Network network;
  private final Parameters weights;
  private final Shares shares;
  private final Parameters average;
  private final AdamW optimizer;
  private final Batches batches;
  private final @Nullable ConsistencyLesson lesson;
  private final @Nullable EnergyLesson energy;
  private final Seed seed;
  private final float[] squares; // each row's, in the step at work
  private long step;

  /**
   * A trainer at step 0. Loads the native library.
   *
   * @param data {@code rows × d}, row-major; scaled so that their standard deviation is about the objective's sigmaData (0.5 by
   *     default), and centred if they are far from zero. Kept, and not to be written to
   * @param rows number of rows, at least 1
   * @throws BackendUnavailable if there is no native library for this platform
   */
  public Trainer(TrainingSettings settings, float[] data, int rows) {
    this(settings, data, rows, null);
  }

  /**
   * A trainer of a network with labels.
   *
   * @param labels of the rows; null for a network that takes none
   * @throws IllegalArgumentException if the network takes labels and there are none, or the other way round
   */
  public Trainer(TrainingSettings settings, float[] data, int rows, @Nullable Labels labels) {
    this(settings, settings.objective(), data, rows, labels);
  }

  /**
   * A trainer on rows that need not be in memory; what it does with them is the same to the last bit.
   *
   * @param data as wide as the network takes them; a step reads a batch of them
   * @param labels of the rows; null for a network that takes none
   */
  public Trainer(TrainingSettings settings, Rows data, @Nullable Labels labels) {
    this(
        settings, settings.objective(), data, labels, null, energy(settings, settings.objective()));
  }

  /**
   * A trainer for another objective than the settings': of a network that answers with the noise at a timestep, say, as those in diffusers'
   * folders do. The checkpoint does not know it; whoever goes on with the run gives it again.
   *
   * @param objective levels, weights, and what the network's output means
   * @param labels of the rows; null for a network that takes none
   */
  public Trainer(
      TrainingSettings settings,
      Objective objective,
      float[] data,
      int rows,
      @Nullable Labels labels) {
    this(
        settings, objective, rows(settings, data, rows), labels, null, energy(settings, objective));
  }

  /**
   * A trainer that makes a consistency function of a denoiser's network (Song, Dhariwal, Chen &amp; Sutskever 2023); {@link #denoiser} is then that function. A step's loss is
   * the metric of {@code recipe}.
   *
   * @param settings with the teacher's architecture and objective, and levels spread over a batch
   * @param targetDecay μ, the share of the target's weights that a step keeps, from 0 to below 1
   * @param teacher called by several threads at a time: it must keep no state, as {@link NetworkDenoiser} does not. Not closed with this trainer
   * @param start the teacher's weights
   * @throws IllegalArgumentException if the network takes labels, or levels are not spread
   */
  public static Trainer distilling(
      TrainingSettings settings,
      ConsistencyDistillation recipe,
      double targetDecay,
      Denoiser teacher,
      List<NamedArray> start,
      float[] data,
      int rows) {
    if (!(targetDecay >= 0 && targetDecay < 1)) {
      throw new IllegalArgumentException(
          "targetDecay must be at least 0 and below 1, got " + targetDecay);
    }
    if (settings.options().draws() != LevelDraws.SPREAD || settings.architecture().labels() > 0) {
      throw new IllegalArgumentException(
          "settings must spread levels over a batch, and have no labels, to distil, got "
              + settings);
    }
    Network network = Network.of(settings.architecture());
    float[] values = network.layout().join("", OldNames.renamed(start));
    Objective form = ConsistencyLesson.form(settings.objective(), recipe);
    ConsistencyLesson lesson =
        new ConsistencyLesson(
            recipe, targetDecay, teacher, form, settings.architecture(), network, values);
    Trainer trainer = new Trainer(settings, form, rows(settings, data, rows), null, lesson, null);
    trainer.startFrom(start);
    return trainer;
  }

  /** A trainer of this lesson. */
  static Trainer learning(EnergyLesson energy, TrainingSettings settings, float[] data, int rows) {
    return new Trainer(
        settings, settings.objective(), rows(settings, data, rows), null, null, energy);
  }

  private static @Nullable EnergyLesson energy(TrainingSettings settings, Objective objective) {
    return objective instanceof EnergyMatching matching
        ? new EnergyLesson(
            matching, settings.architecture(), Seed.of(settings.seed()).child("energy"))
        : null;
  }

  private Trainer(
      TrainingSettings settings,
      Objective objective,
      Rows data,
      @Nullable Labels labels,
      @Nullable ConsistencyLesson lesson,
      @Nullable EnergyLesson energy) {
    this.settings = settings;
    this.objective = objective;
    this.lesson = lesson;
    this.energy = energy;
    int d = settings.architecture().dimension();
    if (data.count() < 1 || data.width() != d) {
      throw new IllegalArgumentException(
          "data must be rows of " + d + " numbers, got " + data.count() + " of " + data.width());
    }
    requireLabels(settings.architecture(), data.count(), labels);
    seed = Seed.of(settings.seed());
    network = Network.of(settings.architecture());
    if (network.keepsGraph() && settings.options().precision() == Precision.BF16) {
      throw new IllegalArgumentException(
          "precision must be FP32 for a network that is differentiated twice, got BF16");
    }
    batches =
        new Batches(
            data,
            settings.batch(),
            objective,
            network,
            labels,
            settings.architecture().labels(),
            settings.options(),
            rowLength(settings),
            seed.child("train"));
    squares = new float[settings.batch()];
    float[] start = network.layout().start(seed.child("init"));
    Layout layout = network.layout();
    weights = Scope.call(() -> Parameters.trainable(layout, start));
    int count = shares(settings.batch(), network.rowsAtOnce());
    shares = Scope.call(() -> new Shares(weights, settings.batch(), count));
    average = Scope.call(() -> Parameters.fixed(layout, start));
    optimizer = Scope.call(() -> new AdamW(layout, settings.weightDecay()));
  }

  private static Rows rows(TrainingSettings settings, float[] data, int rows) {
    return Rows.of(data, rows, settings.architecture().dimension());
  }

  /** The length of a line of an image, which is what is mirrored. */
  private static int rowLength(TrainingSettings settings) {
    int[] shape = settings.architecture().rowShape();
    if (settings.options().flips() && shape.length != 3) {
      throw new IllegalArgumentException("flips must be false for rows that are no images");
    }
    return shape[shape.length - 1];
  }

  private static void requireLabels(Architecture architecture, int rows, @Nullable Labels labels) {
    if (Network.of(architecture).labelColumns() != (labels == null ? 0 : 1)) {
      throw new IllegalArgumentException(
          "labels must be given exactly if the network takes them, got "
              + labels
              + " for "
              + architecture);
    }
    if (labels != null) {
      labels.check(rows, architecture);
    }
  }

  /**
   * As many equal shares of a batch as there is work for, whatever the number of threads: it decides about rounding. Four, or more if each has 16 rows still:
   * with 8 rows of 32×32 pixels a share, a step takes a fifth longer on two cores than with 16.
   */
  private static int shares(int batch, int rowsAtOnce) {
    int wanted = Math.min(MOST_SHARES, Math.max(SHARES, batch / SHARE_ROWS));
    return Math.max(1, Math.min(wanted, batch / rowsAtOnce));
  }

  /** The settings that this trainer was made with. */
  public TrainingSettings settings() {
    return settings;
  }

  /** The weights at work. */
  Parameters weights() {
    return weights;
  }

  /** Optimizer steps taken. */
  public long steps() {
    return step;
  }

  /**
   * Starts from these weights in place of random ones: to go on with a model that was trained elsewhere.
   *
   * @param start as {@link NetworkFunction} takes them
   * @throws IllegalStateException after the first step
   * @throws IllegalArgumentException if one is missing, unknown or misshapen
   */
  public void startFrom(List<NamedArray> start) {
    if (step > 0) {
      throw new IllegalStateException("startFrom comes before the first step, got step " + step);
    }
    float[] values = network.layout().join("", OldNames.renamed(start));
    Scope.run(
        () -> {
          weights.values(values);
          average.values(values);
        });
  }

  /**
   * One optimizer step.
   *
   * @return the loss before the step: the mean square error of the network's output, which is 1 at the start
   * @throws TrainingFailure if the loss or a gradient is not finite; the weights are then as before the step
   */
  public double step() {
    batches.fill(step);
    if (lesson != null) {
      lesson.fill(batches);
    }
    if (energy != null) {
      energy.fill(batches, step, weights);
    }
    return Scope.call(this::advance);
  }

  private double advance() {
    double loss = shares.gradient(this::backward);
    double norm = weights.gradient().norm().item_float();
    if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
      throw failure(loss);
    }
    double scale = Math.min(1, settings.gradientClip() / (norm + 1e-12));
    move(new AdamW.Rate(scale, settings.learningRate(step), step), settings.emaDecay(step));
    if (batches.learnsLevels()) {
      batches.observe(squares);
    }
    if (lesson != null) {
      lesson.follow(weights);
    }
    step++;
    return loss;
  }

  /** The optimizer's part, as many stretches of the weights side by side as there are shares. */
  private void move(AdamW.Rate rate, double decay) {
    long size = network.layout().size();
    Workers.run(
        shares.count(),
        share -> {
          long from = size * share / shares.count();
          long length = size * (share + 1) / shares.count() - from;
          Scope.run(() -> optimizer.update(weights, average, rate, decay, from, length));
        });
  }

  /** Piece after piece of a share: each adds to the share's gradient, and its activations are freed before the next. */
  private double backward(Parameters parameters, int share, int from, int rows) {
    int pieces = Math.min(rows, settings.options().accumulation());
    Seed address = seed.child("dropout").child(step).child(share);
    double loss = 0;
    for (int piece = 0; piece < pieces; piece++) {
      int first = from + (int) ((long) rows * piece / pieces);
      int count = from + (int) ((long) rows * (piece + 1) / pieces) - first;
      Seed own = pieces == 1 ? address : address.child(piece);
      loss += Scope.call(() -> backward(parameters, first, count, own));
    }
    return loss;
  }

  private double backward(Parameters parameters, int from, int rows, Seed address) {
    int d = settings.architecture().dimension();
    long[] shape = NetworkFunction.shape(rows, settings.architecture().rowShape());
    Tensor x = Transfer.toNative(batches.inputs, from * d, shape);
    int columns = network.noiseColumns();
    Tensor noise = Transfer.toNative(batches.noise, from * columns, new long[] {rows, columns});
    Dropout dropout = Dropout.at(settings.architecture().dropout(), address);
    Condition condition = new Condition(noise, labels(from, rows));
    double share = (double) rows / settings.batch();
    if (energy != null) {
      Tensor loss = energy.loss(parameters, x, condition, dropout, from).mul(new Scalar(share));
      loss.backward();
      return loss.item_float();
    }
    Tensor target = Transfer.toNative(batches.targets, from * d, shape);
    Tensor output =
        settings
            .options()
            .precision()
            .forward(() -> network.forward(parameters, x, condition, dropout));
    Tensor loss = error(output, target, from).mul(new Scalar(share));
    loss.backward();
    return loss.item_float();
  }

  /** The mean over rows of weight times mean square error. */
  private Tensor error(Tensor output, Tensor target, int from) {
    int rows = (int) output.size(0);
    boolean plain = !batches.learnsLevels() && lesson == null;
    for (int i = from; i < from + rows; i++) {
      plain &= Math.abs(batches.weights[i] - 1) < 1e-6;
    }
    if (plain) {
      return torch.mse_loss(output, target);
    }
    Tensor means = output.sub(target).square().flatten(1, -1).mean(1);
    Transfer.toJava(means, squares, from);
    Tensor losses = means.mul(Transfer.toNative(batches.weights, from, new long[] {rows}));
    return (lesson == null ? losses : lesson.metric(losses)).mean();
  }

  private @Nullable Tensor labels(int from, int rows) {
    return network.labelColumns() == 0
        ? null
        : Transfer.toNative(batches.labels, from, new long[] {rows, 1});
  }

  private TrainingFailure failure(double loss) {
    String weight = network.layout().firstNotFinite(weights.values());
    if (weight != null) {
      return new TrainingFailure(step, weight);
    }
    String gradient = network.layout().firstNotFinite(Transfer.toJava(weights.gradient()));
    return new TrainingFailure(
        step, Double.isFinite(loss) && gradient != null ? "gradient of " + gradient : "loss");
  }

  /**
   * Everything that is needed to go on, copied.
   *
   * @throws TrainingFailure if a weight, or one of its averages or moments, is not finite
   */
  public Checkpoint checkpoint() {
    return Scope.call(
        () -> {
          Layout layout = network.layout();
          List<NamedArray> arrays = new ArrayList<>();
          arrays.addAll(layout.split(Checkpoint.MODEL, finite(weights.values())));
          arrays.addAll(layout.split(Checkpoint.EMA, finite(average.values())));
          arrays.addAll(layout.split(Checkpoint.FIRST_MOMENT, finite(optimizer.first())));
          arrays.addAll(layout.split(Checkpoint.SECOND_MOMENT, finite(optimizer.second())));
          if (batches.learnsLevels()) {
            arrays.add(Checkpoint.levels(batches.memory()));
          }
          if (lesson != null) {
            arrays.addAll(lesson.arrays());
          }
          return new Checkpoint(settings, step, arrays);
        });
  }

  private float[] finite(float[] values) {
    String broken = network.layout().firstNotFinite(values);
    if (broken != null) {
      throw new TrainingFailure(step, broken);
    }
    return values;
  }

  /**
   * Goes to where {@code checkpoint} was made. Its settings may differ from this trainer's in everything but the architecture; where
   * they do not, and the data are the same, the run goes on bit for bit.
   *
   * @throws IllegalArgumentException if the architecture differs, or an array is missing or misshapen; nothing has changed then
   */
  public void restore(Checkpoint checkpoint) {
    if (!checkpoint.settings().architecture().equals(settings.architecture())) {
      throw new IllegalArgumentException(
          "checkpoint must be of architecture "
              + settings.architecture()
              + ", got "
              + checkpoint.settings().architecture());
    }
    Layout layout = network.layout();
    float[] model = layout.join(Checkpoint.MODEL, checkpoint.arrays());
    float[] ema = layout.join(Checkpoint.EMA, checkpoint.arrays());
    float[] first = layout.join(Checkpoint.FIRST_MOMENT, checkpoint.arrays());
    float[] second = layout.join(Checkpoint.SECOND_MOMENT, checkpoint.arrays());
    float[] target = lesson == null ? new float[0] : lesson.stored(checkpoint.arrays());
    Scope.run(
        () -> {
          weights.values(model);
          average.values(ema);
          optimizer.restore(first, second);
          if (lesson != null) {
            lesson.restore(target);
          }
        });
    if (batches.learnsLevels()) {
      batches.restore(checkpoint.levels());
    }
    step = checkpoint.step();
  }

  /** The moving average of the weights as a denoiser, copied: it stays as it is when training goes on. To be closed by the caller. */
  public NetworkDenoiser denoiser() {
    float[] values = Scope.call(() -> finite(average.values()));
    return new NetworkDenoiser(settings.architecture(), objective, network, values);
  }

  /**
   * The implicit loss of {@link EnergyMatching} on rows that were not learned from, with the moving average of the weights; of the first 512 rows, exact up to {@value
   * EnergyMatching#MOST_EXACT} dimensions and sliced beyond.
   *
   * @param rows {@code n × d}, at least one
   * @throws IllegalStateException if no energy is learned here
   */
  public double matchingLoss(float[] rows) {
    EnergyLesson known = energy;
    if (known == null) {
      throw new IllegalStateException("matchingLoss is of an energy, got " + objective);
    }
    return Scope.call(() -> known.heldOut(average, rows));
  }

  /** The weights as they are, as a denoiser, copied; to be closed by the caller. What is used in the end is {@link #denoiser}. */
  public NetworkDenoiser rawDenoiser() {
    float[] values = Scope.call(() -> finite(weights.values()));
    return new NetworkDenoiser(settings.architecture(), objective, network, values);
  }

  /** Frees the native memory. */
  @Override
  public void close() {
    if (lesson != null) {
      lesson.close();
    }
    optimizer.close();
    average.close();
    shares.close();
  }
}
