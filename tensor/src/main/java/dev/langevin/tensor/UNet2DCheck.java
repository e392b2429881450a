package dev.langevin.tensor;

import dev.langevin.math.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link UNet2D} must be like to be a network, with the remedy where it is not. */
final class UNet2DCheck {
  private static final List<String> DOWN =
      List.of("DownBlock2D", "AttnDownBlock2D", "ResnetDownsampleBlock2D");
  private static final List<String> UP =
      List.of("UpBlock2D", "AttnUpBlock2D", "ResnetUpsampleBlock2D");

  /** More than anybody has; a file that promises more must not make us count them. */
  static final int MOST_CHANNELS = 1 << 16;

  private static final int MOST_CLASSES = 1 << 24;

  private UNet2DCheck() {}

  static void oneOf(String name, String value, List<String> allowed) {
    require(allowed.contains(value), name + " must be one of " + allowed + ", got " + value);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  static void ladder(
      List<Integer> size, List<String> down, List<String> up, List<Integer> channels) {
    Check.between("number of block_out_channels", channels.size(), 1, 16);
    require(
        down.size() == channels.size() && up.size() == channels.size(),
        "down_block_types and up_block_types must have one type for each of block_out_channels "
            + channels
            + ", got "
            + down
            + " and "
            + up);
    down.forEach(type -> oneOf("down_block_types", type, DOWN));
    up.forEach(type -> oneOf("up_block_types", type, UP));
    channels.forEach(width -> Check.between("block_out_channels", width, 1, MOST_CHANNELS));
    require(
        size.isEmpty() || size.size() == 2,
        "sample_size must be a number, or height and width, got " + size);
    for (int side : size) {
      Check.atLeast("sample_size", side, 1);
      require(
          side % (1 << (channels.size() - 1)) == 0,
          "sample_size must be divisible by "
              + (1 << (channels.size() - 1))
              + " for "
              + channels.size()
              + " stages, got "
              + size
              + ": pad or crop the images, or take fewer stages");
    }
  }

  static void dropout(double dropout) {
    Check.notNegative("dropout", dropout);
    require(dropout < 1, "dropout must be below 1, got " + dropout);
  }

  static void groups(String name, int groups, List<Integer> channels) {
    Check.atLeast(name, groups, 1);
    int divisor = 0;
    for (int width : channels) {
      divisor = divisor(width, divisor);
    }
    require(
        divisor % groups == 0,
        name
            + " must divide every one of block_out_channels "
            + channels
            + ", got "
            + groups
            + ": take a divisor of "
            + divisor);
  }

  private static int divisor(int a, int b) {
    return b == 0 ? a : divisor(b, a % b);
  }

  static void middle(@Nullable String type, @Nullable Integer groups, List<Integer> channels) {
    if (type != null) {
      oneOf("mid_block_type", type, List.of("UNetMidBlock2D"));
    }
    if (groups != null) {
      groups(
          "attn_norm_num_groups", groups, channels.subList(channels.size() - 1, channels.size()));
    }
  }

  /** Heads at stages with attention must fit their channels. */
  static void heads(
      @Nullable Integer headWidth,
      List<String> down,
      List<String> up,
      boolean middle,
      List<Integer> channels) {
    if (headWidth == null) {
      return;
    }
    Check.atLeast("attention_head_dim", headWidth, 1);
    int levels = channels.size();
    for (int i = 0; i < levels; i++) {
      boolean attends =
          down.get(i).startsWith("Attn")
              || up.get(levels - 1 - i).startsWith("Attn")
              || (middle && i == levels - 1);
      require(
          !attends || headWidth <= channels.get(i),
          "attention_head_dim must be at most the channels of every stage with attention, "
              + channels.get(i)
              + " at stage "
              + i
              + ", got "
              + headWidth
              + ": take null for one head");
    }
  }

  static void time(
      String type,
      @Nullable Integer width,
      double shift,
      @Nullable Integer steps,
      List<Integer> channels) {
    oneOf("time_embedding_type", type, List.of("positional", UNet2D.FOURIER, UNet2D.LEARNED));
    Check.finite("freq_shift", shift);
    if (width != null) {
      Check.between("time_embedding_dim", width, 1, MOST_CHANNELS);
    }
    int half = channels.get(0) / 2;
    require(
        !type.equals("positional") || half > shift,
        "freq_shift must be below half of the first of block_out_channels, "
            + half
            + ", got "
            + shift);
    require(
        !type.equals(UNet2D.LEARNED) || steps != null,
        "num_train_timesteps must be said for a learned time embedding: 1000 is usual");
    if (steps != null) {
      Check.between("num_train_timesteps", steps, 1, MOST_CLASSES);
    }
  }

  static void classes(@Nullable String type, @Nullable Integer classes) {
    if (type != null) {
      oneOf("class_embed_type", type, List.of(UNet2D.TIMESTEP, "identity"));
    }
    if (classes != null) {
      Check.between("num_class_embeds", classes, 1, MOST_CLASSES);
    }
  }
}
