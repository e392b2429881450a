package dev.langevin.tensor;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * AdamW (Loshchilov &amp; Hutter 2019, algorithm 2) over one flat buffer: ten operations a step whatever the number of weights, where the
 * backend's own takes ten per weight.
 */
final class AdamW implements AutoCloseable {
  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.99; // short runs: 0.999 would remember a third of them
  private static final double EPSILON = 1e-8;

  private final double weightDecay;
  private final Tensor first;
  private final Tensor second;
  private final Tensor decays;

  /** Moments of zero. To be called inside a scope. */
  AdamW(Layout layout, double weightDecay) {
    this.weightDecay = weightDecay;
    first = Scope.keep(torch.zeros(layout.size()));
    second = Scope.keep(torch.zeros(layout.size()));
    decays = Scope.keep(Transfer.toNative(decays(layout)));
  }

  private static float[] decays(Layout layout) {
    float[] mask = new float[Math.toIntExact(layout.size())];
    for (Layout.Entry entry : layout.entries()) {
      int from = (int) entry.offset();
      java.util.Arrays.fill(mask, from, from + entry.length(), entry.decays() ? 1 : 0);
    }
    return mask;
  }

  /**
   * Moves the weights. To be called inside a scope.
   *
   * @param scale factor on the gradient, from clipping
   * @param step steps taken before this one
   */
  void update(Parameters parameters, double scale, double learningRate, long step) {
    Tensor w = parameters.flat();
    Tensor g = parameters.gradient();
    g.mul_(new Scalar(scale));
    first.mul_(new Scalar(BETA_1)).add_(g, new Scalar(1 - BETA_1));
    second.mul_(new Scalar(BETA_2)).addcmul_(g, g, new Scalar(1 - BETA_2));
    double correction1 = 1 - StrictMath.pow(BETA_1, step + 1.0);
    double correction2 = 1 - StrictMath.pow(BETA_2, step + 1.0);
    Tensor root = second.sqrt().div_(new Scalar(Math.sqrt(correction2))).add_(new Scalar(EPSILON));
    if (weightDecay > 0) {
      w.addcmul_(w, decays, new Scalar(-learningRate * weightDecay));
    }
    w.addcdiv_(first, root, new Scalar(-learningRate / correction1));
  }

  float[] first() {
    return Transfer.toJava(first);
  }

  float[] second() {
    return Transfer.toJava(second);
  }

  void restore(float[] firstMoment, float[] secondMoment) {
    first.copy_(Transfer.toNative(firstMoment));
    second.copy_(Transfer.toNative(secondMoment));
  }

  @Override
  public void close() {
    Scope.release(first);
    Scope.release(second);
    Scope.release(decays);
  }
}
