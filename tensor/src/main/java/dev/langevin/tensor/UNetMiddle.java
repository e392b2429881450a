package dev.langevin.tensor;

import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** What stands between the ways down and up: residual block, attention or none, residual block. */
final class UNetMiddle {
  private final ResidualBlock first;
  private final @Nullable Attention attention;
  private final ResidualBlock second;

  UNetMiddle(Layout layout, String name, int width, UNetPlan.Middle plan, Style style, int noise) {
    double divisor = plan.divisor();
    first = block(layout, name + ".resnets.0", width, divisor, style, noise);
    attention =
        plan.headWidth() == 0
            ? null
            : new Attention(
                layout,
                new Attention.Place(
                    name + ".attentions.0", width, plan.headWidth(), plan.groups(), divisor),
                style);
    second = block(layout, name + ".resnets.1", width, divisor, style, noise);
  }

  private static ResidualBlock block(
      Layout layout, String name, int width, double divisor, Style style, int noise) {
    ResidualBlock.Place place = new ResidualBlock.Place(name, width, width, noise);
    return new ResidualBlock(layout, place, style, Resize.NONE, divisor);
  }

  Tensor apply(Parameters p, Tensor x, Tensor level, Dropout dropout) {
    Tensor h = first.apply(p, x, level, dropout);
    return second.apply(p, attention == null ? h : attention.apply(p, h), level, dropout);
  }
}
