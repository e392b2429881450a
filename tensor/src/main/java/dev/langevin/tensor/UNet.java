package dev.langevin.tensor;

import dev.langevin.math.Check;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A convolutional network for images (Ronneberger et al. 2015; Ho et al. 2020, appendix B): residual blocks of GroupNorm, SiLU
 * and 3×3 convolutions on a ladder of resolutions, each half of the one above, and back up with the intermediate results of the
 * way down beside. The noise level enters every block as scale and shift of its second normalisation (Nichol &amp; Dhariwal
 * 2021, section 4). The last convolution of every block and of the network start at zero, so that training starts from the
 * identity.
 *
 * @param channels channels of the image, 1 or more
 * @param height rows of pixels; divisible by patch · 2<sup>levels-1</sup>
 * @param width columns of pixels; divisible by patch · 2<sup>levels-1</sup>
 * @param patch side of the squares of pixels that the network sees as one pixel of {@code patch²} times the channels; 1 for none
 * @param baseChannels channels at the highest resolution; even
 * @param multipliers channels at each resolution as multiples of {@code baseChannels}, highest resolution first
 * @param blocks residual blocks per resolution on the way down (one more on the way up)
 * @param attention whether the pixels of the lowest resolution attend to each other
 * @param dropout chance of silencing a hidden unit in training
 * @param labels how many class labels there are, one for "none" among them if guidance is wanted; 0 for a network without labels
 */
public record UNet(
    int channels,
    int height,
    int width,
    int patch,
    int baseChannels,
    int[] multipliers,
    int blocks,
    boolean attention,
    double dropout,
    int labels)
    implements Architecture {
  static final String KIND = "unet";

  public UNet {
    multipliers = multipliers.clone();
    Check.atLeast("channels", channels, 1);
    Check.atLeast("height", height, 1);
    Check.atLeast("width", width, 1);
    Check.atLeast("patch", patch, 1);
    Check.atLeast("baseChannels", baseChannels, 2);
    Check.between("multipliers.length", multipliers.length, 1, 12);
    Check.atLeast("blocks", blocks, 1);
    Check.notNegative("dropout", dropout);
    Check.atLeast("labels", labels, 0);
    if (baseChannels % 2 != 0) {
      throw new IllegalArgumentException("baseChannels must be even, got " + baseChannels);
    }
    for (int multiplier : multipliers) {
      Check.atLeast("multipliers", multiplier, 1);
    }
    int reduction = patch << (multipliers.length - 1);
    if (height % reduction != 0 || width % reduction != 0) {
      throw new IllegalArgumentException(
          "height and width must be divisible by "
              + reduction
              + " for "
              + multipliers.length
              + " resolutions, got "
              + height
              + "×"
              + width);
    }
    if (dropout >= 1) {
      throw new IllegalArgumentException("dropout must be below 1, got " + dropout);
    }
  }

  /** Without labels. */
  public UNet(
      int channels,
      int height,
      int width,
      int patch,
      int baseChannels,
      int[] multipliers,
      int blocks,
      boolean attention,
      double dropout) {
    this(channels, height, width, patch, baseChannels, multipliers, blocks, attention, dropout, 0);
  }

  @Override
  public UNet withWidth(int channelsAtTheTop) {
    return new UNet(
        channels,
        height,
        width,
        patch,
        channelsAtTheTop,
        multipliers,
        blocks,
        attention,
        dropout,
        labels);
  }

  @Override
  public UNet withLabels(int count) {
    return new UNet(
        channels,
        height,
        width,
        patch,
        baseChannels,
        multipliers,
        blocks,
        attention,
        dropout,
        count);
  }

  /**
   * Patches of 2×2 pixels where the image can be cut so (4×4 from 64 pixels on), then resolutions down to 4 to 7 pixels, at most three;
   * attention where there are several.
   */
  static UNet fitting(int channels, int height, int width) {
    int patch = patch(height, width);
    int h = height / patch;
    int w = width / patch;
    int levels = 1;
    while (levels < 3 && h % 2 == 0 && w % 2 == 0 && Math.min(h, w) >= 8) {
      levels++;
      h /= 2;
      w /= 2;
    }
    int[] multipliers = new int[levels];
    for (int level = 0; level < levels; level++) {
      multipliers[level] = level == 0 ? 1 : 2;
    }
    int blocks = Math.min(height, width) >= 32 ? 2 : 1;
    return new UNet(channels, height, width, patch, 64, multipliers, blocks, levels > 1, 0);
  }

  private static int patch(int height, int width) {
    int side = Math.min(height, width);
    if (side >= 64 && height % 4 == 0 && width % 4 == 0) {
      return 4;
    }
    return side >= 8 && height % 2 == 0 && width % 2 == 0 ? 2 : 1;
  }

  @Override
  public int[] rowShape() {
    return new int[] {channels, height, width};
  }

  @Override
  public int[] multipliers() {
    return multipliers.clone();
  }

  @Override
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", KIND);
    map.put("channels", channels);
    map.put("height", height);
    map.put("width", width);
    map.put("patch", patch);
    map.put("base_channels", baseChannels);
    map.put("multipliers", Arrays.stream(multipliers).boxed().toList());
    map.put("blocks", blocks);
    map.put("attention", attention);
    map.put("dropout", dropout);
    if (labels > 0) {
      map.put("labels", labels);
    }
    return map;
  }

  static UNet from(Settings settings) {
    UNet unet =
        new UNet(
            settings.integer("channels"),
            settings.integer("height"),
            settings.integer("width"),
            settings.integer("patch"),
            settings.integer("base_channels"),
            settings.integers("multipliers").stream().mapToInt(Integer::intValue).toArray(),
            settings.integer("blocks"),
            settings.flag("attention"),
            settings.number("dropout"),
            settings.integer("labels", 0));
    settings.done();
    return unet;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UNet that && toMap().equals(that.toMap());
  }

  @Override
  public int hashCode() {
    return toMap().hashCode();
  }

  @Override
  public String toString() {
    return "UNet" + toMap();
  }
}
