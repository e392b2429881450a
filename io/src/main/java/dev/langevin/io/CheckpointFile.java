package dev.langevin.io;

import dev.langevin.chain.Checkpoint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;

/** A chain's {@link Checkpoint} in a file: a mark, the numbers (big-endian, arrays with their lengths), and a checksum of all before it. */
final class CheckpointFile {
  private static final long MARK = 0x4C414E4745563031L; // LANGEV01
  private static final long LARGEST = 1L << 30;

  private CheckpointFile() {}

  static void write(Path file, Checkpoint checkpoint) {
    AtomicFile.write(
        file,
        out -> {
          byte[] bytes = bytes(checkpoint);
          CRC32 sum = new CRC32();
          sum.update(bytes);
          out.write(bytes);
          new DataOutputStream(out).writeLong(sum.getValue());
        });
  }

  private static byte[] bytes(Checkpoint checkpoint) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(MARK);
    out.writeInt(checkpoint.done());
    out.writeInt(checkpoint.draws());
    out.writeLong(checkpoint.warmupEvaluations());
    out.writeLong(checkpoint.evaluations());
    out.writeInt(checkpoint.warmupDivergences());
    for (double[] array :
        new double[][] {
          checkpoint.start(), checkpoint.position(), checkpoint.memory(), checkpoint.tuned()
        }) {
      out.writeInt(array.length);
      for (double value : array) {
        out.writeDouble(value);
      }
    }
    return bytes.toByteArray();
  }

  /**
   * Reads it back.
   *
   * @throws InputError if it is damaged
   */
  static Checkpoint read(Path file) {
    return Trouble.guarded(
        file,
        () -> {
          if (Files.size(file) > LARGEST) {
            throw damaged(file);
          }
          byte[] all = Files.readAllBytes(file);
          if (all.length < 2 * Long.BYTES || !sumIsRight(all)) {
            throw damaged(file);
          }
          return parse(file, all);
        });
  }

  private static boolean sumIsRight(byte[] all) throws IOException {
    int length = all.length - Long.BYTES;
    CRC32 sum = new CRC32();
    sum.update(all, 0, length);
    byte[] tail = Arrays.copyOfRange(all, length, all.length);
    return new DataInputStream(new ByteArrayInputStream(tail)).readLong() == sum.getValue();
  }

  private static Checkpoint parse(Path file, byte[] all) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(all));
    if (in.readLong() != MARK) {
      throw damaged(file);
    }
    int done = in.readInt();
    int draws = in.readInt();
    long warmupEvaluations = in.readLong();
    long evaluations = in.readLong();
    int warmupDivergences = in.readInt();
    double[][] arrays = new double[4][];
    for (int k = 0; k < arrays.length; k++) {
      int length = in.readInt();
      if (length < 0 || length > in.available() / Double.BYTES) {
        throw damaged(file);
      }
      arrays[k] = new double[length];
      for (int i = 0; i < length; i++) {
        arrays[k][i] = in.readDouble();
      }
    }
    if (done < 0 || draws < 0 || draws > done) {
      throw damaged(file);
    }
    return new Checkpoint(
        done,
        draws,
        arrays[0],
        arrays[1],
        arrays[2],
        arrays[3],
        warmupEvaluations,
        evaluations,
        warmupDivergences);
  }

  private static InputError damaged(Path file) {
    return new InputError(
        file,
        "is not a checkpoint, or damaged",
        "delete the folder that it is in, and begin again");
  }
}
