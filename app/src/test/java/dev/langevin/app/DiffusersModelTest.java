package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.interchange.Compatibility;
import dev.langevin.io.Datasets;
import dev.langevin.io.InputError;
import dev.langevin.io.Safetensors;
import dev.langevin.math.NamedArray;
import dev.langevin.solver.Generation;
import dev.langevin.tensor.Precision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiffusersModelTest {
  private static final String NETWORK = "unet/config.json";
  private static final String SCHEDULER = "scheduler/scheduler_config.json";
  private static final String WEIGHTS = "unet/diffusion_pytorch_model.safetensors";

  @TempDir Path folder;

  static Path pipeline() {
    try {
      return Path.of(
              Objects.requireNonNull(
                      DiffusersModelTest.class.getResource(
                          "/diffusers/pipeline-tiny/model_index.json"))
                  .toURI())
          .resolveSibling("");
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** The pipeline in a place where it can be harmed. */
  private Path copy() {
    return copy(folder.resolve("pipeline"));
  }

  private static Path copy(Path to) {
    try (Stream<Path> all = Files.walk(pipeline())) {
      for (Path from : all.toList()) {
        Files.copy(from, to.resolve(pipeline().relativize(from).toString()));
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void replace(Path file, String old, String now) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(old);
    Files.writeString(file, text.replace(old, now));
  }

  private static SolverSettings how(String solver, int steps) {
    return SolverSettings.of(solver, OptionalInt.of(steps));
  }

  private static Generation scheduled(ModelSource source) {
    return Objects.requireNonNull(source.scheduled());
  }

  private static ModelSource open(Path model, SolverSettings how, Console console) {
    return ModelSource.open(
        model.toString(), how, Compatibility.CORRECTED, Precision.FP32, console);
  }

  private double[] drawn(Path model, SolverSettings how, NoiseChoice noise, int count)
      throws IOException {
    return drawn(model, how, noise, count, new Recorder());
  }

  private double[] drawn(
      Path model, SolverSettings how, NoiseChoice noise, int count, Recorder console)
      throws IOException {
    Path out = folder.resolve("drawn.npy");
    new GenerateJob(model.toString(), count, how, 8, noise, 0, 1, List.of(out)).run(console);
    return Datasets.read(out).values();
  }

  /** Pictures of 0 … 255 in whole numbers: half of one, and 32-bit rounding, is all that they may differ by. */
  @ParameterizedTest
  @CsvSource({"own, ddpm_seed0", "DDIMScheduler, ddim_eta0_seed0"})
  void the_same_seed_gives_the_pictures_of_diffusers(String solver, String name)
      throws IOException {
    double[] ours = drawn(pipeline(), how(solver, 5), NoiseChoice.TORCH, 2);
    float[] theirs =
        Safetensors.read(pipeline().resolve("expected_images.safetensors")).arrays().stream()
            .filter(array -> array.name().equals(name))
            .findFirst()
            .map(NamedArray::values)
            .orElseThrow();
    for (int i = 0; i < 2 * 3 * 64; i++) {
      int pixel = i % 64;
      int channel = i / 64 % 3;
      double there = 255.0 * theirs[(i / 192 * 64 + pixel) * 3 + channel];
      assertThat(ours[i]).as("number %d", i).isCloseTo(there, within(0.5 + 0.01));
    }
  }

  @Test
  void all_layouts_give_the_same_pictures() throws IOException {
    SolverSettings how = how("own", 3);
    double[] pictures = drawn(pipeline(), how, NoiseChoice.ADDRESSED, 1);
    Path flat = Files.createDirectory(folder.resolve("flat"));
    for (String file : List.of(NETWORK, SCHEDULER, WEIGHTS)) {
      Files.copy(pipeline().resolve(file), flat.resolve(Path.of(file).getFileName()));
    }
    Files.copy(pipeline().resolve("model_index.json"), flat.resolve("model_index.json"));
    assertThat(drawn(flat, how, NoiseChoice.ADDRESSED, 1)).isEqualTo(pictures);
    Path sharded = copy();
    List<NamedArray> arrays = Safetensors.read(sharded.resolve(WEIGHTS)).arrays();
    Files.delete(sharded.resolve(WEIGHTS));
    StringBuilder map = new StringBuilder();
    for (int part = 0; part < 2; part++) {
      String name = "part-" + part + ".safetensors";
      List<NamedArray> some = arrays.subList(part * 50, part == 0 ? 50 : arrays.size());
      Safetensors.write(sharded.resolve("unet").resolve(name), oldNames(some), Map.of());
      oldNames(some)
          .forEach(
              a ->
                  map.append(map.isEmpty() ? "" : ",")
                      .append("\"" + a.name() + "\":\"" + name + "\""));
    }
    Files.writeString(
        sharded.resolve(WEIGHTS + ".index.json"), "{\"metadata\":{},\"weight_map\":{" + map + "}}");
    replace(sharded.resolve(NETWORK), "\"DownBlock2D\"", "\"UNetResDownBlock2D\"");
    assertThat(drawn(sharded, how, NoiseChoice.ADDRESSED, 1)).isEqualTo(pictures);
    Path bare = Files.createDirectory(folder.resolve("bare"));
    Files.copy(pipeline().resolve(NETWORK), bare.resolve("config.json"));
    Files.copy(pipeline().resolve(WEIGHTS), bare.resolve("diffusion_pytorch_model.safetensors"));
    assertThat(drawn(bare, how("DDPMScheduler", 3), NoiseChoice.ADDRESSED, 1)).isEqualTo(pictures);
    assertThatThrownBy(() -> open(bare, how, new Recorder()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("without a scheduler")
        .hasMessageContaining("--solver DDPMScheduler");
  }

  /** As before 2023. */
  private static List<NamedArray> oldNames(List<NamedArray> arrays) {
    return arrays.stream()
        .map(
            a ->
                new NamedArray(
                    a.name()
                        .replace("to_q", "query")
                        .replace("to_k", "key")
                        .replace("to_v", "value")
                        .replace("to_out.0", "proj_attn"),
                    a.shape(),
                    a.values()))
        .toList();
  }

  @Test
  void what_is_not_said_is_as_the_pipeline_and_the_scheduler_have_it() throws IOException {
    SolverSettings own = SolverSettings.of(SolverSettings.OWN);
    Path model = copy();
    try (ModelSource source = open(model, own, new Recorder())) {
      assertThat(scheduled(source).steps()).isEqualTo(1000);
      assertThat(scheduled(source).solver().name()).isEqualTo("ddpm");
      assertThat(source.shape()).containsExactly(3, 8, 8);
      assertThat(source.about()).contains("DDPMScheduler");
    }
    replace(
        model.resolve(SCHEDULER), "\"num_train_timesteps\": 1000", "\"num_train_timesteps\": 20");
    try (ModelSource source = open(model, own, new Recorder())) {
      assertThat(scheduled(source).steps()).isEqualTo(20);
    }
    try (ModelSource source =
        open(pipeline(), SolverSettings.of("DDIMScheduler"), new Recorder())) {
      assertThat(scheduled(source).steps()).isEqualTo(50);
      assertThat(scheduled(source).solver().toString()).contains("Clamp[range=1.0]");
    }
  }

  @Test
  void settings_of_a_run_go_before_those_of_the_scheduler() {
    SolverSettings trailing =
        new SolverSettings(
            "DDIMScheduler",
            Map.of("eta", 0.5),
            OptionalInt.of(4),
            Optional.of("trailing"),
            OptionalDouble.empty(),
            OptionalDouble.empty());
    try (ModelSource source = open(pipeline(), trailing, new Recorder())) {
      assertThat(scheduled(source).grid().time(0)).isCloseTo(157.4, within(0.1));
      assertThat(scheduled(source).solver().toString()).contains("eta=0.5");
    }
    Recorder console = new Recorder();
    try (ModelSource source = open(pipeline(), how("heun", 6), console)) {
      assertThat(scheduled(source).solver().name()).isEqualTo("heun");
      assertThat(scheduled(source).grid().time(0)).isCloseTo(157.4, within(0.1));
      assertThat(scheduled(source).grid().time(5)).isCloseTo(0.01, within(1e-4));
    }
    assertThat(String.join(" ", console.warnings))
        .contains("its scheduler clips, and heun does not");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "heun",
        "dpm++",
        "unipc",
        "PNDMScheduler",
        "UniPCMultistepScheduler",
        "DPMSolverMultistepScheduler"
      })
  void any_solver_runs_on_it(String solver) throws IOException {
    double[] x = drawn(pipeline(), how(solver, 4), NoiseChoice.ADDRESSED, 2);
    assertThat(x).hasSize(2 * 192);
  }

  @Test
  void differences_and_settings_without_effect_are_told() throws IOException {
    Path model = copy();
    replace(model.resolve(NETWORK), "\"act_fn\"", "\"of_tomorrow\": 3, \"act_fn\"");
    replace(model.resolve(SCHEDULER), "\"beta_end\"", "\"of_now\": 3, \"beta_end\"");
    Recorder console = new Recorder();
    drawn(model, how("PNDMScheduler", 4), NoiseChoice.ADDRESSED, 1, console);
    assertThat(String.join(" ", console.warnings))
        .contains("of_tomorrow")
        .contains("skip_prk_steps");
    drawn(model, how("own", 4), NoiseChoice.ADDRESSED, 1, console);
    assertThat(String.join(" ", console.warnings))
        .contains("of_now is no setting of DDPMScheduler");
  }

  @Test
  void what_makes_no_sense_together_is_refused() {
    Console silent = Console.silent();
    SolverSettings karras =
        new SolverSettings(
            SolverSettings.OWN,
            Map.of(),
            OptionalInt.of(4),
            Optional.of("karras"),
            OptionalDouble.empty(),
            OptionalDouble.empty());
    refused(() -> open(pipeline(), karras, silent), "has levels of its own", "--solver heun");
    refused(() -> open(pipeline(), how("own", 2000), silent), "steps", "--steps");
    refused(
        () -> how("DDIMScheduler", 4).on(ModelSource.open("line")), "is a scheduler of diffusers");
    assertThatThrownBy(
            () ->
                new SolverSettings(
                    "DDIMScheduler",
                    Map.of(),
                    OptionalInt.empty(),
                    Optional.of("karras"),
                    OptionalDouble.empty(),
                    OptionalDouble.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("linspace, leading, trailing");
  }

  @Test
  void pictures_of_exact_denoisers_have_no_scheduler() {
    assertThatThrownBy(
            () ->
                new ShowJob(
                    Picture.named("reverse"),
                    "line",
                    SolverSettings.of("DDIMScheduler"),
                    100,
                    1,
                    Path.of("a.png")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got DDIMScheduler");
  }

  private static void refused(ThrowingCallable call, String... words) {
    assertThatThrownBy(call).isInstanceOf(InputError.class).hasMessageContainingAll(words);
  }

  /** Each is refused in one line, before memory is taken for what a setting promises. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        NETWORK + " | \"in_channels\": 3 | \"in_channels\": 2147483647",
        NETWORK + " | \"in_channels\": 3 | \"in_channels\": -3",
        NETWORK + " | \"in_channels\": 3 | \"in_channels\": 4",
        NETWORK + " | \"in_channels\": 3 | \"in_channels\": \"three\"",
        NETWORK + " | \"in_channels\": 3 | \"in_channels\": 1e300",
        NETWORK + " | \"out_channels\": 3 | \"out_channels\": 5",
        NETWORK + " | \"sample_size\": 8 | \"sample_size\": 2147483646",
        NETWORK + " | \"sample_size\": 8 | \"sample_size\": 65536",
        NETWORK + " | \"sample_size\": 8 | \"sample_size\": null",
        NETWORK + " | \"sample_size\": 8 | \"sample_size\": 7",
        NETWORK
            + " | \"block_out_channels\": [ | \"block_out_channels\": [1073741824, 1073741824], \"was\": [",
        NETWORK
            + " | \"block_out_channels\": [ | \"block_out_channels\": [65536, 65536], \"was\": [",
        NETWORK + " | \"block_out_channels\": [ | \"block_out_channels\": [8192, 8192], \"was\": [",
        NETWORK + " | \"block_out_channels\": [ | \"block_out_channels\": [], \"was\": [",
        NETWORK + " | \"layers_per_block\": 1 | \"layers_per_block\": 2000000000",
        NETWORK + " | \"time_embedding_dim\": null | \"time_embedding_dim\": 2147483647",
        NETWORK + " | \"num_class_embeds\": null | \"num_class_embeds\": 2147483647",
        NETWORK + " | UNet2DModel | UNet2DConditionModel",
        NETWORK + " | { | [",
        SCHEDULER + " | \"num_train_timesteps\": 1000 | \"num_train_timesteps\": 2147483647",
        SCHEDULER + " | \"num_train_timesteps\": 1000 | \"num_train_timesteps\": 2",
        SCHEDULER + " | DDPMScheduler | EulerAncestralScheduler",
        SCHEDULER + " | \"fixed_small\" | \"learned_range\"",
        SCHEDULER + " | \"beta_end\": 0.02 | \"beta_end\": NaN",
        SCHEDULER + " | \"_class_name\": \"DDPMScheduler\", | ",
      })
  void hostile_settings_are_refused(String file, String old, String now) throws IOException {
    Path model = copy();
    replace(model.resolve(file), old, now == null ? "" : now);
    assertThatThrownBy(() -> open(model, how("own", 4), Console.silent()))
        .isInstanceOf(InputError.class)
        .hasMessageContaining(model.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {NETWORK, WEIGHTS})
  void missing_files_are_named(String file) throws IOException {
    Path model = copy();
    Files.delete(model.resolve(file));
    refused(() -> open(model, how("own", 4), Console.silent()), file.substring(5), "Download");
  }

  @Test
  void weights_of_another_network_are_refused() throws IOException {
    Path model = copy();
    Path file = model.resolve(WEIGHTS);
    List<NamedArray> arrays = Safetensors.read(file).arrays();
    Safetensors.write(file, arrays.subList(1, arrays.size()), Map.of());
    refused(() -> open(model, how("own", 4), Console.silent()), "weights lack");
    NamedArray first = arrays.get(0);
    float[] broken = first.values().clone();
    broken[0] = Float.NaN;
    List<NamedArray> others = new ArrayList<>(arrays);
    others.set(0, new NamedArray(first.name(), first.shape(), broken));
    Safetensors.write(file, others, Map.of());
    refused(() -> open(model, how("own", 4), Console.silent()), "must be finite");
  }
}
