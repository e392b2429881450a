package dev.langevin.app.plot;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;

/** Bars of parts that add up, side by side. */
public final class Stacks {
  private static final int WIDTH = 430;
  private static final int HEIGHT = 284;
  private static final int LEFT = Figure.LEFT + 16; // the axis has a name

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
      figure.heading(panels.get(i).title(), i * WIDTH + (WIDTH + LEFT) / 2, 0);
      figure.put(i * WIDTH, Figure.ABOVE, WIDTH, HEIGHT, chart(panels.get(i), yName));
    }
    return figure.image();
  }

  private static XYChart chart(Panel panel, String yName) {
    XYChart chart = Figure.chart("");
    chart.setYAxisTitle(yName);
    chart.getStyler().setPlotGridVerticalLinesVisible(false).setXAxisMin(0.4);
    chart.getStyler().setXAxisMax(panel.names().size() + 0.6);
    chart.getStyler().setYAxisLeftWidthHint(LEFT);
    chart.getStyler().setYAxisDecimalPattern("0.##").setAxisTitlePadding(6);
    chart.getStyler().setXAxisTicksVisible(false).setAnnotationTextFont(Figure.SMALL);
    chart.getStyler().setAnnotationTextFontColor(Palette.INK);
    double top =
        Arrays.stream(panel.parts()).mapToDouble(b -> Arrays.stream(b).sum()).max().orElse(1);
    chart.getStyler().setYAxisMin(-0.1 * top).setYAxisMax(1.05 * top);
    int count = panel.parts()[0].length;
    for (int p = count - 1; p >= 0; p--) { // a higher part is painted first, and lower ones on it
      double[] x = new double[4 * panel.parts().length];
      double[] y = new double[x.length];
      for (int b = 0; b < panel.parts().length; b++) {
        double height = 0;
        for (int q = 0; q <= p; q++) {
          height += panel.parts()[b][q];
        }
        for (int corner = 0; corner < 4; corner++) {
          x[4 * b + corner] = b + 1 + (corner < 2 ? -0.4 : 0.4);
          y[4 * b + corner] = corner == 1 || corner == 2 ? height : 0;
        }
      }
      Figure.area(chart, "part " + p, x, y, Palette.series(p));
    }
    for (int b = 0; b < panel.names().size(); b++) {
      AnnotationText name = new AnnotationText(panel.names().get(b), b + 1, -0.05 * top, false);
      chart.addAnnotation(name);
    }
    return chart;
  }
}
