package dev.langevin.tensor;

import dev.langevin.objective.ImportanceLevels;
import dev.langevin.objective.Objective;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the network is shown in a step: rows of the data in an order that is new in each pass, noised, as the network's input and the
 * output that the objective asks for. All of it depends on the seed and the step only, so a run can be stopped and go on anywhere.
 */
final class Batches {
  private static final int CLASSES = 32;

  private final Rows data;
  private final float[] clean; // a row
  private final int d;
  private final int batch;
  private final Objective objective;
  private final Seed seed;
  private final Seed drops;
  private final AddressedRandom random;
  private final AddressedRandom chance;
  private final RowOrder order;

  /** {@code batch}: each row's noise level. */
  final double[] sigmas;

  /** {@code batch × d}: c_in y. */
  final float[] inputs;

  /** {@code batch × d}: what F should answer. */
  final float[] targets;

  /** {@code batch × noiseColumns} of the network. */
  final float[] noise;

  /** {@code batch}: the weight of each row's square error. */
  final float[] weights;

  /** {@code batch}, or empty where the network takes no labels. */
  final float[] labels;

  private final Network network;
  private final @Nullable Labels given;
  private final int @Nullable [] ofRows;
  private final int last;
  private final TrainingOptions options;
  private final int width;
  private final Seed flips;
  private final ImportanceLevels.Worker importance;
  private final int[] classes; // of the levels, where they are drawn by importance
  private final double[] shares; // what undoes the importance

  Batches(
      Rows data,
      int batch,
      Objective objective,
      Network network,
      @Nullable Labels given,
      int known,
      TrainingOptions options,
      int width,
      Seed seed) {
    this.network = network;
    this.given = given;
    ofRows = given == null ? null : given.ofRows();
    last = known - 1;
    weights = new float[batch];
    labels = new float[given == null ? 0 : batch];
    this.data = data;
    d = data.width();
    clean = new float[d];
    this.batch = batch;
    this.objective = objective;
    this.options = options;
    this.width = width;
    this.seed = seed;
    flips = seed.child("flips");
    classes = new int[batch];
    shares = new double[batch];
    importance = new ImportanceLevels(objective.levelLaw(), CLASSES).start();
    drops = seed.child("labels");
    random = seed.random();
    chance = seed.random();
    order = new RowOrder(seed.child("order"), data.count());
    sigmas = new double[batch];
    inputs = new float[batch * d];
    targets = new float[batch * d];
    noise = new float[batch * network.noiseColumns()];
  }

  /** Fills {@link #inputs}, {@link #targets}, {@link #noise} and {@link #weights} for a step, counted from 0. */
  void fill(long step) {
    AddressedRandom z = random.moveTo(seed.child("noise").child(step));
    levels(z);
    for (int i = 0; i < batch; i++) {
      int row = order.row(step * batch + i);
      boolean mirrored = options.flips() && chance.moveTo(flips.child(step).child(i)).nextBoolean();
      noised(row, i, mirrored, z);
      network.noise(objective.cNoise(sigmas[i]), noise, i);
      weights[i] = (float) (shares[i] * objective.outputWeight(sigmas[i]));
      label(row, i, step);
    }
  }

  private void levels(AddressedRandom z) {
    Arrays.fill(shares, 1);
    switch (options.draws()) {
      case SPREAD -> objective.levels(z, sigmas);
      case INDEPENDENT -> objective.levelLaw().independent(z, sigmas);
      case IMPORTANCE -> importance.draw(z, sigmas, classes, shares);
    }
  }

  /** Whether {@link #observe} wants to hear of each row's square error. */
  boolean learnsLevels() {
    return options.draws() == LevelDraws.IMPORTANCE;
  }

  /** Remembers the mean square errors of the rows, for the levels to come; rounded, so that a checkpoint's floats hold their squares. */
  void observe(float[] squares) {
    for (int i = 0; i < batch; i++) {
      float loss = (float) (objective.outputWeight(sigmas[i]) * squares[i]);
      importance.observe(classes[i], loss);
    }
  }

  /** What is remembered of them. */
  double[] memory() {
    return importance.memory();
  }

  void restore(double[] memory) {
    importance.restore(memory);
  }

  private void label(int row, int i, long step) {
    if (given != null && ofRows != null) {
      boolean dropped = chance.moveTo(drops.child(step).child(i)).nextDouble() < given.dropped();
      labels[i] = dropped ? last : ofRows[row];
    }
  }

  /** The target is {@link Objective#target}; the two functions of the level are taken out of the loop, where they would cost more than the noise. */
  private void noised(int row, int i, boolean mirrored, AddressedRandom z) {
    double sigma = sigmas[i];
    double scale = objective.cIn(sigma);
    double skip = objective.cSkip(sigma);
    double out = objective.cOut(sigma);
    data.read(row, clean, 0);
    for (int j = 0; j < d; j++) {
      int pixel = mirrored ? j + width - 1 - 2 * (j % width) : j;
      double x = clean[pixel];
      double y = x + sigma * z.nextGaussian();
      inputs[i * d + j] = (float) (scale * y);
      targets[i * d + j] = (float) ((x - skip * y) / out);
    }
  }
}
