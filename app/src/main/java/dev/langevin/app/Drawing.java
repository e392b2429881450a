package dev.langevin.app;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * Small drawings for a {@link Page}, as SVG elements that take their colours from the page and so suit light, dark and paper.
 * Coordinates are written with one decimal.
 */
final class Drawing {
  private static final double LEFT = 64;
  private static final double RIGHT = 20;
  private static final double TOP = 14;
  private static final double BOTTOM = 44;

  /** A line through points, with its name for the legend. */
  record Series(String name, double[] x, double[] y) {}

  /** An interval, {low, middle, high}, and a second one to compare with, or nothing. */
  record Interval(String name, double[] mine, double[] reference) {}

  private final StringBuilder svg = new StringBuilder();
  private final double width;
  private final double height;
  private double x0;
  private double x1;
  private double y0;
  private double y1;
  private boolean logarithmic;

  private Drawing(double width, double height, String title) {
    this.width = width;
    this.height = height;
    svg.append(format("<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\"><title>", width, height));
    svg.append(Page.escaped(title)).append("</title>\n");
  }

  /** Up to two series over a common logarithmic axis; x positive. */
  static String lines(String title, String xName, String yName, List<Series> all) {
    Drawing drawing = new Drawing(720, 300, title);
    drawing.logarithmic = true;
    drawing.x0 = all.stream().flatMapToDouble(s -> stream(s.x())).min().orElse(1);
    drawing.x1 = all.stream().flatMapToDouble(s -> stream(s.x())).max().orElse(1);
    double low = all.stream().flatMapToDouble(s -> stream(s.y())).min().orElse(0);
    double high = all.stream().flatMapToDouble(s -> stream(s.y())).max().orElse(1);
    double margin = high > low ? (high - low) * 0.06 : 1;
    drawing.y0 = low - margin;
    drawing.y1 = high + margin;
    drawing.axes(xName, yName);
    for (int i = 0; i < all.size(); i++) {
      drawing.series(all.get(i), i == 0 ? "first" : "second", i);
    }
    return drawing.end();
  }

  private static DoubleStream stream(double[] values) {
    return Arrays.stream(values);
  }

  private void axes(String xName, String yName) {
    for (double tick : logarithmic ? decades(x0, x1) : ticks(x0, x1, 6)) {
      line("axis", at(tick, y0), at(tick, y1));
      label(px(tick), height - BOTTOM + 18, "middle", "", number(tick));
    }
    for (double tick : ticks(y0, y1, 5)) {
      line("axis", at(x0, tick), at(x1, tick));
      label(LEFT - 8, py(tick) + 4, "end", "", number(tick));
    }
    label((LEFT + width - RIGHT) / 2, height - 8, "middle", "", xName);
    svg.append(
        format("<g transform=\"translate(14 %.1f) rotate(-90)\">", (TOP + height - BOTTOM) / 2));
    label(0, 0, "middle", "", yName);
    svg.append("</g>\n");
  }

  private void series(Series series, String style, int index) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < series.x().length; i++) {
      path.append(i == 0 ? 'M' : 'L');
      path.append(format("%.1f %.1f", px(series.x()[i]), py(series.y()[i])));
    }
    svg.append("<path class=\"").append(style).append("\" d=\"").append(path).append("\"/>\n");
    double y = TOP + 14 + 18 * index;
    double x = width - RIGHT - 190;
    svg.append(format("<path class=\"%s\" d=\"M%.1f %.1fh22\"/>", style, x, y - 4));
    label(x + 30, y, "start", "name", series.name());
  }

  /**
   * One row for each interval {low, middle, high}, the reference's thinner and below it.
   *
   * @param xName the axis's name
   */
  static String intervals(String title, String xName, List<Interval> all) {
    double rowHeight = 30;
    Drawing drawing = new Drawing(720, TOP + BOTTOM + 22 + rowHeight * all.size(), title);
    drawing.x0 = ends(all).min().orElse(0);
    drawing.x1 = ends(all).max().orElse(1);
    drawing.y0 = all.size();
    drawing.y1 = -0.75;
    for (double tick : ticks(drawing.x0, drawing.x1, 8)) {
      drawing.line("axis", drawing.at(tick, drawing.y0), drawing.at(tick, drawing.y1));
      drawing.label(drawing.px(tick), drawing.height - BOTTOM + 18, "middle", "", number(tick));
    }
    drawing.label((LEFT + drawing.width - RIGHT) / 2, drawing.height - 8, "middle", "", xName);
    drawing.legend();
    for (int i = 0; i < all.size(); i++) {
      drawing.interval(all.get(i), i + 0.35);
    }
    return drawing.end();
  }

  private static DoubleStream ends(List<Interval> all) {
    return all.stream()
        .flatMapToDouble(i -> DoubleStream.concat(stream(i.mine()), stream(i.reference())));
  }

  private void legend() {
    double y = TOP + 10;
    svg.append(format("<path class=\"first\" d=\"M%.1f %.1fh22\"/>", LEFT + 6, y - 4));
    label(LEFT + 36, y, "start", "name", "this run");
    svg.append(format("<path class=\"second\" d=\"M%.1f %.1fh22\"/>", LEFT + 116, y - 4));
    label(LEFT + 146, y, "start", "name", "reference posterior");
  }

  private void interval(Interval interval, double y) {
    label(LEFT - 8, py(y) + 6, "end", "name", interval.name());
    bar(interval.mine(), y, "first", "dot", 4.5);
    if (interval.reference().length > 0) {
      bar(interval.reference(), y + 0.3, "second", "dot2", 3.5);
    }
  }

  private void bar(double[] ends, double y, String style, String dot, double radius) {
    line(style, at(ends[0], y), at(ends[2], y));
    svg.append(
        format(
            "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>\n",
            dot, px(ends[1]), py(y), radius));
  }

  private double px(double x) {
    if (x0 == x1) {
      return (LEFT + width - RIGHT) / 2;
    }
    double share = logarithmic ? Math.log(x / x0) / Math.log(x1 / x0) : (x - x0) / (x1 - x0);
    return LEFT + share * (width - LEFT - RIGHT);
  }

  private double py(double y) {
    return height - BOTTOM - (y - y0) / (y1 - y0) * (height - TOP - BOTTOM);
  }

  private double[] at(double x, double y) {
    return new double[] {px(x), py(y)};
  }

  private void line(String style, double[] from, double[] to) {
    svg.append(
        format(
            "<path class=\"%s\" d=\"M%.1f %.1fL%.1f %.1f\"/>\n",
            style, from[0], from[1], to[0], to[1]));
  }

  private void label(double x, double y, String anchor, String style, String text) {
    svg.append(
        format(
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">", x, y, anchor, style));
    svg.append(Page.escaped(text)).append("</text>\n");
  }

  private String end() {
    return svg.append("</svg>").toString();
  }

  /** Round numbers between {@code low} and {@code high}, about {@code count} of them. */
  static double[] ticks(double low, double high, int count) {
    double raw = (high - low) / count;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double step =
        power * (raw / power < 1.5 ? 1 : raw / power < 3.5 ? 2 : raw / power < 7.5 ? 5 : 10);
    long first = (long) Math.ceil(low / step - 1e-9);
    long last = (long) Math.floor(high / step + 1e-9);
    return LongStream.rangeClosed(first, last).mapToDouble(i -> i * step).toArray();
  }

  /** The numbers 1, 2, 5, 10, 20 … between {@code low} and {@code high}. */
  static double[] decades(double low, double high) {
    return DoubleStream.iterate(1, power -> power <= high, power -> power * 10)
        .flatMap(power -> DoubleStream.of(power, 2 * power, 5 * power))
        .filter(tick -> tick >= low && tick <= high)
        .toArray();
  }

  private static String number(double value) {
    double rounded = Math.rint(value * 1e6) / 1e6;
    return rounded == Math.rint(rounded)
        ? Long.toString((long) rounded)
        : Double.toString(rounded).replaceAll("0+$", "");
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
