package dev.langevin.tensor;

import java.util.Arrays;
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
      Arrays.fill(mask, from, from + entry.length(), entry.decays() ? 1 : 0);
    }
    return mask;
  }

  /** One step's numbers: the factor on the gradient from clipping, the learning rate, and the steps taken before. */
  record Rate(double scale, double learningRate, long step) {}

  /**
   * Moves the weights {@code from … from + length - 1}, and the moving average after them. Every number has its own, so that
   * stretches can be moved side by side with the same result. To be called inside a scope.
   *
   * @param decay share of the old moving average that is kept
   */
  void update(
      Parameters parameters, Parameters average, Rate rate, double decay, long from, long length) {
    Tensor w = parameters.flat().narrow(0, from, length);
    Tensor g = parameters.gradient().narrow(0, from, length);
    Tensor m = first.narrow(0, from, length);
    Tensor v = second.narrow(0, from, length);
    g.mul_(new Scalar(rate.scale()));
    m.mul_(new Scalar(BETA_1)).add_(g, new Scalar(1 - BETA_1));
    v.mul_(new Scalar(BETA_2)).addcmul_(g, g, new Scalar(1 - BETA_2));
    double correction1 = 1 - StrictMath.pow(BETA_1, rate.step() + 1.0);
    double correction2 = 1 - StrictMath.pow(BETA_2, rate.step() + 1.0);
    Tensor root = v.sqrt().div_(new Scalar(Math.sqrt(correction2))).add_(new Scalar(EPSILON));
    if (weightDecay > 0) {
      Tensor mask = decays.narrow(0, from, length);
      w.addcmul_(w, mask, new Scalar(-rate.learningRate() * weightDecay));
    }
    w.addcdiv_(m, root, new Scalar(-rate.learningRate() / correction1));
    average.flat().narrow(0, from, length).lerp_(w, new Scalar(1 - decay));
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
