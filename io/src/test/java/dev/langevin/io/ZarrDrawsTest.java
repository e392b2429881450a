package dev.langevin.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.chain.Draws;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZarrDrawsTest {
  @TempDir Path folder;

  @Test
  void drawsComeBackToTheLastBitAndInTheirOrder() {
    Path zarr = folder.resolve("draws.zarr");
    Draws draws = StanCsvTest.draws();
    ZarrDraws.write(zarr, draws, Origins.ALL);
    Draws back = ZarrDraws.read(zarr);
    assertThat(back.names()).isEqualTo(draws.names());
    assertThat(Arrays.deepToString(back.values())).isEqualTo(Arrays.deepToString(draws.values()));
    assertThat(back.statistics()).isEqualTo(draws.statistics());
    assertThat(Arrays.deepToString(back.statisticValues()))
        .isEqualTo(Arrays.deepToString(draws.statisticValues()));
    assertThat(ZarrDraws.isZarr(zarr)).isTrue();
  }

  @Test
  void vectorsAreOneArrayWithDimensionsAndFlagsAreBooleans() {
    Path zarr = folder.resolve("draws.zarr");
    ZarrDraws.write(zarr, StanCsvTest.draws(), Origins.ALL);
    assertThat(Json.read(zarr.resolve("posterior/theta/.zarray")))
        .containsEntry("shape", List.of(2, 2, 2))
        .containsEntry("chunks", List.of(1, 2, 2))
        .containsEntry("dtype", "<f8");
    assertThat(Json.read(zarr.resolve("posterior/m/.zattrs")))
        .containsEntry("_ARRAY_DIMENSIONS", List.of("chain", "draw", "m_dim_0", "m_dim_1"));
    assertThat(Json.read(zarr.resolve("sample_stats/diverging/.zarray")))
        .containsEntry("dtype", "|b1");
    assertThat(Json.read(zarr.resolve("sample_stats/n_steps/.zarray")))
        .containsEntry("dtype", "<i8");
    for (String name : List.of("acceptance_rate", "step_size", "energy", "lp")) {
      assertThat(zarr.resolve("sample_stats").resolve(name)).isDirectory();
    }
    assertThat(String.valueOf(Json.read(zarr.resolve(".zmetadata")).get("metadata")))
        .contains("posterior/theta/.zarray", "sample_stats/diverging/.zattrs", ".zgroup=");
    ByteBuffer chunk =
        ByteBuffer.wrap(bytes(zarr.resolve("posterior/theta/0.0.0")))
            .order(ByteOrder.LITTLE_ENDIAN);
    assertThat(chunk.asDoubleBuffer().get(1)).isEqualTo(5); // chain 0, draw 0, theta[2]
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void elementsThatDoNotFillAnArrayStayByThemselves() {
    Path zarr = folder.resolve("draws.zarr");
    List<String> names = List.of("a[1]", "a[3]", "b", "b[1]", "c[2,1]", "c[1,1]");
    double[][] values = {{1}, {2}, {3}, {4}, {5}, {6}};
    Draws draws = new Draws(names, new double[][][] {values}, List.of(), new double[1][0][]);
    ZarrDraws.write(zarr, draws, Origins.ALL);
    assertThat(zarr.resolve("posterior/a[3]")).isDirectory();
    assertThat(zarr.resolve("posterior/b[1]")).isDirectory();
    assertThat(zarr.resolve("posterior/c")).isDirectory();
    assertThat(Arrays.deepToString(ZarrDraws.read(zarr).values()))
        .isEqualTo(Arrays.deepToString(draws.values()));
    assertThat(ZarrDraws.read(zarr).names()).isEqualTo(names);
  }

  @Test
  void manyDrawsAreSeveralChunks() throws IOException {
    Path root = folder.resolve("z");
    Files.createDirectory(root);
    ZarrWriter writer = new ZarrWriter(root);
    int n = (1 << 22) + 5;
    writer.array(
        "x",
        ElementType.BOOL,
        new int[] {1, n},
        List.of("chain", "draw"),
        (c, k, from, count, out) -> {
          for (int i = 0; i < count; i++) {
            out[i] = (from + i) % 3 == 0 ? 1 : 0;
          }
        });
    assertThat(root.resolve("x/0.1")).exists();
    double[] back = ZarrArray.open(root.resolve("x")).read();
    assertThat(back).hasSize(n);
    assertThat(back[n - 1]).isEqualTo((n - 1) % 3 == 0 ? 1 : 0);
    assertThat(back[n - 2]).isEqualTo((n - 2) % 3 == 0 ? 1 : 0);
  }

  /** As zarr-python writes: zlib, chunks that do not divide the shape, fill values, other types. */
  @Test
  void foreignChunkingCompressionAndTypesAreRead() throws IOException {
    Path zarr = folder.resolve("foreign.zarr");
    Files.createDirectories(zarr.resolve("posterior"));
    Files.writeString(zarr.resolve(".zgroup"), "{\"zarr_format\":2}");
    Files.writeString(zarr.resolve("posterior/.zgroup"), "{\"zarr_format\":2}");
    Path x =
        foreign(
            zarr,
            "posterior/x",
            "[2,3]",
            "[2,2]",
            ">f4",
            "{\"id\":\"zlib\",\"level\":1}",
            "\"NaN\"");
    Files.write(x.resolve("0.0"), deflated(f4(1, 2, 4, 5)));
    Path y = foreign(zarr, "posterior/y", "[2,3]", "[1,3]", "|i1", "null", "7");
    Files.write(y.resolve("1.0"), new byte[] {-1, -2, -3});
    Draws draws = ZarrDraws.read(zarr);
    assertThat(Arrays.deepToString(draws.series("x")))
        .isEqualTo(Arrays.deepToString(new double[][] {{1, 2, Double.NaN}, {4, 5, Double.NaN}}));
    assertThat(Arrays.deepToString(draws.series("y")))
        .isEqualTo(Arrays.deepToString(new double[][] {{7, 7, 7}, {-1, -2, -3}}));
  }

  private static Path foreign(
      Path zarr,
      String name,
      String shape,
      String chunks,
      String type,
      String compressor,
      String fill)
      throws IOException {
    Path path = Files.createDirectories(zarr.resolve(name));
    Files.writeString(path.resolve(".zattrs"), "{\"_ARRAY_DIMENSIONS\":[\"chain\",\"draw\"]}");
    Files.writeString(
        path.resolve(".zarray"),
        ("{'zarr_format':2,'shape':%s,'chunks':%s,'dtype':'%s','compressor':%s,'fill_value':%s,"
                    .formatted(shape, chunks, type, compressor, fill)
                + "'order':'C','filters':null}")
            .replace('\'', '"'));
    return path;
  }

  private static byte[] f4(float... values) {
    ByteBuffer out = ByteBuffer.allocate(4 * values.length);
    for (float value : values) {
      out.putFloat(value);
    }
    return out.array();
  }

  private static byte[] deflated(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream stream = new DeflaterOutputStream(out)) {
      stream.write(bytes);
    }
    return out.toByteArray();
  }

  @Test
  void whatCannotBeReadIsNamed() throws IOException {
    assertThatThrownBy(() -> ZarrDraws.read(folder))
        .hasMessage(
            folder
                + ": is no Zarr folder with a group \"posterior\". Name a folder written by"
                + " `langevin sample` or by ArviZ's to_zarr.");
    assertThatThrownBy(() -> ZarrDraws.read(folder.resolve("no")))
        .hasMessageContaining("no such folder");
    Files.writeString(folder.resolve("zarr.json"), "{}");
    assertThatThrownBy(() -> ZarrDraws.read(folder))
        .hasMessage(
            folder
                + ": is of Zarr format 3. Write it with format 2: data.to_zarr(path, zarr_format=2).");
    Path zarr = folder.resolve("z");
    ZarrDraws.write(zarr, StanCsvTest.draws(), Origins.ALL);
    Path mu = zarr.resolve("posterior/mu");
    String array = Files.readString(mu.resolve(".zarray"));
    Files.writeString(
        mu.resolve(".zarray"),
        array.replace("\"compressor\" : null", "\"compressor\" : {\"id\":\"blosc\"}"));
    assertThatThrownBy(() -> ZarrDraws.read(zarr)).hasMessageContaining("is compressed by blosc");
    Files.writeString(mu.resolve(".zarray"), array.replace("[ 2, 2 ]", "[ 2000000000, 1 ]"));
    assertThatThrownBy(() -> ZarrDraws.read(zarr)).hasMessageContaining("too small to hold them");
    Files.writeString(mu.resolve(".zarray"), array);
    Files.delete(mu.resolve("1.0"));
    assertThatThrownBy(() -> ZarrDraws.read(zarr))
        .hasMessage(mu.resolve("1.0") + ": is missing. The folder is incomplete: copy it again.");
    Files.write(mu.resolve("1.0"), new byte[3]);
    assertThatThrownBy(() -> ZarrDraws.read(zarr)).hasMessageContaining("ends too early");
  }

  @Test
  void namesThatCannotBeFilesAreRefused() {
    for (String name : List.of("a/b", "chain", "..", "")) {
      Draws draws =
          new Draws(List.of(name), new double[][][] {{{1}}}, List.of(), new double[1][0][]);
      assertThatThrownBy(() -> ZarrDraws.write(folder.resolve("z"), draws, Origins.ALL))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
