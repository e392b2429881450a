package dev.langevin.tensor;

import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;

/** The rows of a data set in an order that is new in each pass through them, and depends on the seed and the pass only. */
final class RowOrder {
  private final Seed seed;
  private final AddressedRandom random;
  private final int[] order;
  private long pass = -1;

  /**
   * An order.
   *
   * @param seed below which the passes' addresses lie
   * @param rows how many there are
   */
  RowOrder(Seed seed, int rows) {
    this.seed = seed;
    random = seed.random();
    order = new int[rows];
  }

  /** The row that is shown as number {@code shown} since the beginning. */
  int row(long shown) {
    if (shown / order.length != pass) {
      pass = shown / order.length;
      random.moveTo(seed.child(pass));
      for (int i = 0; i < order.length; i++) { // inside-out Fisher–Yates
        int j = random.nextInt(i + 1);
        order[i] = order[j];
        order[j] = i;
      }
    }
    return order[(int) (shown % order.length)];
  }
}
