package dev.langevin.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.chain.Draws;
import dev.langevin.math.NamedArray;
import dev.langevin.table.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceTest {
  private static final Dataset IMAGES =
      Dataset.of("images", new int[] {1, 2, 2}, new double[] {0, 1, 2, 3, 4, 5, 6, 7});

  @TempDir Path folder;

  @Test
  void aLineComesBackEqualAndIsOneLineOfAscii() {
    String line = Origins.ALL.line();
    assertThat(Provenance.parse("here", line)).isEqualTo(Origins.ALL);
    assertThat(line).matches("[ -~]+");
  }

  @Test
  void theOrderOfAMapDoesNotMatter() {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("a", 1);
    one.put("b", Map.of("x", 1, "y", 2, "z", 3));
    Map<String, Object> two = new LinkedHashMap<>();
    two.put("b", Map.of("z", 3, "y", 2, "x", 1));
    two.put("a", 1);
    assertThat(new Provenance("1", "c", 0, one, Map.of()).line())
        .isEqualTo(new Provenance("1", "c", 0, two, Map.of()).line())
        .contains("\"settings\":{\"a\":1,\"b\":{\"x\":1,\"y\":2,\"z\":3}}");
  }

  @Test
  void everyFormatHoldsItAndGivesItBack() throws IOException {
    for (Path path : writeAll(folder)) {
      assertThat(Provenance.of(path)).as(path.toString()).contains(Origins.ALL);
    }
  }

  @Test
  void equalRunsGiveEqualBytes() throws IOException {
    Path one = Files.createDirectory(folder.resolve("one"));
    Path two = Files.createDirectory(folder.resolve("two"));
    writeAll(one);
    writeAll(two);
    assertThat(Hashes.sha256(one)).isEqualTo(Hashes.sha256(two));
  }

  private static List<Path> writeAll(Path to) {
    Draws draws =
        new Draws(
            List.of("mu", "theta[1]", "theta[2]"),
            new double[][][] {{{1, 2}, {3, 4}, {5, 6}}},
            List.of("lp__"),
            new double[][][] {{{-1, -2}}});
    Csv.write(to.resolve("a.csv"), IMAGES, Origins.ALL);
    Csv.write(to.resolve("a.csv.gz"), IMAGES, Origins.ALL);
    Npy.write(to.resolve("a.npy"), IMAGES, Origins.ALL);
    Images.writeGrid(to.resolve("a.png"), IMAGES, 0, 7, Origins.ALL);
    Images.writeFolder(to.resolve("images"), IMAGES, 0, 7, Origins.ALL);
    ZarrDraws.write(to.resolve("a.zarr"), draws, Origins.ALL);
    AtomicFolder.write(
        to.resolve("stan"),
        part ->
            StanCsv.write(part, draws, new StanCsv.Run("m", "hmc", 10, 1, List.of()), Origins.ALL));
    Safetensors.write(
        to.resolve("a.safetensors"),
        List.of(new NamedArray("w", new int[] {1}, new float[] {1})),
        Map.of(),
        Origins.ALL);
    Json.write(to.resolve("a.json"), Map.of("provenance", Origins.ALL.toMap()));
    return List.of(
        to.resolve("a.csv"),
        to.resolve("a.csv.gz"),
        to.resolve("a.npy"),
        to.resolve("a.png"),
        to.resolve("images"),
        to.resolve("a.zarr"),
        to.resolve("stan"),
        to.resolve("a.safetensors"),
        to.resolve("a.json"));
  }

  @Test
  void filesWithoutOneHaveNone() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "# note\na,b\n1,2\n");
    assertThat(Provenance.of(file)).isEmpty();
    assertThat(Provenance.of(folder)).isEmpty();
    assertThatThrownBy(() -> Provenance.of(folder.resolve("no.csv")))
        .hasMessageContaining("there is no such file");
  }

  @Test
  void aDamagedOneIsAnInputError() {
    assertThatThrownBy(() -> Provenance.parse("a.csv", "{\"version\":1}"))
        .hasMessage(
            "a.csv: its provenance has no valid version. Check that Langevin wrote this file.");
  }
}
