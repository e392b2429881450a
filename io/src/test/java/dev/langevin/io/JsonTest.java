package dev.langevin.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonTest {
  record Recipe(String name, double stepSize, List<Integer> shape) {}

  @Test
  void mapsAndRecordsComeBackEqual(@TempDir Path folder) {
    Path file = folder.resolve("a.json");
    Recipe recipe = new Recipe("mala", 0.1, List.of(1, 8, 8));
    Json.write(file, recipe);
    assertThat(Json.read(file, Recipe.class)).isEqualTo(recipe);
    assertThat(file)
        .hasContent(
            "{\n  \"name\" : \"mala\",\n  \"stepSize\" : 0.1,\n  \"shape\" : [ 1, 8, 8 ]\n}\n");
    assertThat(Json.read(file))
        .containsEntry("stepSize", 0.1)
        .containsEntry("shape", List.of(1, 8, 8));
  }

  @Test
  void entriesKeepTheirOrderAndOneLineIsAscii() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("z", 1);
    map.put("a", "π\n");
    assertThat(Json.line(map)).isEqualTo("{\"z\":1,\"a\":\"\\u03C0\\n\"}");
  }

  @Test
  void numbersArePrintedAlikeOnEveryJdk() {
    // JDK 17 alone would print 2.0E-3 and 2^-44 with other digits than JDK 19 and later
    assertThat(Json.line(Map.of("x", 0x1p-44))).isEqualTo("{\"x\":5.684341886080802E-14}");
    assertThat(Json.line(Map.of("x", 2e23))).isEqualTo("{\"x\":2.0E23}");
  }

  @Test
  void whatIsNotJsonIsNamedWithItsPlace() {
    assertThatThrownBy(() -> Json.parse("a.json", "{\n  \"x\": nonsense}"))
        .isInstanceOf(InputError.class)
        .hasMessageStartingWith("a.json:2:")
        .hasMessageContaining("is not the JSON expected here");
    assertThatThrownBy(() -> Json.parse("a.json", "{\"x\":1,\"x\":2}"))
        .isInstanceOf(InputError.class);
    assertThatThrownBy(() -> Json.parse("a.json", "{} {}")).isInstanceOf(InputError.class);
    assertThatThrownBy(() -> Json.parse("a.json", "[1]")).isInstanceOf(InputError.class);
    assertThatThrownBy(() -> Json.parse("a.json", "null")).isInstanceOf(InputError.class);
    assertThatThrownBy(() -> Json.parse("a.json", "[".repeat(100_000)))
        .isInstanceOf(InputError.class);
    assertThatThrownBy(() -> Json.parse("a.json", "")).isInstanceOf(InputError.class);
  }

  @Test
  void recordsRefuseUnknownComponentsAndWrongTypes(@TempDir Path folder) {
    Path file = folder.resolve("a.json");
    AtomicFile.write(file, "{\"name\":\"x\",\"stepSize\":1,\"shape\":[],\"extra\":1}");
    assertThatThrownBy(() -> Json.read(file, Recipe.class))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("extra");
    assertThatThrownBy(() -> Json.read(folder.resolve("no.json")))
        .hasMessage(
            folder.resolve("no.json") + ": there is no such file or folder. Check the path.");
    assertThatThrownBy(() -> Json.read(folder)).hasMessageContaining("is a folder");
  }
}
