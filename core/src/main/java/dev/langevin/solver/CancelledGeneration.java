package dev.langevin.solver;

import java.io.Serial;

/** A {@link StepListener} asked to stop. The rows that were finished by then are kept here. */
public final class CancelledGeneration extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final int rows;
  private final transient double[] values;

  /**
   * A generation that was stopped.
   *
   * @param rows how many were finished
   * @param asked how many should have been
   * @param values {@code rows × d}, kept and not copied
   */
  public CancelledGeneration(int rows, int asked, double[] values) {
    super("generation stopped with " + rows + " of " + asked + " rows finished");
    this.rows = rows;
    this.values = values;
  }

  /** Number of finished rows; they are the first of those asked for. */
  public int rows() {
    return rows;
  }

  /** The finished rows, {@code rows × d}, row-major. */
  public double[] values() {
    return values.clone();
  }
}
