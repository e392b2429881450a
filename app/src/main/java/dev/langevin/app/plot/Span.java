package dev.langevin.app.plot;

import java.util.Arrays;
import org.knowm.xchart.XYChart;

/** From the smallest to the largest finite value; never empty. */
record Span(double low, double high) {
  static Span of(double[][] x) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double[] chain : x) {
      for (double value : chain) {
        if (Double.isFinite(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
    }
    return low > high ? new Span(0, 1) : widened(low, high);
  }

  /** The range of the central part {@code mass} of the finite values. */
  static Span central(double[] x, double mass) {
    double[] sorted = Arrays.stream(x).filter(Double::isFinite).sorted().toArray();
    if (sorted.length == 0) {
      return new Span(0, 1);
    }
    int cut = (int) (sorted.length * (1 - mass) / 2);
    return widened(sorted[cut], sorted[sorted.length - 1 - cut]);
  }

  private static Span widened(double low, double high) {
    if (low == high) {
      double around = Math.max(1e-3 * Math.abs(low), 1e-9);
      return new Span(low - around, high + around);
    }
    return new Span(low, high);
  }

  double width() {
    return high - low;
  }

  void frameX(XYChart chart) {
    chart.getStyler().setXAxisMin(low - 0.04 * width()).setXAxisMax(high + 0.04 * width());
  }

  void frameY(XYChart chart, double floor) {
    chart.getStyler().setYAxisMin(floor).setYAxisMax(high + 0.04 * width());
  }
}
