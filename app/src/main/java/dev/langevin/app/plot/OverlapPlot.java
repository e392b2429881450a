package dev.langevin.app.plot;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How overlaps of spin configurations are spread over [-1, 1], beside what theory predicts. */
public final class OverlapPlot {
  private static final int BINS = 100;
  private static final int WIDTH = 640;
  private static final int HEIGHT = 280;

  private OverlapPlot() {}

  /**
   * A histogram.
   *
   * @param what whose overlaps these are
   * @param overlaps between -1 and 1, at least one
   * @param predicted a value that theory predicts for their size, drawn on both sides
   */
  public static BufferedImage of(String what, double[] overlaps, OptionalDouble predicted) {
    int[] counts = new int[BINS];
    for (double overlap : overlaps) {
      counts[(int) Math.min(BINS - 1, Math.max(0, (overlap + 1) / 2 * BINS))]++;
    }
    int top = Arrays.stream(counts).max().orElse(1);
    Figure figure =
        new Figure("Overlaps", what + (predicted.isPresent() ? "; lines: predicted." : "."));
    XYChart chart = Figure.chart(what);
    chart.getStyler().setPlotGridLinesVisible(false);
    chart.getStyler().setXAxisMin(-1.0).setXAxisMax(1.0);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.1 * top);
    double[] x = new double[4 * BINS];
    double[] y = new double[4 * BINS];
    for (int bin = 0; bin < BINS; bin++) {
      for (int corner = 0; corner < 4; corner++) {
        x[4 * bin + corner] = -1 + 2.0 / BINS * (bin + (corner < 2 ? 0 : 1));
        y[4 * bin + corner] = corner == 1 || corner == 2 ? counts[bin] : 0;
      }
    }
    Figure.area(chart, "overlaps", x, y, Palette.faded(Palette.series(0), 0.75));
    predicted.ifPresent(
        value -> {
          line(chart, "predicted", value, top);
          line(chart, "its mirror image", -value, top);
        });
    figure.put(0, 0, WIDTH, HEIGHT, chart);
    return figure.image();
  }

  private static void line(XYChart chart, String name, double at, int top) {
    XYSeries line = chart.addSeries(name, new double[] {at, at}, new double[] {0, 1.1 * top});
    line.setMarker(SeriesMarkers.NONE);
    line.setLineColor(Palette.INK);
  }
}
