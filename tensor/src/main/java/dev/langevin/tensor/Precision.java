package dev.langevin.tensor;

import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The numbers in which a network's products are computed in training. Weights, moments and moving averages are 32-bit floats with either. */
public enum Precision {
  /** 32-bit floats throughout. */
  FP32,

  /**
   * Convolutions, linear maps and attention with 16-bit factors (8 bits of exponent, 8 of significand) and 32-bit sums, forward and backward; norms, losses and the optimizer
   * with 32 bits: LibTorch's autocast. For processors that have instructions for it ({@link Backend#multipliesBf16}), where a U-Net's step is about twice as fast.
   */
  BF16;

  /** Runs a forward pass on this thread, whose products are of this precision, and returns its output as 32-bit floats. */
  Tensor forward(Supplier<Tensor> pass) {
    if (this == FP32) {
      return pass.get();
    }
    // LibTorch remembers the rounded weights until told otherwise, though they change with each
    // step; every weight is used once, so there is nothing to gain.
    torch.set_autocast_cache_enabled(false);
    torch.set_autocast_dtype(torch.DeviceType.CPU, torch.ScalarType.BFloat16);
    torch.set_autocast_enabled(torch.DeviceType.CPU, true);
    try {
      return pass.get().to(torch.ScalarType.Float);
    } finally {
      torch.set_autocast_enabled(torch.DeviceType.CPU, false);
    }
  }
}
