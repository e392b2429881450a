package dev.langevin.density;

/**
 * A partial derivative measured by differences (Ridders 1982): central differences at steps h, h/2, h/4, …, whose error is a series
 * in h², extrapolated to h = 0 in a triangle; the entry that changed least against its parents is the answer, and that change, with
 * the rounding error of the differences, its uncertainty.
 */
record Derivative(double value, double uncertainty) {
  private static final int STEPS = 20;
  private static final int COLUMNS = 6;

  /** ∂ log p/∂x[i] at {@code x}, which is moved and put back. */
  static Derivative of(LogDensity density, double[] x, int i) {
    double at = x[i];
    double step = 0.1 * Math.max(1, Math.abs(at));
    double[] above = new double[COLUMNS]; // the triangle's last complete row
    double[] row = new double[COLUMNS];
    int rows = 0;
    Derivative best = new Derivative(Double.NaN, Double.POSITIVE_INFINITY);
    for (int s = 0; s < STEPS; s++, step *= 0.5) {
      double up = at + step;
      double down = at - step;
      double upper = moved(density, x, i, up);
      double lower = moved(density, x, i, down);
      double difference = (upper - lower) / (up - down);
      if (!Double.isFinite(difference)) {
        rows = 0; // a step across the border: begin again with smaller ones
        continue;
      }
      row[0] = difference;
      double rounding = 4 * Math.ulp(Math.max(Math.abs(upper), Math.abs(lower))) / (up - down);
      best = refine(above, row, Math.min(rows, COLUMNS - 1), rounding, best);
      double[] swap = above;
      above = row;
      row = swap;
      rows++;
    }
    x[i] = at;
    return best;
  }

  private static double moved(LogDensity density, double[] x, int i, double value) {
    x[i] = value;
    return density.logDensity(x);
  }

  /** Fills a row of the triangle: column c removes the error term in h^(2c). */
  private static Derivative refine(
      double[] above, double[] row, int columns, double rounding, Derivative best) {
    double factor = 1;
    for (int c = 1; c <= columns; c++) {
      factor *= 4;
      row[c] = (factor * row[c - 1] - above[c - 1]) / (factor - 1);
      double change = Math.max(Math.abs(row[c] - row[c - 1]), Math.abs(row[c] - above[c - 1]));
      double uncertainty = change + rounding;
      if (uncertainty < best.uncertainty) {
        best = new Derivative(row[c], uncertainty);
      }
    }
    return best;
  }
}
