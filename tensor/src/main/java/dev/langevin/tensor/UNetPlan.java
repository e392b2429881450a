package dev.langevin.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All that {@link UNetNetwork} has to know to be wired, whatever recipe it comes from.
 *
 * @param inputs channels of the image, before it is cut into patches
 * @param outputs channels of the result
 * @param patch side of the squares of pixels that are seen as one
 * @param centred whether the network sees 2x - 1 in place of x
 * @param layers residual blocks of a stage on the way down; one more on the way up
 * @param noise length of the vector that tells the noise level
 * @param down stages from the highest resolution to the lowest
 * @param up stages from the lowest resolution to the highest
 * @param middle what stands between; null for nothing
 * @param time makes the features of the noise level
 * @param classes makes the embedding of the labels; null for a network without labels
 */
record UNetPlan(
    int inputs,
    int outputs,
    int patch,
    boolean centred,
    int layers,
    int noise,
    List<Stage> down,
    List<Stage> up,
    @Nullable Middle middle,
    Style style,
    Layout.Convention convention,
    Function<Layout, TimeFeatures> time,
    @Nullable BiFunction<Layout, TimeFeatures, ClassEmbedding> classes,
    int rowsAtOnce) {

  /**
   * The blocks of one resolution.
   *
   * @param width channels
   * @param headWidth channels of a head of attention after each block; 0 for no attention
   * @param change how the resolution changes after the blocks
   */
  record Stage(int width, int headWidth, Change change) {}

  /** How the resolution changes after a stage's blocks. */
  enum Change {
    NONE,
    /** A 3×3 convolution of stride 2 with one zero on every side; after pixels are doubled on the way up. */
    CONVOLUTION,
    /** The same on the way up; on the way down with one zero at the right and the lower end only. */
    UNEVEN_CONVOLUTION,
    /** A residual block that changes it inside. */
    RESIDUAL
  }

  /**
   * Residual block, attention, residual block at the lowest resolution.
   *
   * @param headWidth channels of a head; 0 for no attention
   * @param groups of the normalisation before attention; 0 for none
   * @param divisor of the output of all three
   */
  record Middle(int headWidth, int groups, double divisor) {}

  static UNetPlan of(UNet unet, boolean smooth) {
    int base = unet.baseChannels();
    int[] multipliers = unet.multipliers();
    List<Stage> down = new ArrayList<>();
    List<Stage> up = new ArrayList<>();
    for (int i = 0; i < multipliers.length; i++) {
      Change change = i == multipliers.length - 1 ? Change.NONE : Change.CONVOLUTION;
      down.add(new Stage(base * multipliers[i], 0, change));
      up.add(new Stage(base * multipliers[multipliers.length - 1 - i], 0, change));
    }
    int lowest = base * multipliers[multipliers.length - 1];
    int headWidth = unet.attention() ? lowest : 0;
    int labels = unet.labels();
    return new UNetPlan(
        unet.channels(),
        unet.channels(),
        unet.patch(),
        false,
        unet.blocks(),
        2 * base,
        down,
        up,
        new Middle(headWidth, GroupNorm.groups(lowest), 1),
        new Style(GroupNorm::groups, 1e-5, Activation.SILU, true, smooth),
        Layout.Convention.SCALED,
        layout -> new LadderFeatures(),
        labels == 0 ? null : (layout, time) -> new ClassTable(layout, labels, 2 * base, 0.2),
        Math.max(1, 2048 / (unet.height() * unet.width())));
  }

  static UNetPlan of(UNet2D unet, boolean smooth) {
    int groups = unet.normNumGroups();
    return new UNetPlan(
        unet.inChannels(),
        unet.outChannels(),
        1,
        unet.centerInputSample(),
        unet.layersPerBlock(),
        unet.noiseWidth(),
        stages(unet, true),
        stages(unet, false),
        middle(unet),
        new Style(
            channels -> groups,
            unet.normEps(),
            Activation.named(unet.actFn()),
            unet.resnetTimeScaleShift().equals(UNet2D.SCALE_SHIFT),
            smooth),
        Layout.Convention.TORCH,
        layout -> time(unet, layout),
        classes(unet),
        Math.max(1, 2048 / unet.pixels()));
  }

  private static List<Stage> stages(UNet2D unet, boolean down) {
    List<Integer> widths = unet.blockOutChannels();
    int levels = widths.size();
    List<Stage> stages = new ArrayList<>();
    for (int i = 0; i < levels; i++) {
      String type = (down ? unet.downBlockTypes() : unet.upBlockTypes()).get(i);
      boolean attention = type.startsWith("Attn");
      int width = widths.get(down ? i : levels - 1 - i);
      Change change = i == levels - 1 ? Change.NONE : change(unet, type, attention, down);
      stages.add(new Stage(width, attention ? headWidth(unet, width) : 0, change));
    }
    return stages;
  }

  /** Blocks without attention have their own way whatever the configuration says, as in diffusers. */
  private static Change change(UNet2D unet, String type, boolean attention, boolean down) {
    String asked = down ? unet.downsampleType() : unet.upsampleType();
    if (type.startsWith("Resnet") || (attention && asked.equals(UNet2D.RESNET))) {
      return Change.RESIDUAL;
    }
    return down && unet.downsamplePadding() == 0 ? Change.UNEVEN_CONVOLUTION : Change.CONVOLUTION;
  }

  private static int headWidth(UNet2D unet, int width) {
    Integer asked = unet.attentionHeadDim();
    return asked == null ? width : asked;
  }

  private static @Nullable Middle middle(UNet2D unet) {
    if (unet.midBlockType() == null) {
      return null;
    }
    int width = unet.blockOutChannels().get(unet.blockOutChannels().size() - 1);
    Integer asked = unet.attnNormNumGroups();
    boolean shifted = unet.resnetTimeScaleShift().equals(UNet2D.SCALE_SHIFT);
    int groups = asked != null ? asked : shifted ? 0 : unet.normNumGroups();
    return new Middle(
        unet.addAttention() ? headWidth(unet, width) : 0, groups, unet.midBlockScaleFactor());
  }

  private static TimeFeatures time(UNet2D unet, Layout layout) {
    int width = unet.blockOutChannels().get(0);
    return switch (unet.timeEmbeddingType()) {
      case UNet2D.FOURIER -> new FourierFeatures(layout, width);
      case UNet2D.LEARNED -> new LearnedFeatures(layout, unet.trainTimesteps(), width);
      default -> new PositionalFeatures(width, unet.freqShift(), unet.flipSinToCos());
    };
  }

  private static @Nullable BiFunction<Layout, TimeFeatures, ClassEmbedding> classes(UNet2D unet) {
    int width = unet.noiseWidth();
    String type = unet.classEmbedType();
    if (type != null) {
      return type.equals(UNet2D.TIMESTEP)
          ? (layout, time) -> new ClassNumber(layout, time, width)
          : (layout, time) -> new ClassVector(width);
    }
    Integer classes = unet.numClassEmbeds();
    return classes == null ? null : (layout, time) -> new ClassTable(layout, classes, width, 1);
  }
}
