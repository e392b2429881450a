package dev.langevin.tensor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sizes of {@link UNet2D} by name. */
final class UNet2DSizes {
  private UNet2DSizes() {}

  static UNet2D of(Size size, int channels, int height, int width) {
    int stages = stages(size, height, width);
    int base = size == Size.TINY ? 32 : size == Size.SMALL ? 64 : 128;
    List<Integer> widths = new ArrayList<>();
    List<String> down = new ArrayList<>();
    List<String> up = new ArrayList<>();
    int attention = attention(size, stages, Math.max(height, width));
    for (int i = 0; i < stages; i++) {
      widths.add(i == 0 ? base : 2 * base);
      down.add(i == attention ? "AttnDownBlock2D" : "DownBlock2D");
      up.add(i == attention ? "AttnUpBlock2D" : "UpBlock2D");
    }
    Collections.reverse(up);
    Map<String, Object> config = new HashMap<>();
    config.put("sample_size", List.of(height, width));
    config.put("in_channels", channels);
    config.put("out_channels", channels);
    config.put("block_out_channels", widths);
    config.put("down_block_types", down);
    config.put("up_block_types", up);
    config.put("layers_per_block", size == Size.TINY ? 1 : 2);
    config.put("norm_num_groups", size == Size.TINY ? 8 : 32);
    config.put("attention_head_dim", null);
    return UNet2D.fromConfig(config);
  }

  /** As many as leave 4 pixels a side, 3 at most, 4 in {@code base}. */
  private static int stages(Size size, int height, int width) {
    int most = size == Size.BASE ? 4 : 3;
    int stages = 1;
    int reduction = 2;
    while (stages < most
        && height % reduction == 0
        && width % reduction == 0
        && Math.min(height, width) / reduction >= 4) {
      stages++;
      reduction *= 2;
    }
    return stages;
  }

  /** The stage with attention: the lowest, or in {@code base} the first of 16 pixels or fewer. */
  private static int attention(Size size, int stages, int side) {
    int stage = 0;
    while (stage < stages - 1 && (size != Size.BASE || side >> stage > 16)) {
      stage++;
    }
    return stage;
  }
}
