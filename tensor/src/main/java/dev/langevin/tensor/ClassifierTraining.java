package dev.langevin.tensor;

import dev.langevin.math.Check;

/**
 * How a {@link Classifier} is trained: AdamW on the cross-entropy, the learning rate rising over {@value #WARM_UP} steps (a tenth of them where they are few) and falling along half a
 * cosine to zero, dropout before the last layers of each stage, images moved at random by a pixel or two.
 *
 * @param network what is trained
 * @param epochs passes through the images, at least 1
 * @param batch images of a step, at least 1
 * @param learningRate the highest, positive
 * @param dropout chance with which a number is silenced, 0 … below 1
 * @param shift images are moved by up to so many pixels in either direction, not negative
 * @param flips whether images are mirrored, left and right, every second time
 * @param seed any number
 */
public record ClassifierTraining(
    Classifier network,
    int epochs,
    int batch,
    double learningRate,
    double dropout,
    int shift,
    boolean flips,
    long seed) {
  private static final int WARM_UP = 100;

  public ClassifierTraining {
    Check.atLeast("epochs", epochs, 1);
    Check.atLeast("batch", batch, 1);
    Check.positive("learningRate", learningRate);
    Check.between("shift", shift, 0, Math.min(network.height(), network.width()) / 2);
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("dropout must be in [0, 1), got " + dropout);
    }
  }

  /** Batches of 128, learning rate 0.002, dropout 0.15. */
  public static ClassifierTraining of(
      Classifier network, int epochs, int shift, boolean flips, long seed) {
    return new ClassifierTraining(network, epochs, 128, 0.002, 0.15, shift, flips, seed);
  }

  /** Optimizer steps for so many images. */
  public long steps(int rows) {
    return Math.max(1, (long) epochs * rows / batch);
  }

  double learningRate(long step, long steps) {
    double rise = Math.min(1, (step + 1.0) / Math.min(WARM_UP, 1 + steps / 10));
    return learningRate * rise * 0.5 * (1 + StrictMath.cos(Math.PI * step / steps));
  }
}
