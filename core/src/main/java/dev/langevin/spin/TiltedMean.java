package dev.langevin.spin;

/**
 * The mean of a model on {-1, 1}^n tilted by y: m(y) = E[x] under p(x) exp(⟨y, x⟩), the drift of localisation. Exact or approximate; it
 * tells of its last call how well it went. Rows are independent: the result of a row never depends on its batch. Called by one thread at a
 * time.
 */
public interface TiltedMean {
  /** n, the number of spins. */
  int dimension();

  /**
   * Replaces a guess of the mean by the mean, for every row.
   *
   * @param y the tilts, {@code rows × n}, row-major; must not be written to or kept
   * @param rows at least 1; the arrays may be longer
   * @param m {@code rows × n}; on entry where to start from (entries in [-1, 1]; an exact method ignores it), on return the means
   */
  void mean(double[] y, int rows, double[] m);

  /** Iterations that this row of the last call took; 0 for an exact method. */
  int iterations(int row);

  /** Whether this row of the last call reached its tolerance. */
  boolean converged(int row);

  /** How far this row of the last call still moved in its last iteration, root mean square over spins; 0 for an exact method. */
  double residual(int row);
}
