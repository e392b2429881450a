package dev.langevin.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langevin.density.Score;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.random.Allocation;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is called thousands of times allocates nothing, once it has seen its largest batch. */
class DenoiserAllocationTest {
  private static final int D = 6;
  private static final int ROWS = 9;
  private static final int CALLS = 2000;

  private record Named(String name, Denoiser denoiser) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static GaussianMixture mixture() {
    double[][][] covariances = new double[3][D][D];
    double[][] means = new double[3][D];
    for (int k = 0; k < 3; k++) {
      for (int j = 0; j < D; j++) {
        means[k][j] = k - 0.3 * j;
        covariances[k][j][j] = k == 0 ? 0.5 : 1 + j;
      }
    }
    covariances[2][0][1] = 0.4;
    covariances[2][1][0] = 0.4;
    return GaussianMixture.of(new double[] {0.2, 0.3, 0.5}, means, covariances);
  }

  static List<Named> denoisers() {
    GaussianMixtureDenoiser exact = new GaussianMixtureDenoiser(mixture());
    GaussianDenoiser normal = new GaussianDenoiser(mixture().mean(), mixture().covariance());
    Score score = mixture().noised(1, 0.7);
    LinearObservation seen =
        LinearObservation.ofCoordinates(D, new int[] {3, 0}, new double[] {1, -1}, 0.4);
    return List.of(
        new Named("normal", normal),
        new Named("mixture", exact),
        new Named("empirical", new EmpiricalDenoiser(normals(200), D)),
        new Named("by classifier", Guidance.byClassifier(exact, sigma -> score, 1.5)),
        new Named("classifier-free", Guidance.classifierFree(exact, normal, 1.5)),
        new Named("dps", PosteriorGuidance.dps(exact, seen, 1)),
        new Named("pseudoinverse", PosteriorGuidance.pseudoinverse(exact, seen, 1.1, 1)),
        new Named("of a score", Scores.denoiser(D, new OrnsteinUhlenbeck(), t -> score)),
        new Named(
            "of the velocity",
            Predictions.denoiser(
                D,
                Prediction.VELOCITY,
                new StraightPath(),
                Predictions.of(exact, Prediction.VELOCITY, new StraightPath()))));
  }

  private static double[] normals(int rows) {
    double[] values = new double[rows * D];
    Seed.of(9).random().fillGaussian(values, 0, values.length);
    return values;
  }

  @ParameterizedTest
  @MethodSource("denoisers")
  void a_call_allocates_nothing(Named named) throws ReflectiveOperationException {
    assertThat(least(named.denoiser())).as("bytes for %s calls", CALLS).isLessThan(CALLS);
  }

  @ParameterizedTest
  @EnumSource
  void nor_does_a_product_with_the_jacobian(Exact exact) throws ReflectiveOperationException {
    DifferentiableDenoiser denoiser =
        (DifferentiableDenoiser) denoisers().get(exact.ordinal()).denoiser();
    double[] v = normals(ROWS);
    double[] product = new double[v.length];
    Denoiser pulled =
        new Denoiser() {
          @Override
          public int dimension() {
            return D;
          }

          @Override
          public void denoise(double[] y, int rows, double sigma, double[] out) {
            denoiser.pullBack(y, rows, sigma, v, out, product);
          }
        };
    assertThat(least(pulled)).as("bytes for %s calls", CALLS).isLessThan(CALLS);
  }

  /** In the order of {@link #denoisers}. */
  enum Exact {
    NORMAL,
    MIXTURE,
    EMPIRICAL
  }

  /** The broken twin: a denoiser that copies its rows is seen. */
  @Test
  void one_array_a_call_would_be_seen() throws ReflectiveOperationException {
    Denoiser copying =
        new Denoiser() {
          @Override
          public int dimension() {
            return D;
          }

          @Override
          public void denoise(double[] y, int rows, double sigma, double[] out) {
            kept = Arrays.copyOf(y, rows * D);
          }
        };
    assertThat(least(copying)).isGreaterThan(CALLS * ROWS * D * 8L);
    assertThat(kept).hasSize(ROWS * D);
  }

  private double[] kept = new double[0];

  /** The least of a few series, after one that warms up: the virtual machine may have something of its own to store in one of them. */
  private static long least(Denoiser denoiser) throws ReflectiveOperationException {
    double[] y = normals(ROWS);
    double[] out = new double[y.length];
    series(denoiser, y, out);
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long before = Allocation.bytes();
      series(denoiser, y, out);
      least = Math.min(least, Allocation.bytes() - before);
    }
    return least;
  }

  private static void series(Denoiser denoiser, double[] y, double[] out) {
    for (int i = 0; i < CALLS; i++) {
      denoiser.denoise(y, 1 + i % ROWS, i % 2 == 0 ? 0.7 : 0.3, out);
      denoiser.denoise(y, ROWS, 0.5, out);
    }
  }
}
