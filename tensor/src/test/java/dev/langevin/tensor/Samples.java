package dev.langevin.tensor;

import dev.langevin.objective.EdmObjective;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Small networks and data that several tests share. */
final class Samples {
  /** Everything a U-Net can have: two resolutions, patches, attention, changing widths, an odd number of channels. */
  static final UNet SMALL_UNET = new UNet(3, 8, 4, 2, 8, new int[] {1, 2}, 1, true, 0.2);

  static final Mlp SMALL_MLP = new Mlp(3, 16, 2, 0.2);

  private Samples() {}

  /** A small UNet2DModel with attention at the lower of two resolutions, images of 2 channels and 4×6 pixels, and these settings changed. */
  static UNet2D unet2D(Map<String, Object> changes) {
    Map<String, Object> config = new HashMap<>();
    config.put("sample_size", List.of(4, 6));
    config.put("in_channels", 2);
    config.put("out_channels", 2);
    config.put("block_out_channels", List.of(4, 8));
    config.put("down_block_types", List.of("DownBlock2D", "AttnDownBlock2D"));
    config.put("up_block_types", List.of("AttnUpBlock2D", "UpBlock2D"));
    config.put("layers_per_block", 1);
    config.put("norm_num_groups", 2);
    config.put("attention_head_dim", 4);
    config.put("dropout", 0.2);
    config.putAll(changes);
    return UNet2D.fromConfig(config);
  }

  static UNet2D unet2D() {
    return unet2D(Map.of());
  }

  static float[] normal(Seed seed, int count, double deviation) {
    AddressedRandom random = seed.random();
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }

  static double[] wide(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  /** Away from every default. */
  static TrainingSettings settings(Architecture architecture) {
    return new TrainingSettings(
        architecture, new EdmObjective(-0.7, 0.9, 0.4), 7, 60, 3e-3, 0.05, 5, 0.8, 12, 42);
  }

  static Trainer trainer(TrainingSettings settings, int rows) {
    int d = settings.architecture().dimension();
    return new Trainer(settings, normal(Seed.of(3), rows * d, 0.4), rows);
  }
}
