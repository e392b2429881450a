package dev.langevin.app;

import dev.langevin.io.Hashes;
import dev.langevin.io.InputError;
import dev.langevin.tensor.Labels;
import dev.langevin.tensor.NetworkDenoiser;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What a class-conditional model remembers of its classes. A network with a hidden class has one label more than there are classes; that last one stands for "none" (Ho &amp;
 * Salimans 2022).
 *
 * @param names the classes' names; empty where they are called by their numbers
 * @param rows how many rows of each class the data have, those held out too; the number of classes is its length
 * @param dropped the chance with which a row's class is hidden in training, 0 … 1; at 0 the network knows no "none"
 * @param sha256 of the labels, as little-endian 32-bit integers
 */
record Classes(List<String> names, int[] rows, double dropped, String sha256) {
  Classes {
    names = List.copyOf(names);
    rows = rows.clone();
    if (rows.length == 0 || (!names.isEmpty() && names.size() != rows.length)) {
      throw new IllegalArgumentException(
          "names must be none or one for each of " + rows.length + " classes, got " + names);
    }
  }

  /**
   * Of data with labels.
   *
   * @param labels a class per row, 0, 1, …; at least one
   */
  static Classes of(int[] labels, List<String> names, double dropped) {
    int count = Math.max(names.size(), Arrays.stream(labels).max().orElseThrow() + 1);
    int[] rows = new int[count];
    ByteBuffer bytes = ByteBuffer.allocate(4 * labels.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int label : labels) {
      rows[label]++;
      bytes.putInt(label);
    }
    return new Classes(names, rows, dropped, Hashes.sha256(bytes.array()));
  }

  @Override
  public int[] rows() {
    return rows.clone();
  }

  /** How many classes there are. */
  int count() {
    return rows.length;
  }

  /** The label that stands for "none"; empty where the network has not learned it. */
  OptionalInt none() {
    return dropped > 0 ? OptionalInt.of(rows.length) : OptionalInt.empty();
  }

  /** How many labels the network takes. */
  int labels() {
    return rows.length + (dropped > 0 ? 1 : 0);
  }

  /** The name of a class. */
  String name(int number) {
    return names.isEmpty() ? Integer.toString(number) : names.get(number);
  }

  /**
   * The number of a class as a user names it: its name, or its number.
   *
   * @throws InputError if there is no such class, or the data have no row of it
   */
  int number(String place, String named) {
    int found = names.indexOf(named.trim());
    if (found < 0 && named.trim().matches("[0-9]{1,6}")) {
      found = Integer.parseInt(named.trim());
    }
    if (found < 0 || found >= rows.length || rows[found] == 0) {
      throw new InputError(
          place, "the model knows no class \"" + named + "\"", "it knows " + known());
    }
    return found;
  }

  private String known() {
    List<String> known = new ArrayList<>();
    IntStream.range(0, rows.length)
        .filter(c -> rows[c] > 0)
        .forEach(
            c -> known.add(names.isEmpty() ? Integer.toString(c) : c + " (" + names.get(c) + ")"));
    return String.join(", ", known);
  }

  /** What the trainer is shown beside rows of these classes. */
  Labels shown(int[] ofRows) {
    return new Labels(ofRows, dropped);
  }

  /**
   * The denoiser of all classes together: the one that was trained, given "none". It is freed with that one.
   *
   * @throws InputError if the network has not learned it
   */
  NetworkDenoiser together(String place, NetworkDenoiser network) {
    return network.given(
        none()
            .orElseThrow(
                () ->
                    new InputError(
                        place,
                        "was fitted with --label-drop 0 and knows one class at a time only",
                        "name a class of " + known() + ", or fit with --label-drop 0.1")));
  }

  /** As a JSON object. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("count", rows.length);
    map.put("names", names);
    map.put("rows", Arrays.stream(rows).boxed().toList());
    map.put("dropped", dropped);
    map.put("sha256", sha256);
    return map;
  }

  /** The inverse of {@link #toMap()}; nothing where the network has no labels. */
  static Optional<Classes> from(Fields config, String name) {
    if (!config.has(name)) {
      return Optional.empty();
    }
    Fields fields = config.fields(name);
    int[] rows = fields.counts("rows");
    double dropped = fields.number("dropped");
    if (rows.length == 0 || rows.length != fields.count("count")) {
      throw fields.wrong("rows", "must hold one number for each class");
    }
    List<String> names = fields.texts("names");
    if (!names.isEmpty() && names.size() != rows.length) {
      throw fields.wrong("names", "must be none, or one for each class");
    }
    if (!(dropped >= 0 && dropped <= 1)) {
      throw fields.wrong("dropped", "must be between 0 and 1");
    }
    return Optional.of(new Classes(names, rows, dropped, fields.text("sha256")));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Classes that && toMap().equals(that.toMap());
  }

  @Override
  public int hashCode() {
    return toMap().hashCode();
  }

  @Override
  public String toString() {
    return rows.length + " classes" + (names.isEmpty() ? "" : " " + names);
  }
}
