package dev.langevin.app;

import dev.langevin.math.Check;
import dev.langevin.objective.DenoisingObjective;
import dev.langevin.objective.TimestepPreconditioning;
import dev.langevin.table.Dataset;
import dev.langevin.table.RowSource;
import dev.langevin.tensor.TrainingSettings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The affine map between the data's own scale and the one a network learns on, x = shift + scale · z, with what is needed to come
 * back: the range of the data and whether a column holds whole numbers only.
 *
 * <p>Images have one map for all pixels and channels, tables have one per column; either takes the
 * mean to 0 and the standard deviation to the one that the network's objective asks for. On the way back whole columns are
 * rounded and kept inside the range that was seen; pixels are kept inside their range; other columns are left free.
 *
 * @param shift one number per column, or one for all
 * @param scale as many, positive
 * @param low smallest value seen, as many
 * @param high largest value seen, as many
 * @param whole whether all values seen were whole numbers, as many
 * @param bounded whether values are kept inside the range even where they are not whole
 */
record Scaling(
    double[] shift, double[] scale, double[] low, double[] high, boolean[] whole, boolean bounded) {
  Scaling {
    for (double one : scale) {
      Check.positive("scale", one);
    }
    Check.allFinite("shift", shift);
    int n = shift.length;
    if (n == 0 || scale.length != n || low.length != n || high.length != n || whole.length != n) {
      throw new IllegalArgumentException(
          "shift, scale, low, high and whole must have one length, got "
              + List.of(n, scale.length, low.length, high.length, whole.length));
    }
  }

  /** x = shift + scale · z, without a range. */
  static Scaling affine(double[] shift, double scale) {
    int n = shift.length;
    return new Scaling(
        shift,
        filled(n, scale),
        filled(n, Double.NEGATIVE_INFINITY),
        filled(n, Double.POSITIVE_INFINITY),
        new boolean[n],
        false);
  }

  /**
   * The scaling that fits what is learned: for networks of diffusers' timesteps the range of the pixels becomes -1 … 1, as there; for others the standard deviation is that of the objective.
   */
  static Scaling of(Dataset data, TrainingSettings training) {
    return of(data, IntStream.range(0, data.rows()).toArray(), training);
  }

  /** The same of the rows {@code chosen}. */
  static Scaling of(RowSource data, int[] chosen, TrainingSettings training) {
    Scaling fitting = of(data, chosen, training.sigmaData());
    boolean there =
        data.isImages()
            && training.objective() instanceof DenoisingObjective parts
            && parts.preconditioning() instanceof TimestepPreconditioning;
    return there ? fitting.toRange() : fitting;
  }

  /** The same with low … high as -1 … 1. */
  private Scaling toRange() {
    double[] middle = new double[low.length];
    double[] half = new double[low.length];
    for (int c = 0; c < low.length; c++) {
      middle[c] = (low[c] + high[c]) / 2;
      half[c] = low[c] == high[c] ? 1 : (high[c] - low[c]) / 2;
    }
    return new Scaling(middle, half, low, high, whole, bounded);
  }

  /**
   * The scaling that fits {@code data}. O(rows · width).
   *
   * @param sd the standard deviation that the scaled numbers get
   */
  static Scaling of(Dataset data, double sd) {
    return of(data, IntStream.range(0, data.rows()).toArray(), sd);
  }

  /** The same of the rows {@code chosen}, which are read twice, one after the other. */
  private static Scaling of(RowSource data, int[] chosen, double sd) {
    boolean images = data.isImages();
    int width = images ? 1 : data.width();
    double[] low = filled(width, Double.POSITIVE_INFINITY);
    double[] high = filled(width, Double.NEGATIVE_INFINITY);
    boolean[] whole = new boolean[width];
    Arrays.fill(whole, true);
    double[] mean = new double[width];
    double[] x = new double[data.width()];
    for (int row : chosen) {
      data.read(row, x);
      for (int i = 0; i < x.length; i++) {
        int c = i % width;
        low[c] = Math.min(low[c], x[i]);
        high[c] = Math.max(high[c], x[i]);
        whole[c] &= x[i] == Math.rint(x[i]);
        mean[c] += x[i];
      }
    }
    double count = (double) chosen.length * x.length;
    for (int c = 0; c < width; c++) {
      mean[c] *= width / count;
    }
    double[] scale = deviations(data, chosen, mean);
    for (int c = 0; c < width; c++) {
      boolean constant = low[c] == high[c]; // nothing to learn: stays where it is
      mean[c] = constant ? low[c] : mean[c];
      scale[c] = constant ? 1 : scale[c] / sd;
    }
    return new Scaling(mean, scale, low, high, whole, images);
  }

  /** Standard deviations of the columns about {@code mean}. */
  private static double[] deviations(RowSource data, int[] chosen, double[] mean) {
    int width = mean.length;
    double[] squares = new double[width];
    double[] x = new double[data.width()];
    for (int row : chosen) {
      data.read(row, x);
      for (int i = 0; i < x.length; i++) {
        double gap = x[i] - mean[i % width];
        squares[i % width] += gap * gap;
      }
    }
    double count = (double) chosen.length * x.length;
    for (int c = 0; c < width; c++) {
      squares[c] = Math.sqrt(squares[c] * width / count);
    }
    return squares;
  }

  private static double[] filled(int length, double value) {
    double[] array = new double[length];
    Arrays.fill(array, value);
    return array;
  }

  /** Indices of columns that hold one value only, from which nothing can be learned. */
  int[] constantColumns() {
    return IntStream.range(0, low.length).filter(c -> low[c] == high[c]).toArray();
  }

  /** The network's numbers of the data's rows, z = (x - shift) / scale. */
  float[] toNetwork(double[] x) {
    float[] z = new float[x.length];
    toNetwork(x, z, 0);
    return z;
  }

  /** The same, into {@code z} from {@code at} on. */
  void toNetwork(double[] x, float[] z, int at) {
    for (int i = 0; i < x.length; i++) {
      int c = i % shift.length;
      z[at + i] = (float) ((x[i] - shift[c]) / scale[c]);
    }
  }

  /** The same, (x - shift) / scale, in full precision. */
  double[] standardised(double[] x) {
    double[] z = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int c = i % shift.length;
      z[i] = (x[i] - shift[c]) / scale[c];
    }
    return z;
  }

  /** Smallest of all values seen. */
  double lowest() {
    return Arrays.stream(low).min().orElseThrow();
  }

  /** Largest of all values seen; a little more than the smallest where there was one only. */
  double highest() {
    double top = Arrays.stream(high).max().orElseThrow();
    return top > lowest() ? top : lowest() + 1;
  }

  /** Whether coordinate {@code j} of a row may have this value: where values are kept inside the range, those. */
  boolean admits(int j, double value) {
    int c = j % low.length;
    return Double.isFinite(value)
        && (!(whole[c] || bounded) || (value >= low[c] && value <= high[c]));
  }

  /** Whether coordinate {@code j} of a row is a whole number. */
  boolean isWhole(int j) {
    return whole[j % whole.length];
  }

  /** log |dx/dz| of a row of {@code width} numbers. */
  double logVolume(int width) {
    double sum = 0;
    for (int j = 0; j < width; j++) {
      sum += Math.log(scale[j % scale.length]);
    }
    return sum;
  }

  /** Columns divided by their scale, pixels as they are: the numbers on which rows are compared. */
  double[] toUnit(double[] x) {
    double[] unit = x.clone();
    for (int i = 0; i < x.length && !bounded; i++) {
      unit[i] = x[i] / scale[i % scale.length];
    }
    return unit;
  }

  /** The data's numbers of the network's rows, rounded and bounded as said above. */
  double[] toData(double[] z) {
    double[] x = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      int c = i % shift.length;
      double value = shift[c] + scale[c] * z[i];
      value = whole[c] ? Math.rint(value) + 0.0 : value; // + 0.0 turns -0 into 0
      x[i] = whole[c] || bounded ? Math.max(low[c], Math.min(high[c], value)) : value;
    }
    return x;
  }

  /** As a JSON object. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("shift", numbers(shift));
    map.put("scale", numbers(scale));
    map.put("low", numbers(low));
    map.put("high", numbers(high));
    map.put("whole", IntStream.range(0, whole.length).mapToObj(c -> whole[c]).toList());
    map.put("bounded", bounded);
    return map;
  }

  /** The inverse of {@link #toMap()}. */
  static Scaling from(Fields fields) {
    try {
      return new Scaling(
          fields.numbers("shift"),
          fields.numbers("scale"),
          fields.numbers("low"),
          fields.numbers("high"),
          fields.flags("whole"),
          fields.flag("bounded"));
    } catch (IllegalArgumentException refused) {
      throw fields.wrong("scaling", "cannot be used: " + refused.getMessage());
    }
  }

  private static List<Double> numbers(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Scaling that
        && Arrays.equals(shift, that.shift)
        && Arrays.equals(scale, that.scale)
        && Arrays.equals(low, that.low)
        && Arrays.equals(high, that.high)
        && Arrays.equals(whole, that.whole)
        && bounded == that.bounded;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(shift) + Arrays.hashCode(scale);
  }

  @Override
  public String toString() {
    return "x = " + Arrays.toString(shift) + " + " + Arrays.toString(scale) + " z";
  }
}
