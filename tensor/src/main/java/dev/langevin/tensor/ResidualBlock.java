package dev.langevin.tensor;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * (x + conv₂(dropout(act((1 + scale) · norm₂(conv₁(act(norm₁ x))) + shift))))/divisor, scale and shift from the noise level; or with
 * norm₂(conv₁(…) + shift), see {@link Style#scaleShift}. A 1×1 convolution on the direct path where the number of channels changes,
 * and a change of resolution on both paths where one is asked for.
 */
final class ResidualBlock {
  private final Style style;
  private final Resize resize;
  private final double divisor;
  private final int outputs;
  private final GroupNorm norm1;
  private final Convolution conv1;
  private final Linear noiseProjection;
  private final GroupNorm norm2;
  private final Convolution conv2;
  private final @Nullable Convolution shortcut;

  /**
   * Where and of which size.
   *
   * @param noise length of the vector that tells the noise level
   */
  record Place(String name, int inputs, int outputs, int noise) {}

  ResidualBlock(Layout layout, Place place, Style style) {
    this(layout, place, style, Resize.NONE, 1);
  }

  ResidualBlock(Layout layout, Place place, Style style, Resize resize, double divisor) {
    this.style = style;
    this.resize = resize;
    this.divisor = divisor;
    String name = place.name();
    int inputs = place.inputs();
    outputs = place.outputs();
    norm1 = new GroupNorm(layout, name + ".norm1", inputs, style);
    conv1 = new Convolution(layout, name + ".conv1", inputs, outputs, 3, 1);
    int affine = style.scaleShift() ? 2 * outputs : outputs;
    noiseProjection = new Linear(layout, name + ".time_emb_proj", place.noise(), affine, 0.1);
    norm2 = new GroupNorm(layout, name + ".norm2", outputs, style);
    conv2 = new Convolution(layout, name + ".conv2", outputs, outputs, 3, 0);
    shortcut =
        inputs == outputs
            ? null
            : new Convolution(layout, name + ".conv_shortcut", inputs, outputs, 1, 1);
  }

  /**
   * The block's output.
   *
   * @param level the vector that tells the noise level, after the activation
   */
  Tensor apply(Parameters p, Tensor x, Tensor level, Dropout dropout) {
    return Scope.around(() -> inside(p, x, level, dropout));
  }

  private Tensor inside(Parameters p, Tensor x, Tensor level, Dropout dropout) {
    Tensor h = resize.of(style.activation().of(norm1.apply(p, x)));
    h = told(p, conv1.apply(p, h), noiseProjection.apply(p, level).unsqueeze(2).unsqueeze(3));
    h = conv2.apply(p, dropout.apply(style.activation().of(h)));
    Tensor direct = resize.of(x);
    h = h.add_(shortcut == null ? direct : shortcut.apply(p, direct));
    return divisor == 1 ? h : h.div(new Scalar(divisor));
  }

  /** Normalised, and told of the noise level. */
  private Tensor told(Parameters p, Tensor h, Tensor affine) {
    if (!style.scaleShift()) {
      return norm2.apply(p, h.add(affine));
    }
    Tensor scale = affine.narrow(1, 0, outputs).add(new Scalar(1.0));
    Tensor shift = affine.narrow(1, outputs, outputs);
    return torch.addcmul(shift, norm2.apply(p, h), scale);
  }
}
