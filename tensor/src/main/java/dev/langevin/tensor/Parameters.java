package dev.langevin.tensor;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The numbers of a network in native memory: one flat buffer, and one view per weight that a {@link Network} reads. The views of
 * trainable parameters carry gradients, which are views of a second flat buffer: the backward pass adds into it in place, and nothing
 * has to be gathered for the optimizer.
 */
final class Parameters implements AutoCloseable {
  private final Layout layout;
  private final Tensor flat;
  private final Tensor gradient;
  private final Tensor[] views;
  private final TensorOptional[] optionals;

  private Parameters(Layout layout, Tensor flat, Tensor gradient) {
    this.layout = layout;
    this.flat = Scope.keep(flat);
    this.gradient = Scope.keep(gradient);
    int n = layout.entries().size();
    this.views = new Tensor[n];
    this.optionals = new TensorOptional[n];
    for (int i = 0; i < n; i++) {
      Layout.Entry entry = layout.entries().get(i);
      Tensor view = view(flat, entry).detach();
      if (gradient.numel() > 0 && entry.learns()) {
        view.set_requires_grad(true);
        view.mutable_grad().put(view(gradient, entry));
      }
      views[i] = Scope.keep(view);
      optionals[i] = Scope.keep(new TensorOptional(view));
    }
  }

  /** Parameters that learn. To be called inside a scope. */
  static Parameters trainable(Layout layout, float[] values) {
    return new Parameters(layout, Transfer.toNative(values), torch.zeros(layout.size()));
  }

  /** Parameters for use only. To be called inside a scope. */
  static Parameters fixed(Layout layout, float[] values) {
    return new Parameters(layout, Transfer.toNative(values), torch.zeros(0));
  }

  /** The same numbers, not a copy, with gradients of their own: for another thread's share of a batch. To be called inside a scope. */
  Parameters twin() {
    return new Parameters(layout, flat, torch.zeros(layout.size()));
  }

  private static Tensor view(Tensor flat, Layout.Entry entry) {
    long[] shape = new long[entry.shape().length];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = entry.shape()[i];
    }
    return flat.narrow(0, entry.offset(), entry.length()).view(shape);
  }

  Layout layout() {
    return layout;
  }

  /** Whether these parameters have gradients. */
  boolean learn() {
    return gradient.numel() > 0;
  }

  /** All numbers; writing to it changes the weights. */
  Tensor flat() {
    return flat;
  }

  /** The gradients of all numbers, where these parameters learn. */
  Tensor gradient() {
    return gradient;
  }

  Tensor get(int index) {
    return views[index];
  }

  /** The same as an optional, which is what most operations take. */
  TensorOptional optional(int index) {
    return optionals[index];
  }

  float[] values() {
    return Transfer.toJava(flat);
  }

  void values(float[] values) {
    flat.copy_(Transfer.toNative(values));
  }

  @Override
  public void close() {
    for (int i = 0; i < views.length; i++) {
      Scope.release(optionals[i]);
      Scope.release(views[i]);
    }
    Scope.release(gradient);
    Scope.release(flat);
  }
}
