package dev.langevin.mcmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.DataScore;
import dev.langevin.density.target.Gaussian;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StochasticGradientLangevinTest {
  private static final Seed SEED = Seed.of(20).child("stochastic gradient");
  private static final double[] Y = {0.3, -1.1, 2.4, 0.9, 1.6};

  /** y_i ~ N(x, 1/tau), x ~ N(0, 1/rho); the twin forgets part of the n/b by which a batch stands for all. */
  private record NormalMean(double[] y, double tau, double rho, double rescaling)
      implements DataScore {
    NormalMean(double[] y, double tau, double rho) {
      this(y, tau, rho, 1);
    }

    @Override
    public int dimension() {
      return 1;
    }

    @Override
    public int size() {
      return y.length;
    }

    @Override
    public void prior(double[] x, double[] out) {
      out[0] = -rho * x[0];
    }

    @Override
    public void add(int i, double[] x, double weight, double[] out) {
      out[0] += rescaling * weight * tau * (y[i] - x[0]);
    }

    double precision() {
      return rho + y.length * tau;
    }

    double posteriorMean() {
      return tau * sum() / precision();
    }

    private double sum() {
      double sum = 0;
      for (double value : y) {
        sum += value;
      }
      return sum;
    }

    /** V of the recipe's formula. */
    double noise(int batch) {
      int n = y.length;
      double squares = 0;
      for (double value : y) {
        squares += (value - sum() / n) * (value - sum() / n);
      }
      return (double) n * n / batch * (1 - (double) batch / n) * tau * tau * squares / (n - 1);
    }

    double stationaryVariance(int batch, double h) {
      double lambda = precision();
      return (1 + h * noise(batch) / 2) / (lambda * (1 - h * lambda / 2));
    }
  }

  /** Normals all the same, and integers that are handed in. */
  private record Scripted(double normal, int[] integers, int[] next) implements RandomGenerator {
    Scripted(double normal, int... integers) {
      this(normal, integers, new int[1]);
    }

    @Override
    public long nextLong() {
      throw new UnsupportedOperationException("normals and integers only");
    }

    @Override
    public double nextGaussian() {
      return normal;
    }

    @Override
    public int nextInt(int bound) {
      int value = integers[next[0]++];
      assertThat(value).isLessThan(bound);
      return value;
    }
  }

  private static double step(Kernel kernel, double x, double normal, int... integers) {
    State state = kernel.start(new double[] {x});
    kernel.step(state, new Scripted(normal, integers));
    return state.position()[0];
  }

  /**
   * All 5 · 4 ordered batches of the real kernel, each with probability 1/20: mean and variance of a step without its normal. With a x + const the mean,
   * b the factor of the normal and V the variance over batches, the law settles at variance (V + b²)/(1 - a²).
   */
  @ParameterizedTest
  @CsvSource({"0.05, 1, 0.5", "0.2, 0.7, 2", "0.01, 3, 0.1"})
  void theStationaryLawIsTheKnownOne(double h, double tau, double rho) {
    NormalMean data = new NormalMean(Y, tau, rho);
    Kernel kernel = new StochasticGradientLangevin(h, 2).on(data);
    double mean = data.posteriorMean();
    double[] there = overBatches(kernel, mean);
    assertThat(there[0]).as("unbiased").isCloseTo(mean, within(1e-13));
    assertThat(there[1]).isCloseTo(h * h * data.noise(2), within(1e-12));
    double a = overBatches(kernel, mean + 1)[0] - mean;
    double b = step(kernel, mean, 1, 0, 0) - step(kernel, mean, 0, 0, 0);
    double expected = data.stationaryVariance(2, h);
    assertThat((there[1] + b * b) / (1 - a * a)).isCloseTo(expected, within(1e-11 * expected));
  }

  private static double[] overBatches(Kernel kernel, double x) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 4; j++) {
        double y = step(kernel, x, 0, i, j) - x;
        sum += y / 20;
        squares += y * y / 20;
      }
    }
    return new double[] {x + sum, squares - sum * sum};
  }

  /** Independent chains from the mean, long enough; z of the variance for n draws of a near-normal law: 4.9 is 1e-6. */
  private static double standardisedVariance(DataScore data, NormalMean truth) {
    double h = 0.12;
    int batch = 2;
    int chains = 20_000;
    Kernel kernel = new StochasticGradientLangevin(h, batch).on(data);
    AddressedRandom random = SEED.random();
    double[] gaps = new double[chains];
    for (int c = 0; c < chains; c++) {
      random.moveTo(SEED.child(c));
      State state = kernel.start(new double[] {truth.posteriorMean()});
      for (int i = 0; i < 40; i++) {
        kernel.step(state, random);
      }
      gaps[c] = state.position()[0] - truth.posteriorMean();
    }
    double second = 0;
    double fourth = 0;
    for (double gap : gaps) {
      second += gap * gap / chains;
      fourth += gap * gap * gap * gap / chains;
    }
    double error = Math.sqrt((fourth - second * second) / chains);
    return (second - truth.stationaryVariance(batch, h)) / error;
  }

  @Test
  void manyChainsHaveThatVariance() {
    NormalMean data = new NormalMean(Y, 1, 0.5);
    assertThat(standardisedVariance(data, data)).isBetween(-4.9, 4.9);
  }

  @Test
  void aBatchThatIsNotScaledUpIsCaught() {
    NormalMean data = new NormalMean(Y, 1, 0.5);
    double wrong = standardisedVariance(new NormalMean(Y, 1, 0.5, 2.0 / 5), data);
    assertThat(Math.abs(wrong)).isGreaterThan(4.9);
  }

  /** Both are ULA on the posterior, draw for draw: all data have no noise, and control variates take all of it from quadratic terms. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void withoutNoiseItIsUla(boolean controlled) {
    NormalMean data = new NormalMean(Y, 0.8, 0.5);
    double h = 0.1;
    Kernel kernel =
        controlled
            ? new StochasticGradientLangevin(h, 1).on(data, new double[] {0.2})
            : new StochasticGradientLangevin(h, 5).on(data);
    Kernel ula =
        new Ula(h)
            .on(
                Gaussian.diagonal(
                    new double[] {data.posteriorMean()},
                    new double[] {1 / Math.sqrt(data.precision())}));
    State one = kernel.start(new double[] {3});
    State other = ula.start(new double[] {3});
    AddressedRandom random = SEED.random();
    for (int i = 0; i < 200; i++) {
      kernel.step(one, random.moveTo(SEED.child(i)));
      ula.step(other, random.moveTo(SEED.child(i)));
      assertThat(one.position()[0]).isCloseTo(other.position()[0], within(1e-12));
    }
  }

  /** The batch is put back: a step depends on its state and random numbers, and not on the steps before. */
  @Test
  void aStepDependsOnNoOtherStep() {
    NormalMean data = new NormalMean(Y, 1, 0.5);
    Kernel used = new StochasticGradientLangevin(0.1, 3).on(data);
    for (int i = 0; i < 50; i++) {
      State state = used.start(new double[] {1});
      used.step(state, SEED.child(i).random());
      State fresh = new StochasticGradientLangevin(0.1, 3).on(data).start(new double[] {1});
      new StochasticGradientLangevin(0.1, 3).on(data).step(fresh, SEED.child(i).random());
      assertThat(state.position()).containsExactly(fresh.position());
    }
  }

  @Test
  void whatIsNotFiniteIsADivergence() {
    Kernel kernel =
        new StochasticGradientLangevin(1, 5)
            .on(new NormalMean(new double[] {1, 2, 3, 4, Double.NaN}, 1, 1));
    State state = kernel.start(new double[] {7});
    Outcome outcome = kernel.step(state, SEED.random());
    assertThat(outcome.diverged()).isTrue();
    assertThat(outcome.reason()).isEqualTo("gradient estimate is NaN");
    assertThat(state.position()).containsExactly(7);
    assertThat(state.logDensity()).isNaN();
  }

  @Test
  void nonsenseIsRefused() {
    NormalMean data = new NormalMean(Y, 1, 1);
    assertThatThrownBy(() -> new StochasticGradientLangevin(0, 1))
        .hasMessage("stepSize must be positive and finite, got 0.0");
    assertThatThrownBy(() -> new StochasticGradientLangevin(1, 0))
        .hasMessage("batch must be at least 1, got 0");
    StochasticGradientLangevin greedy = new StochasticGradientLangevin(1, 6);
    assertThatThrownBy(() -> greedy.on(data)).hasMessage("batch must be between 1 and 5, got 6");
    StochasticGradientLangevin recipe = new StochasticGradientLangevin(1, 2);
    assertThatThrownBy(() -> recipe.on(data, new double[2]))
        .hasMessage("centre must be of length 1, got length 2");
    assertThatThrownBy(() -> recipe.on(data).start(new double[] {Double.NaN}))
        .hasMessage("x[0] must be finite, got NaN");
  }
}
