package dev.langevin.tensor;

import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The start weights that PyTorch would give, number for number, on its CPU: one generator (MT19937) for all weights, in the order in
 * which diffusers builds its layers, matrix before offset.
 */
final class TorchStart {
  private TorchStart() {}

  /** Of a network right after {@code torch.manual_seed(seed)}. */
  static float[] values(Layout layout, long seed) {
    return Scope.call(() -> values(layout, new GeneratorOptional(torch.createCPUGenerator(seed))));
  }

  /** Goes on with a generator. To be called inside a scope. */
  static float[] values(Layout layout, GeneratorOptional generator) {
    float[] values = new float[Math.toIntExact(layout.size())];
    for (Layout.Entry entry : layout.entries()) {
      Scope.run(() -> draw(entry, generator, values));
    }
    return values;
  }

  private static void draw(Layout.Entry entry, GeneratorOptional generator, float[] values) {
    Layout.Start start = entry.start();
    Tensor weight = torch.zeros(entry.length());
    if (start.uniform()) {
      weight.uniform_(-start.scale(), start.scale(), generator);
    } else if (start.scale() != 0) {
      weight.normal_(0, 1, generator);
      if (!entry.learns()) {
        weight.normal_(0, 1, generator); // diffusers draws the frequencies of the time twice
      }
    }
    float[] drawn = Transfer.toJava(weight);
    for (int i = 0; i < drawn.length; i++) {
      double scale = start.uniform() ? 1 : start.scale();
      values[(int) entry.offset() + i] = (float) (start.mean() + scale * drawn[i]);
    }
  }
}
