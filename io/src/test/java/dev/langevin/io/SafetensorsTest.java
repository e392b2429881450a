package dev.langevin.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.math.NamedArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  @TempDir Path folder;

  static byte[] file(String head, byte[] data) {
    byte[] text = head.getBytes(StandardCharsets.UTF_8);
    return file(text.length, text, data);
  }

  private static byte[] file(long length, byte[] head, byte[] data) {
    return ByteBuffer.allocate(8 + head.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(head)
        .put(data)
        .array();
  }

  private Path save(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("m.safetensors"), bytes);
  }

  @Test
  void arraysComeBackSortedByNameWithTheirText() {
    Path path = folder.resolve("m.safetensors");
    NamedArray b = new NamedArray("b", new int[] {2, 3}, new float[] {1, 2, 3, 4, 5, Float.NaN});
    NamedArray scalar = new NamedArray("a.scalar", new int[0], new float[] {-0.0f});
    NamedArray empty = new NamedArray("ä", new int[] {0, 4}, new float[0]);
    NamedArray large = new NamedArray("c", new int[] {50_000}, new float[50_000]);
    large.values()[49_999] = 7;
    Safetensors.write(path, List.of(b, empty, large, scalar), Map.of("format", "pt"));
    Safetensors back = Safetensors.read(path);
    assertThat(back.arrays()).containsExactly(scalar, b, large, empty);
    assertThat(back.metadata()).isEqualTo(Map.of("format", "pt"));
    assertThat(Safetensors.metadata(path)).isEqualTo(Map.of("format", "pt"));
  }

  @Test
  void theseAreTheBytes() throws IOException {
    Path path = folder.resolve("m.safetensors");
    NamedArray w = new NamedArray("w", new int[] {1}, new float[] {1.5f});
    Safetensors.write(path, List.of(w), Map.of());
    String head = "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
    String padded = head + " ".repeat(Math.floorMod(-head.length(), 8));
    assertThat(Files.readAllBytes(path))
        .isEqualTo(file(padded, HexFormat.of().parseHex("0000c03f")));
  }

  /** With text and two arrays as the library lays them out, a name beyond ASCII as it is. */
  @Test
  void theBytesAreThoseOfThePythonLibrary() throws IOException {
    byte[] theirs = DiffusersFolderTest.resource("images.safetensors");
    Path path = save(theirs);
    Safetensors read = Safetensors.read(path);
    Path copy = folder.resolve("copy.safetensors");
    Safetensors.write(copy, read.arrays(), read.metadata());
    assertThat(copy).hasBinaryContent(theirs);
    NamedArray accented = new NamedArray("ä.b", new int[0], new float[] {1.5f});
    Safetensors.write(copy, List.of(accented), Map.of("format", "pt"));
    String head =
        "{\"__metadata__\":{\"format\":\"pt\"},\"ä.b\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}";
    String padded = head + " ".repeat(Math.floorMod(-(head.length() + 1), 8));
    assertThat(copy).hasBinaryContent(file(padded, HexFormat.of().parseHex("0000c03f")));
  }

  @ParameterizedTest
  @CsvSource({
    "F64, 9a9999999999b93f, 0.1",
    "F32, cdcccc3d, 0.1",
    "F16, 00c0, -2",
    "BF16, c03f, 1.5",
    "I64, ffffffffffffffff, -1",
    "I32, 00010000, 256",
    "I16, feff, -2",
    "I8, 80, -128",
    "U8, ff, 255",
    "BOOL, 01, 1",
    "U16, ffff, 65535",
    "U32, ffffffff, 4294967295",
    "U64, ffffffffffffffff, 1.8446744e19",
  })
  void everyTypeIsRead(String type, String bytes, float value) throws IOException {
    byte[] data = HexFormat.of().parseHex(bytes);
    String head =
        "{\"x\":{\"dtype\":\"%s\",\"shape\":[1,1],\"data_offsets\":[0,%d]}}   "
            .formatted(type, data.length);
    Safetensors model = Safetensors.read(save(file(head, data)));
    assertThat(model.arrays())
        .containsExactly(new NamedArray("x", new int[] {1, 1}, new float[] {value}));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", // hole at the start
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", // data left over
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"y\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", // overlap
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", // key twice
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}", // does not fit
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},"
            + "\"y\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]},"
            + "\"z\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[6,8]}}", // not aligned
        "{\"x\":{\"dtype\":\"F8\",\"shape\":[8],\"data_offsets\":[0,8]}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"more\":1}}",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2]}}",
        "{\"x\":7}",
        "{\"__metadata__\":{\"a\":1},\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"__metadata__\":\"a\",\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"\\ud800\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        " {\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "[]",
        "{",
        "{}{}",
      })
  void headsThatAreNotAsTheyMustBeAreRefused(String head) throws IOException {
    Path path = save(file(head, new byte[8]));
    assertThatThrownBy(() -> Safetensors.read(path))
        .isInstanceOf(InputError.class)
        .hasMessageStartingWith(path.toString());
  }

  @Test
  void lengthsThatCannotBeAreRefusedWithoutAllocating() throws IOException {
    byte[] head = "{}".getBytes(StandardCharsets.UTF_8);
    for (long length : new long[] {0, 1, 3, 99_999_999, 100_000_001, Long.MAX_VALUE, -1}) {
      Path path = save(file(length, head, new byte[0]));
      assertThatThrownBy(() -> Safetensors.read(path))
          .hasMessageContaining("says that its head has");
    }
    assertThatThrownBy(() -> Safetensors.read(save(new byte[7])))
        .hasMessageContaining("is too short");
    byte[] notUtf8 = {'{', '"', (byte) 0xFF, '"', '}'};
    assertThatThrownBy(() -> Safetensors.read(save(file(5, notUtf8, new byte[0]))))
        .hasMessageContaining("not UTF-8");
    assertThat(Safetensors.read(save(file(2, head, new byte[0]))).arrays()).isEmpty();
  }

  @Test
  void namesTwiceAndTheReservedNameAreRefusedOnWriting() {
    NamedArray w = new NamedArray("w", new int[] {1}, new float[1]);
    NamedArray reserved = new NamedArray("__metadata__", new int[] {1}, new float[1]);
    Path path = folder.resolve("m.safetensors");
    assertThatThrownBy(() -> Safetensors.write(path, List.of(w, w), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Safetensors.write(path, List.of(reserved), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(path).doesNotExist();
  }

  @Test
  void foldersAndMissingFilesAreNamed() {
    assertThatThrownBy(() -> Safetensors.read(folder))
        .hasMessageContaining("is a folder, not a file");
    assertThatThrownBy(() -> Safetensors.read(folder.resolve("no")))
        .hasMessageContaining("no such file");
  }
}
