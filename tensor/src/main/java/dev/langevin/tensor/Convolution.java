package dev.langevin.tensor;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A square convolution with zero padding that keeps the size, or halves it with stride 2; starts as {@link Linear} does. */
final class Convolution {
  private static final long[] ONE = {1, 1};
  private final int weight;
  private final int bias;
  private final long[] stride;
  private final long[] padding;

  Convolution(
      Layout layout, String name, int inputs, int outputs, int kernel, int stride, double gain) {
    double deviation = gain / Math.sqrt((double) inputs * kernel * kernel);
    weight = layout.normal(name + ".weight", deviation, outputs, inputs, kernel, kernel);
    bias = layout.constant(name + ".bias", 0, outputs);
    this.stride = new long[] {stride, stride};
    this.padding = new long[] {kernel / 2, kernel / 2};
  }

  Tensor apply(Parameters p, Tensor x) {
    return torch.conv2d(x, p.get(weight), p.optional(bias), stride, padding, ONE, 1);
  }
}
