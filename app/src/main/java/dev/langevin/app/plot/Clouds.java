package dev.langevin.app.plot;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Circle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Clouds of points in the plane side by side, all on the same axes. */
public final class Clouds {
  private static final int SIDE = 168;
  private static final int MOST_POINTS = 3700; // in all panels together

  private Clouds() {}

  /**
   * One cloud.
   *
   * @param title above it
   * @param behind a cloud of another colour below it, {@code n × 2}; may be empty
   * @param rows the cloud, {@code n × 2}
   */
  public record Panel(String title, double[] behind, double[] rows) {
    /** Without anything behind it. */
    public Panel(String title, double[] rows) {
      this(title, new double[0], rows);
    }
  }

  /**
   * Paints them row by row.
   *
   * @param title of the whole
   * @param explanation one line
   * @param columns panels side by side
   * @param centre of the axes, length 2
   * @param reach the axes go so far to either side of the centre
   * @param names of the two layers for the legend, the one behind first; empty for none
   */
  public static BufferedImage of(
      String title,
      String explanation,
      List<Panel> panels,
      int columns,
      double[] centre,
      double reach,
      List<String> names) {
    int most = MOST_POINTS / panels.size();
    int stride = panels.stream().mapToInt(panel -> stride(panel.rows(), most)).max().orElse(1);
    String shown = stride > 1 ? " One point in " + stride + " is shown." : "";
    Figure figure = new Figure(title, explanation + shown);
    if (!names.isEmpty()) {
      figure.key(names.get(0), Palette.series(1)).key(names.get(1), Palette.series(0));
    }
    int lines = (panels.size() + columns - 1) / columns;
    for (int i = 0; i < panels.size(); i++) {
      boolean outermost = i % columns == 0;
      boolean lowest = i / columns == lines - 1;
      XYChart chart = chart(panels.get(i), centre, reach, most);
      chart.getStyler().setYAxisTicksVisible(outermost).setXAxisTicksVisible(lowest);
      if (outermost) {
        chart.getStyler().setYAxisLeftWidthHint(Figure.LEFT / 2);
      }
      int left = i % columns * SIDE + Figure.LEFT / 2;
      int above = i / columns * (SIDE + Figure.ABOVE);
      figure.heading(panels.get(i).title(), left + SIDE / 2, above);
      figure.put(
          outermost ? 0 : left,
          above + Figure.ABOVE,
          SIDE + (outermost ? Figure.LEFT / 2 : 0),
          SIDE + (lowest ? Figure.BELOW : 0),
          chart);
    }
    return figure.image();
  }

  private static XYChart chart(Panel panel, double[] centre, double reach, int most) {
    XYChart chart = Figure.chart("");
    chart.getStyler().setXAxisMin(centre[0] - reach).setXAxisMax(centre[0] + reach);
    chart.getStyler().setYAxisMin(centre[1] - reach).setYAxisMax(centre[1] + reach);
    chart.getStyler().setPlotGridLinesVisible(false).setMarkerSize(2);
    chart.getStyler().setXAxisTickMarkSpacingHint(40).setYAxisTickMarkSpacingHint(40);
    add(chart, "behind", panel.behind(), centre, reach, most)
        .ifPresent(
            series -> {
              series.setMarkerColor(Palette.faded(Palette.series(1), 0.9));
              series.setMarker(new Large());
            });
    add(chart, "rows", panel.rows(), centre, reach, most)
        .ifPresent(series -> series.setMarkerColor(Palette.faded(Palette.series(0), 0.55)));
    return chart;
  }

  /** Every how many-th row is shown. */
  private static int stride(double[] rows, int most) {
    return 1 + Math.max(0, rows.length / 2 - 1) / most;
  }

  /** A circle that is seen around a point that lies on it. */
  private static final class Large extends Circle {
    @Override
    public void paint(Graphics2D canvas, double x, double y, int size) {
      super.paint(canvas, x, y, 3 * size);
    }
  }

  private static Optional<XYSeries> add(
      XYChart chart, String name, double[] rows, double[] centre, double reach, int most) {
    int stride = stride(rows, most);
    int[] at =
        IntStream.range(0, rows.length / 2)
            .filter(r -> r % stride == 0)
            .filter(r -> Math.abs(rows[2 * r] - centre[0]) <= reach)
            .filter(r -> Math.abs(rows[2 * r + 1] - centre[1]) <= reach)
            .toArray();
    if (at.length == 0) {
      return Optional.empty();
    }
    XYSeries series =
        chart.addSeries(
            name,
            IntStream.of(at).mapToDouble(r -> rows[2 * r]).toArray(),
            IntStream.of(at).mapToDouble(r -> rows[2 * r + 1]).toArray());
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    series.setMarker(SeriesMarkers.CIRCLE);
    return Optional.of(series);
  }
}
