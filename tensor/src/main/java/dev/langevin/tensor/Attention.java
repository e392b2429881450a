package dev.langevin.tensor;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Self-attention among the pixels of an image (Vaswani et al. 2017; Ho et al. 2020): (x + W softmax(q kᵀ/√c) v)/divisor, by heads of c
 * channels each.
 */
final class Attention {
  private final Style style;
  private final double divisor;
  private final int heads;
  private final int headWidth;
  private final @Nullable GroupNorm norm;
  private final Linear query;
  private final Linear key;
  private final Linear value;
  private final Linear out;

  /**
   * Where and of which size; channels that do not fill a head are left out of it.
   *
   * @param headWidth channels of a head, at most {@code channels}
   * @param groups of the normalisation before; 0 for none
   * @param divisor of the result
   */
  record Place(String name, int channels, int headWidth, int groups, double divisor) {}

  Attention(Layout layout, Place place, Style style) {
    this.style = style;
    String name = place.name();
    int channels = place.channels();
    divisor = place.divisor();
    headWidth = place.headWidth();
    heads = channels / headWidth;
    norm =
        place.groups() == 0
            ? null
            : new GroupNorm(
                layout, name + ".group_norm", channels, place.groups(), style.epsilon());
    int inner = heads * headWidth;
    query = new Linear(layout, name + ".to_q", channels, inner, 1);
    key = new Linear(layout, name + ".to_k", channels, inner, 1);
    value = new Linear(layout, name + ".to_v", channels, inner, 1);
    out = new Linear(layout, name + ".to_out.0", inner, channels, 0);
  }

  Tensor apply(Parameters p, Tensor x) {
    return Scope.around(() -> inside(p, x));
  }

  private Tensor inside(Parameters p, Tensor x) {
    long rows = x.size(0);
    long pixels = x.size(2) * x.size(3);
    Tensor normed = norm == null ? x : norm.apply(p, x);
    Tensor tokens = normed.reshape(rows, x.size(1), pixels).transpose(1, 2);
    Tensor mixed =
        mix(
            byHead(query.apply(p, tokens)),
            byHead(key.apply(p, tokens)),
            byHead(value.apply(p, tokens)));
    Tensor together = mixed.transpose(1, 2).reshape(rows, pixels, (long) heads * headWidth);
    // x first: a sum lies in memory as its first part does, and channel by channel is the faster
    // way
    Tensor h = x.add(out.apply(p, together).transpose(1, 2).reshape(x.sizes()));
    return divisor == 1 ? h : h.div(new Scalar(divisor));
  }

  /** {@code [rows, heads, pixels, headWidth]}. */
  private Tensor byHead(Tensor tokens) {
    return tokens.reshape(tokens.size(0), tokens.size(1), heads, headWidth).transpose(1, 2);
  }

  /**
   * By LibTorch's fused operation where it pays: it cannot be differentiated twice, and multiplies 16-bit floats one by one (a seventh of a U-Net's whole step).
   */
  private Tensor mix(Tensor q, Tensor k, Tensor v) {
    boolean rounded = q.scalar_type().intern() == torch.ScalarType.BFloat16;
    if (!style.smooth() && !rounded) {
      return torch.scaled_dot_product_attention(q, k, v);
    }
    Tensor scores = q.matmul(k.transpose(2, 3)).div(new Scalar(Math.sqrt(headWidth)));
    return torch.softmax(scores, 3).matmul(v);
  }
}
