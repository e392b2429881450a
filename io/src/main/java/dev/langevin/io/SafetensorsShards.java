package dev.langevin.io;

import dev.langevin.math.NamedArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A model in several safetensors files with an index, {@code *.safetensors.index.json}, as Hugging Face's libraries split large ones: {@code weight_map} names for every array the file that holds it.
 * The index and the files must agree to the array.
 */
final class SafetensorsShards {
  private static final String MAP = "weight_map";
  private static final String REMEDY = "download the model again";

  private SafetensorsShards() {}

  /**
   * Reads the arrays of all files, file by file in the order of their names.
   *
   * @param index the index; the files stand beside it
   * @throws InputError if it is no such index, names a file elsewhere, or a file holds other arrays than it says
   */
  static List<NamedArray> read(Path index) {
    Map<String, TreeSet<String>> expected = files(index);
    List<NamedArray> arrays = new ArrayList<>();
    expected.forEach(
        (file, names) -> {
          Path shard = index.resolveSibling(file);
          TreeSet<String> found = new TreeSet<>();
          for (NamedArray array : Safetensors.read(shard).arrays()) {
            found.add(array.name());
            arrays.add(array);
          }
          if (!found.equals(names)) {
            throw new InputError(shard, "holds other arrays than " + MAP + " says", REMEDY);
          }
        });
    return arrays;
  }

  /** The names of the arrays of each file. */
  private static Map<String, TreeSet<String>> files(Path index) {
    if (!(Json.read(index).get(MAP) instanceof Map<?, ?> map) || map.isEmpty()) {
      throw new InputError(index, "has no " + MAP, REMEDY);
    }
    Map<String, TreeSet<String>> files = new TreeMap<>();
    map.forEach(
        (name, file) -> {
          if (!(file instanceof String plain) || !plain.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new InputError(
                index,
                MAP
                    + " names "
                    + CsvColumns.shortened(String.valueOf(file))
                    + ", no file beside it",
                REMEDY);
          }
          files.computeIfAbsent(plain, f -> new TreeSet<>()).add(String.valueOf(name));
        });
    return files;
  }
}
