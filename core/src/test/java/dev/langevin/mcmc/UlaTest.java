package dev.langevin.mcmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.Gaussian;
import dev.langevin.random.Seed;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UlaTest {
  private static final Seed SEED = Seed.of(20).child("ula");

  /** A generator whose normals are all the same, so that a step can be read as the linear map that it is. */
  private record Constant(double normal) implements RandomGenerator {
    @Override
    public long nextLong() {
      throw new UnsupportedOperationException("normals and uniforms only");
    }

    @Override
    public double nextDouble() {
      return 0.5;
    }

    @Override
    public double nextGaussian() {
      return normal;
    }
  }

  /**
   * On N(m, 1/λ) a step is x' = m + a(x - m) + b xi. The kernel itself is asked for a and b; then mean and variance follow exactly,
   * e' = a e, V' = a² V + b², and the variance must settle at 1/(λ(1 - hλ/2)).
   */
  @ParameterizedTest
  @CsvSource({"2.5, 0.3, 1", "0.4, 0.9, 1", "1, 1.5, 1", "2.5, 0.2, 1.7"})
  void theStationaryVarianceIsTheKnownOne(double precision, double h, double inverseMass) {
    double mean = 0.7;
    double a = (stepFrom(mean + 1, 0, precision, h, inverseMass) - mean);
    double b = stepFrom(mean, 1, precision, h, inverseMass) - mean;
    double gap = 5;
    double variance = 0;
    for (int i = 0; i < 2000; i++) {
      gap = a * gap;
      variance = a * a * variance + b * b;
    }
    double standardised = precision * inverseMass;
    assertThat(gap).isCloseTo(0, within(1e-12));
    assertThat(variance)
        .isCloseTo(1 / (precision * (1 - h * standardised / 2)), within(1e-12 * 10 / precision));
  }

  private static double stepFrom(
      double x, double xi, double precision, double h, double inverseMass) {
    TunableKernel kernel =
        new Ula(h)
            .on(Gaussian.diagonal(new double[] {0.7}, new double[] {1 / Math.sqrt(precision)}));
    kernel.tuning().metric(Metric.diagonal(inverseMass));
    State state = kernel.start(new double[] {x});
    kernel.step(state, new Constant(xi));
    return state.position()[0];
  }

  /** n = 200000 correlated draws, about n h/2 of them independent: sd of the variance about V sqrt(2/30000), six of them allowed (2e-9). */
  @Test
  void aLongChainHasThatVariance() {
    double h = 0.3;
    TunableKernel kernel = new Ula(h).on(Gaussian.iid(1));
    State state = kernel.start(new double[1]);
    RandomGenerator random = SEED.random();
    double sum = 0;
    int n = 200_000;
    for (int i = 0; i < n; i++) {
      kernel.step(state, random);
      sum += state.position()[0] * state.position()[0];
    }
    double expected = 1 / (1 - h / 2);
    double allowed = 6 * expected * Math.sqrt(2 / (n * h / 2));
    assertThat(sum / n).isCloseTo(expected, within(allowed));
    assertThat(expected - 1).as("the bias is far outside").isGreaterThan(2 * allowed);
  }

  @Test
  void aStepThatIsTooLargeIsTakenAllTheSame() {
    TunableKernel kernel = new Ula(3).on(Gaussian.iid(1));
    State state = kernel.start(new double[] {1e4});
    Outcome outcome = kernel.step(state, SEED.random());
    assertThat(outcome.moved()).isTrue();
    assertThat(outcome.acceptance()).isZero();
    assertThat(state.position()[0]).isLessThan(-1.9e4);
  }
}
