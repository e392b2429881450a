package dev.langevin.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.Density;
import dev.langevin.math.NamedArray;
import dev.langevin.objective.EdmObjective;
import dev.langevin.random.Seed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@NeedsNatives
class ConservativeTest {
  private static final EdmObjective OBJECTIVE = new EdmObjective(-0.7, 0.9, 0.4);
  private static final double SIGMA = 0.6;

  static List<Conservative> architectures() {
    return List.of(
        new Conservative(new Mlp(4, 16, 2, 0)),
        new Conservative(Samples.unet2D(Map.of("in_channels", 1, "out_channels", 1))));
  }

  private static List<NamedArray> weights(Architecture architecture) {
    Layout layout = Network.of(architecture).layout();
    float[] values = layout.start(Seed.of(9));
    float[] moved = Samples.normal(Seed.of(10), values.length, 0.15);
    for (int i = 0; i < values.length; i++) {
      values[i] += moved[i];
    }
    return layout.split("", values);
  }

  private static double[] points(int count) {
    return Samples.wide(Samples.normal(Seed.of(11), count, 1));
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void theDenoiserIsThePointLessTheSlopeOfTheEnergy(Conservative architecture) {
    int d = architecture.dimension();
    double[] y = points(3 * d);
    double[] energies = new double[3];
    double[] slopes = new double[3 * d];
    double[] denoised = new double[3 * d];
    try (NetworkEnergy energy = new NetworkEnergy(architecture, OBJECTIVE, weights(architecture));
        NetworkDenoiser denoiser =
            new NetworkDenoiser(architecture, OBJECTIVE, weights(architecture))) {
      energy.energies(y, 3, SIGMA, energies, slopes);
      denoiser.denoise(y, 3, SIGMA, denoised);
      for (int i = 0; i < y.length; i++) {
        assertThat(denoised[i]).isCloseTo(y[i] - SIGMA * SIGMA * slopes[i], within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void theSlopeIsTheEnergys(Conservative architecture) {
    try (NetworkEnergy energy = new NetworkEnergy(architecture, OBJECTIVE, weights(architecture))) {
      Density density = energy.at(SIGMA);
      int d = density.dimension();
      double[] x = points(d);
      double[] gradient = new double[d];
      double[] unused = new double[d];
      density.logDensity(x, gradient);
      double largest = 0;
      for (int j = 0; j < d; j += Math.max(1, d / 6)) {
        double h = 0.01; // 32-bit energies of about 10: rounding leaves 1e-4, the fourth order less
        double slope =
            (8 * difference(density, x, j, h, unused) - difference(density, x, j, 2 * h, unused))
                / (12 * h);
        assertThat(slope).as("%d", j).isCloseTo(gradient[j], within(2e-3 * (1 + Math.abs(slope))));
        largest = Math.max(largest, Math.abs(slope));
      }
      assertThat(largest).as("power").isGreaterThan(0.3);
    }
  }

  private static double difference(Density density, double[] x, int j, double h, double[] unused) {
    double[] moved = x.clone();
    moved[j] = x[j] + h;
    double above = density.logDensity(moved, unused);
    moved[j] = x[j] - h;
    return above - density.logDensity(moved, unused);
  }

  /** A gradient's Jacobian is symmetric: ⟨v, J w⟩ = ⟨w, J v⟩; that of a network alone (the broken twin) is not. */
  @ParameterizedTest
  @MethodSource("architectures")
  void theJacobianIsSymmetric(Conservative architecture) {
    assertThat(asymmetry(architecture)).isLessThan(1e-4);
    assertThat(asymmetry(architecture.network())).isGreaterThan(3e-3);
  }

  private static double asymmetry(Architecture architecture) {
    int d = architecture.dimension();
    double[] y = points(d);
    double[] v = Samples.wide(Samples.normal(Seed.of(12), d, 1));
    double[] w = Samples.wide(Samples.normal(Seed.of(13), d, 1));
    double[] denoised = new double[d];
    double[] ofV = new double[d];
    double[] ofW = new double[d];
    try (NetworkDenoiser denoiser =
        new NetworkDenoiser(architecture, OBJECTIVE, weights(architecture))) {
      denoiser.pullBack(y, 1, SIGMA, v, denoised, ofV);
      denoiser.pullBack(y, 1, SIGMA, w, denoised, ofW);
    }
    double vw = 0;
    double wv = 0;
    double size = 0;
    for (int j = 0; j < d; j++) {
      vw += w[j] * ofV[j];
      wv += v[j] * ofW[j];
      size += ofV[j] * ofV[j] + ofW[j] * ofW[j];
    }
    return Math.abs(vw - wv) / Math.sqrt(size * d);
  }

  /** Two narrow heaps at (±0.4, 0): the same network learns as much as the gradient of a scalar as by itself. Both begin with a loss of 1. */
  @Test
  void anEnergyLearnsAsANetworkAloneDoes() {
    Mlp network = new Mlp(2, 32, 2, 0);
    double[] alone = losses(network);
    double[] energy = losses(new Conservative(network));
    assertThat(alone[0]).isCloseTo(energy[0], within(1e-6));
    assertThat(energy[1]).isCloseTo(alone[1], within(0.1 * alone[1]));
    assertThat(energy[1]).as("power: untrained").isLessThan(0.75 * energy[0]);
  }

  /** The first loss, and the mean of the last 40 of 250 steps. */
  private static double[] losses(Architecture architecture) {
    float[] data = Samples.normal(Seed.of(3), 2000, 0.1);
    for (int i = 0; i < data.length; i += 2) {
      data[i] += i % 4 == 0 ? 0.4f : -0.4f;
    }
    TrainingSettings settings =
        TrainingSettings.defaults(architecture, 1)
            .withBatch(128)
            .withSteps(250)
            .withLearningRate(5e-3);
    double[] losses = new double[2];
    try (Trainer trainer = new Trainer(settings, data, 1000)) {
      losses[0] = trainer.step();
      for (int i = 1; i < 250; i++) {
        double loss = trainer.step();
        losses[1] += i >= 210 ? loss / 40 : 0;
      }
    }
    return losses;
  }

  @Test
  void aGradientOfAGradientIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Conservative(new Conservative(new Mlp(2, 4, 1, 0))))
        .withMessageContaining("Conservative");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Conservative(Samples.unet2D(Map.of("out_channels", 4))))
        .withMessageContaining("as many outputs");
    Conservative architecture = new Conservative(new Mlp(2, 8, 1, 0.1, 3));
    assertThat(Architecture.fromMap(architecture.toMap())).isEqualTo(architecture);
    assertThat(architecture.labels()).isEqualTo(3);
    assertThat(architecture.withWidth(4).network()).isEqualTo(new Mlp(2, 4, 1, 0.1, 3));
  }
}
