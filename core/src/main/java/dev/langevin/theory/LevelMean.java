package dev.langevin.theory;

/**
 * A mean over random rows, or a number that is known.
 *
 * @param value the mean
 * @param standardError its standard error; 0 where the number is known
 */
public record LevelMean(double value, double standardError) {
  /** Of one number (exact) or several (random rows). */
  static LevelMean of(double[] sums) {
    double mean = 0;
    for (double sum : sums) {
      mean += sum / sums.length;
    }
    double squares = 0;
    for (double sum : sums) {
      squares += (sum - mean) * (sum - mean);
    }
    int n = sums.length;
    return new LevelMean(mean, n == 1 ? 0 : Math.sqrt(squares / (n - 1) / n));
  }
}
