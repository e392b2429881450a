package dev.langevin.io;

import dev.langevin.table.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A folder of PNG or JPEG images, all of one size, in the order of their names. Grey images have one channel; if any image has
 * colour, all have three. Sub-folders with images, where there are no images beside them, are classes 0, 1, … in the order of
 * their names.
 */
final class ImageFolder {
  private ImageFolder() {}

  static Dataset read(Path folder, ReadOptions options) throws IOException {
    List<Path> files = list(folder, ImageFile::isImage);
    List<Path> classes = list(folder, ImageFolder::isClass);
    if (!files.isEmpty() && !classes.isEmpty()) {
      throw new InputError(
          classes.get(0),
          "holds images, and so does the folder above it",
          "name the folder that is meant, or sort all images into sub-folders, one per class");
    }
    List<Integer> labels = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      List<Path> members = list(classes.get(c), ImageFile::isImage);
      files.addAll(members);
      for (int i = 0; i < members.size(); i++) {
        labels.add(c);
      }
    }
    if (files.isEmpty()) {
      throw new InputError(
          folder, "holds no PNG or JPEG images", "name a folder with .png, .jpg or .jpeg files");
    }
    List<String> names = classes.stream().map(path -> path.getFileName().toString()).toList();
    return decode(folder, files, labels.stream().mapToInt(i -> i).toArray(), names, options);
  }

  private static Dataset decode(
      Path folder, List<Path> files, int[] labels, List<String> classes, ReadOptions options) {
    ImageFile.Head first = ImageFile.head(files.get(0));
    int channels = 1;
    for (Path file : files) {
      ImageFile.Head head = ImageFile.head(file);
      requireLike(first, files.get(0), head, file);
      channels = Math.max(channels, head.channels());
    }
    int[] shape = {channels, first.height(), first.width()};
    long[] all = {files.size(), shape[0], shape[1], shape[2]};
    double[] values = new double[(int) Elements.count(folder.toString(), all)];
    int width = values.length / files.size();
    for (int i = 0; i < files.size(); i++) {
      ImageFile.decode(files.get(i), channels, values, i * width);
    }
    return Datasets.dataset(folder, shape, List.of(), values, labels, classes, options);
  }

  private static void requireLike(
      ImageFile.Head first, Path firstFile, ImageFile.Head head, Path file) {
    if (head.width() != first.width() || head.height() != first.height()) {
      String size = first.width() + "x" + first.height();
      throw new InputError(
          file,
          "is "
              + head.width()
              + "x"
              + head.height()
              + " pixels, but "
              + firstFile.getFileName()
              + " is "
              + size,
          "bring all to one size, for example: magick mogrify -path resized -resize '"
              + size
              + "!' *.png");
    }
    if (head.bits() != first.bits()) {
      throw new InputError(
          file,
          "has "
              + head.bits()
              + " bits per channel, but "
              + firstFile.getFileName()
              + " has "
              + first.bits(),
          "save all alike");
    }
  }

  private static boolean isClass(Path path) {
    try {
      return Files.isDirectory(path)
          && !path.getFileName().toString().startsWith(".")
          && !list(path, ImageFile::isImage).isEmpty();
    } catch (IOException e) {
      throw Trouble.reading(path, e);
    }
  }

  private static List<Path> list(Path folder, Predicate<Path> wanted) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return new ArrayList<>(
          files
              .filter(wanted)
              .sorted((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()))
              .toList());
    }
  }
}
