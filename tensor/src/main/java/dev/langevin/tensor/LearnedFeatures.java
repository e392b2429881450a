package dev.langevin.tensor;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A learned vector for every whole time 0 … steps - 1; others go to the nearest. */
final class LearnedFeatures implements TimeFeatures {
  private final int steps;
  private final int width;
  private final int weight;

  LearnedFeatures(Layout layout, int steps, int width) {
    this.steps = steps;
    this.width = width;
    weight = layout.normal("time_proj.weight", 1, steps, width);
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public void fill(double level, float[] out, int row) {
    out[row] = (float) Math.max(0, Math.min(steps - 1, Math.rint(level)));
  }

  @Override
  public Tensor apply(Parameters p, Tensor levels) {
    return torch.embedding(p.get(weight), levels.select(1, 0).to(torch.ScalarType.Long));
  }
}
