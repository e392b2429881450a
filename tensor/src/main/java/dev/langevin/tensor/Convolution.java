package dev.langevin.tensor;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A square convolution with zero padding. */
final class Convolution {
  private static final long[] ONE = {1, 1};
  private final int weight;
  private final int bias;
  private final int inputs;
  private final int outputs;
  private final int kernel;
  private final long[] stride;
  private final long[] padding;

  /** One that keeps the size. */
  Convolution(Layout layout, String name, int inputs, int outputs, int kernel, double gain) {
    this(layout, name, inputs, outputs, kernel, 1, kernel / 2, gain);
  }

  /**
   * At the next place of the layout.
   *
   * @param padding zeros on every side
   * @param gain of the start values, see {@link Layout.Convention}
   */
  Convolution(
      Layout layout,
      String name,
      int inputs,
      int outputs,
      int kernel,
      int stride,
      int padding,
      double gain) {
    int summands = inputs * kernel * kernel;
    weight = layout.matrix(name + ".weight", gain, summands, outputs, inputs, kernel, kernel);
    bias = layout.offset(name + ".bias", summands, outputs);
    this.inputs = inputs;
    this.outputs = outputs;
    this.kernel = kernel;
    this.stride = new long[] {stride, stride};
    this.padding = new long[] {padding, padding};
  }

  Tensor apply(Parameters p, Tensor x) {
    if (Backend.avoidsOneDnn(inputs, outputs, kernel)) {
      Tensor wide = x.to(torch.ScalarType.Float).contiguous();
      long[] size = {kernel, kernel};
      return torch.thnn_conv2d(wide, p.get(weight), size, p.optional(bias), stride, padding);
    }
    return torch.conv2d(x, p.get(weight), p.optional(bias), stride, padding, ONE, 1);
  }
}
