package dev.langevin.table;

import dev.langevin.math.Check;
import dev.langevin.math.NamedArray;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of finite numbers: points, feature vectors or images. Row-major, {@code rows × width}.
 *
 * @param name where it came from, for messages
 * @param shape shape of one row: {@code [d]} for points, {@code [channels, height, width]} for images
 * @param columns one name per column for points; empty for images
 * @param values {@code rows × product(shape)} finite numbers; shared, not copied, and not to be written to
 * @param labels a class per row, 0, 1, …; empty where there are none
 * @param classes the classes' names; empty where they are called by their numbers
 */
public record Dataset(
    String name,
    int[] shape,
    List<String> columns,
    double[] values,
    int[] labels,
    List<String> classes)
    implements RowSource {
  public Dataset {
    shape = shape.clone();
    columns = List.copyOf(columns);
    classes = List.copyOf(classes);
    long width = NamedArray.size(shape);
    if (width < 1 || values.length % width != 0) {
      throw new IllegalArgumentException(
          name
              + ": "
              + values.length
              + " values do not fill rows of shape "
              + Arrays.toString(shape));
    }
    Check.allFinite(name, values);
    if (labels.length != 0 && labels.length != values.length / width) {
      throw new IllegalArgumentException(
          name + ": " + labels.length + " labels for " + values.length / width + " rows");
    }
    int highest = Arrays.stream(labels).max().orElse(-1);
    if (!classes.isEmpty() && highest >= classes.size()) {
      throw new IllegalArgumentException(
          name + ": label " + highest + " is beyond the names of classes " + classes);
    }
  }

  /** With classes that are called by their numbers. */
  public Dataset(String name, int[] shape, List<String> columns, double[] values, int[] labels) {
    this(name, shape, columns, values, labels, List.of());
  }

  /** Unlabelled rows. */
  public static Dataset of(String name, int[] shape, double[] values) {
    return new Dataset(name, shape, List.of(), values, new int[0]);
  }

  @Override
  public int width() {
    return (int) NamedArray.size(shape);
  }

  @Override
  public int rows() {
    return values.length / width();
  }

  @Override
  public void read(int row, double[] out) {
    int w = width();
    System.arraycopy(values, row * w, out, 0, w);
  }

  @Override
  public int[] shape() {
    return shape.clone();
  }

  /** The rows {@code index[0], index[1], …}, copied, in that order. */
  public Dataset select(int... index) {
    int w = width();
    double[] chosen = new double[index.length * w];
    int[] chosenLabels = new int[labels.length == 0 ? 0 : index.length];
    for (int i = 0; i < index.length; i++) {
      System.arraycopy(values, index[i] * w, chosen, i * w, w);
      if (labels.length != 0) {
        chosenLabels[i] = labels[index[i]];
      }
    }
    return new Dataset(name, shape, columns, chosen, chosenLabels, classes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Dataset that
        && name.equals(that.name)
        && Arrays.equals(shape, that.shape)
        && columns.equals(that.columns)
        && Arrays.equals(values, that.values)
        && Arrays.equals(labels, that.labels)
        && classes.equals(that.classes);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return name + ", " + rows() + " rows of shape " + Arrays.toString(shape);
  }
}
