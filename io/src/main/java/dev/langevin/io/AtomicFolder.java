package dev.langevin.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a folder all or nothing: into a new folder beside the target, forced to the disk, then renamed into its place.
 *
 * <p>A folder cannot be renamed over a full one, so an old one is renamed away first and deleted last; when the second rename
 * fails, the old one is renamed back. Between the two renames, for some microseconds, the target does not exist; a loss of power
 * just then leaves the old folder as {@code .name.….old} beside it.
 *
 * <p>Only what this library wrote is ever deleted. Each folder holds a list of its files, {@value #LIST}; an existing folder is
 * replaced if it is empty, or if it has such a list and all its files stand on it. So {@code --out /home/me} is refused, and so is
 * a folder of results into which somebody has put notes.
 */
public final class AtomicFolder {
  /** The list of files by which a folder of ours is known. */
  public static final String LIST = ".langevin";

  private static final String HEAD =
      "Files of this folder written by Langevin. A run that writes here again replaces them.";
  private static final Set<String> LITTER = Set.of(".DS_Store", "Thumbs.db", "desktop.ini");

  private AtomicFolder() {}

  /** Writes the content of a folder. */
  @FunctionalInterface
  public interface FolderWriter {
    /** Writes everything into {@code folder}, which exists, is empty, and will be renamed. */
    void write(Path folder) throws IOException;
  }

  /**
   * Creates or replaces the folder {@code target}.
   *
   * @throws InputError if the target exists and is not ours to replace, the folder above it does not exist, may not be written, or
   *     the disk is full
   */
  public static void write(Path target, FolderWriter body) {
    Path place = Beside.resolved(target);
    requireReplaceable(target, place);
    Beside.sweep(place);
    Path part = Beside.part(place);
    try {
      try {
        Files.createDirectory(part);
        body.write(part);
        writeList(part);
        forceAll(part);
        swap(part, place);
      } finally {
        Beside.deleteTree(part);
      }
    } catch (InputError e) {
      throw renamed(e, part, target);
    } catch (UncheckedIOException e) {
      throw Trouble.writing(target, e);
    } catch (IOException e) {
      throw Trouble.writing(target, e);
    }
  }

  /**
   * Adds a file to a folder that {@link #write} made, or replaces one in it, so that the folder stays ours to replace.
   *
   * @param name relative to the folder, without sub-folders
   * @throws InputError if the folder is not ours, or the file cannot be written
   */
  public static void add(Path folder, String name, AtomicFile.BodyWriter body) {
    Path list = folder.resolve(LIST);
    if (!Files.isRegularFile(list)) {
      throw new InputError(folder, "is no folder of Langevin's", "give a folder that it wrote");
    }
    try {
      Set<String> listed = listed(folder);
      if (!listed.contains(name) && Files.exists(folder.resolve(name))) {
        throw new InputError(
            folder.resolve(name),
            "was not written by Langevin and would be replaced",
            "move it away first");
      }
      AtomicFile.write(folder.resolve(name), body);
      if (listed.add(name)) {
        AtomicFile.write(list, text(listed));
      }
    } catch (IOException e) {
      throw Trouble.reading(list, e);
    }
  }

  /**
   * Refuses a target that {@link #write} would refuse, so that a long computation can fail before it starts.
   *
   * @throws InputError as {@link #write}, as far as one can tell beforehand
   */
  public static void requireReplaceable(Path target) {
    Path place = Beside.resolved(target);
    requireReplaceable(target, place);
    if (!Files.isWritable(Beside.parent(place))) {
      throw new InputError(
          target, "its folder may not be written to", "choose a place that you may write to");
    }
  }

  /** Whether {@code folder} was written by {@link #write}. */
  public static boolean isOurs(Path folder) {
    return Files.isRegularFile(folder.resolve(LIST));
  }

  private static void requireReplaceable(Path target, Path place) {
    if (!Files.isDirectory(Beside.parent(place))) {
      throw Trouble.missingParent(target);
    }
    if (!Files.exists(place)) {
      return;
    }
    if (!Files.isDirectory(place)) {
      throw new InputError(target, "is a file, not a folder", "choose another name");
    }
    if (Path.of("").toAbsolutePath().startsWith(place)) {
      throw new InputError(
          target,
          "holds the folder that you are in, and would be replaced as a whole",
          "name a new folder in it, for example " + target.resolve("out"));
    }
    String foreign = foreign(place);
    if (foreign != null) {
      throw new InputError(
          target,
          "exists and holds " + foreign + ", which Langevin did not write",
          isOurs(place)
              ? "move that file away, or write to a new folder"
              : "write to a new folder, for example " + target.resolve("out"));
    }
  }

  /** The first file that is not ours, or null; folders without files do not count. */
  private static @Nullable String foreign(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      Set<String> ours = listed(folder);
      ours.add(LIST);
      return walk.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .filter(path -> !LITTER.contains(path.getFileName().toString()))
          .map(path -> relative(folder, path))
          .filter(name -> !ours.contains(name))
          .findFirst()
          .orElse(null);
    } catch (UncheckedIOException e) {
      throw Trouble.reading(folder, e);
    } catch (IOException e) {
      throw Trouble.reading(folder, e);
    }
  }

  private static Set<String> listed(Path folder) throws IOException {
    Path list = folder.resolve(LIST);
    return Files.isRegularFile(list)
        ? new TreeSet<>(Files.readAllLines(list, StandardCharsets.UTF_8))
        : new TreeSet<>();
  }

  private static String relative(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  private static void writeList(Path folder) throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.filter(Files::isRegularFile).forEach(file -> names.add(relative(folder, file)));
    }
    names.remove(LIST);
    Files.writeString(folder.resolve(LIST), text(names));
  }

  private static String text(Set<String> names) {
    List<String> lines = new ArrayList<>();
    lines.add(HEAD);
    names.stream().filter(name -> !name.equals(HEAD)).forEach(lines::add);
    return String.join("\n", lines) + "\n";
  }

  private static void forceAll(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.forEach(Beside::force);
    }
  }

  private static void swap(Path part, Path target) throws IOException {
    if (!Files.exists(target)) {
      Files.move(part, target);
    } else {
      Path old = Beside.old(target);
      Files.move(target, old);
      try {
        Files.move(part, target);
      } catch (IOException e) {
        Files.move(old, target);
        throw e;
      }
      Beside.deleteTree(old);
    }
    Beside.force(Beside.parent(target));
  }

  /** Errors from inside name the path that the user knows. */
  private static InputError renamed(InputError e, Path part, Path target) {
    return new InputError(
        e.place().replace(part.toString(), target.toString()),
        e.problem().replace(part.toString(), target.toString()),
        e.remedy().replace(part.toString(), target.toString()),
        e);
  }
}
