package dev.langevin.app.plot;

import dev.langevin.chain.Draws;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Every pair of quantities as points, each quantity's histogram on the diagonal; divergent draws are marked on top. */
public final class PairsPlot {
  private static final int SIDE = 170;
  private static final int WIDEST = 900;
  private static final int MOST_POINTS = 1500;
  private static final int BINS = 30;

  /** The axes cover this part of the draws, lest one far draw squeezes all others into a corner. */
  private static final double COVERED = 0.995;

  private PairsPlot() {}

  /** The lower triangle of the matrix of these quantities. */
  public static BufferedImage of(Draws draws, List<String> names) {
    boolean[] divergent = flat(Divergences.of(draws));
    Figure figure = new Figure("Pairs", "Draws of all chains; axes cover 99.5 % of them.");
    if (IntStream.range(0, divergent.length).anyMatch(i -> divergent[i])) {
      figure.key("divergent", Palette.TROUBLE);
    }
    int side = Math.min(Math.max(SIDE, 480 / names.size()), WIDEST / names.size());
    double[][] values =
        names.stream().map(name -> flat(draws.series(name))).toArray(double[][]::new);
    for (int row = 0; row < names.size(); row++) {
      for (int column = 0; column <= row; column++) {
        XYChart chart =
            row == column
                ? histogram(names.get(row), values[row])
                : points(values[column], values[row], divergent);
        boolean outermost = column == 0 && row > 0;
        boolean lowest = row == names.size() - 1;
        chart.getStyler().setYAxisTicksVisible(outermost).setXAxisTicksVisible(lowest);
        chart.getStyler().setXAxisTickMarkSpacingHint(45).setYAxisTickMarkSpacingHint(35);
        if (outermost) {
          chart.getStyler().setYAxisLeftWidthHint(Figure.LEFT);
        }
        figure.put(
            column * side + (outermost ? 0 : Figure.LEFT),
            row * side,
            side + (outermost ? Figure.LEFT : 0),
            side + (lowest ? Figure.BELOW : 0),
            chart);
      }
    }
    return figure.image();
  }

  private static XYChart points(double[] x, double[] y, boolean[] divergent) {
    XYChart chart = Figure.chart("");
    Span vertical = Span.central(y, COVERED);
    Span.central(x, COVERED).frameX(chart);
    vertical.frameY(chart, vertical.low() - 0.04 * vertical.width());
    int stride = 1 + (x.length - 1) / MOST_POINTS;
    scatter(chart, "draws", x, y, i -> i % stride == 0 && !divergent[i])
        .ifPresent(series -> series.setMarkerColor(Palette.faded(Palette.series(0), 0.35)));
    scatter(chart, "divergent", x, y, i -> divergent[i])
        .ifPresent(series -> series.setMarkerColor(Palette.TROUBLE));
    return chart;
  }

  private static Optional<XYSeries> scatter(
      XYChart chart, String name, double[] x, double[] y, IntPredicate chosen) {
    int[] at =
        IntStream.range(0, x.length)
            .filter(i -> chosen.test(i) && Double.isFinite(x[i]) && Double.isFinite(y[i]))
            .toArray();
    if (at.length == 0) {
      return Optional.empty();
    }
    XYSeries series =
        chart.addSeries(
            name,
            IntStream.of(at).mapToDouble(i -> x[i]).toArray(),
            IntStream.of(at).mapToDouble(i -> y[i]).toArray());
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    series.setMarker(SeriesMarkers.CIRCLE);
    return Optional.of(series);
  }

  private static XYChart histogram(String name, double[] x) {
    XYChart chart = Figure.chart(name);
    Span span = Span.central(x, COVERED);
    span.frameX(chart);
    double[] counts = new double[BINS];
    for (double value : x) {
      if (value >= span.low() && value <= span.high()) {
        counts[(int) Math.min(BINS - 1, BINS * (value - span.low()) / span.width())]++;
      }
    }
    double[] corners = new double[2 * BINS + 2];
    double[] heights = new double[2 * BINS + 2];
    for (int i = 0; i < corners.length; i++) {
      corners[i] = span.low() + span.width() * (i / 2) / BINS;
      heights[i] = i == 0 || i == corners.length - 1 ? 0 : counts[(i - 1) / 2];
    }
    chart.getStyler().setPlotGridLinesVisible(false);
    chart
        .getStyler()
        .setYAxisMin(0.0)
        .setYAxisMax(1.05 * Math.max(1, Arrays.stream(counts).max().orElse(1)));
    Figure.area(chart, "counts", corners, heights, Palette.faded(Palette.series(0), 0.6));
    return chart;
  }

  private static double[] flat(double[][] chains) {
    return Arrays.stream(chains).flatMapToDouble(Arrays::stream).toArray();
  }

  private static boolean[] flat(boolean[][] chains) {
    boolean[] all = new boolean[chains.length * chains[0].length];
    for (int c = 0; c < chains.length; c++) {
      System.arraycopy(chains[c], 0, all, c * chains[0].length, chains[0].length);
    }
    return all;
  }
}
