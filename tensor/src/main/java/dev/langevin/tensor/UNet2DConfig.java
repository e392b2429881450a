package dev.langevin.tensor;

import dev.langevin.interchange.DiffusersNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@link UNet2D} to and from the settings of diffusers' {@code config.json}. */
final class UNet2DConfig {
  static final String CLASS = "_class_name";
  private static final String CLASS_NAME = "UNet2DModel";

  private UNet2DConfig() {}

  static UNet2D read(Map<String, Object> config) {
    Object of = config.get(CLASS);
    if (of != null && !of.equals(CLASS_NAME)) {
      throw new IllegalArgumentException("unet._class_name must be " + CLASS_NAME + ", got " + of);
    }
    return read(Settings.of("unet", config));
  }

  static UNet2D read(Settings s) {
    return new UNet2D(
        sampleSize(s),
        s.integer("in_channels", 3),
        s.integer("out_channels", 3),
        s.flag("center_input_sample", false),
        s.text("time_embedding_type", "positional"),
        s.integerOrNull("time_embedding_dim", null),
        s.number("freq_shift", 0),
        s.flag("flip_sin_to_cos", true),
        s.texts("down_block_types", repeat("DownBlock2D", "AttnDownBlock2D", false)),
        s.textOrNull("mid_block_type", "UNetMidBlock2D"),
        s.texts("up_block_types", repeat("UpBlock2D", "AttnUpBlock2D", true)),
        s.integers("block_out_channels", List.of(224, 448, 672, 896)),
        s.integer("layers_per_block", 2),
        s.number("mid_block_scale_factor", 1),
        s.integer("downsample_padding", 1),
        s.text("downsample_type", "conv"),
        s.text("upsample_type", "conv"),
        s.number("dropout", 0),
        s.text("act_fn", "silu"),
        s.integerOrNull("attention_head_dim", 8),
        s.integer("norm_num_groups", 32),
        s.integerOrNull("attn_norm_num_groups", null),
        s.number("norm_eps", 1e-5),
        s.text("resnet_time_scale_shift", "default"),
        s.flag("add_attention", true),
        s.textOrNull("class_embed_type", null),
        s.integerOrNull("num_class_embeds", null),
        s.integerOrNull("num_train_timesteps", null));
  }

  /** Three stages with attention, and one without at the highest resolution. */
  private static List<String> repeat(String plain, String attention, boolean up) {
    return up
        ? List.of(attention, attention, attention, plain)
        : List.of(plain, attention, attention, attention);
  }

  private static List<Integer> sampleSize(Settings s) {
    if (s.isList("sample_size")) {
      return s.integers("sample_size", List.of());
    }
    Integer side = s.integerOrNull("sample_size", null);
    return side == null ? List.of() : List.of(side, side);
  }

  /** Types without the prefix of the first releases. */
  static List<String> plain(List<String> types) {
    return types.stream().map(DiffusersNames::block).toList();
  }

  static Map<String, Object> write(UNet2D unet) {
    Map<String, @Nullable Object> map = new TreeMap<>();
    map.put(CLASS, CLASS_NAME);
    map.put("sample_size", size(unet.sampleSize()));
    map.put("in_channels", unet.inChannels());
    map.put("out_channels", unet.outChannels());
    map.put("center_input_sample", unet.centerInputSample());
    map.put("time_embedding_type", unet.timeEmbeddingType());
    map.put("time_embedding_dim", unet.timeEmbeddingDim());
    map.put("freq_shift", shortest(unet.freqShift()));
    map.put("flip_sin_to_cos", unet.flipSinToCos());
    map.put("down_block_types", unet.downBlockTypes());
    map.put("mid_block_type", unet.midBlockType());
    map.put("up_block_types", unet.upBlockTypes());
    map.put("block_out_channels", unet.blockOutChannels());
    map.put("layers_per_block", unet.layersPerBlock());
    map.put("mid_block_scale_factor", shortest(unet.midBlockScaleFactor()));
    map.put("downsample_padding", unet.downsamplePadding());
    map.put("downsample_type", unet.downsampleType());
    map.put("upsample_type", unet.upsampleType());
    map.put("dropout", unet.dropout());
    map.put("act_fn", unet.actFn());
    map.put("attention_head_dim", unet.attentionHeadDim());
    map.put("norm_num_groups", unet.normNumGroups());
    map.put("attn_norm_num_groups", unet.attnNormNumGroups());
    map.put("norm_eps", unet.normEps());
    map.put("resnet_time_scale_shift", unet.resnetTimeScaleShift());
    map.put("add_attention", unet.addAttention());
    map.put("class_embed_type", unet.classEmbedType());
    map.put("num_class_embeds", unet.numClassEmbeds());
    map.put("num_train_timesteps", unet.numTrainTimesteps());
    return map;
  }

  private static @Nullable Object size(List<Integer> size) {
    return size.isEmpty() ? null : size.get(0).equals(size.get(1)) ? size.get(0) : size;
  }

  /** A whole number as such, as diffusers writes it. */
  private static Object shortest(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9 ? (Object) (int) value : value;
  }

  static List<String> unknownKeys(Map<String, Object> config) {
    List<String> unknown = new ArrayList<>();
    Map<String, Object> known = DEFAULTS.toConfig();
    for (String key : config.keySet()) {
      if (!key.startsWith("_") && !known.containsKey(key)) {
        unknown.add(key);
      }
    }
    return unknown;
  }

  private static final UNet2D DEFAULTS = read(Map.of());

  /** As a model file of this library keeps it. */
  static Map<String, Object> withKind(UNet2D unet) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", UNet2D.KIND);
    Map<String, Object> config = unet.toConfig();
    config.remove(CLASS);
    map.putAll(config);
    return map;
  }

  /** The reverse of {@link #withKind}; an unknown setting is an error there. */
  static UNet2D withKind(Settings settings) {
    UNet2D unet = read(settings);
    settings.done();
    return unet;
  }
}
