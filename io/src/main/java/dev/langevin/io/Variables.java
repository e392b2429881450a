package dev.langevin.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Names of quantities in Stan's notation: which of {@code mu}, {@code theta[1]}, {@code theta[2]} make up one array. */
final class Variables {
  private static final Pattern ELEMENT = Pattern.compile("(.+)\\[(\\d{1,9}(?:,\\d{1,9})*)\\]");
  private static final Pattern DOTTED = Pattern.compile("([^.:]+)((?:\\.\\d{1,9})+)");

  private Variables() {}

  /**
   * An array of quantities.
   *
   * @param name without brackets
   * @param shape its lengths; empty for a scalar
   * @param quantities row-major, the positions of its elements in the list of names
   */
  record Variable(String name, int[] shape, int[] quantities) {}

  /**
   * Joins what belongs together, in the order of the first elements. Elements that do not fill an array (one is missing, or a
   * scalar has the same name) stay by themselves, under their full names.
   */
  static List<Variable> of(List<String> names) {
    Map<String, List<Integer>> groups = new LinkedHashMap<>();
    for (int q = 0; q < names.size(); q++) {
      groups.computeIfAbsent(base(names.get(q)), name -> new ArrayList<>()).add(q);
    }
    List<Variable> variables = new ArrayList<>();
    groups.forEach((name, members) -> variables.addAll(join(name, members, names)));
    return variables;
  }

  /** The positions of {@code names} in Stan's order: within an array the first index runs fastest. */
  static int[] columnMajor(List<String> names) {
    Map<String, Integer> first = new HashMap<>();
    for (int q = 0; q < names.size(); q++) {
      first.putIfAbsent(base(names.get(q)), q);
    }
    return IntStream.range(0, names.size())
        .boxed()
        .sorted(
            Comparator.<Integer>comparingInt(q -> first.get(base(names.get(q))))
                .thenComparing(q -> reversed(index(names.get(q))), Arrays::compare))
        .mapToInt(q -> q)
        .toArray();
  }

  /** {@code theta[1,2]} as {@code theta.1.2}. */
  static String dotted(String name) {
    return name.equals(base(name))
        ? name
        : base(name)
            + "."
            + name.substring(base(name).length() + 1, name.length() - 1).replace(',', '.');
  }

  /** {@code theta.1.2} as {@code theta[1,2]}. */
  static String bracketed(String column) {
    Matcher element = DOTTED.matcher(column);
    return element.matches()
        ? element.group(1) + "[" + element.group(2).substring(1).replace('.', ',') + "]"
        : column;
  }

  /** Text order, but runs of digits by value: {@code chain-2} before {@code chain-10}. */
  static int byNumber(String a, String b) {
    List<String> x = List.of(a.split("(?<=\\D)(?=\\d)|(?<=\\d)(?=\\D)"));
    List<String> y = List.of(b.split("(?<=\\D)(?=\\d)|(?<=\\d)(?=\\D)"));
    for (int i = 0; i < Math.min(x.size(), y.size()); i++) {
      boolean numbers = x.get(i).matches("\\d{1,18}") && y.get(i).matches("\\d{1,18}");
      int order =
          numbers
              ? Long.compare(Long.parseLong(x.get(i)), Long.parseLong(y.get(i)))
              : x.get(i).compareTo(y.get(i));
      if (order != 0) {
        return order;
      }
    }
    return x.size() == y.size() ? a.compareTo(b) : Integer.compare(x.size(), y.size());
  }

  /** The name of one element, counted from 1. */
  static String element(String name, int[] shape, int flat) {
    if (shape.length == 0) {
      return name;
    }
    StringBuilder index = new StringBuilder();
    int rest = flat;
    for (int k = shape.length - 1; k >= 0; k--) {
      index.insert(0, "," + (rest % shape[k] + 1));
      rest /= shape[k];
    }
    return name + "[" + index.substring(1) + "]";
  }

  private static String base(String name) {
    Matcher element = ELEMENT.matcher(name);
    return element.matches() ? element.group(1) : name;
  }

  private static int[] index(String name) {
    Matcher element = ELEMENT.matcher(name);
    return element.matches()
        ? Arrays.stream(element.group(2).split(",")).mapToInt(Integer::parseInt).toArray()
        : new int[0];
  }

  private static int[] reversed(int[] index) {
    int[] reversed = new int[index.length];
    for (int k = 0; k < index.length; k++) {
      reversed[index.length - 1 - k] = index[k];
    }
    return reversed;
  }

  private static List<Variable> join(String name, List<Integer> members, List<String> names) {
    int[] shape = index(names.get(members.get(0))).clone();
    for (int q : members) {
      int[] index = index(names.get(q));
      for (int k = 0; k < Math.min(shape.length, index.length); k++) {
        shape[k] = Math.max(shape[k], index[k]);
      }
    }
    long size = 1;
    for (int length : shape) {
      size = Math.min(Integer.MAX_VALUE, size * length);
    }
    if (size == members.size() && fill(shape, members, names)) {
      int[] quantities = new int[members.size()];
      for (int q : members) {
        quantities[flat(shape, index(names.get(q)))] = q;
      }
      return List.of(new Variable(name, shape, quantities));
    }
    return members.stream()
        .map(q -> new Variable(names.get(q), new int[0], new int[] {q}))
        .toList();
  }

  private static boolean fill(int[] shape, List<Integer> members, List<String> names) {
    Set<Integer> seen = new HashSet<>();
    for (int q : members) {
      int[] index = index(names.get(q));
      boolean inside = index.length == shape.length;
      for (int i : index) {
        inside &= i >= 1;
      }
      if (!inside || !seen.add(flat(shape, index))) {
        return false;
      }
    }
    return true;
  }

  private static int flat(int[] shape, int[] index) {
    int flat = 0;
    for (int k = 0; k < shape.length; k++) {
      flat = flat * shape[k] + index[k] - 1;
    }
    return flat;
  }
}
