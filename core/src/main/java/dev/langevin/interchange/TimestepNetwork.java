package dev.langevin.interchange;

/** A network F(x, t) as diffusers calls it: its input already scaled, and its timestep (a noise level, for some) the same for all rows. */
public interface TimestepNetwork {
  /** d, the number of coordinates of a row. */
  int dimension();

  /**
   * Writes F(x, t) for every row.
   *
   * @param x {@code rows × d}, row-major; must not be written to or kept
   * @param rows at least 1; the arrays may be longer
   * @param timestep t, finite; no whole number for some schedulers
   * @param out {@code rows × d}, overwritten; not the same array as {@code x}
   */
  void evaluate(double[] x, int rows, double timestep, double[] out);
}
