package dev.langevin.tensor;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Self-attention among the pixels of an image, one head (Vaswani et al. 2017; Ho et al. 2020): x + W softmax(q kᵀ/√c) v. */
final class Attention {
  private final int channels;
  private final GroupNorm norm;
  private final Linear query;
  private final Linear key;
  private final Linear value;
  private final Linear out;

  Attention(Layout layout, String name, int channels) {
    this.channels = channels;
    norm = new GroupNorm(layout, name + ".group_norm", channels);
    query = new Linear(layout, name + ".to_q", channels, channels, 1);
    key = new Linear(layout, name + ".to_k", channels, channels, 1);
    value = new Linear(layout, name + ".to_v", channels, channels, 1);
    out = new Linear(layout, name + ".to_out.0", channels, channels, 0);
  }

  Tensor apply(Parameters p, Tensor x) {
    return Scope.around(() -> inside(p, x));
  }

  private Tensor inside(Parameters p, Tensor x) {
    long rows = x.size(0);
    long pixels = x.size(2) * x.size(3);
    Tensor tokens = norm.apply(p, x).reshape(rows, channels, pixels).transpose(1, 2);
    Tensor mixed =
        torch.scaled_dot_product_attention(
            head(query.apply(p, tokens)), head(key.apply(p, tokens)), head(value.apply(p, tokens)));
    Tensor h = out.apply(p, mixed.squeeze(1)).transpose(1, 2);
    return h.reshape(rows, channels, x.size(2), x.size(3)).add(x);
  }

  private static Tensor head(Tensor tokens) {
    return tokens.unsqueeze(1); // [rows, heads = 1, pixels, channels]
  }
}
