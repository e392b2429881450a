package dev.langevin.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Each row's class, numbered. Whole numbers 0..999 stay what they are; anything else is numbered 0, 1, … in sorted order, by value
 * if all are numbers and by text otherwise.
 */
final class Labels {
  private static final int MOST = 1000;

  private final Map<String, Integer> seen = new LinkedHashMap<>();
  private final List<String> names = new ArrayList<>();
  private int[] rows = new int[16];
  private int size;

  void add(String label) {
    Integer known = seen.get(label);
    if (known == null) {
      known = names.size();
      seen.put(label, known);
      names.add(label);
    }
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, 2 * size);
    }
    rows[size++] = known;
  }

  /** The names of the classes in the order of their numbers, as of {@link #toArray}; empty where a class's name is its number. */
  List<String> names(String place) {
    int[] numbers = numbers(place);
    boolean own = IntStream.range(0, numbers.length).allMatch(k -> isNumber(k, numbers[k]));
    String[] sorted = new String[own ? 0 : numbers.length];
    for (int k = 0; k < sorted.length; k++) {
      sorted[numbers[k]] = names.get(k);
    }
    return List.of(sorted);
  }

  private boolean isNumber(int known, int number) {
    return Numbers.parse(names.get(known)) == number;
  }

  /** The class of every row; {@code place} names the column if it is no class at all. */
  int[] toArray(String place) {
    int[] numbers = numbers(place);
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = numbers[rows[i]];
    }
    return labels;
  }

  private int[] numbers(String place) {
    double[] values = names.stream().mapToDouble(Numbers::parse).toArray();
    boolean small = true;
    for (double value : values) {
      small &= value >= 0 && value < MOST && value == Math.rint(value);
    }
    if (small) {
      return Arrays.stream(values).mapToInt(value -> (int) value).toArray();
    }
    if (names.size() > MOST) {
      throw new InputError(
          place,
          "has " + names.size() + " different values in " + size + " rows, too many for a class",
          "name the column that holds the class, or leave the label away");
    }
    return ranks(values);
  }

  private int[] ranks(double[] values) {
    boolean numeric = Arrays.stream(values).noneMatch(Double::isNaN);
    Comparator<Integer> byText = Comparator.comparing(names::get);
    Comparator<Integer> order =
        numeric
            ? Comparator.<Integer>comparingDouble(i -> values[i]).thenComparing(byText)
            : byText;
    List<Integer> sorted = new ArrayList<>(seen.values());
    sorted.sort(order);
    int[] ranks = new int[values.length];
    for (int r = 0; r < ranks.length; r++) {
      ranks[sorted.get(r)] = r;
    }
    return ranks;
  }
}
