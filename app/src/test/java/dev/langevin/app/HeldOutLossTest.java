package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.objective.EdmObjective;
import dev.langevin.random.Seed;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class HeldOutLossTest {
  private static final int D = 20;

  private static float[] gaussian(int rows, double sd) {
    RandomGenerator random = Seed.of(1).child("held out").random();
    float[] x = new float[rows * D];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (sd * random.nextGaussian());
    }
    return x;
  }

  /** The exact denoiser of N(0, sd² I), times a factor. */
  private static Denoiser exact(double sd, double factor) {
    return new Denoiser() {
      @Override
      public int dimension() {
        return D;
      }

      @Override
      public void denoise(double[] y, int rows, double sigma, double[] out) {
        for (int i = 0; i < rows * D; i++) {
          out[i] = factor * sd * sd / (sd * sd + sigma * sigma) * y[i];
        }
      }
    };
  }

  @Test
  void isOneForTheExactDenoiserOfAGaussianOfTheObjectivesOwnScale() {
    // λ(σ) σ²s²/(σ² + s²) = 1 at every level for s = σ_data. The mean of 16·32·20 squares of
    // normals scatters by √(2/10240) = 0.014.
    EdmObjective objective = new EdmObjective(-0.8, 1.1, 0.7);
    double loss = new HeldOutLoss(objective, gaussian(600, 0.7), D).of(exact(0.7, 1));
    assertThat(loss).isBetween(1 - 5 * 0.014, 1 + 5 * 0.014);
  }

  @Test
  void isLargerForADenoiserThatIsALittleOff() {
    HeldOutLoss loss = new HeldOutLoss(new EdmObjective(), gaussian(40, 0.5), D);
    assertThat(loss.of(exact(0.5, 0.8))).isGreaterThan(1.2 * loss.of(exact(0.5, 1)));
  }

  @Test
  void isAlwaysTheSameForTheSameDenoiserAndSuffersFewRows() {
    HeldOutLoss loss = new HeldOutLoss(new EdmObjective(), gaussian(3, 0.5), D);
    assertThat(loss.of(exact(0.5, 1))).isEqualTo(loss.of(exact(0.5, 1))).isBetween(0.7, 1.3);
  }
}
