package dev.langevin.app.plot;

import java.awt.image.BufferedImage;
import java.util.List;
import org.knowm.xchart.XYChart;

/** Bars of parts that add up, side by side. */
public final class Stacks {
  private static final int WIDTH = 430;
  private static final int HEIGHT = 300;

  private Stacks() {}

  /**
   * One chart of bars.
   *
   * @param title above it
   * @param names below the bars
   * @param parts for each bar its parts, zero or positive, from below to above
   */
  public record Panel(String title, List<String> names, double[][] parts) {}

  /**
   * Paints them.
   *
   * @param title of the whole
   * @param explanation one line
   * @param yName the vertical axis
   * @param parts their names, for the legend
   */
  public static BufferedImage of(
      String title, String explanation, String yName, List<Panel> panels, List<String> parts) {
    Figure figure = new Figure(title, explanation);
    for (int p = 0; p < parts.size(); p++) {
      figure.key(parts.get(p), Palette.series(p));
    }
    for (int i = 0; i < panels.size(); i++) {
      figure.put(i * WIDTH, 0, WIDTH, HEIGHT, chart(panels.get(i), yName));
    }
    return figure.image();
  }

  private static XYChart chart(Panel panel, String yName) {
    XYChart chart = Figure.chart(panel.title());
    chart.setYAxisTitle(yName);
    chart.getStyler().setPlotGridVerticalLinesVisible(false).setXAxisMin(0.4);
    chart.getStyler().setXAxisMax(panel.names().size() + 0.6).setYAxisMin(0.0);
    chart.getStyler().setXAxisTickMarkSpacingHint(50).setYAxisLeftWidthHint(Figure.LEFT);
    chart.setCustomXAxisTickLabelsFormatter(at -> name(panel.names(), at));
    int count = panel.parts()[0].length;
    for (int p = count - 1; p >= 0; p--) { // a higher part is painted first, and lower ones on it
      double[] x = new double[4 * panel.parts().length];
      double[] y = new double[x.length];
      for (int b = 0; b < panel.parts().length; b++) {
        double top = 0;
        for (int q = 0; q <= p; q++) {
          top += panel.parts()[b][q];
        }
        for (int corner = 0; corner < 4; corner++) {
          x[4 * b + corner] = b + 1 + (corner < 2 ? -0.4 : 0.4);
          y[4 * b + corner] = corner == 1 || corner == 2 ? top : 0;
        }
      }
      Figure.area(chart, "part " + p, x, y, Palette.series(p));
    }
    return chart;
  }

  /** Bar i stands at i, from 1. */
  private static String name(List<String> names, double at) {
    boolean bar = at == Math.rint(at) && at >= 1 && at <= names.size();
    return bar ? names.get((int) at - 1) : "";
  }
}
