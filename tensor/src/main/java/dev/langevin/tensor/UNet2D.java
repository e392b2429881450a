package dev.langevin.tensor;

import dev.langevin.math.Check;
import dev.langevin.math.NamedArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * diffusers' UNet2DModel, setting for setting: a U-Net (Ronneberger et al. 2015; Ho et al. 2020) whose weights have diffusers' names and
 * shapes, so that a model goes both ways without a table of names. {@link #fromConfig} and {@link #toConfig} read and write the settings
 * of a {@code config.json}; that is also the way to make one, since what is not said takes diffusers' default:
 *
 * <pre>{@code
 * UNet2D.fromConfig(Map.of("sample_size", 28, "in_channels", 1, "out_channels", 1,
 *     "block_out_channels", List.of(64, 128), "down_block_types", List.of("DownBlock2D", "AttnDownBlock2D"),
 *     "up_block_types", List.of("AttnUpBlock2D", "UpBlock2D")));
 * }</pre>
 *
 * <p>A stage halves height and width, so both must be divisible by 2 to the number of stages less one; they need not be powers of 2. As in
 * diffusers {@code downsample_type} and {@code upsample_type} count for stages with attention only. The SiLU before the last layer
 * and in the embeddings is there whatever {@code act_fn} says.
 *
 * @param sampleSize height and width; empty where the configuration leaves it open ({@link #withSampleSize})
 * @param inChannels channels of the image
 * @param outChannels channels of the output; twice those of the image where it tells a variance too (Nichol &amp; Dhariwal 2021)
 * @param centerInputSample whether the network sees 2x - 1 in place of x
 * @param timeEmbeddingType {@code positional} (of a timestep), {@code fourier} (of σ; the output is divided by σ) or {@code learned} (of
 *     a whole timestep)
 * @param timeEmbeddingDim length of the vector that tells the level; null for 4 times the first of blockOutChannels
 * @param freqShift shift of the positional frequencies
 * @param flipSinToCos whether cosines come before sines in the positional features
 * @param downBlockTypes a type for each stage, highest resolution first: {@code DownBlock2D}, {@code AttnDownBlock2D} or {@code
 *     ResnetDownsampleBlock2D}
 * @param midBlockType {@code UNetMidBlock2D}, or null for none
 * @param upBlockTypes a type for each stage, lowest resolution first: {@code UpBlock2D}, {@code AttnUpBlock2D} or {@code
 *     ResnetUpsampleBlock2D}
 * @param blockOutChannels channels of each stage, highest resolution first
 * @param layersPerBlock residual blocks of a stage on the way down; one more on the way up
 * @param midBlockScaleFactor the middle's outputs are divided by it
 * @param downsamplePadding zeros around the image before it is halved: 1 on every side, or 0 for one at the right and the lower end
 * @param downsampleType {@code conv} or {@code resnet}
 * @param upsampleType {@code conv} or {@code resnet}
 * @param dropout chance of silencing a hidden unit in training
 * @param actFn {@code silu} (or {@code swish}), {@code mish}, {@code gelu} or {@code relu}
 * @param attentionHeadDim channels of a head; null for one head
 * @param normNumGroups groups of every normalisation; divides every one of blockOutChannels
 * @param attnNormNumGroups groups of the normalisation before the middle's attention; null for normNumGroups, or for none with scale
 *     and shift
 * @param normEps added to the variance of a group
 * @param resnetTimeScaleShift {@code default} (the level is added) or {@code scale_shift}
 * @param addAttention whether the middle has attention
 * @param classEmbedType null, {@code timestep} (a label is a number) or {@code identity} (a label is a vector)
 * @param numClassEmbeds classes with a learned vector each; null for none
 * @param numTrainTimesteps timesteps of a learned time embedding; null otherwise
 */
public record UNet2D(
    List<Integer> sampleSize,
    int inChannels,
    int outChannels,
    boolean centerInputSample,
    String timeEmbeddingType,
    @Nullable Integer timeEmbeddingDim,
    double freqShift,
    boolean flipSinToCos,
    List<String> downBlockTypes,
    @Nullable String midBlockType,
    List<String> upBlockTypes,
    List<Integer> blockOutChannels,
    int layersPerBlock,
    double midBlockScaleFactor,
    int downsamplePadding,
    String downsampleType,
    String upsampleType,
    double dropout,
    String actFn,
    @Nullable Integer attentionHeadDim,
    int normNumGroups,
    @Nullable Integer attnNormNumGroups,
    double normEps,
    String resnetTimeScaleShift,
    boolean addAttention,
    @Nullable String classEmbedType,
    @Nullable Integer numClassEmbeds,
    @Nullable Integer numTrainTimesteps)
    implements Architecture {
  static final String KIND = "unet2d";
  static final String FOURIER = "fourier";
  static final String LEARNED = "learned";
  static final String RESNET = "resnet";
  static final String SCALE_SHIFT = "scale_shift";
  static final String TIMESTEP = "timestep";

  public UNet2D {
    sampleSize = List.copyOf(sampleSize);
    downBlockTypes = UNet2DConfig.plain(downBlockTypes);
    upBlockTypes = UNet2DConfig.plain(upBlockTypes);
    blockOutChannels = List.copyOf(blockOutChannels);
    UNet2DCheck.ladder(sampleSize, downBlockTypes, upBlockTypes, blockOutChannels);
    Check.between("in_channels", inChannels, 1, UNet2DCheck.MOST_CHANNELS);
    Check.between("out_channels", outChannels, 1, UNet2DCheck.MOST_CHANNELS);
    Check.between("layers_per_block", layersPerBlock, 1, 100);
    Check.positive("mid_block_scale_factor", midBlockScaleFactor);
    Check.between("downsample_padding", downsamplePadding, 0, 1);
    Check.positive("norm_eps", normEps);
    UNet2DCheck.oneOf("downsample_type", downsampleType, List.of("conv", RESNET));
    UNet2DCheck.oneOf("upsample_type", upsampleType, List.of("conv", RESNET));
    UNet2DCheck.oneOf("act_fn", actFn, Activation.names());
    UNet2DCheck.oneOf(
        "resnet_time_scale_shift", resnetTimeScaleShift, List.of("default", SCALE_SHIFT));
    UNet2DCheck.dropout(dropout);
    UNet2DCheck.groups("norm_num_groups", normNumGroups, blockOutChannels);
    UNet2DCheck.middle(midBlockType, attnNormNumGroups, blockOutChannels);
    UNet2DCheck.heads(
        attentionHeadDim,
        downBlockTypes,
        upBlockTypes,
        addAttention && midBlockType != null,
        blockOutChannels);
    UNet2DCheck.time(
        timeEmbeddingType, timeEmbeddingDim, freqShift, numTrainTimesteps, blockOutChannels);
    UNet2DCheck.classes(classEmbedType, numClassEmbeds);
  }

  /**
   * The network of a diffusers {@code config.json}. Missing settings take diffusers' defaults; settings that UNet2DModel does not have are
   * left out, as diffusers does ({@link #unknownKeys} names them).
   *
   * @param config settings by name, as a JSON reader gives them
   * @throws IllegalArgumentException if a setting is of the wrong kind or out of range, or the configuration is of another class
   */
  public static UNet2D fromConfig(Map<String, Object> config) {
    return UNet2DConfig.read(config);
  }

  /** The settings of {@code config} that say nothing to a UNet2DModel; those that begin with an underscore are not counted. */
  public static List<String> unknownKeys(Map<String, Object> config) {
    return UNet2DConfig.unknownKeys(config);
  }

  /** All settings by their names in {@code config.json}, sorted, with the class's name first; values are what JSON has, nulls among them. */
  public Map<String, Object> toConfig() {
    return UNet2DConfig.write(this);
  }

  /**
   * A network for images of this shape: {@code tiny} for tests and quick tries, {@code small} the network of this library's benchmarks,
   * {@code base} that of Ho, Jain &amp; Abbeel 2020 for CIFAR-10 (35.7 million weights).
   *
   * @param size which of the three
   */
  public static UNet2D sized(Size size, int channels, int height, int width) {
    return UNet2DSizes.of(size, channels, height, width);
  }

  /** The same for images of another size, or of a size where none was said. */
  public UNet2D withSampleSize(int height, int width) {
    return with(Map.of("sample_size", List.of(height, width)));
  }

  /** The same with so many learned class vectors ({@link #numClassEmbeds}). */
  public UNet2D withClasses(int classes) {
    return with(Map.of("num_class_embeds", classes));
  }

  /** The same with these settings changed, under their names in {@code config.json}. */
  public UNet2D with(Map<String, Object> changes) {
    List<String> unknown = unknownKeys(changes);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("UNet2DModel has no settings " + unknown);
    }
    Map<String, Object> config = toConfig();
    config.putAll(changes);
    return fromConfig(config);
  }

  /** The same network with all numbers of channels in proportion. */
  @Override
  public UNet2D withWidth(int channelsAtTheTop) {
    double ratio = (double) channelsAtTheTop / blockOutChannels.get(0);
    List<Integer> widths = new ArrayList<>();
    for (int width : blockOutChannels) {
      widths.add((int) Math.rint(ratio * width));
    }
    return with(Map.of("block_out_channels", widths));
  }

  /**
   * The start weights that a new UNet2DModel has right after {@code torch.manual_seed(seed)}, on a CPU, number for number. Loads the
   * native library.
   */
  public List<NamedArray> torchStart(long seed) {
    Layout layout = Network.of(this).layout();
    return layout.split("", TorchStart.values(layout, seed));
  }

  @Override
  public int[] rowShape() {
    if (sampleSize.isEmpty()) {
      throw new IllegalStateException(
          "sample_size is open: say withSampleSize(height, width) before rows go through the network");
    }
    return new int[] {inChannels, sampleSize.get(0), sampleSize.get(1)};
  }

  @Override
  public int outputs() {
    return outChannels * pixels();
  }

  @Override
  public int labels() {
    return classEmbedType == null && numClassEmbeds != null ? numClassEmbeds : 0;
  }

  @Override
  public UNet2D withLabels(int count) {
    return withClasses(count);
  }

  /** Pixels of an image; 1 where its size is open. */
  int pixels() {
    return sampleSize.isEmpty() ? 1 : sampleSize.get(0) * sampleSize.get(1);
  }

  int noiseWidth() {
    return timeEmbeddingDim != null ? timeEmbeddingDim : 4 * blockOutChannels.get(0);
  }

  int trainTimesteps() {
    return numTrainTimesteps == null ? 0 : numTrainTimesteps;
  }

  @Override
  public Map<String, Object> toMap() {
    return UNet2DConfig.withKind(this);
  }
}
