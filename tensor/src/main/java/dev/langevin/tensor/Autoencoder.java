package dev.langevin.tensor;

import dev.langevin.math.Check;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A small convolutional autoencoder for images, as the first stage of latent diffusion (Rombach, Blattmann, Lorenz, Esser &amp; Ommer 2022): an encoder that halves the resolution
 * several times down to few channels, and a decoder that doubles it as often. Blocks of GroupNorm, SiLU and 3×3 convolutions around the identity, without attention, and nothing
 * from encoder to decoder but the latent.
 *
 * <p>As a network it is both, one after the other, and takes no notice of the level that it is told: trained to return a clean image, it is a denoiser of one low level (a denoising
 * autoencoder: Vincent, Larochelle, Bengio &amp; Manzagol 2008). Its halves are used through {@link LatentSpace}. Latents are not bounded; whoever uses them scales them.
 *
 * @param channels channels of the image, 1 or more
 * @param height rows of pixels; divisible by 2<sup>halvings</sup>
 * @param width columns of pixels; divisible by 2<sup>halvings</sup>
 * @param latentChannels channels of the latent, 1 or more
 * @param halvings how often the resolution is halved, 1 or more
 * @param baseChannels channels at the highest resolution, twice as many below; even
 */
public record Autoencoder(
    int channels, int height, int width, int latentChannels, int halvings, int baseChannels)
    implements Architecture {
  static final String KIND = "autoencoder";

  public Autoencoder {
    Check.atLeast("channels", channels, 1);
    Check.atLeast("height", height, 1);
    Check.atLeast("width", width, 1);
    Check.atLeast("latentChannels", latentChannels, 1);
    Check.between("halvings", halvings, 1, 12);
    Check.atLeast("baseChannels", baseChannels, 2);
    if (baseChannels % 2 != 0) {
      throw new IllegalArgumentException("baseChannels must be even, got " + baseChannels);
    }
    int reduction = 1 << halvings;
    if (height % reduction != 0 || width % reduction != 0) {
      throw new IllegalArgumentException(
          "height and width must be divisible by %d to be halved %d times, got %d×%d"
              .formatted(reduction, halvings, height, width));
    }
  }

  /**
   * Halves twice, to four channels, or eight for images with more than one channel: a quarter of the numbers of a grey image, a sixth of those of a coloured one.
   *
   * @param rowShape {@code [channels, height, width]}, the sides divisible by 4
   */
  public static Autoencoder fitting(int[] rowShape) {
    if (rowShape.length != 3) {
      throw new IllegalArgumentException("rows must be images for an autoencoder");
    }
    return new Autoencoder(rowShape[0], rowShape[1], rowShape[2], rowShape[0] == 1 ? 4 : 8, 2, 32);
  }

  @Override
  public int[] rowShape() {
    return new int[] {channels, height, width};
  }

  /** The shape of a latent, {@code [channels, height, width]}. */
  public int[] latentShape() {
    return new int[] {latentChannels, height >> halvings, width >> halvings};
  }

  @Override
  public double dropout() {
    return 0;
  }

  @Override
  public Autoencoder withWidth(int channelsAtTheTop) {
    return new Autoencoder(channels, height, width, latentChannels, halvings, channelsAtTheTop);
  }

  @Override
  public Autoencoder withLabels(int count) {
    throw new IllegalArgumentException("an autoencoder takes no labels");
  }

  @Override
  public int labels() {
    return 0;
  }

  @Override
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", KIND);
    map.put("channels", channels);
    map.put("height", height);
    map.put("width", width);
    map.put("latent_channels", latentChannels);
    map.put("halvings", halvings);
    map.put("base_channels", baseChannels);
    return map;
  }

  static Autoencoder from(Settings settings) {
    Autoencoder autoencoder =
        new Autoencoder(
            settings.integer("channels"),
            settings.integer("height"),
            settings.integer("width"),
            settings.integer("latent_channels"),
            settings.integer("halvings"),
            settings.integer("base_channels"));
    settings.done();
    return autoencoder;
  }
}
