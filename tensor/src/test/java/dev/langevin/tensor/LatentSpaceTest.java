package dev.langevin.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.diffusion.Prediction;
import dev.langevin.diffusion.VarianceExploding;
import dev.langevin.math.NamedArray;
import dev.langevin.objective.DenoisingObjective;
import dev.langevin.objective.FormPreconditioning;
import dev.langevin.objective.LevelLaw;
import dev.langevin.objective.Weighting;
import dev.langevin.random.Seed;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NeedsNatives
class LatentSpaceTest {
  private static final Autoencoder RECIPE = new Autoencoder(2, 8, 4, 3, 2, 8);
  private static final int ROWS = 37; // three pieces, the last not full

  @AfterEach
  void allProcessorsAgain() {
    Backend.threads(Runtime.getRuntime().availableProcessors());
  }

  private static List<NamedArray> weights() {
    Layout layout = Network.of(RECIPE).layout();
    return layout.split("", layout.start(Seed.of(8)));
  }

  @Test
  void latentsAndImagesHaveTheirShapesAndDecodingAfterEncodingIsTheNetwork() {
    float[] x = Samples.normal(Seed.of(2), ROWS * 64, 0.5);
    float[] whole = new float[ROWS * 64];
    try (LatentSpace space = new LatentSpace(RECIPE, weights());
        NetworkFunction network = new NetworkFunction(RECIPE, weights())) {
      assertThat(RECIPE.latentShape()).containsExactly(3, 2, 1);
      float[] z = space.encode(x, ROWS);
      assertThat(z).hasSize(ROWS * 6);
      network.apply(x, ROWS, 0.3, whole);
      float[] back = space.decode(z, ROWS);
      for (int i = 0; i < whole.length; i++) {
        assertThat(back[i]).isCloseTo(whole[i], within(1e-5f));
      }
      assertThatIllegalArgumentException().isThrownBy(() -> space.encode(x, ROWS + 1));
    }
  }

  @Test
  void theNumberOfThreadsDoesNotMatterAndRowsAreIndependent() {
    float[] x = Samples.normal(Seed.of(2), ROWS * 64, 0.5);
    try (LatentSpace space = new LatentSpace(RECIPE, weights())) {
      Backend.threads(1);
      float[] z = space.encode(x, ROWS);
      Backend.threads(3);
      assertThat(space.encode(x, ROWS)).isEqualTo(z);
      float[] other = x.clone();
      other[0] += 1;
      float[] moved = space.encode(other, ROWS);
      for (int i = 0; i < z.length; i++) {
        assertThat(moved[i] == z[i]).as("number %s", i).isEqualTo(i >= 6);
      }
    }
  }

  @Test
  void sidesThatCannotBeHalvedAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Autoencoder(1, 28, 30, 4, 2, 32))
        .withMessage("height and width must be divisible by 4 to be halved 2 times, got 28×30");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Autoencoder.fitting(new int[] {7}))
        .withMessageContaining("must be images");
    assertThat(Autoencoder.fitting(new int[] {1, 28, 28}).latentShape()).containsExactly(4, 7, 7);
    assertThat(Architecture.fromMap(RECIPE.toMap())).isEqualTo(RECIPE);
  }

  /** Images of a plane, a and b times two patterns: two numbers each, so that a latent of six loses little; of a latent that is silenced all is lost. */
  @Test
  void itLearnsToReturnWhatItIsShown() {
    float[] ab = Samples.normal(Seed.of(4), 400, 0.5);
    float[] data = new float[200 * 64];
    for (int i = 0; i < data.length; i++) {
      boolean upper = i % 64 % 32 < 16;
      data[i] = ab[i / 64 * 2 + (upper ? 0 : 1)];
    }
    VarianceExploding exploding = new VarianceExploding();
    TrainingSettings settings =
        Samples.settings(RECIPE)
            .withBatch(32)
            .withSteps(250)
            .withLearningRate(5e-3)
            .withObjective(
                new DenoisingObjective(
                    new FormPreconditioning(Prediction.DENOISED, exploding),
                    new Weighting.Plain(Prediction.DENOISED, exploding),
                    new LevelLaw.LogUniform(0.01, 0.02)));
    try (Trainer trainer = new Trainer(settings, data, 200)) {
      for (int i = 0; i < 250; i++) {
        trainer.step();
      }
      try (LatentSpace space = new LatentSpace(RECIPE, trainer.checkpoint().weights())) {
        float[] z = space.encode(data, 200);
        assertThat(meanSquare(space.decode(z, 200), data)).isLessThan(0.02);
        assertThat(meanSquare(space.decode(new float[z.length], 200), data)).isGreaterThan(0.1);
      }
    }
  }

  private static double meanSquare(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]) / a.length;
    }
    return sum;
  }
}
