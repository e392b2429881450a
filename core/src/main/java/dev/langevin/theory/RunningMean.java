package dev.langevin.theory;

/** A mean with its standard error, updated one number at a time (Welford 1962); of numbers that are not negative. */
final class RunningMean {
  /** How many standard errors the limits are away: all but 1 in 370 lie inside where the mean is normal. */
  static final double WIDTH = 3;

  private long count;
  private double mean;
  private double squares;

  void add(double value) {
    count++;
    double gap = value - mean;
    mean += gap / count;
    squares += gap * (value - mean);
  }

  double mean() {
    return mean;
  }

  double standardError() {
    return Math.sqrt(squares / (count - 1.0) / count);
  }

  /** The mean between its limits, the lower one not below 0. */
  Bracket bracket() {
    double half = WIDTH * standardError();
    return new Bracket(mean, Math.max(0, mean - half), mean + half);
  }
}
