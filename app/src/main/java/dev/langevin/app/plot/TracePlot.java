package dev.langevin.app.plot;

import dev.langevin.chain.Draws;
import java.awt.BasicStroke;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Every chain's path, one strip for each quantity; divergent draws are ticks below. */
public final class TracePlot {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 150;
  private static final int LEGEND_CHAINS = 8;
  private static final int MOST_POINTS = 2000;

  private TracePlot() {}

  /** The strips of these quantities, from above to below. */
  public static BufferedImage of(Draws draws, List<String> names) {
    Figure figure =
        new Figure(
            "Trace", "Each chain's draws in order. Good chains look like one and the same noise.");
    boolean[][] divergent = Divergences.of(draws);
    if (draws.chains() > 1) {
      for (int c = 0; c < Math.min(draws.chains(), LEGEND_CHAINS); c++) {
        figure.key("chain " + (c + 1), Palette.series(c));
      }
    }
    if (Divergences.any(divergent)) {
      figure.key("divergent", Palette.TROUBLE);
    }
    for (int i = 0; i < names.size(); i++) {
      XYChart strip = strip(names.get(i), draws.series(names.get(i)), divergent);
      boolean last = i == names.size() - 1;
      strip.getStyler().setXAxisTicksVisible(last);
      figure.put(0, i * HEIGHT, WIDTH, HEIGHT + (last ? Figure.BELOW : 0), strip);
    }
    return figure.image();
  }

  private static XYChart strip(String name, double[][] x, boolean[][] divergent) {
    XYChart chart = Figure.chart(name);
    chart.getStyler().setPlotGridVerticalLinesVisible(false).setYAxisLeftWidthHint(Figure.LEFT);
    chart.getStyler().setXAxisTickMarkSpacingHint(90);
    Span span = Span.of(x);
    // Room below for the ticks of divergent draws.
    double floor = span.low() - 0.12 * span.width();
    span.frameY(chart, floor);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax((double) x[0].length);
    int stride = 1 + (x[0].length - 1) / MOST_POINTS;
    double opacity = x.length == 1 ? 1 : 0.75;
    for (int c = 0; c < x.length; c++) {
      double[] values = x[c];
      int[] at = IntStream.range(0, values.length).filter(i -> i % stride == 0).toArray();
      add(chart, "chain " + c, at, i -> finite(values[i]))
          .setLineColor(Palette.faded(Palette.series(c), opacity))
          .setLineStyle(new BasicStroke(0.8f));
    }
    boolean[] marked = Divergences.inAnyChain(divergent);
    int[] at = IntStream.range(0, marked.length).filter(i -> marked[i]).toArray();
    if (at.length > 0) {
      double level = span.low() - 0.07 * span.width();
      add(chart, "divergent", at, i -> level)
          .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter)
          .setMarker(new Tick())
          .setMarkerColor(Palette.TROUBLE);
    }
    return chart;
  }

  private static double finite(double value) {
    return Double.isFinite(value) ? value : Double.NaN;
  }

  private static XYSeries add(XYChart chart, String name, int[] at, IntToDoubleFunction value) {
    int[] points = IntStream.concat(IntStream.of(at[0]), IntStream.of(at)).toArray();
    double[] x = IntStream.of(points).mapToDouble(i -> i + 1).toArray();
    double[] y = IntStream.of(points).mapToDouble(value).toArray();
    // XChart labels equally spaced points one by one, and crowds the axis; half a step more before
    // the first prevents it.
    x[0] -= 0.5;
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE);
    return series;
  }
}
