package dev.langevin.app.plot;

import dev.langevin.chain.Draws;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * For each quantity and chain, how the chain's draws rank among the draws of all chains (Vehtari, Gelman, Simpson, Carpenter and
 * Bürkner 2021, section 4.3). Chains that agree have level bars; a chain that sits elsewhere leans to one side, one that moves too
 * little has a hump or a hollow.
 */
public final class RankPlot {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 120;
  private static final int MOST_CHAINS = 8;
  private static final int BINS = 20;
  private static final BasicStroke DASHED =
      new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1, new float[] {4, 3}, 0);

  private RankPlot() {}

  /** One row for each of these quantities, one column for each chain (at most eight); a single chain is compared with itself, half by half. */
  public static BufferedImage of(Draws draws, List<String> names) {
    boolean alone = draws.chains() == 1;
    int columns = alone ? 2 : Math.min(draws.chains(), MOST_CHAINS);
    Figure figure =
        new Figure(
            "Ranks",
            "Where each chain's draws rank among all chains'. Good chains have level bars, near the dashed line.");
    int width = WIDTH / Math.max(columns, 3);
    for (int row = 0; row < names.size(); row++) {
      double[][] series = draws.series(names.get(row));
      int[][] counts = RankHistogram.counts(alone ? halves(series[0]) : series, BINS);
      int top = 0;
      for (int[] chain : counts) {
        for (int count : chain) {
          top = Math.max(top, count);
        }
      }
      for (int c = 0; c < columns; c++) {
        String part = alone ? (c == 0 ? "first half" : "second half") : "chain " + (c + 1);
        String title = names.get(row) + ", " + part;
        figure.put(
            c * width, row * HEIGHT, width, HEIGHT, bars(title, counts[c], top, Palette.series(c)));
      }
    }
    return figure.image();
  }

  private static double[][] halves(double[] x) {
    int half = x.length / 2;
    return new double[][] {
      Arrays.copyOf(x, half), Arrays.copyOfRange(x, x.length - half, x.length)
    };
  }

  private static XYChart bars(String title, int[] counts, int top, Color color) {
    XYChart chart = Figure.chart(title);
    double level = (double) IntStream.of(counts).sum() / counts.length;
    chart.getStyler().setPlotGridLinesVisible(false).setAxisTicksVisible(false);
    chart.getStyler().setXAxisMin(0.0).setXAxisMax((double) counts.length);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.1 * Math.max(top, 2 * level));
    double[] x = new double[4 * counts.length];
    double[] y = new double[4 * counts.length];
    for (int bin = 0; bin < counts.length; bin++) {
      // Each bar's four corners, with a small gap to the next.
      for (int corner = 0; corner < 4; corner++) {
        x[4 * bin + corner] = bin + (corner < 2 ? 0.06 : 0.94);
        y[4 * bin + corner] = corner == 1 || corner == 2 ? counts[bin] : 0;
      }
    }
    Figure.area(chart, "bars", x, y, Palette.faded(color, 0.75));
    XYSeries line =
        chart.addSeries("level", new double[] {0, counts.length}, new double[] {level, level});
    line.setMarker(SeriesMarkers.NONE);
    line.setLineColor(Palette.INK).setLineStyle(DASHED);
    return chart;
  }
}
