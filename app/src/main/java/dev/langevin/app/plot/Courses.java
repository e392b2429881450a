package dev.langevin.app.plot;

import java.awt.BasicStroke;
import java.awt.image.BufferedImage;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Numbers between 0 and 1 as they change over steps, beside the value that they should reach. */
public final class Courses {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 320;

  private Courses() {}

  /**
   * One line.
   *
   * @param name for the legend
   * @param values by step, from 0
   */
  public record Course(String name, double[] values) {}

  /**
   * Paints them.
   *
   * @param title of the whole
   * @param explanation one line
   * @param xName the horizontal axis
   * @param yName the vertical axis
   * @param truth a dashed line at this height
   */
  public static BufferedImage of(
      String title,
      String explanation,
      String xName,
      String yName,
      List<Course> courses,
      double truth) {
    Figure figure = new Figure(title, explanation);
    XYChart chart = Figure.chart("");
    chart.setXAxisTitle(xName);
    chart.setYAxisTitle(yName);
    chart
        .getStyler()
        .setYAxisMin(-0.02)
        .setYAxisMax(1.04)
        .setXAxisMin(0.0)
        .setXAxisTickMarkSpacingHint(90)
        .setAxisTitlePadding(8);
    for (int c = 0; c < courses.size(); c++) {
      Course course = courses.get(c);
      double[] steps = new double[course.values().length];
      for (int i = 0; i < steps.length; i++) {
        steps[i] = i;
      }
      steps[0] -= 0.5; // as in TracePlot: XChart labels equally spaced points one by one
      XYSeries series = chart.addSeries(course.name(), steps, course.values());
      series.setMarker(SeriesMarkers.NONE).setLineColor(Palette.series(c));
      series.setLineStyle(new BasicStroke(1.8f));
      figure.key(course.name(), Palette.series(c));
    }
    double last = courses.stream().mapToInt(c -> c.values().length - 1).max().orElse(1);
    chart.getStyler().setXAxisMax(last);
    XYSeries line = chart.addSeries("truth", new double[] {0, last}, new double[] {truth, truth});
    line.setMarker(SeriesMarkers.NONE).setLineColor(Palette.INK);
    line.setLineStyle(
        new BasicStroke(
            1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10f, new float[] {5, 4}, 0f));
    figure.key("true weight", Palette.INK);
    figure.put(0, 6, WIDTH, HEIGHT, chart);
    return figure.image();
  }
}
