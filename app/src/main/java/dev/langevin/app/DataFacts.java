package dev.langevin.app;

import dev.langevin.math.NamedArray;
import dev.langevin.table.RowSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a model remembers of the data that it learned from.
 *
 * @param name as the user named it
 * @param sha256 of the file, folder or numbers
 * @param rows number of rows, those that are held out too
 * @param shape shape of a row
 * @param columns names of the columns; empty for images
 */
record DataFacts(String name, String sha256, int rows, int[] shape, List<String> columns) {
  DataFacts {
    shape = shape.clone();
    columns = List.copyOf(columns);
  }

  static DataFacts of(DataSource source, RowSource data) {
    return new DataFacts(source.name(), source.sha256(), data.rows(), data.shape(), data.columns());
  }

  @Override
  public int[] shape() {
    return shape.clone();
  }

  /** Numbers in a row. */
  int width() {
    return (int) NamedArray.size(shape);
  }

  boolean isImages() {
    return shape.length == 3;
  }

  /** The shape as people write it: {@code 1×8×8}. */
  static String written(int[] shape) {
    return Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining("×"));
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", name);
    map.put("sha256", sha256);
    map.put("rows", rows);
    map.put("shape", Arrays.stream(shape).boxed().toList());
    map.put("columns", columns);
    return map;
  }

  static DataFacts from(Fields fields) {
    int[] shape = fields.counts("shape");
    if (shape.length < 1 || shape.length > 3 || Arrays.stream(shape).anyMatch(n -> n < 1)) {
      throw fields.wrong("shape", "is not a shape");
    }
    return new DataFacts(
        fields.text("name"),
        fields.text("sha256"),
        fields.count("rows"),
        shape,
        fields.texts("columns"));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DataFacts that && toMap().equals(that.toMap());
  }

  @Override
  public int hashCode() {
    return sha256.hashCode();
  }

  @Override
  public String toString() {
    return name + ", " + rows + " rows of " + written(shape);
  }
}
