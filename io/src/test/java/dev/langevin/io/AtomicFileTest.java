package dev.langevin.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void aFileIsCreatedAndReplacedAndNothingElseIsLeftBehind() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.write(file, "one");
    AtomicFile.write(file, "two");
    assertThat(file).hasContent("two");
    assertThat(names()).containsExactly("a.txt");
  }

  @Test
  void afterAFailureOfAnyKindTheOldContentIsThereAndTheHalfWrittenFileIsGone() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.write(file, "old");
    assertThatThrownBy(() -> AtomicFile.write(file, out -> fail(out, new IOException("broken"))))
        .isInstanceOf(InputError.class)
        .hasMessage(file + ": could not be written (broken). Check the disk, or write elsewhere.");
    assertThatThrownBy(
            () -> AtomicFile.write(file, out -> fail(out, new IllegalStateException("bug"))))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> AtomicFile.write(file, out -> fail(out, new AssertionError("worse"))))
        .isInstanceOf(AssertionError.class);
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("a.txt");
  }

  private static void fail(java.io.OutputStream out, Throwable failure) throws IOException {
    out.write(new byte[100_000]);
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    throw (Error) failure;
  }

  @Test
  void theDiskBeingFullIsSaidPlainly() {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full));
    assertThatThrownBy(() -> AtomicFile.write(full, "something"))
        .hasMessage("/dev/full: the disk is full. Free some space, or write to another disk.");
    assertThat(full).exists();
  }

  @Test
  void whatIsNoRegularFileIsWrittenToAndNotReplaced() {
    Path nothing = Path.of("/dev/null");
    Assumptions.assumeTrue(Files.exists(nothing));
    AtomicFile.write(nothing, "something");
    assertThat(Files.isRegularFile(nothing)).isFalse();
  }

  @Test
  void aMissingFolderIsNamedWithItsRemedy() {
    assertThatThrownBy(() -> AtomicFile.write(folder.resolve("no/such/a.txt"), "x"))
        .hasMessage(
            "%s: the folder %s does not exist. Create it first: mkdir -p %s.",
            folder.resolve("no/such/a.txt"), folder.resolve("no/such"), folder.resolve("no/such"));
  }

  @Test
  void aFolderIsNoFile() {
    assertThatThrownBy(() -> AtomicFile.write(folder, "x"))
        .hasMessage(folder + ": is a folder. Give the name of a file in it.");
  }

  @Test
  void aLinkStaysALinkAndWhatItPointsToIsReplaced() throws IOException {
    Path real = Files.createDirectory(folder.resolve("elsewhere")).resolve("real.txt");
    Files.writeString(real, "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.txt"), real);
    AtomicFile.write(link, "new");
    assertThat(link).isSymbolicLink().hasContent("new");
    assertThat(real).hasContent("new");
  }

  @Test
  void permissionsOfTheOldFileAreKept() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.write(file, "old");
    Files.setPosixFilePermissions(
        file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-rw-r--"));
    AtomicFile.write(file, "new");
    assertThat(Files.getPosixFilePermissions(file)).hasSize(5);
  }

  @Test
  void leftoversOfKilledRunsAreSweptAfterAnHourAndNotBefore() throws IOException {
    Path old = Files.writeString(folder.resolve(".a.txt.999999999-1.part"), "half");
    Path young = Files.writeString(folder.resolve(".a.txt.999999999-2.part"), "half");
    Path foreign = Files.writeString(folder.resolve(".a.txt.notes.part"), "mine");
    FileTime earlier = FileTime.from(Instant.now().minusSeconds(3700));
    Files.setLastModifiedTime(old, earlier);
    Files.setLastModifiedTime(foreign, earlier);
    AtomicFile.write(folder.resolve("a.txt"), "x");
    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(foreign).exists();
  }

  @Test
  void aBodyMayCloseItsStream() {
    Path file = folder.resolve("a.txt");
    AtomicFile.write(
        file,
        out -> {
          out.write('x');
          out.close();
        });
    assertThat(file).hasContent("x");
  }

  @Test
  void anInterruptedThreadStillKeepsWhatItHas() {
    Path file = folder.resolve("a.txt");
    Thread.currentThread().interrupt();
    try {
      AtomicFile.write(file, "kept");
      ZarrDraws.write(folder.resolve("z"), StanCsvTest.draws(), Origins.ALL);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(file).hasContent("kept");
    assertThat(ZarrDraws.read(folder.resolve("z")).chains()).isEqualTo(2);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
