package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langevin.io.Json;
import dev.langevin.io.Safetensors;
import dev.langevin.math.NamedArray;
import dev.langevin.tensor.NetworkFunction;
import dev.langevin.tensor.UNet2D;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights and settings of a network between the files of io and the recipes of tensor. */
class DiffusersFilesTest {
  @TempDir Path folder;

  private static UNet2D unet() {
    Map<String, Object> config = new HashMap<>();
    config.put("sample_size", 8);
    config.put("block_out_channels", List.of(4, 8));
    config.put("layers_per_block", 1);
    config.put("norm_num_groups", 4);
    config.put("attention_head_dim", null);
    config.put("freq_shift", 1);
    config.put("down_block_types", List.of("DownBlock2D", "AttnDownBlock2D"));
    config.put("up_block_types", List.of("AttnUpBlock2D", "UpBlock2D"));
    return UNet2D.fromConfig(config);
  }

  @Test
  void savingWhatWasLoadedGivesTheSameBytes() throws IOException {
    Path first = folder.resolve("first.safetensors");
    Path second = folder.resolve("second.safetensors");
    Map<String, String> text = Map.of("format", "pt");
    Safetensors.write(first, unet().torchStart(5), text);
    List<NamedArray> loaded = Safetensors.read(first).arrays();
    try (NetworkFunction network = new NetworkFunction(unet(), loaded)) {
      Safetensors.write(second, network.weights(), text);
    }
    assertThat(second).hasSameBinaryContentAs(first);
    assertThat(loaded).hasSize(unet().weightNames().size());
  }

  @Test
  void settingsComeBackFromTheirFile() throws IOException {
    Path file = folder.resolve("config.json");
    Json.write(file, unet().toConfig());
    assertThat(UNet2D.fromConfig(Json.read(file))).isEqualTo(unet());
    Path again = folder.resolve("again.json");
    Json.write(again, UNet2D.fromConfig(Json.read(file)).toConfig());
    assertThat(Files.readString(again))
        .isEqualTo(Files.readString(file))
        .contains("\"attention_head_dim\" : null");
  }
}
