package dev.langevin.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.table.Dataset;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnimationTest {
  @TempDir Path folder;

  private record Chunk(String type, byte[] content) {}

  private static BufferedImage frame(int type, int number) {
    BufferedImage picture = new BufferedImage(5, 4, type);
    for (int i = 0; i < 20; i++) {
      picture.setRGB(i % 5, i / 5, 0xFF000000 | (i + 1) * (number + 3) * 40503);
    }
    return picture;
  }

  /** The chunks; every check sum is right. */
  private static List<Chunk> chunks(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    assertThat(bytes.getLong()).isEqualTo(0x89504E470D0A1A0AL);
    List<Chunk> chunks = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] content = new byte[bytes.getInt()];
      byte[] type = new byte[4];
      bytes.get(type).get(content);
      CRC32 sum = new CRC32();
      sum.update(type);
      sum.update(content);
      assertThat(bytes.getInt()).isEqualTo((int) sum.getValue());
      chunks.add(new Chunk(new String(type, StandardCharsets.ISO_8859_1), content));
    }
    return chunks;
  }

  /** Each frame as a PNG of its own, for javax.imageio. */
  private static List<BufferedImage> frames(List<Chunk> chunks) throws IOException {
    List<BufferedImage> frames = new ArrayList<>();
    List<byte[]> parts = new ArrayList<>();
    for (Chunk chunk : chunks) {
      boolean next = chunk.type.equals("fcTL") || chunk.type.equals("IEND");
      if (next && !parts.isEmpty()) {
        frames.add(decoded(chunks.get(0), parts));
        parts.clear();
      }
      if (chunk.type.equals("fdAT")) {
        parts.add(java.util.Arrays.copyOfRange(chunk.content, 4, chunk.content.length));
      }
    }
    return frames;
  }

  private static BufferedImage decoded(Chunk header, List<byte[]> parts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(0x89504E470D0A1A0AL);
    write(out, "IHDR", header.content);
    for (byte[] part : parts) {
      write(out, "IDAT", part);
    }
    write(out, "IEND", new byte[0]);
    return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(bytes.toByteArray())));
  }

  private static void write(DataOutputStream out, String type, byte[] content) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(type.getBytes(StandardCharsets.ISO_8859_1));
    sum.update(content);
    out.writeInt(content.length);
    out.writeBytes(type);
    out.write(content);
    out.writeInt((int) sum.getValue());
  }

  private static void same(BufferedImage a, BufferedImage b) {
    assertThat(a.getWidth()).isEqualTo(b.getWidth());
    assertThat(a.getHeight()).isEqualTo(b.getHeight());
    for (int i = 0; i < a.getWidth() * a.getHeight(); i++) {
      int x = i % a.getWidth();
      int y = i / a.getWidth();
      assertThat(a.getRGB(x, y)).isEqualTo(b.getRGB(x, y));
    }
  }

  @Test
  void every_frame_comes_back_and_the_last_is_the_still_picture() throws IOException {
    for (int type : new int[] {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_BYTE_GRAY}) {
      List<BufferedImage> frames = List.of(frame(type, 0), frame(type, 1), frame(type, 2));
      Path file = folder.resolve("a.png");
      Animation.write(file, frames, 40, 2000, Origins.ALL);
      List<BufferedImage> back = frames(chunks(file));
      assertThat(back).hasSize(3);
      for (int k = 0; k < 3; k++) {
        same(back.get(k), frames.get(k));
      }
      same(Objects.requireNonNull(ImageIO.read(file.toFile())), frames.get(2));
      assertThat(Provenance.of(file)).contains(Origins.ALL);
    }
  }

  @Test
  void chunks_stand_in_the_order_of_the_standard() throws IOException {
    BufferedImage picture = frame(BufferedImage.TYPE_3BYTE_BGR, 0);
    Path file = folder.resolve("a.png");
    Animation.write(file, List.of(picture, picture), 40, 2000, Origins.ALL);
    List<Chunk> chunks = chunks(file);
    List<String> types = chunks.stream().map(Chunk::type).toList();
    assertThat(types.indexOf("acTL")).isBetween(1, types.indexOf("IDAT") - 1);
    assertThat(types.indexOf("fcTL")).isGreaterThan(types.lastIndexOf("IDAT"));
    assertThat(types).last().isEqualTo("IEND");
    int sequence = 0;
    List<Integer> delays = new ArrayList<>();
    for (Chunk chunk : chunks) {
      ByteBuffer content = ByteBuffer.wrap(chunk.content);
      if (chunk.type.equals("acTL")) {
        assertThat(content.getInt()).isEqualTo(2); // frames
        assertThat(content.getInt()).isZero(); // for ever
      } else if (chunk.type.startsWith("f")) {
        assertThat(content.getInt()).isEqualTo(sequence++);
        if (chunk.type.equals("fcTL")) {
          assertThat(new int[] {content.getInt(), content.getInt()}).containsExactly(5, 4);
          assertThat(content.getShort(22)).isEqualTo((short) 1000);
          delays.add((int) content.getShort(20));
        }
      }
    }
    assertThat(delays).containsExactly(40, 2000);
  }

  @Test
  void a_grid_of_images_is_a_frame() throws IOException {
    double[] values = {0, 0.5, 1, 0.25, 1, 1, 0, 0};
    Dataset first = new Dataset("a", new int[] {1, 2, 2}, List.of(), values, new int[0]);
    Dataset second = new Dataset("b", new int[] {1, 2, 2}, List.of(), new double[8], new int[0]);
    Path file = folder.resolve("a.png");
    Animation.writeGrids(file, List.of(first, second), 0, 1, 100, 100, Origins.ALL);
    Path grid = folder.resolve("grid.png");
    Images.writeGrid(grid, first, 0, 1, Origins.ALL);
    same(frames(chunks(file)).get(0), Objects.requireNonNull(ImageIO.read(grid.toFile())));
  }

  @Test
  void nonsense_is_refused_and_nothing_is_left() {
    Path file = folder.resolve("a.png");
    BufferedImage picture = frame(BufferedImage.TYPE_3BYTE_BGR, 0);
    BufferedImage other = new BufferedImage(3, 3, BufferedImage.TYPE_3BYTE_BGR);
    assertThatThrownBy(() -> Animation.write(file, List.of(), 1, 1, Origins.ALL))
        .hasMessage("number of frames must be at least 1, got 0");
    assertThatThrownBy(() -> Animation.write(file, List.of(picture), 0, 1, Origins.ALL))
        .hasMessageStartingWith("milliseconds must be");
    assertThatThrownBy(() -> Animation.write(file, List.of(picture), 1, 60_001, Origins.ALL))
        .hasMessageStartingWith("pause must be");
    assertThatThrownBy(() -> Animation.write(file, List.of(picture, other), 1, 1, Origins.ALL))
        .hasMessageStartingWith("frames must be of one size");
    assertThat(file).doesNotExist();
  }
}
