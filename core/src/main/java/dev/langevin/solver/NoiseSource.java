package dev.langevin.solver;

/**
 * Where the standard normal numbers of a {@link Generation} come from. {@link AddressedNoise} gives every row its own, whatever its batch; {@link TorchNoise} gives those that PyTorch would, which
 * depend on the batch. Immutable; each thread asks for a {@link Reader} of its own.
 */
public interface NoiseSource {
  /** Whether a row's numbers depend on the row's number alone. If not, a generation must be a single batch, rows 0 to its last. */
  boolean rowByRow();

  /**
   * A reader for one thread.
   *
   * @param d coordinates of a row
   * @param rows of a batch at most
   */
  Reader reader(int d, int rows);

  /** Reads the numbers of one batch after the other. */
  interface Reader {
    /**
     * Moves to a batch.
     *
     * @param first its first row's number
     * @param rows how many rows it has
     */
    void begin(long first, int rows);

    /**
     * Fills {@code blocks} blocks of {@code rows × d} numbers, block m from {@code out[m · rows · d]} on. Called for the start with step 0, and then, by solvers that need fresh noise, for the N steps in
     * order, with 1 … N.
     */
    void fill(int step, int blocks, double[] out);
  }
}
