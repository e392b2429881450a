package dev.langevin.objective;

import dev.langevin.math.Check;

/**
 * A loss estimated from rows.
 *
 * @param value mean over the rows
 * @param standardError standard deviation of the rows' losses over √n: what another sample of rows would change
 */
public record LossEstimate(double value, double standardError) {
  /** Of independent rows' losses, at least two. */
  static LossEstimate of(double[] losses) {
    int n = Check.atLeast("rows", losses.length, 2);
    double mean = 0;
    for (double loss : losses) {
      mean += loss / n;
    }
    double squares = 0;
    for (double loss : losses) {
      squares += (loss - mean) * (loss - mean);
    }
    return new LossEstimate(mean, Math.sqrt(squares / (n - 1) / n));
  }
}
