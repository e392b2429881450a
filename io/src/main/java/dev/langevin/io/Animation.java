package dev.langevin.io;

import dev.langevin.math.Check;
import dev.langevin.table.Dataset;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Moving pictures as animated PNG (PNG, third edition, W3C 2025, section 11.3.2): full colour, nothing lost, shown by every browser. A viewer that knows nothing of animation shows a still picture
 * instead, here the last frame: of a reverse process, the samples.
 */
public final class Animation {
  private static final int SIGNATURE = 8;
  private static final int LONGEST = 60_000;

  private Animation() {}

  /**
   * Writes frames of one size; they play again and again.
   *
   * @param target {@code .png} or {@code .apng}
   * @param frames one or more, all of one size and kind
   * @param milliseconds how long each is shown, 1 to 60000
   * @param pause how long the last is shown, as well
   * @throws InputError if it cannot be written
   */
  public static void write(
      Path target, List<BufferedImage> frames, int milliseconds, int pause, Provenance provenance) {
    Check.atLeast("number of frames", frames.size(), 1);
    Check.between("milliseconds", milliseconds, 1, LONGEST);
    Check.between("pause", pause, 1, LONGEST);
    BufferedImage last = frames.get(frames.size() - 1);
    for (BufferedImage frame : frames) {
      requireAlike(frame, last);
    }
    AtomicFile.write(target, out -> write(out, frames, milliseconds, pause, provenance));
  }

  /**
   * Writes a grid of images for each moment.
   *
   * @param moments for each frame rows of shape {@code [channels, height, width]}, as many in each, with 1 or 3 channels
   * @param low the value shown as black; what is below is black too
   * @param high the value shown as white; what is above is white too
   */
  public static void writeGrids(
      Path target,
      List<Dataset> moments,
      double low,
      double high,
      int milliseconds,
      int pause,
      Provenance provenance) {
    List<BufferedImage> frames =
        moments.stream().map(rows -> Images.grid(target, rows, low, high)).toList();
    write(target, frames, milliseconds, pause, provenance);
  }

  private static void requireAlike(BufferedImage frame, BufferedImage other) {
    if (frame.getWidth() != other.getWidth()
        || frame.getHeight() != other.getHeight()
        || frame.getType() != other.getType()) {
      throw new IllegalArgumentException(
          "frames must be of one size and kind, got %dx%d and %dx%d"
              .formatted(frame.getWidth(), frame.getHeight(), other.getWidth(), other.getHeight()));
    }
  }

  /** The still picture with its texts; before its content, that this is an animation; before its end, the frames. */
  private static void write(
      OutputStream raw,
      List<BufferedImage> frames,
      int milliseconds,
      int pause,
      Provenance provenance)
      throws IOException {
    DataOutputStream out = new DataOutputStream(raw);
    ByteBuffer still = encoded(frames.get(frames.size() - 1), provenance);
    byte[] signature = new byte[SIGNATURE];
    still.get(signature);
    out.write(signature);
    boolean announced = false;
    while (still.hasRemaining()) {
      Chunk chunk = Chunk.next(still);
      if (chunk.is("IDAT") && !announced) {
        announced = true;
        Chunk.of("acTL", ByteBuffer.allocate(8).putInt(frames.size()).putInt(0)).write(out);
      }
      if (chunk.is("IEND")) {
        writeFrames(out, frames, milliseconds, pause, provenance);
      }
      chunk.write(out);
    }
    out.flush();
  }

  private static void writeFrames(
      DataOutputStream out,
      List<BufferedImage> frames,
      int milliseconds,
      int pause,
      Provenance provenance)
      throws IOException {
    int sequence = 0;
    for (int k = 0; k < frames.size(); k++) {
      BufferedImage frame = frames.get(k);
      int time = k == frames.size() - 1 ? pause : milliseconds;
      Chunk.of("fcTL", control(sequence++, frame, time)).write(out);
      ByteBuffer png = encoded(frame, provenance);
      png.position(SIGNATURE);
      while (png.hasRemaining()) {
        Chunk chunk = Chunk.next(png);
        if (chunk.is("IDAT")) {
          ByteBuffer data = ByteBuffer.allocate(4 + chunk.content().length);
          Chunk.of("fdAT", data.putInt(sequence++).put(chunk.content())).write(out);
        }
      }
    }
  }

  /** Number, width, height, place, delay as a fraction of seconds; the frame replaces all that was there. */
  private static ByteBuffer control(int sequence, BufferedImage frame, int milliseconds) {
    return ByteBuffer.allocate(26)
        .putInt(sequence)
        .putInt(frame.getWidth())
        .putInt(frame.getHeight())
        .putInt(0)
        .putInt(0)
        .putShort((short) milliseconds)
        .putShort((short) 1000)
        .put((byte) 0)
        .put((byte) 0);
  }

  private static ByteBuffer encoded(BufferedImage frame, Provenance provenance) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Images.encode(frame, provenance, bytes);
    return ByteBuffer.wrap(bytes.toByteArray());
  }

  /** A part of a PNG file: length, type, content, check sum. */
  private record Chunk(String type, byte[] content) {
    static Chunk of(String type, ByteBuffer content) {
      return new Chunk(type, content.array());
    }

    static Chunk next(ByteBuffer png) {
      byte[] content = new byte[png.getInt()];
      byte[] type = new byte[4];
      png.get(type).get(content).getInt();
      return new Chunk(new String(type, StandardCharsets.ISO_8859_1), content);
    }

    boolean is(String other) {
      return type.equals(other);
    }

    void write(DataOutputStream out) throws IOException {
      byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
      CRC32 sum = new CRC32();
      sum.update(name);
      sum.update(content);
      out.writeInt(content.length);
      out.write(name);
      out.write(content);
      out.writeInt((int) sum.getValue());
    }
  }
}
