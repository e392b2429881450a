package dev.langevin.tensor;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * One resolution of a U-Net: residual blocks, each with attention after it or none, then a change of resolution. On the way down every
 * result is put aside, on the way up each block takes the last of them beside its input. diffusers has a class for each
 * combination (DownBlock2D, AttnDownBlock2D, ResnetDownsampleBlock2D and the three with Up).
 */
final class UNetStage {
  private final List<ResidualBlock> blocks = new ArrayList<>();
  private final List<Attention> attentions = new ArrayList<>();
  private @Nullable ResidualBlock residualChange;
  private @Nullable Convolution convolution;
  private boolean uneven;

  private UNetStage() {}

  /**
   * A stage of the way down.
   *
   * @param inputs channels before it
   * @param noise length of the vector that tells the noise level
   */
  static UNetStage down(
      Layout layout,
      String name,
      int inputs,
      int layers,
      UNetPlan.Stage plan,
      Style style,
      int noise) {
    UNetStage stage = new UNetStage();
    for (int j = 0; j < layers; j++) {
      stage.add(layout, name, j == 0 ? inputs : plan.width(), plan, style, noise);
    }
    String change = name + ".downsamplers.0";
    int width = plan.width();
    switch (plan.change()) {
      case NONE -> {}
      case RESIDUAL -> stage.residualChange(layout, change, plan, style, noise, Resize.HALVE);
      case CONVOLUTION ->
          stage.convolution = new Convolution(layout, change + ".conv", width, width, 3, 2, 1, 1);
      case UNEVEN_CONVOLUTION -> {
        stage.uneven = true;
        stage.convolution = new Convolution(layout, change + ".conv", width, width, 3, 2, 0, 1);
      }
    }
    return stage;
  }

  /**
   * A stage of the way up.
   *
   * @param inputs channels before it
   * @param skips channels of what its blocks take beside, first block first
   */
  static UNetStage up(
      Layout layout,
      String name,
      int inputs,
      List<Integer> skips,
      UNetPlan.Stage plan,
      Style style,
      int noise) {
    UNetStage stage = new UNetStage();
    int width = inputs;
    for (int skip : skips) {
      stage.add(layout, name, width + skip, plan, style, noise);
      width = plan.width();
    }
    String change = name + ".upsamplers.0";
    switch (plan.change()) {
      case NONE -> {}
      case RESIDUAL -> stage.residualChange(layout, change, plan, style, noise, Resize.DOUBLE);
      default -> stage.convolution = new Convolution(layout, change + ".conv", width, width, 3, 1);
    }
    return stage;
  }

  private void add(
      Layout layout, String name, int inputs, UNetPlan.Stage plan, Style style, int noise) {
    String number = "." + blocks.size();
    blocks.add(
        new ResidualBlock(
            layout,
            new ResidualBlock.Place(name + ".resnets" + number, inputs, plan.width(), noise),
            style));
    if (plan.headWidth() > 0) {
      int groups = style.groups().applyAsInt(plan.width());
      attentions.add(
          new Attention(
              layout,
              new Attention.Place(
                  name + ".attentions" + number, plan.width(), plan.headWidth(), groups, 1),
              style));
    }
  }

  private void residualChange(
      Layout layout, String name, UNetPlan.Stage plan, Style style, int noise, Resize resize) {
    int width = plan.width();
    ResidualBlock.Place place = new ResidualBlock.Place(name, width, width, noise);
    residualChange = new ResidualBlock(layout, place, style, resize, 1);
  }

  /** The way down: pushes every result on {@code skips}. */
  Tensor down(Parameters p, Tensor x, Tensor level, Dropout dropout, Deque<Tensor> skips) {
    Tensor h = x;
    for (int j = 0; j < blocks.size(); j++) {
      h = block(p, j, h, level, dropout);
      skips.push(h);
    }
    if (residualChange != null) {
      h = residualChange.apply(p, h, level, dropout);
      skips.push(h);
    } else if (convolution != null) {
      h = convolution.apply(p, uneven ? torch.constant_pad_nd(h, 0, 1, 0, 1) : h);
      skips.push(h);
    }
    return h;
  }

  /** The way up: pops one of {@code skips} for every block. */
  Tensor up(Parameters p, Tensor x, Tensor level, Dropout dropout, Deque<Tensor> skips) {
    Tensor h = x;
    for (int j = 0; j < blocks.size(); j++) {
      Tensor beside = torch.cat(new TensorVector(h, skips.pop()), 1);
      h = block(p, j, beside, level, dropout);
    }
    if (residualChange != null) {
      return residualChange.apply(p, h, level, dropout);
    }
    return convolution == null ? h : convolution.apply(p, Resize.DOUBLE.of(h));
  }

  private Tensor block(Parameters p, int j, Tensor x, Tensor level, Dropout dropout) {
    Tensor h = blocks.get(j).apply(p, x, level, dropout);
    return attentions.isEmpty() ? h : attentions.get(j).apply(p, h);
  }
}
