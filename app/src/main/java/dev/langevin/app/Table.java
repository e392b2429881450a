package dev.langevin.app;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of cells under headers, to be printed with aligned columns: the first column to the left, numbers to the right.
 *
 * @param headers one for each column
 * @param rows each as long as {@code headers}
 */
public record Table(List<String> headers, List<List<String>> rows) {
  private static final String GAP = "  ";

  public Table {
    headers = List.copyOf(headers);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != headers.size()) {
        throw new IllegalArgumentException(
            "rows must have " + headers.size() + " cells, got " + row);
      }
    }
  }

  /** The table as lines of text, header first, without trailing blanks. */
  public List<String> lines() {
    List<List<String>> all = new ArrayList<>();
    all.add(headers);
    all.addAll(rows);
    boolean[] right = new boolean[headers.size()];
    int[] width = new int[headers.size()];
    for (int column = 0; column < width.length; column++) {
      right[column] = column > 0 && isNumeric(column);
      for (List<String> row : all) {
        width[column] = Math.max(width[column], row.get(column).length());
      }
    }
    return all.stream().map(row -> aligned(row, width, right)).toList();
  }

  private boolean isNumeric(int column) {
    return rows.stream().map(row -> row.get(column)).allMatch(Table::looksNumeric);
  }

  private static boolean looksNumeric(String cell) {
    return cell.isEmpty() || "+-.0123456789".indexOf(cell.charAt(0)) >= 0 || cell.equals("NaN");
  }

  private static String aligned(List<String> row, int[] width, boolean[] right) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < width.length; column++) {
      String cell = row.get(column);
      String blanks = " ".repeat(width[column] - cell.length());
      line.append(column == 0 ? "" : GAP);
      line.append(right[column] ? blanks + cell : cell + blanks);
    }
    return line.toString().stripTrailing();
  }
}
