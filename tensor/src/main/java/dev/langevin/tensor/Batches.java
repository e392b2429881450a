package dev.langevin.tensor;

import dev.langevin.objective.EdmObjective;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;

/**
 * What the network is shown in a step: rows of the data in an order that is new in each pass, noised, as the network's input and the
 * output that the objective asks for. All of it depends on the seed and the step only, so a run can be stopped and go on anywhere.
 */
final class Batches {
  private final float[] data;
  private final int rows;
  private final int d;
  private final int batch;
  private final EdmObjective objective;
  private final Seed seed;
  private final AddressedRandom random;
  private final int[] order;
  private long orderOf = -1;
  private final double[] sigmas;

  /** {@code batch × d}: c_in y. */
  final float[] inputs;

  /** {@code batch × d}: what F should answer. */
  final float[] targets;

  /** {@code batch × NoiseFeatures.COUNT}. */
  final float[] noise;

  Batches(float[] data, int rows, int d, int batch, EdmObjective objective, Seed seed) {
    this.data = data;
    this.rows = rows;
    this.d = d;
    this.batch = batch;
    this.objective = objective;
    this.seed = seed;
    random = seed.random();
    order = new int[rows];
    sigmas = new double[batch];
    inputs = new float[batch * d];
    targets = new float[batch * d];
    noise = new float[batch * NoiseFeatures.COUNT];
  }

  /** Fills {@link #inputs}, {@link #targets} and {@link #noise} for a step, counted from 0. */
  void fill(long step) {
    AddressedRandom z = random.moveTo(seed.child("noise").child(step));
    objective.levels(z, sigmas);
    AddressedRandom shuffle = seed.random();
    for (int i = 0; i < batch; i++) {
      int row = row(step * batch + i, shuffle);
      noised(row, i, sigmas[i], z);
      NoiseFeatures.fill(objective.cNoise(sigmas[i]), noise, i);
    }
  }

  private void noised(int row, int i, double sigma, AddressedRandom z) {
    double scale = objective.cIn(sigma);
    for (int j = 0; j < d; j++) {
      double clean = data[row * d + j];
      double y = clean + sigma * z.nextGaussian();
      inputs[i * d + j] = (float) (scale * y);
      targets[i * d + j] = (float) objective.target(clean, y, sigma);
    }
  }

  /** The row that is shown as number {@code shown} since the beginning. */
  private int row(long shown, AddressedRandom shuffle) {
    long pass = shown / rows;
    if (pass != orderOf) {
      shuffle.moveTo(seed.child("order").child(pass));
      for (int i = 0; i < rows; i++) { // inside-out Fisher–Yates
        int j = shuffle.nextInt(i + 1);
        order[i] = order[j];
        order[j] = i;
      }
      orderOf = pass;
    }
    return order[(int) (shown % rows)];
  }
}
