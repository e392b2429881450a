package dev.langevin.solver;

import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;

/**
 * Each row's own numbers: row r starts from {@code seed.child(r).child(0)}, and step k reads {@code seed.child(r).child(k + 1)}, all its blocks one after the other. So they do not depend on the
 * batch, the number of rows, the thread or the machine.
 *
 * @param seed address of all random numbers
 */
public record AddressedNoise(Seed seed) implements NoiseSource {
  @Override
  public boolean rowByRow() {
    return true;
  }

  @Override
  public Reader reader(int d, int rows) {
    return new RowReader(seed, d, rows);
  }

  private static final class RowReader implements Reader {
    private final Seed seed;
    private final int d;
    private final Seed[] addresses;
    private final AddressedRandom random;
    private int rows;

    RowReader(Seed seed, int d, int most) {
      this.seed = seed;
      this.d = d;
      addresses = new Seed[most];
      random = seed.random();
    }

    @Override
    public void begin(long first, int count) {
      rows = count;
      for (int r = 0; r < rows; r++) {
        addresses[r] = seed.child(first + r);
      }
    }

    @Override
    public void fill(int step, int blocks, double[] out) {
      for (int r = 0; r < rows; r++) {
        random.moveTo(addresses[r].child(step));
        for (int m = 0; m < blocks; m++) {
          int from = (m * rows + r) * d;
          random.fillGaussian(out, from, from + d);
        }
      }
    }
  }
}
