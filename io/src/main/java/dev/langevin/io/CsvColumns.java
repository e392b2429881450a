package dev.langevin.io;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The columns of a CSV.
 *
 * @param named whether the first line holds the names; otherwise they are x1, x2, …
 * @param names one per column
 * @param label the column that holds the class, from 0; -1 if none does
 */
record CsvColumns(boolean named, List<String> names, int label) {
  /**
   * From the first two lines. The first holds names if in some column it is text while the second is a number and in no column it
   * is a number itself; also if it counts 0, 1, 2, 3, … as pandas does. If it is a mixture, nobody can tell, and the user is asked.
   */
  static CsvColumns of(Path path, CsvRecord one, Optional<CsvRecord> two, ReadOptions options) {
    boolean named =
        options
            .header()
            .orElseGet(() -> two.isPresent() ? header(path, one, two.get()) : allText(one));
    if (named && two.isEmpty()) {
      throw new InputError(path, "has a header but no lines of data", "add the data");
    }
    List<String> names = new ArrayList<>();
    for (int f = 0; f < one.getFieldCount(); f++) {
      names.add(named ? one.getField(f).trim() : "x" + (f + 1));
    }
    if (named) {
      requireNames(path, one, names);
    }
    CsvColumns unlabelled = new CsvColumns(named, names, -1);
    return options
        .labelColumn()
        .map(label -> new CsvColumns(named, names, unlabelled.find(path, one, label)))
        .orElse(unlabelled);
  }

  int count() {
    return names.size();
  }

  /** A column's name for a message. */
  String quoted(int f) {
    return named ? "\"" + shortened(names.get(f)) + "\"" : String.valueOf(f + 1);
  }

  /** A column as one passes it to {@code --label}. */
  String argument(int f) {
    String name = names.get(f);
    return named ? (name.matches("[\\w.-]+") ? name : "'" + name + "'") : String.valueOf(f + 1);
  }

  static String place(Path path, CsvRecord record, int field) {
    return path + ":" + record.getStartingLineNumber() + ":" + (field + 1);
  }

  static String shortened(String cell) {
    String text = cell.trim();
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  private static boolean header(Path path, CsvRecord one, CsvRecord two) {
    int fields = Math.min(one.getFieldCount(), two.getFieldCount());
    int text = -1;
    int number = -1;
    boolean counts = one.getFieldCount() >= 4;
    for (int f = fields - 1; f >= 0; f--) {
      double above = Numbers.parse(one.getField(f));
      boolean below = !Double.isNaN(Numbers.parse(two.getField(f)));
      counts &= above == f;
      if (!Double.isNaN(above)) {
        number = f;
      } else if (below && !Numbers.missing(one.getField(f))) {
        text = f;
      }
    }
    if (text >= 0 && number >= 0) {
      throw new InputError(
          place(path, one, text),
          "\""
              + shortened(one.getField(text))
              + "\" is text but \""
              + shortened(one.getField(number))
              + "\" in the same line a number: neither a line of names nor one of data",
          "correct the cell, or say which it is: --header yes or --header no");
    }
    return text >= 0 || counts;
  }

  private static boolean allText(CsvRecord one) {
    return one.getFields().stream().allMatch(cell -> Double.isNaN(Numbers.parse(cell)));
  }

  private static void requireNames(Path path, CsvRecord one, List<String> names) {
    Map<String, Integer> seen = new HashMap<>();
    for (int f = 0; f < names.size(); f++) {
      if (names.get(f).isEmpty()) {
        throw new InputError(
            place(path, one, f),
            "column " + (f + 1) + " has no name",
            "name it; if it only counts the rows, remove it (pandas: to_csv(…, index=False))");
      }
      Integer before = seen.put(names.get(f), f);
      if (before != null) {
        throw new InputError(
            place(path, one, f),
            "columns "
                + (before + 1)
                + " and "
                + (f + 1)
                + " are both named \""
                + shortened(names.get(f))
                + "\"",
            "rename one of them");
      }
    }
  }

  private int find(Path path, CsvRecord one, String label) {
    int index = names.indexOf(label.trim());
    if (index >= 0 && named) {
      return index;
    }
    if (label.trim().matches("[0-9]{1,7}")) {
      int number = Integer.parseInt(label.trim());
      if (number >= 1 && number <= count()) {
        return number - 1;
      }
    }
    String line = path + ":" + one.getStartingLineNumber();
    throw named
        ? new InputError(line, "there is no column \"" + shortened(label) + "\"", suggestion(label))
        : new InputError(
            line,
            "there is no column \"" + shortened(label) + "\", since the first line holds no names",
            "give the column's number, 1 to " + count());
  }

  private String suggestion(String label) {
    String nearest = Nearest.of(label, names);
    String some =
        names.stream().limit(8).map(CsvColumns::shortened).collect(Collectors.joining(", "));
    String list = count() > 8 ? some + ", … " + shortened(names.get(count() - 1)) : some;
    return (nearest.isEmpty() ? "" : "did you mean \"" + shortened(nearest) + "\"? ")
        + "The columns are "
        + list;
  }
}
