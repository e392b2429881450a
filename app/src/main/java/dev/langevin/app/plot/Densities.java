package dev.langevin.app.plot;

import java.awt.BasicStroke;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Histograms of points on the line, each under the density that it should have, side by side on the same axes. */
public final class Densities {
  private static final int WIDTH = 168;
  private static final int HEIGHT = 134;
  private static final int BINS = 60;
  private static final int POINTS = 240;

  private Densities() {}

  /**
   * One of them.
   *
   * @param title above it
   * @param points the points
   * @param density what they should be drawn from, normalised
   */
  public record Panel(String title, double[] points, DoubleUnaryOperator density) {}

  /**
   * Paints them row by row.
   *
   * @param title of the whole
   * @param explanation one line
   * @param columns panels side by side
   * @param low the axes begin here
   * @param high and end here
   * @param curve what the curves are, for the legend
   */
  public static BufferedImage of(
      String title,
      String explanation,
      List<Panel> panels,
      int columns,
      double low,
      double high,
      String curve) {
    Figure figure = new Figure(title, explanation);
    figure.key("simulated", Palette.faded(Palette.series(4), 0.6)).key(curve, Palette.INK);
    double[] grid =
        IntStream.range(0, POINTS)
            .mapToDouble(i -> low + (high - low) * i / (POINTS - 1))
            .toArray();
    double top =
        panels.stream()
            .flatMapToDouble(
                panel ->
                    IntStream.range(0, POINTS)
                        .mapToDouble(i -> panel.density().applyAsDouble(grid[i])))
            .max()
            .orElse(1);
    int lines = (panels.size() + columns - 1) / columns;
    for (int i = 0; i < panels.size(); i++) {
      boolean outermost = i % columns == 0;
      boolean lowest = i / columns == lines - 1;
      XYChart chart = Figure.chart("");
      chart.getStyler().setXAxisMin(low).setXAxisMax(high).setYAxisMin(0.0).setYAxisMax(1.2 * top);
      chart.getStyler().setPlotGridLinesVisible(false).setXAxisTickMarkSpacingHint(40);
      chart.getStyler().setYAxisTicksVisible(outermost).setXAxisTicksVisible(lowest);
      if (outermost) {
        chart.getStyler().setYAxisLeftWidthHint(Figure.LEFT / 2);
      }
      histogram(chart, panels.get(i).points(), low, high);
      curve(chart, panels.get(i).density(), grid);
      int left = i % columns * WIDTH + Figure.LEFT / 2;
      int above = i / columns * (HEIGHT + Figure.ABOVE);
      figure.heading(panels.get(i).title(), left + WIDTH / 2, above);
      figure.put(
          outermost ? 0 : left,
          above + Figure.ABOVE,
          WIDTH + (outermost ? Figure.LEFT / 2 : 0),
          HEIGHT + (lowest ? Figure.BELOW : 0),
          chart);
    }
    return figure.image();
  }

  /** Bars whose areas are shares of all points, those outside included. */
  private static void histogram(XYChart chart, double[] points, double low, double high) {
    double width = (high - low) / BINS;
    double[] heights = new double[BINS];
    for (double point : points) {
      if (point >= low && point < high) {
        heights[(int) Math.min(BINS - 1, (point - low) / width)] += 1 / (width * points.length);
      }
    }
    double[] x = new double[2 * BINS + 2];
    double[] y = new double[2 * BINS + 2];
    for (int i = 0; i < x.length; i++) {
      x[i] = low + width * (i / 2);
      y[i] = i == 0 || i == x.length - 1 ? 0 : heights[(i - 1) / 2];
    }
    Figure.area(chart, "simulated", x, y, Palette.faded(Palette.series(4), 0.6));
  }

  private static void curve(XYChart chart, DoubleUnaryOperator density, double[] grid) {
    double[] y =
        IntStream.range(0, POINTS).mapToDouble(i -> density.applyAsDouble(grid[i])).toArray();
    XYSeries series = chart.addSeries("density", grid, y);
    series.setMarker(SeriesMarkers.NONE).setLineColor(Palette.INK);
    series.setLineStyle(new BasicStroke(1.1f));
  }
}
