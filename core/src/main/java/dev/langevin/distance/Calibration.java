package dev.langevin.distance;

/**
 * A line a + b·logit that makes a classifier's logits right on some rows (Platt 1999): the most likely one for these rows' classes, both weighing the same, with b held near 0 by
 * a prior of standard deviation {@value #SPREAD} so that separable rows leave it finite. Newton's method; O(rows) a step.
 *
 * @param offset a
 * @param slope b
 */
record Calibration(double offset, double slope) {
  private static final double SPREAD = 2;
  private static final int STEPS = 30;

  double at(double logit) {
    return offset + slope * logit;
  }

  /**
   * Fits.
   *
   * @param logits one for each row
   * @param rows which rows
   * @param zeros rows below this index are of class 0, the others of class 1
   */
  static Calibration of(double[] logits, int[] rows, int zeros) {
    double ones = 0;
    for (int row : rows) {
      ones += row >= zeros ? 1 : 0;
    }
    double[] weight = {0.5 / Math.max(1, rows.length - ones), 0.5 / Math.max(1, ones)};
    double precision = 1 / (SPREAD * SPREAD * Math.max(1, rows.length));
    Calibration line = new Calibration(0, 0);
    for (int step = 0; step < STEPS; step++) {
      line = line.improved(logits, rows, zeros, weight, precision);
    }
    return line;
  }

  /** One step of Newton's method. */
  private Calibration improved(
      double[] logits, int[] rows, int zeros, double[] weight, double precision) {
    double ga = -precision * offset;
    double gb = -precision * slope;
    double haa = precision;
    double hab = 0;
    double hbb = precision;
    for (int row : rows) {
      int target = row >= zeros ? 1 : 0;
      double x = logits[row];
      double p = 1 / (1 + StrictMath.exp(-at(x)));
      double error = weight[target] * (target - p);
      double curvature = weight[target] * p * (1 - p);
      ga += error;
      gb += error * x;
      haa += curvature;
      hab += curvature * x;
      hbb += curvature * x * x;
    }
    double determinant = haa * hbb - hab * hab;
    double stepA = (hbb * ga - hab * gb) / determinant;
    double stepB = (haa * gb - hab * ga) / determinant;
    // far from the optimum Newton's step can overshoot; a step of the size of the prior cannot be
    // needed
    double shrink = Math.min(1, 1 / Math.max(Math.abs(stepA), Math.abs(stepB)));
    return new Calibration(offset + shrink * stepA, slope + shrink * stepB);
  }
}
