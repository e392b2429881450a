package dev.langevin.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFolderTest {
  @TempDir Path folder;

  @Test
  void aFolderIsCreatedAndReplacedAsAWhole() throws IOException {
    Path out = folder.resolve("out");
    AtomicFolder.write(out, part -> Files.writeString(part.resolve("one.txt"), "1"));
    AtomicFolder.write(
        out,
        part -> {
          Files.createDirectory(part.resolve("deep"));
          Files.writeString(part.resolve("deep/two.txt"), "2");
        });
    assertThat(out.resolve("deep/two.txt")).hasContent("2");
    assertThat(out.resolve("one.txt")).doesNotExist();
    assertThat(names()).containsExactly("out");
    assertThat(AtomicFolder.isOurs(out)).isTrue();
  }

  @Test
  void afterAFailureTheOldFolderIsThere() throws IOException {
    Path out = folder.resolve("out");
    AtomicFolder.write(out, part -> Files.writeString(part.resolve("one.txt"), "1"));
    assertThatThrownBy(
            () ->
                AtomicFolder.write(
                    out,
                    part -> {
                      Files.writeString(part.resolve("two.txt"), "2");
                      throw new IOException("No space left on device");
                    }))
        .hasMessage(out + ": the disk is full. Free some space, or write to another disk.");
    assertThat(out.resolve("one.txt")).hasContent("1");
    assertThat(names()).containsExactly("out");
  }

  @Test
  void errorsFromInsideNameThePathThatTheUserKnows() {
    Path out = folder.resolve("out");
    assertThatThrownBy(
            () -> AtomicFolder.write(out, part -> AtomicFile.write(part.resolve("no/a.txt"), "x")))
        .hasMessageStartingWith(out.resolve("no/a.txt") + ": the folder " + out.resolve("no"));
  }

  @Test
  void aFolderThatIsNotOursIsNeverReplaced() throws IOException {
    Path home = Files.createDirectory(folder.resolve("home"));
    Files.createDirectory(home.resolve("thesis"));
    Files.writeString(home.resolve("thesis/chapter1.tex"), "years of work");
    assertThatThrownBy(() -> AtomicFolder.write(home, part -> {}))
        .hasMessage(
            "%s: exists and holds thesis/chapter1.tex, which Langevin did not write. Write to a new"
                + " folder, for example %s.",
            home, home.resolve("out"));
    assertThat(home.resolve("thesis/chapter1.tex")).hasContent("years of work");
  }

  @Test
  void aFolderOfOursIntoWhichSomebodyPutNotesIsNotReplaced() throws IOException {
    Path out = folder.resolve("out");
    AtomicFolder.write(out, part -> Files.writeString(part.resolve("one.txt"), "1"));
    Files.writeString(out.resolve("notes.md"), "what I saw");
    assertThatThrownBy(() -> AtomicFolder.write(out, part -> {}))
        .hasMessage(
            out
                + ": exists and holds notes.md, which Langevin did not write. Move that file away, or"
                + " write to a new folder.");
    assertThat(out.resolve("one.txt")).exists();
  }

  @Test
  void whatIsAddedThroughTheLibraryMayBeReplaced() {
    Path out = folder.resolve("out");
    AtomicFolder.write(out, part -> Files.writeString(part.resolve("one.txt"), "1"));
    AtomicFolder.add(out, "plot.txt", stream -> stream.write('p'));
    AtomicFolder.add(out, "plot.txt", stream -> stream.write('q'));
    assertThat(out.resolve("plot.txt")).hasContent("q");
    AtomicFolder.write(out, part -> Files.writeString(part.resolve("two.txt"), "2"));
    assertThat(out.resolve("plot.txt")).doesNotExist();
  }

  @Test
  void addingRefusesForeignFoldersAndForeignFiles() throws IOException {
    assertThatThrownBy(() -> AtomicFolder.add(folder, "a.txt", out -> {}))
        .hasMessageContaining("is no folder of Langevin's");
    Path out = folder.resolve("out");
    AtomicFolder.write(out, part -> {});
    Files.writeString(out.resolve("mine.txt"), "mine");
    assertThatThrownBy(() -> AtomicFolder.add(out, "mine.txt", stream -> {}))
        .hasMessageContaining("was not written by Langevin");
  }

  @Test
  void anEmptyFolderIsReplaced() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.createFile(out.resolve(".DS_Store"));
    AtomicFolder.write(out, part -> Files.writeString(part.resolve("one.txt"), "1"));
    assertThat(out.resolve("one.txt")).exists();
  }

  @Test
  void theFolderThatOneIsInAndWhatHoldsItAreRefused() {
    assertThatThrownBy(() -> AtomicFolder.write(Path.of("."), part -> {}))
        .hasMessageContaining("holds the folder that you are in");
    assertThatThrownBy(() -> AtomicFolder.write(Path.of("/"), part -> {}))
        .isInstanceOf(InputError.class);
  }

  @Test
  void aFileIsNotReplacedByAFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "x");
    assertThatThrownBy(() -> AtomicFolder.write(file, part -> {}))
        .hasMessage(file + ": is a file, not a folder. Choose another name.");
    assertThatThrownBy(() -> AtomicFolder.write(folder.resolve("no/out"), part -> {}))
        .hasMessageContaining("mkdir -p");
  }

  @Test
  void linksInsideAreNotFollowedWhenTheOldFolderIsDeleted() throws IOException {
    Path precious = Files.createDirectory(folder.resolve("precious"));
    Files.writeString(precious.resolve("a"), "x");
    Path out = folder.resolve("out");
    AtomicFolder.write(out, part -> Files.createSymbolicLink(part.resolve("link"), precious));
    Files.writeString(
        out.resolve(AtomicFolder.LIST),
        Files.readString(out.resolve(AtomicFolder.LIST)) + "link\n");
    AtomicFolder.write(out, part -> {});
    assertThat(precious.resolve("a")).hasContent("x");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
