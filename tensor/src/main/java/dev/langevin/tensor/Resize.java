package dev.langevin.tensor;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A change of resolution without weights. */
enum Resize {
  NONE(x -> x),
  /** The mean of each square of 2×2 pixels. */
  HALVE(x -> torch.avg_pool2d(x, 2, 2)),
  /** Every pixel four times. */
  DOUBLE(x -> torch.upsample_nearest2d(x, 2 * x.size(2), 2 * x.size(3)));

  private final UnaryOperator<Tensor> function;

  Resize(UnaryOperator<Tensor> function) {
    this.function = function;
  }

  Tensor of(Tensor x) {
    return function.apply(x);
  }
}
