package dev.langevin.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.langevin.math.NamedArray;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UNet2DTest {
  /** Every setting away from its default. */
  private static final Map<String, Object> UNUSUAL = new HashMap<>();

  static {
    UNUSUAL.put("sample_size", List.of(8, 20));
    UNUSUAL.put("in_channels", 2);
    UNUSUAL.put("out_channels", 4);
    UNUSUAL.put("center_input_sample", true);
    UNUSUAL.put("time_embedding_type", "learned");
    UNUSUAL.put("time_embedding_dim", 24);
    UNUSUAL.put("freq_shift", 1);
    UNUSUAL.put("flip_sin_to_cos", false);
    UNUSUAL.put("down_block_types", List.of("AttnDownBlock2D", "ResnetDownsampleBlock2D"));
    UNUSUAL.put("mid_block_type", null);
    UNUSUAL.put("up_block_types", List.of("ResnetUpsampleBlock2D", "UpBlock2D"));
    UNUSUAL.put("block_out_channels", List.of(12, 18));
    UNUSUAL.put("layers_per_block", 3);
    UNUSUAL.put("mid_block_scale_factor", 1.25);
    UNUSUAL.put("downsample_padding", 0);
    UNUSUAL.put("downsample_type", "resnet");
    UNUSUAL.put("upsample_type", "resnet");
    UNUSUAL.put("dropout", 0.25);
    UNUSUAL.put("act_fn", "gelu");
    UNUSUAL.put("attention_head_dim", 5);
    UNUSUAL.put("norm_num_groups", 6);
    UNUSUAL.put("attn_norm_num_groups", 9);
    UNUSUAL.put("norm_eps", 1e-6);
    UNUSUAL.put("resnet_time_scale_shift", "scale_shift");
    UNUSUAL.put("add_attention", false);
    UNUSUAL.put("class_embed_type", "timestep");
    UNUSUAL.put("num_class_embeds", 7);
    UNUSUAL.put("num_train_timesteps", 50);
  }

  @Test
  void aConfigurationComesBackAsItWas() {
    UNet2D unet = UNet2D.fromConfig(UNUSUAL);
    Map<String, Object> config = unet.toConfig();
    assertThat(config.remove("_class_name")).isEqualTo("UNet2DModel");
    assertThat(config).isEqualTo(UNUSUAL);
    assertThat(Architecture.fromMap(unet.toMap())).isEqualTo(unet);
    assertThat(Architecture.fromConfig(unet.toConfig())).isEqualTo(unet);
    assertThat(Architecture.fromConfig(unet.toMap())).isEqualTo(unet);
    Map<String, Object> defaults = UNet2D.fromConfig(Map.of()).toConfig();
    UNUSUAL.forEach((key, value) -> assertThat(defaults).doesNotContainEntry(key, value));
  }

  @Test
  void namesShapesAndSettingsAreThoseOfDiffusersFiles() {
    for (String name : List.of("unet-small", "unet-class-conditional")) {
      UNet2D unet = UNet2D.fromConfig(config(name));
      List<String> lines = new ArrayList<>();
      for (Layout.Entry entry : Network.of(unet).layout().entries()) {
        lines.add(entry.name() + " " + Arrays.toString(entry.shape()));
      }
      assertThat(lines).containsExactlyInAnyOrderElementsOf(Reference.lines(name + ".shapes.txt"));
      Map<String, Object> expected = config(name);
      expected.remove("_diffusers_version");
      assertThat(unet.toConfig().toString()).isEqualTo(expected.toString());
    }
  }

  /** The flat JSON of the resources; the reader for all others is in io. */
  private static Map<String, Object> config(String name) {
    String text = String.join(" ", Reference.lines(name + ".config.json"));
    Map<String, Object> config = new TreeMap<>();
    java.util.regex.Matcher entry =
        java.util.regex.Pattern.compile("\"(\\w+)\": (\\[[^]]*]|[^,}]+)").matcher(text);
    while (entry.find()) {
      config.put(entry.group(1), value(entry.group(2).trim()));
    }
    return config;
  }

  private static @Nullable Object value(String json) {
    if (json.startsWith("[")) {
      List<Object> list = new ArrayList<>();
      for (String part : json.substring(1, json.length() - 1).split(",")) {
        list.add(value(part.trim()));
      }
      return list;
    }
    if (json.startsWith("\"")) {
      return json.substring(1, json.length() - 1);
    }
    return switch (json) {
      case "null" -> null;
      case "true", "false" -> Boolean.valueOf(json);
      default -> json.matches("-?\\d+") ? Integer.valueOf(json) : (Object) Double.valueOf(json);
    };
  }

  @Test
  void knownModelsHaveTheirNumberOfWeights() {
    UNet2D cifar = UNet2D.sized(Size.BASE, 3, 32, 32);
    assertThat(cifar.parameters()).isEqualTo(35_746_307);
    assertThat(cifar.weightNames()).hasSize(328);
    assertThat(cifar.downBlockTypes().get(1)).isEqualTo("AttnDownBlock2D");
    String down = "DownBlock2D";
    String up = "UpBlock2D";
    UNet2D celeba =
        cifar.with(
            Map.of(
                "sample_size",
                256,
                "block_out_channels",
                List.of(128, 128, 256, 256, 512, 512),
                "down_block_types",
                List.of(down, down, down, down, "AttnDownBlock2D", down),
                "up_block_types",
                List.of(up, "AttnUpBlock2D", up, up, up, up)));
    assertThat(celeba.parameters()).isEqualTo(113_673_219);
    assertThat(celeba.weightNames()).hasSize(450);
    UNet2D published = UNet2D.fromConfig(Map.of("sample_size", 8, "attention_head_dim", 8));
    assertThat(published.blockOutChannels()).containsExactly(224, 448, 672, 896);
  }

  @Test
  void theSmallSizeIsTheReferenceNetwork() {
    UNet2D unet = UNet2D.sized(Size.SMALL, 1, 32, 32);
    assertThat(unet.blockOutChannels()).containsExactly(64, 128, 128);
    assertThat(unet.layersPerBlock()).isEqualTo(2);
    assertThat(unet.downBlockTypes())
        .containsExactly("DownBlock2D", "DownBlock2D", "AttnDownBlock2D");
    assertThat(unet.attentionHeadDim()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void everySizeFitsEveryShape(Size size) {
    for (int[] shape : List.of(new int[] {1, 28, 28}, new int[] {3, 20, 36}, new int[] {2, 7, 5})) {
      Architecture network = Architecture.sized(size, shape);
      assertThat(network.rowShape()).isEqualTo(shape);
      assertThat(network.outputs()).isEqualTo(network.dimension());
      assertThat(network.parameters()).isBetween(100_000L, 40_000_000L);
    }
    Architecture points = Architecture.sized(size, new int[] {5});
    assertThat(points.rowShape()).containsExactly(5);
    assertThat(Size.named(size.name().toLowerCase(java.util.Locale.ROOT))).isEqualTo(size);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Architecture.sized(size, new int[] {8, 8}))
        .withMessageContaining("[8, 8]");
  }

  @Test
  void anOpenSizeIsAskedFor() {
    Map<String, Object> open = new HashMap<>(UNUSUAL);
    open.put("sample_size", null);
    UNet2D unet = UNet2D.fromConfig(open);
    assertThatIllegalStateException()
        .isThrownBy(unet::rowShape)
        .withMessageContaining("withSampleSize");
    assertThat(unet.withSampleSize(6, 10).rowShape()).containsExactly(2, 6, 10);
    assertThat(unet.withSampleSize(6, 10).outputs()).isEqualTo(4 * 60);
  }

  @Test
  void whatFilesHoldIsTaken() {
    Map<String, Object> file = new HashMap<>(UNUSUAL);
    file.put("_diffusers_version", "0.1");
    file.put("_class_name", "UNet2DModel");
    file.put("something_new", 3);
    file.put("layers_per_block", BigInteger.valueOf(3));
    file.put("down_block_types", List.of("UNetResAttnDownBlock2D", "ResnetDownsampleBlock2D"));
    assertThat(UNet2D.fromConfig(file)).isEqualTo(UNet2D.fromConfig(UNUSUAL));
    assertThat(UNet2D.unknownKeys(file)).containsExactly("something_new");
    file.put("_class_name", "UNet2DConditionModel");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UNet2D.fromConfig(file))
        .withMessageContaining("UNet2DConditionModel");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Architecture.fromConfig(Map.of("depth", 3)))
        .withMessageContaining("depth");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UNet2D.fromConfig(UNUSUAL).with(Map.of("depth", 3)))
        .withMessageContaining("depth");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "norm_num_groups | 4 | take a divisor of 6",
        "attn_norm_num_groups | 4 | take a divisor of 18",
        "attention_head_dim | 13 | null for one head",
        "sample_size | 9 | divisible by 2",
        "in_channels | 0 | in_channels must be between 1 and",
        "out_channels | 0 | out_channels must be between 1 and",
        "layers_per_block | 0 | layers_per_block must be between 1 and",
        "downsample_padding | 2 | between 0 and 1",
        "mid_block_scale_factor | 0 | mid_block_scale_factor must be positive",
        "norm_eps | 0 | norm_eps must be positive",
        "dropout | 1 | below 1",
        "freq_shift | 6 | freq_shift",
        "time_embedding_dim | 0 | time_embedding_dim must be between 1 and",
        "num_class_embeds | 0 | num_class_embeds must be between 1 and",
        "num_train_timesteps | 0 | num_train_timesteps must be between 1 and",
        "in_channels | 65537 | between 1 and 65536",
        "layers_per_block | 101 | between 1 and 100",
        "time_embedding_dim | 65537 | between 1 and 65536",
        "num_class_embeds | 16777217 | between 1 and 16777216"
      })
  void numbersOutOfRangeAreRefusedByName(String key, int value, String message) {
    Map<String, Object> config = new HashMap<>(UNUSUAL);
    config.put("time_embedding_type", "positional");
    config.put(key, value);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UNet2D.fromConfig(config))
        .withMessageContaining(message)
        .withMessageContaining(String.valueOf(value));
  }

  @ParameterizedTest
  @CsvSource({
    "downsample_type, fir",
    "upsample_type, fir",
    "act_fn, tanh",
    "resnet_time_scale_shift, spatial",
    "time_embedding_type, adm",
    "class_embed_type, projection",
    "mid_block_type, UnCLIPUNetMidBlock2D"
  })
  void unknownWordsAreRefusedWithTheKnownOnes(String key, String word) {
    Map<String, Object> config = new HashMap<>(UNUSUAL);
    config.put(key, word);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UNet2D.fromConfig(config))
        .withMessageContaining(key + " must be one of [")
        .withMessageContaining(word);
  }

  @Test
  void blocksThatDoNotFitAreRefused() {
    UNet2D unet = UNet2D.fromConfig(UNUSUAL);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> unet.with(Map.of("down_block_types", List.of("SkipDownBlock2D", "DownBlock2D"))))
        .withMessageContaining("SkipDownBlock2D")
        .withMessageContaining("ResnetDownsampleBlock2D");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> unet.with(Map.of("up_block_types", List.of("UpBlock2D"))))
        .withMessageContaining("one type for each");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> unet.with(Map.of("layers_per_block", "many")))
        .withMessageContaining("unet.layers_per_block")
        .withMessageContaining("many");
    Map<String, Object> learned = new HashMap<>(UNUSUAL);
    learned.remove("num_train_timesteps");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UNet2D.fromConfig(learned))
        .withMessageContaining("num_train_timesteps");
  }

  @Test
  void oldNamesOfWeightsAreRead() {
    UNet2D unet = Samples.unet2D(Map.of("time_embedding_type", "fourier"));
    Layout layout = Network.of(unet).layout();
    float[] values = layout.start(dev.langevin.random.Seed.of(1));
    List<NamedArray> old = new ArrayList<>();
    for (NamedArray array : layout.split("", values)) {
      String name =
          array
              .name()
              .replace("to_q", "query")
              .replace("to_k", "key")
              .replace("to_v", "value")
              .replace("to_out.0", "proj_attn")
              .replace("time_proj.weight", "time_proj.W");
      old.add(new NamedArray(name, array.shape(), array.values()));
    }
    assertThat(old.stream().map(NamedArray::name).toList())
        .contains("mid_block.attentions.0.proj_attn.weight", "time_proj.W")
        .doesNotContain("mid_block.attentions.0.to_q.weight");
    assertThat(layout.join("", OldNames.renamed(old))).isEqualTo(values);
    old.add(new NamedArray("time_proj.weight", new int[] {4}, new float[4]));
    assertThat(layout.join("", OldNames.renamed(old))).isNotEqualTo(values);
  }

  @Test
  void anotherWidthKeepsTheProportions() {
    UNet2D unet = UNet2D.sized(Size.TINY, 1, 28, 28);
    assertThat(unet.withWidth(16).blockOutChannels()).containsExactly(16, 32, 32);
    assertThat(unet.withWidth(32)).isEqualTo(unet);
    assertThat(unet.labels()).isZero();
    assertThat(unet.withClasses(11).labels()).isEqualTo(11);
  }
}
