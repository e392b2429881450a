package dev.langevin.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.math.NamedArray;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiffusersFolderTest {
  static final String INDEX = "model_index.json";
  static final String NETWORK = "unet/config.json";
  static final String SCHEDULER = "scheduler/scheduler_config.json";
  static final String WEIGHTS = "diffusion_pytorch_model.safetensors";

  private static final NamedArray W =
      new NamedArray("conv_in.weight", new int[] {2, 1}, new float[] {1, -2});
  private static final NamedArray Q =
      new NamedArray("mid_block.attentions.0.to_q.bias", new int[] {1}, new float[] {3});

  @TempDir Path place;
  private Path folder = Path.of("");

  static byte[] resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            DiffusersFolderTest.class.getResourceAsStream("diffusers/" + name), name)) {
      return in.readAllBytes();
    }
  }

  /** The pipeline as diffusers writes it, with two arrays. */
  static void create(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("unet"));
    Files.createDirectories(folder.resolve("scheduler"));
    for (String name : List.of(INDEX, NETWORK, SCHEDULER)) {
      Files.write(folder.resolve(name), resource("pipeline/" + name));
    }
    Safetensors.write(folder.resolve("unet/" + WEIGHTS), List.of(W, Q), Map.of("format", "pt"));
  }

  @BeforeEach
  void create() throws IOException {
    folder = place.resolve("pipeline");
    create(folder);
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private void refused(String... words) {
    assertThatThrownBy(() -> DiffusersFolder.read(folder))
        .isInstanceOf(InputError.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void a_pipeline_is_read() {
    DiffusersFolder read = DiffusersFolder.read(folder);
    assertThat(read.pipeline()).isEqualTo("DDPMPipeline");
    assertThat(read.network()).hasSize(30).containsEntry("norm_eps", 1e-5);
    assertThat(read.network()).containsEntry("block_out_channels", List.of(16, 32));
    assertThat(read.network()).containsEntry("class_embed_type", null);
    assertThat(read.scheduler()).containsEntry("_class_name", "DDPMScheduler").hasSize(17);
    assertThat(read.weights()).containsExactly(W, Q);
    assertThat(DiffusersFolder.is(folder)).isTrue();
    assertThat(DiffusersFolder.is(place)).isFalse();
  }

  @Test
  void what_is_written_has_the_bytes_of_diffusers() throws IOException {
    Path copy = place.resolve("copy");
    DiffusersFolder read = DiffusersFolder.read(folder);
    read.write(copy, Origins.ALL);
    for (String name : List.of(INDEX, NETWORK, SCHEDULER)) {
      assertThat(copy.resolve(name)).hasBinaryContent(resource("pipeline/" + name));
    }
    assertThat(DiffusersFolder.read(copy)).isEqualTo(read);
    Path weights = copy.resolve("unet/" + WEIGHTS);
    assertThat(Safetensors.metadata(weights)).containsEntry("format", "pt");
    assertThat(Provenance.of(weights)).contains(Origins.ALL);
    read.write(copy, Origins.ALL); // over itself
    Files.writeString(copy.resolve("notes.txt"), "mine");
    assertThatThrownBy(() -> read.write(copy, Origins.ALL)).hasMessageContaining("notes.txt");
  }

  @Test
  void a_version_is_put_where_there_is_none_and_half_a_pipeline_is_not_written() {
    Map<String, @Nullable Object> network = Map.of("_class_name", "UNet2DModel");
    Map<String, @Nullable Object> scheduler = Map.of("_class_name", "DDIMScheduler");
    Path out = place.resolve("out");
    new DiffusersFolder("DDIMPipeline", network, List.of(W), scheduler).write(out, Origins.ALL);
    assertThat(out.resolve(SCHEDULER))
        .hasContent(
            "{\n  \"_class_name\": \"DDIMScheduler\",\n  \"_diffusers_version\": \"0.40.0\"\n}\n");
    assertThatThrownBy(
            () -> new DiffusersFolder("", network, List.of(), scheduler).write(out, Origins.ALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("pipeline and scheduler must have a class");
    assertThatThrownBy(
            () -> new DiffusersFolder("X", network, List.of(), Map.of()).write(out, Origins.ALL))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_first_layout_has_all_in_one_folder_and_a_network_may_stand_alone() throws IOException {
    DiffusersFolder read = DiffusersFolder.read(folder);
    Path flat = Files.createDirectory(place.resolve("flat"));
    Files.move(file(INDEX), flat.resolve(INDEX));
    Files.move(file(NETWORK), flat.resolve("config.json"));
    Files.move(file("unet/" + WEIGHTS), flat.resolve(WEIGHTS));
    Files.move(file(SCHEDULER), flat.resolve("scheduler_config.json"));
    assertThat(DiffusersFolder.read(flat)).isEqualTo(read);
    Files.delete(flat.resolve(INDEX));
    Files.delete(flat.resolve("scheduler_config.json"));
    assertThat(DiffusersFolder.is(flat)).isTrue();
    assertThat(DiffusersFolder.read(flat))
        .isEqualTo(new DiffusersFolder("", read.network(), read.weights(), Map.of()));
  }

  @Test
  void old_names_are_given_their_present_ones() throws IOException {
    String config = Files.readString(file(NETWORK)).replace("\"AttnDown", "\"UNetResAttnDown");
    Files.writeString(file(NETWORK), config.replace("\"UpBlock", "\"UNetResUpBlock"));
    List<NamedArray> old = new ArrayList<>();
    List<String> now = new ArrayList<>();
    Map<String, String> names = new LinkedHashMap<>();
    names.put("query", "to_q");
    names.put("key", "to_k");
    names.put("value", "to_v");
    names.put("proj_attn", "to_out.0");
    names.forEach(
        (was, is) -> {
          old.add(new NamedArray("a.attentions.10." + was + ".weight", new int[0], new float[1]));
          now.add("a.attentions.10." + is + ".weight");
        });
    old.add(new NamedArray("key.weight", new int[0], new float[1])); // no attention
    now.add("key.weight");
    Safetensors.write(file("unet/" + WEIGHTS), old, Map.of());
    DiffusersFolder read = DiffusersFolder.read(folder);
    assertThat(read.weights().stream().map(NamedArray::name))
        .containsExactlyInAnyOrderElementsOf(now);
    assertThat(read.network())
        .containsEntry("down_block_types", List.of("DownBlock2D", "AttnDownBlock2D"));
    assertThat(read.network())
        .containsEntry("up_block_types", List.of("AttnUpBlock2D", "UpBlock2D"));
    old.add(new NamedArray("a.attentions.10.to_q.weight", new int[0], new float[1]));
    Safetensors.write(file("unet/" + WEIGHTS), old, Map.of());
    refused("twice, under an old name and a new one");
  }

  private void shard(String map) throws IOException {
    Files.deleteIfExists(file("unet/" + WEIGHTS));
    Safetensors.write(file("unet/a-00001-of-00002.safetensors"), List.of(Q), Map.of());
    Safetensors.write(file("unet/a-00002-of-00002.safetensors"), List.of(W), Map.of());
    Files.writeString(
        file("unet/" + WEIGHTS + ".index.json"),
        "{\"metadata\":{\"total_size\":12},\"weight_map\":" + map + "}");
  }

  @Test
  void weights_may_lie_in_several_files() throws IOException {
    String q = "\"" + Q.name() + "\":\"a-00001-of-00002.safetensors\"";
    String w = "\"" + W.name() + "\":\"a-00002-of-00002.safetensors\"";
    shard("{" + w + "," + q + "}");
    assertThat(DiffusersFolder.read(folder).weights()).containsExactly(Q, W);
    shard("{" + w + "," + q + ",\"more\":\"a-00001-of-00002.safetensors\"}");
    refused("a-00001-of-00002.safetensors", "holds other arrays than weight_map says");
    shard("{\"other\":\"a-00002-of-00002.safetensors\"}");
    refused("holds other arrays");
    shard("{" + q + ",\"x\":\"b.safetensors\"}");
    refused("b.safetensors", "no such file");
  }

  @ParameterizedTest
  @CsvSource({"../a.safetensors", "/etc/passwd", "..", "'a\\b'", "''"})
  void shards_lie_beside_their_index(String elsewhere) throws IOException {
    shard(Json.line(Map.of("x", elsewhere)));
    refused("index.json", "no file beside it");
  }

  @ParameterizedTest
  @CsvSource({"[]", "7", "{}", "null"})
  void an_index_without_a_map_is_refused(String map) throws IOException {
    shard(map);
    refused("has no weight_map");
  }

  @Test
  void pickles_are_not_opened() throws IOException {
    Files.delete(file("unet/" + WEIGHTS));
    Files.writeString(file("unet/diffusion_pytorch_model.bin"), "cos\nsystem\n");
    refused("is a pickle, which can run any code", "save_pretrained");
    Safetensors.write(file("unet/diffusion_pytorch_model.fp16.safetensors"), List.of(W), Map.of());
    assertThat(DiffusersFolder.read(folder).weights()).containsExactly(W);
  }

  @Test
  void what_is_missing_or_of_another_kind_is_named() throws IOException {
    Files.delete(file("unet/" + WEIGHTS));
    refused(WEIGHTS, "there is no such file");
    create(folder);
    Files.writeString(file(NETWORK), "{\"_class_name\":\"VQModel\"}");
    refused("is of a VQModel");
    Files.delete(file(NETWORK));
    refused("config.json", "no such file");
    create(folder);
    Files.writeString(file(INDEX), "{\"_class_name\":\"X\",\"vqvae\":[\"diffusers\",\"VQModel\"]}");
    refused(INDEX, "another part, \"vqvae\"");
    Files.writeString(file(INDEX), "{\"_class_name\":\"X\",\"safety_checker\":[null,null]}");
    assertThat(DiffusersFolder.read(folder).pipeline()).isEqualTo("X");
    Files.delete(file(SCHEDULER));
    assertThat(DiffusersFolder.read(folder).scheduler()).isEmpty();
    assertThatThrownBy(() -> DiffusersFolder.read(place.resolve("no")))
        .hasMessageContaining("there is no such folder");
    assertThatThrownBy(() -> DiffusersFolder.read(file(INDEX)))
        .hasMessageContaining("is a file, not a folder");
  }

  @Test
  void numbers_that_json_has_no_word_for_are_those_of_python() throws IOException {
    Files.writeString(
        file(SCHEDULER),
        "{\"a\": -Infinity, \"b\": NaN, \"c\": [], \"d\": {}, \"_class_name\": \"S\"}");
    DiffusersFolder read = DiffusersFolder.read(folder);
    assertThat(read.scheduler()).containsEntry("a", Double.NEGATIVE_INFINITY);
    Path copy = place.resolve("copy");
    read.write(copy, Origins.ALL);
    assertThat(copy.resolve(SCHEDULER))
        .content()
        .contains("  \"a\": -Infinity,\n  \"b\": NaN,\n  \"c\": [],\n  \"d\": {}\n");
  }

  @ParameterizedTest
  @CsvSource({
    "1e-5, 1e-05",
    "1.5e-7, 1.5e-07",
    "1e-4, 0.0001",
    "-0.00085, -0.00085",
    "1, 1.0",
    "-0.0, -0.0",
    "80, 80.0",
    "1e15, 1000000000000000.0",
    "1e16, 1e+16",
    "-1.2345e300, -1.2345e+300",
    "0.1, 0.1",
  })
  void floats_are_printed_as_python_does(double value, String printed) {
    assertThat(PythonJson.repr(value)).isEqualTo(printed);
  }

  @Test
  void texts_are_escaped_as_python_does() {
    assertThat(PythonJson.text(Map.of("é\u007f", "\"\\\n\u0001/")))
        .isEqualTo("{\n  \"\\u00e9\\u007f\": \"\\\"\\\\\\n\\u0001/\"\n}\n");
  }
}
