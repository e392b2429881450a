package dev.langevin.spin;

/**
 * How one sample came about.
 *
 * @param evaluations means computed along the way
 * @param iterations iterations of all of them together, AMP's and the polish's
 * @param unconverged how many of the means missed their tolerance
 * @param worstResidual the largest residual that a mean was accepted with
 * @param spread 1 - ‖m‖²/n at the end, from 0 to 1: the variance per spin that was left to independent rounding
 */
public record Account(
    int evaluations, long iterations, int unconverged, double worstResidual, double spread) {

  /** The account while it is being written. */
  static final class Tally {
    private int evaluations;
    private long iterations;
    private int unconverged;
    private double worst;

    void add(TiltedMean mean, int row) {
      evaluations++;
      iterations += mean.iterations(row);
      unconverged += mean.converged(row) ? 0 : 1;
      worst = Math.max(worst, mean.residual(row));
    }

    Account account(double spread) {
      return new Account(evaluations, iterations, unconverged, worst, spread);
    }
  }
}
