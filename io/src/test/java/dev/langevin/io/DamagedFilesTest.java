package dev.langevin.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The law of every reader: whatever the bytes are, it returns a value or throws {@link InputError}, soon, and takes no memory that
 * the file does not fill. Valid files are damaged by flipped, cut, inserted, repeated and swapped bytes, some hundred times each,
 * the same ones in every run; {@code ./mvnw test -pl io -am -Dtest=DamagedFilesTest -Ddamaged.cases=1000000} does so a million times.
 */
class DamagedFilesTest {
  private static final int CASES = Integer.getInteger("damaged.cases", 300); // of each seed
  private static final long MOST_BYTES = 100L << 20; // in one parse; the seeds have some hundred

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Parsers.class)
  void aDamagedFileIsAValueOrAnInputError(Parsers parser) throws IOException {
    holdsTheLaw(parser, parser::parse);
  }

  /** The test's power: the reader that one writes first, which trusts the head and lets exceptions fly, fails it. */
  @Test
  void aCarelessReaderBreaksTheLaw() {
    assertThatThrownBy(() -> holdsTheLaw(Parsers.IDX, DamagedFilesTest::careless))
        .isInstanceOf(Error.class); // the assertion, or Java out of memory
  }

  private static void careless(Path file) {
    try (Source source = Source.open(file);
        DataInputStream in = new DataInputStream(source.stream())) {
      int head = in.readInt();
      int count = 1;
      for (int k = 0; k < (head & 0xFF); k++) {
        count *= in.readInt();
      }
      byte[] values = new byte[count];
      in.readFully(values);
    } catch (IOException e) {
      throw Trouble.reading(file, e);
    }
  }

  private void holdsTheLaw(Parsers parser, Consumer<Path> reader) throws IOException {
    List<byte[]> seeds = parser.seeds();
    for (byte[] seed : seeds) { // loads all classes, which takes memory too
      reader.accept(Files.write(folder.resolve(parser.file), seed));
    }
    int values = 0;
    int errors = 0;
    for (int s = 0; s < seeds.size(); s++) {
      assertThat(parses(parser, reader, seeds.get(s))).as("seed %d itself", s).isTrue();
      AddressedRandom random = Seed.of(1).child(parser.name()).child(s).random();
      for (int i = 0; i < CASES; i++) {
        if (parses(parser, reader, damaged(seeds.get(s), random))) {
          values++;
        } else {
          errors++;
        }
      }
    }
    assertThat(errors).as("damage that was noticed").isPositive();
    assertThat(values + errors).isEqualTo(CASES * seeds.size());
  }

  private boolean parses(Parsers parser, Consumer<Path> reader, byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve(parser.file), bytes);
    return Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> parsesWithin(reader, file, bytes));
  }

  private boolean parsesWithin(Consumer<Path> reader, Path file, byte[] bytes) {
    try {
      long before = allocatedByThisThread();
      try {
        reader.accept(file);
        return true;
      } finally {
        assertThat(allocatedByThisThread() - before).as(() -> hex(bytes)).isLessThan(MOST_BYTES);
      }
    } catch (InputError e) {
      assertThat(e.getMessage()).doesNotContain("\n").endsWith(".");
      return false;
    } catch (RuntimeException e) {
      throw new AssertionError("escaped from " + hex(bytes), e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static long allocatedByThisThread() {
    return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
        ? threads.getCurrentThreadAllocatedBytes()
        : 0;
  }

  /** One to four wounds. */
  private static byte[] damaged(byte[] seed, AddressedRandom random) {
    byte[] bytes = seed.clone();
    int wounds = 1 + random.nextInt(4);
    for (int w = 0; w < wounds && bytes.length > 0; w++) {
      int at = random.nextInt(bytes.length);
      bytes =
          switch (random.nextInt(7)) {
            case 0 -> flipped(bytes, at, 1 << random.nextInt(8));
            case 1 -> flipped(bytes, at, random.nextInt(256));
            case 2 -> Arrays.copyOf(bytes, at);
            case 3 -> spliced(bytes, at, new byte[] {(byte) random.nextInt(256)}, 0);
            case 4 ->
                spliced(bytes, at, TOKENS.get(random.nextInt(TOKENS.size())), random.nextInt(3));
            case 5 ->
                spliced(
                    bytes, at, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 9)), 0);
            default -> spliced(bytes, at, new byte[0], 1 + random.nextInt(8));
          };
    }
    return bytes;
  }

  private static final List<byte[]> TOKENS =
      List.of(
          Parsers.text("99999999999"),
          Parsers.text("-1"),
          Parsers.text("\""),
          Parsers.text("\n"),
          Parsers.text("{"),
          Parsers.text("]"),
          Parsers.text(","),
          Parsers.text("1e400"),
          Parsers.text("null"),
          Parsers.text("\u0000"),
          new byte[] {-1, -1, -1, -1},
          new byte[] {127, -1, -1, -1},
          new byte[] {0, 0, 0, 0});

  private static byte[] flipped(byte[] bytes, int at, int mask) {
    bytes[at] ^= (byte) mask;
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int at, byte[] with, int instead) {
    int to = Math.min(bytes.length, at + instead);
    byte[] out = Arrays.copyOf(bytes, bytes.length - (to - at) + with.length);
    System.arraycopy(with, 0, out, at, with.length);
    System.arraycopy(bytes, to, out, at + with.length, bytes.length - to);
    return out;
  }
}
