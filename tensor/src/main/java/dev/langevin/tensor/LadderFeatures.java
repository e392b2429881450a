package dev.langevin.tensor;

import org.bytedeco.pytorch.Tensor;

/** {@link NoiseFeatures}. */
record LadderFeatures() implements TimeFeatures {
  @Override
  public int columns() {
    return NoiseFeatures.COUNT;
  }

  @Override
  public void fill(double level, float[] out, int row) {
    NoiseFeatures.fill(level, out, row);
  }

  @Override
  public int width() {
    return NoiseFeatures.COUNT;
  }

  @Override
  public Tensor apply(Parameters p, Tensor levels) {
    return levels;
  }
}
