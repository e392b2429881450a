package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.io.InputError;
import dev.langevin.io.Json;
import dev.langevin.tensor.Architecture;
import dev.langevin.tensor.Mlp;
import dev.langevin.tensor.Size;
import dev.langevin.tensor.UNet;
import dev.langevin.tensor.UNet2D;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkChoiceTest {
  private static final int[] BARS = {1, 4, 4};

  @TempDir Path folder;

  private static FitSettings settings(long steps, NetworkChoice network) {
    return new FitSettings(
        OptionalLong.of(steps),
        OptionalDouble.empty(),
        5,
        OptionalInt.of(16),
        OptionalDouble.empty(),
        OptionalInt.empty(),
        0.1,
        LearningSettings.USUAL.withNetwork(network).withClasses(0.2));
  }

  /** A UNet2DModel with 16 channels, of no size that is said. */
  private static Map<String, Object> small() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("_class_name", "UNet2DModel");
    config.put("in_channels", 1);
    config.put("out_channels", 1);
    config.put("block_out_channels", List.of(16));
    config.put("down_block_types", List.of("DownBlock2D"));
    config.put("up_block_types", List.of("UpBlock2D"));
    config.put("layers_per_block", 1);
    config.put("norm_num_groups", 4);
    config.put("attention_head_dim", null);
    return config;
  }

  private NetworkChoice file(Map<String, Object> config) {
    Path file = folder.resolve("network.json");
    Json.write(file, config);
    return new NetworkChoice.Described(file);
  }

  @Test
  void aSizeByNameIsDiffusersNetworkForImagesAndAPerceptronForPoints() {
    assertThat(NetworkChoice.sized("tiny").of(BARS)).isInstanceOf(UNet2D.class);
    assertThat(NetworkChoice.sized("small").of(new int[] {7}))
        .isEqualTo(Architecture.sized(Size.SMALL, new int[] {7}))
        .isInstanceOf(Mlp.class);
    assertThat(NetworkChoice.SUITING.of(BARS)).isInstanceOf(UNet.class);
    assertThatThrownBy(() -> NetworkChoice.sized("huge"))
        .hasMessage("size must be tiny, small or base, got huge");
    assertThatThrownBy(() -> settings(3, NetworkChoice.sized("tiny")).withSize(8))
        .hasMessage("size must be left out where a network is given");
  }

  @Test
  void aFileDescribesOursOrDiffusersAndItsLabelsAreAdded() {
    UNet ours = new UNet(1, 4, 4, 1, 8, new int[] {1}, 1, false, 0.1);
    assertThat(file(ours.toMap()).of(BARS)).isEqualTo(ours);
    Architecture open =
        file(small()).of(BARS, Optional.of(Classes.of(new int[] {0, 2}, List.of(), 0.1)));
    assertThat(open.rowShape()).isEqualTo(BARS);
    assertThat(open.labels()).isEqualTo(4);
    assertThatThrownBy(
            () ->
                file(ours.withLabels(2).toMap())
                    .of(BARS, Optional.of(Classes.of(new int[] {0, 2}, List.of(), 0.1))))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("takes 2 labels, and the data give 4");
  }

  @Test
  void aFileThatDescribesNothingOfUseIsRefusedWithARemedy() {
    Map<String, Object> large = small();
    large.put("sample_size", 28);
    refused(large, "is for rows of 1×28×28, and the data have rows of 1×4×4");
    Map<String, Object> fourier = small();
    fourier.put("time_embedding_type", "fourier");
    refused(fourier, "must have time_embedding_type positional");
    Map<String, Object> variance = small();
    variance.put("out_channels", 2);
    refused(variance, "tells a variance too");
    Map<String, Object> groups = small();
    groups.put("norm_num_groups", 3);
    refused(groups, "norm_num_groups");
    refused(Map.of("layers", 3), "architecture must have a kind");
    assertThatThrownBy(() -> new NetworkChoice.Described(folder.resolve("missing.json")).of(BARS))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("missing.json");
  }

  private void refused(Map<String, Object> config, String why) {
    assertThatThrownBy(() -> file(config).of(BARS))
        .isInstanceOf(InputError.class)
        .hasMessageContaining(why)
        .hasMessageContaining("--size small");
  }

  @Test
  void diffusersNetworkWithClassesIsFittedAndResumedToTheSameWeights() throws IOException {
    Path labels = folder.resolve("kinds.csv");
    Files.writeString(labels, "kind\n" + "0\n1\n".repeat(30));
    DataSource data = Toys.images(folder).withLabels(labels.toString());
    Path whole = folder.resolve("whole");
    Path stopped = folder.resolve("stopped");
    NetworkChoice network = file(small());
    new FitJob(data, settings(6, network), 1, whole, false).run(new Recorder());
    FitJob job = new FitJob(data, settings(6, network), 1, stopped, false);
    job.run(new Recorder().stoppingAt(3));
    job.run(new Recorder());
    assertThat(Files.readAllBytes(stopped.resolve(ModelFolder.WEIGHTS)))
        .isEqualTo(Files.readAllBytes(whole.resolve(ModelFolder.WEIGHTS)));
    Toys.generate(whole, 2, folder.resolve("x.npy")).run(new Recorder());
  }

  @Test
  @SuppressWarnings("unchecked") // JSON
  void aModelFromBeforeThereWereOptionsIsReadAndResumed() throws IOException {
    DataSource data = Toys.source(Toys.table(folder));
    Path model = folder.resolve("model");
    Toys.fit(data, 3, model).run(new Recorder());
    Path config = model.resolve(ModelFolder.CONFIG);
    Map<String, Object> map = new LinkedHashMap<>(Json.read(config));
    Map<String, Object> training = new LinkedHashMap<>((Map<String, Object>) map.get("training"));
    assertThat(training.remove("options")).isNotNull();
    map.put("training", training);
    Json.write(config, map);
    Toys.generate(model, 3, folder.resolve("x.csv")).run(new Recorder());
    Recorder console = new Recorder();
    Toys.fit(data, 5, model).run(console);
    assertThat(console.text()).contains("Resuming at step 3 of 5.");
  }
}
