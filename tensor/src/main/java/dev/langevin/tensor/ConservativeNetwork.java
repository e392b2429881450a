package dev.langevin.tensor;

import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The wiring of {@link Conservative}. */
final class ConservativeNetwork implements Network {
  private final Network inner;

  ConservativeNetwork(Conservative conservative) {
    inner = Network.of(conservative.network(), true);
  }

  @Override
  public Layout layout() {
    return inner.layout();
  }

  @Override
  public int rowsAtOnce() {
    return inner.rowsAtOnce();
  }

  @Override
  public int noiseColumns() {
    return inner.noiseColumns();
  }

  @Override
  public void noise(double level, float[] out, int row) {
    inner.noise(level, out, row);
  }

  @Override
  public int labelColumns() {
    return inner.labelColumns();
  }

  @Override
  public boolean keepsGraph() {
    return true;
  }

  /** ∇g, itself differentiable where the weights learn or {@code x} carries a gradient. */
  @Override
  public Tensor forward(Parameters p, Tensor x, Condition condition, Dropout dropout) {
    boolean again = p.learn() || x.requires_grad();
    Tensor u = x.requires_grad() ? x : x.detach().set_requires_grad(true);
    Tensor sum = scalars(p, u, condition, dropout).sum();
    TensorVector gradients =
        torch.grad(
            new TensorVector(sum),
            new TensorVector(u),
            new TensorVector(),
            new BoolOptional(again),
            again,
            false);
    return gradients.get(0);
  }

  /** g of every row. */
  Tensor scalars(Parameters p, Tensor u, Condition condition, Dropout dropout) {
    return u.mul(inner.forward(p, u, condition, dropout)).flatten(1, -1).sum(1);
  }
}
