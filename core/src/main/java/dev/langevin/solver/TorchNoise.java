package dev.langevin.solver;

import dev.langevin.random.TorchRandom;

/**
 * The numbers that diffusers' pipelines draw on the CPU with {@code generator = torch.Generator().manual_seed(seed)}: one {@code randn} of the whole batch for the start, and one for every block of
 * every step, 32 bits each, one after the other ({@link TorchRandom}). With the same network and scheduler the same seed then gives the same pictures.
 *
 * <p>The promise is weaker than that of {@link AddressedNoise}: a row's numbers depend on how many rows there are. So a generation with them is one batch; threads work inside of the denoiser.
 *
 * @param seed as for {@code manual_seed}; its lower 32 bits count
 */
public record TorchNoise(long seed) implements NoiseSource {
  @Override
  public boolean rowByRow() {
    return false;
  }

  @Override
  public Reader reader(int d, int rows) {
    return new BatchReader(d);
  }

  private final class BatchReader implements Reader {
    private final int d;
    private TorchRandom random = new TorchRandom(seed);
    private float[] numbers = new float[0];

    BatchReader(int d) {
      this.d = d;
    }

    @Override
    public void begin(long first, int rows) {
      random = new TorchRandom(seed);
      numbers = new float[rows * d];
    }

    @Override
    public void fill(int step, int blocks, double[] out) {
      for (int m = 0; m < blocks; m++) {
        random.fillNormal(numbers);
        int from = m * numbers.length;
        for (int i = 0; i < numbers.length; i++) {
          out[from + i] = numbers[i];
        }
      }
    }
  }
}
