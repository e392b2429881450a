package dev.langevin.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.table.Dataset;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** npy and IDX. */
class ArrayFilesTest {
  @TempDir Path folder;

  static byte[] npy(int version, String header, byte[] data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out =
        ByteBuffer.allocate(12 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    if (version == 1) {
      out.putShort((short) text.length);
    } else {
      out.putInt(text.length);
    }
    out.put(text).put(data);
    return java.util.Arrays.copyOf(out.array(), out.position());
  }

  private Path npy(String type, boolean fortran, String shape, byte[] data) throws IOException {
    String header =
        "{'descr': '"
            + type
            + "', 'fortran_order': "
            + (fortran ? "True" : "False")
            + ", 'shape': "
            + shape
            + ", }\n";
    return Files.write(folder.resolve("a.npy"), npy(1, header, data));
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "|b1, 00 01, 0, 1",
    "|u1, 05 ff, 5, 255",
    "|i1, 05 ff, 5, -1",
    "<i2, 0100 ffff, 1, -1",
    ">i2, 0001 8000, 1, -32768",
    "<u2, 0100 ffff, 1, 65535",
    "<i4, 01000000 ffffffff, 1, -1",
    ">u4, 00000001 ffffffff, 1, 4294967295",
    "<i8, 0100000000000000 ffffffffffffffff, 1, -1",
    "<u8, 0100000000000000 ffffffffffff1f00, 1, 9007199254740991",
    "<f2, 003c 00c0, 1, -2",
    ">f2, 0001 7bff, 5.960464477539063e-8, 65504",
    "<f4, 0000803f cdcccc3d, 1, 0.10000000149011612",
    "<f8, 000000000000f03f 9a9999999999b93f, 1, 0.1",
    ">f8, 3ff0000000000000 bfe0000000000000, 1, -0.5",
  })
  void everyElementTypeOfBothByteOrdersIsRead(String type, String bytes, double a, double b)
      throws IOException {
    Npy.Content array = Npy.read(npy(type, false, "(2,)", hex(bytes)));
    assertThat(array.values()).containsExactly(a, b);
    assertThat(array.shape()).containsExactly(2);
  }

  @Test
  void fortranOrderBecomesRowMajor() throws IOException {
    byte[] data = {1, 2, 3, 4, 5, 6}; // columns of [[1,3,5],[2,4,6]]
    assertThat(Npy.read(npy("|u1", true, "(2, 3)", data)).values())
        .containsExactly(1, 3, 5, 2, 4, 6);
    assertThat(Npy.read(npy("|u1", true, "(1, 2, 3)", data)).values())
        .containsExactly(1, 3, 5, 2, 4, 6);
  }

  @Test
  void allVersionsScalarsAndPythonTwosLongsAreRead() throws IOException {
    for (int version = 1; version <= 3; version++) {
      String header = "{\"shape\": (2L, 1L), 'fortran_order': False, 'descr': '|u1'}   \n";
      Path file = Files.write(folder.resolve("a.npy"), npy(version, header, new byte[] {7, 8}));
      assertThat(Npy.read(file).shape()).containsExactly(2, 1);
    }
    assertThat(Npy.read(npy("|u1", false, "()", new byte[] {9})).values()).containsExactly(9);
    assertThat(Npy.read(npy("<f8", false, "(0, 3)", new byte[0])).shape()).containsExactly(0, 3);
  }

  @Test
  void whatIsWrittenIsReadBackAndTheseAreTheBytes() throws IOException {
    Path file = folder.resolve("w.npy");
    double[] values = {0.1, -0.0, 1e308, 3, 4, 5};
    Npy.write(file, new int[] {2, 3}, values, Origins.ALL);
    assertThat(Npy.read(file)).isEqualTo(new Npy.Content(new int[] {2, 3}, values));
    byte[] bytes = Files.readAllBytes(file);
    assertThat(bytes).hasSize(128 + 48).startsWith(hex("934e554d5059 0100 7600"));
    assertThat(new String(bytes, 10, 118, StandardCharsets.ISO_8859_1))
        .startsWith("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), } ")
        .endsWith(" \n");
    assertThat(Json.read(folder.resolve("w.npy.json")))
        .containsEntry("file", "w.npy")
        .containsEntry("sha256", Hashes.sha256(file));
  }

  @Test
  void aDataSetComesBackWithItsShape() {
    Path file = folder.resolve("w.npy");
    for (int[] shape : new int[][] {{3}, {1, 2, 2}, {3, 2, 5}, {2, 3, 3}}) {
      int width = (int) dev.langevin.math.NamedArray.size(shape);
      double[] values = java.util.stream.IntStream.range(0, 4 * width).asDoubleStream().toArray();
      Dataset data = Dataset.of("w.npy", shape, values);
      Npy.write(file, data, Origins.ALL);
      assertThat(Datasets.read(file)).isEqualTo(data);
    }
  }

  @Test
  void channelsLastIsTurnedRound() throws IOException {
    byte[] data = {1, 11, 21, 2, 12, 22, 3, 13, 23, 4, 14, 24, 5, 15, 25}; // 5 pixels of 3 channels
    Dataset images = Datasets.read(npy("|u1", false, "(1, 5, 1, 3)", data));
    assertThat(images.shape()).containsExactly(3, 5, 1);
    assertThat(images.values())
        .containsExactly(1, 2, 3, 4, 5, 11, 12, 13, 14, 15, 21, 22, 23, 24, 25);
  }

  @Test
  void rowsArePointsOrGreyImagesByRank() throws IOException {
    assertThat(Datasets.read(npy("|u1", false, "(6,)", new byte[6])).shape()).containsExactly(1);
    assertThat(Datasets.read(npy("|u1", false, "(2, 3)", new byte[6])).shape()).containsExactly(3);
    assertThat(Datasets.read(npy("|u1", false, "(1, 2, 3)", new byte[6])).shape())
        .containsExactly(1, 2, 3);
    Dataset flat =
        Datasets.read(
            npy("|u1", false, "(1, 6)", new byte[6]), ReadOptions.defaults().withShape(2, 3));
    assertThat(flat.shape()).containsExactly(1, 2, 3);
  }

  @Test
  void wrongArraysAreNamed() throws IOException {
    Path file = folder.resolve("a.npy");
    assertThatThrownBy(() -> Datasets.read(npy("<f8", false, "(2, 2)", f8(1, 2, 3, Double.NaN))))
        .hasMessage(
            file
                + "[1, 1]: is nan; all numbers must be finite. Remove these rows, or fill the gaps.");
    assertThatThrownBy(() -> Datasets.read(npy("<f8", false, "()", f8(1))))
        .hasMessageContaining("has shape []");
    assertThatThrownBy(() -> Datasets.read(npy("<f8", false, "(0, 3)", f8())))
        .hasMessage(file + ": has no rows. Check that it is the right file.");
    assertThatThrownBy(() -> Datasets.read(npy("<c16", false, "(1,)", f8(1, 2))))
        .hasMessage(
            file
                + ": holds elements of type '<c16', not plain numbers. Save it as numbers:"
                + " numpy.save(name, array.astype('f8')).");
    assertThatThrownBy(() -> Npy.read(npy("<i8", false, "(1,)", hex("0100000000002000"))))
        .isInstanceOf(InputError.class)
        .hasMessageContaining("beyond 2^53");
    assertThatThrownBy(
            () ->
                Datasets.read(
                    npy("<f8", false, "(1, 2)", f8(1, 2)), ReadOptions.defaults().withShape(8, 8)))
        .hasMessageContaining("has rows of 2 numbers, but the shape 8x8 needs 64");
    assertThatThrownBy(
            () ->
                Datasets.read(
                    npy("<f8", false, "(1, 2)", f8(1, 2)), ReadOptions.defaults().withLabel("y")))
        .hasMessageContaining("has no column \"y\", since it is not a CSV");
  }

  @Test
  void structuredTypesAreRefused() throws IOException {
    String header = "{'descr': [('x', '<f8')], 'fortran_order': False, 'shape': (1,), }\n";
    Path file = Files.write(folder.resolve("a.npy"), npy(1, header, f8(1)));
    assertThatThrownBy(() -> Npy.read(file)).hasMessageContaining("no plain element type");
  }

  private static byte[] f8(double... values) {
    ByteBuffer out = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      out.putDouble(value);
    }
    return out.array();
  }

  @Test
  void aHeaderThatPromisesMoreThanTheFileHoldsAllocatesNothingAndIsNamed() throws IOException {
    long before = Runtime.getRuntime().totalMemory();
    assertThatThrownBy(() -> Npy.read(npy("<f8", false, "(2000000000,)", f8(1, 2))))
        .hasMessage(
            folder.resolve("a.npy")
                + ": ends after 2 of the 2000000000 numbers that its header promises. It was cut off:"
                + " copy or download it again.");
    assertThatThrownBy(() -> Npy.read(npy("<f8", false, "(2000000, 2000000)", f8(1))))
        .hasMessageContaining("2,147 million");
    assertThatThrownBy(() -> Npy.read(npy("<f8", false, "(99999999999999999,)", f8(1))))
        .hasMessageContaining("impossible shape");
    assertThatThrownBy(() -> Npy.read(npy("<f8", false, "(1,)", f8(1, 2))))
        .hasMessageContaining("goes on after the 1 numbers");
    assertThat(Runtime.getRuntime().totalMemory() - before).isLessThan(1L << 28);
  }

  private Path idx(String name, int type, int[] shape, byte[] data, boolean zipped)
      throws IOException {
    ByteBuffer head = ByteBuffer.allocate(4 + 4 * shape.length);
    head.put(new byte[] {0, 0, (byte) type, (byte) shape.length});
    for (int length : shape) {
      head.putInt(length);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var stream = zipped ? new GZIPOutputStream(out) : out) {
      stream.write(head.array());
      stream.write(data);
    }
    return Files.write(folder.resolve(name), out.toByteArray());
  }

  @Test
  void idxImagesAndTheirLabelsAreReadAsMnistHasThem() throws IOException {
    byte[] pixels = {0, 1, 2, (byte) 255, 4, 5, 6, 7, 8, 9, 10, 11};
    for (boolean zipped : new boolean[] {false, true}) {
      Path images = idx("images-idx3-ubyte", 8, new int[] {3, 2, 2}, pixels, zipped);
      Path labels = idx("labels-idx1-ubyte", 8, new int[] {3}, new byte[] {5, 0, 4}, zipped);
      Dataset data = Datasets.read(images, ReadOptions.defaults().withLabelFile(labels));
      assertThat(data.shape()).containsExactly(1, 2, 2);
      assertThat(data.values()).startsWith(0, 1, 2, 255).hasSize(12);
      assertThat(data.labels()).containsExactly(5, 0, 4);
    }
  }

  @Test
  void allIdxTypesAndRanksAreRead() throws IOException {
    assertThat(Datasets.read(idx("a", 9, new int[] {2}, new byte[] {1, -1}, false)).values())
        .containsExactly(1, -1);
    assertThat(Datasets.read(idx("a", 11, new int[] {1, 1}, hex("fffe"), false)).values())
        .containsExactly(-2);
    assertThat(Datasets.read(idx("a", 12, new int[] {1, 1}, hex("00010000"), false)).values())
        .containsExactly(65536);
    assertThat(Datasets.read(idx("a", 13, new int[] {1, 1}, hex("3fc00000"), false)).values())
        .containsExactly(1.5);
    assertThat(
            Datasets.read(idx("a", 14, new int[] {1, 1}, hex("3ff8000000000000"), false)).values())
        .containsExactly(1.5);
    assertThat(Datasets.read(idx("a", 8, new int[] {1, 3, 1, 2}, new byte[6], false)).shape())
        .containsExactly(3, 1, 2);
  }

  @Test
  void wrongIdxFilesAndLabelsAreNamed() throws IOException {
    Path images = idx("images", 8, new int[] {1000000000, 1}, new byte[5], true);
    assertThatThrownBy(() -> Datasets.read(images))
        .hasMessageContaining("ends after 5 of the 1000000000 numbers");
    assertThatThrownBy(() -> Datasets.read(idx("a", 8, new int[] {-1}, new byte[1], false)))
        .hasMessageContaining("impossible shape [-1]");
    Path good = idx("good", 8, new int[] {2, 1}, new byte[2], false);
    Path labels = idx("labels", 8, new int[] {3}, new byte[3], false);
    assertThatThrownBy(() -> Datasets.read(good, ReadOptions.defaults().withLabelFile(labels)))
        .hasMessage(
            "%s: has 3 labels, but %s has 2 rows. Give the labels of these very rows.",
            labels, good);
    Path wide = idx("wide", 8, new int[] {2, 2}, new byte[4], false);
    assertThatThrownBy(() -> Datasets.read(good, ReadOptions.defaults().withLabelFile(wide)))
        .hasMessageContaining("has rows of 2 numbers. Give one class per row.");
  }

  @Test
  void otherKindsOfFilesAreNamedWithWhatToDo() throws IOException {
    Map<String, String> starts =
        Map.of(
            "89504e470d0a1a0a", "is a single image; data are many of them",
            "504b0304", "is a zip archive",
            "894844460d0a1a0a", "is an HDF5 file",
            "50415231", "is a Parquet file",
            "425a6839", "is compressed with xz, zstd or bzip2",
            "0102030400", "is neither a CSV nor an IDX or npy file");
    for (Map.Entry<String, String> start : starts.entrySet()) {
      Path file = Files.write(folder.resolve("x"), hex(start.getKey()));
      assertThatThrownBy(() -> Datasets.read(file)).hasMessageContaining(start.getValue());
    }
    assertThatThrownBy(() -> Datasets.read(folder.resolve("no.csv")))
        .hasMessage(
            folder.resolve("no.csv") + ": there is no such file or folder. Check the path.");
  }

  @Test
  void hashesAreThoseOfTheUsualTools() throws IOException {
    Path file = Files.writeString(folder.resolve("abc"), "abc");
    String abc =
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // FIPS 180-2, B.1
    assertThat(Hashes.sha256(file)).isEqualTo(abc);
    assertThat(Hashes.sha256(folder))
        .isEqualTo(Hashes.sha256((abc + "  abc\n").getBytes(StandardCharsets.UTF_8)));
  }
}
