package dev.langevin.app.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts in rows and columns under a title, a line of explanation and a legend. */
final class Figure {
  private static final double SCALE = 1.5;
  private static final int MARGIN = 14;
  private static final int HEADER = 62;
  private static final int NARROWEST = 460;

  /** Width of the numbers left of a chart, in points. */
  static final int LEFT = 60;

  /** Height of a heading above a chart, in points. */
  static final int ABOVE = 16;

  /** Height of the numbers below a chart, in points. */
  static final int BELOW = 22;

  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 16);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  /** Numbers at axes. */
  static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 10);

  private record Cell(int x, int y, int width, int height, XYChart chart) {}

  private record Heading(String text, int centre, int y) {}

  private record Key(String name, Color color) {}

  private final String title;
  private final String explanation;
  private final List<Cell> cells = new ArrayList<>();
  private final List<Heading> headings = new ArrayList<>();
  private final List<Key> legend = new ArrayList<>();

  Figure(String title, String explanation) {
    this.title = title;
    this.explanation = explanation;
  }

  /** A chart without decoration, in this project's style. */
  static XYChart chart(String title) {
    XYChart chart = new XYChart(400, 300);
    XYStyler style = chart.getStyler();
    chart.setTitle(title);
    style.setChartTitleVisible(!title.isEmpty());
    style.setChartTitleFont(TEXT.deriveFont(Font.BOLD)).setChartTitleBoxVisible(false);
    style.setChartTitlePadding(2).setChartFontColor(Palette.INK);
    style.setLegendVisible(false).setChartBackgroundColor(Color.WHITE).setChartPadding(4);
    style.setPlotBackgroundColor(Color.WHITE).setPlotBorderVisible(false).setPlotContentSize(1);
    style.setToolTipType(null);
    style.setPlotMargin(2).setPlotGridLinesColor(Palette.GRID);
    style
        .setAxisTickLabelsFont(SMALL)
        .setAxisTitleFont(SMALL)
        .setAxisTickLabelsColor(Palette.FAINT);
    style.setAxisTickMarksColor(Palette.GRID).setAxisTitlePadding(2);
    style.setXAxisTitleColor(Palette.FAINT).setYAxisTitleColor(Palette.FAINT);
    style.setMarkerSize(3).setAntiAlias(true).setLocale(Locale.ROOT);
    style.setLegendPosition(Styler.LegendPosition.InsideNE);
    return chart;
  }

  /** Fills from the line through these points down to zero. */
  static void area(XYChart chart, String name, double[] x, double[] y, Color color) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Area);
    series.setFillColor(color);
    series.setLineStyle(SeriesLines.NONE);
    series.setMarker(SeriesMarkers.NONE);
  }

  /** Puts a chart at this place, in points from the upper left corner below the header. */
  Figure put(int x, int y, int width, int height, XYChart chart) {
    cells.add(new Cell(x, y, width, height, chart));
    return this;
  }

  /** Puts a line of text above a chart: centred at {@code centre}, {@link #ABOVE} high from {@code y} on. Headings in one row stand on one line, whatever letters they have. */
  Figure heading(String text, int centre, int y) {
    headings.add(new Heading(text, centre, y));
    return this;
  }

  /** Adds a name to the legend. */
  Figure key(String name, Color color) {
    legend.add(new Key(name, color));
    return this;
  }

  /** Paints it all. */
  BufferedImage image() {
    int content = cells.stream().mapToInt(cell -> cell.x + cell.width).max().orElse(0);
    int width = Math.max(content, NARROWEST) + 2 * MARGIN;
    int height = cells.stream().mapToInt(cell -> cell.y + cell.height).max().orElse(0) + MARGIN;
    height += HEADER;
    BufferedImage image =
        new BufferedImage(
            (int) (width * SCALE), (int) (height * SCALE), BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    canvas.scale(SCALE, SCALE);
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    canvas.setColor(Color.WHITE);
    canvas.fillRect(0, 0, width, height);
    paintHeader(canvas, width);
    for (Cell cell : cells) {
      Graphics2D window = (Graphics2D) canvas.create();
      window.translate(MARGIN + cell.x, HEADER + cell.y);
      cell.chart.paint(window, cell.width, cell.height);
      window.dispose();
    }
    paintHeadings(canvas);
    canvas.dispose();
    return image;
  }

  private void paintHeadings(Graphics2D canvas) {
    canvas.setFont(TEXT.deriveFont(Font.BOLD));
    canvas.setColor(Palette.INK);
    for (Heading heading : headings) {
      int width = canvas.getFontMetrics().stringWidth(heading.text);
      int x = MARGIN + heading.centre - width / 2;
      canvas.drawString(heading.text, x, HEADER + heading.y + ABOVE - 4);
    }
  }

  private void paintHeader(Graphics2D canvas, int width) {
    canvas.setFont(TITLE);
    canvas.setColor(Palette.INK);
    canvas.drawString(title, MARGIN, 26);
    canvas.setFont(TEXT);
    canvas.setColor(Palette.FAINT);
    canvas.drawString(explanation, MARGIN, 46);
    int right = width - MARGIN;
    for (int i = legend.size() - 1; i >= 0; i--) {
      Key key = legend.get(i);
      right -= canvas.getFontMetrics().stringWidth(key.name);
      canvas.setColor(Palette.INK);
      canvas.drawString(key.name, right, 26);
      right -= 16;
      canvas.setColor(key.color);
      canvas.fillRect(right, 17, 11, 9);
      right -= 12;
    }
  }
}
