package dev.langevin.tensor;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * x + conv₂(dropout(silu((1 + scale) · norm₂(conv₁(silu(norm₁ x))) + shift))), scale and shift from the noise level; a 1×1
 * convolution on the direct path where the number of channels changes.
 */
final class ResidualBlock {
  private final int outputs;
  private final GroupNorm norm1;
  private final Convolution conv1;
  private final Linear noiseProjection;
  private final GroupNorm norm2;
  private final Convolution conv2;
  private final @Nullable Convolution shortcut;

  ResidualBlock(Layout layout, String name, int inputs, int outputs, int noiseWidth) {
    this.outputs = outputs;
    norm1 = new GroupNorm(layout, name + ".norm1", inputs);
    conv1 = new Convolution(layout, name + ".conv1", inputs, outputs, 3, 1, 1);
    noiseProjection = new Linear(layout, name + ".time_emb_proj", noiseWidth, 2 * outputs, 0.1);
    norm2 = new GroupNorm(layout, name + ".norm2", outputs);
    conv2 = new Convolution(layout, name + ".conv2", outputs, outputs, 3, 1, 0);
    shortcut =
        inputs == outputs
            ? null
            : new Convolution(layout, name + ".conv_shortcut", inputs, outputs, 1, 1, 1);
  }

  Tensor apply(Parameters p, Tensor x, Tensor embedding, Dropout dropout) {
    return Scope.around(() -> inside(p, x, embedding, dropout));
  }

  private Tensor inside(Parameters p, Tensor x, Tensor embedding, Dropout dropout) {
    Tensor h = conv1.apply(p, torch.silu(norm1.apply(p, x)));
    Tensor affine = noiseProjection.apply(p, embedding).unsqueeze(2).unsqueeze(3);
    Tensor scale = affine.narrow(1, 0, outputs).add(new Scalar(1.0));
    Tensor shift = affine.narrow(1, outputs, outputs);
    h = torch.addcmul(shift, norm2.apply(p, h), scale);
    h = conv2.apply(p, dropout.apply(torch.silu(h)));
    return h.add_(shortcut == null ? x : shortcut.apply(p, x));
  }
}
