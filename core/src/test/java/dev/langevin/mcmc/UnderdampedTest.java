package dev.langevin.mcmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.Density;
import dev.langevin.density.target.Gaussian;
import dev.langevin.mcmc.Underdamped.Scheme;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UnderdampedTest {
  private static final Seed SEED = Seed.of(20).child("underdamped");
  private static final double MEAN = 0.7;

  /** A generator whose first normal, or second, is 1 and the others 0, so that a step can be read as the linear map that it is. */
  private static final class Impulse implements RandomGenerator {
    private int left;

    Impulse(int which) {
      left = which;
    }

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
      return left-- == 0 ? 1 : 0;
    }
  }

  /** A step (x, w)' = mean + A ((x, w) - mean) + B xi on a Gaussian, as the kernel itself makes it. */
  private record LinearStep(double[][] a, double[][] b) {
    static LinearStep of(TunableKernel kernel) {
      double[][] a = new double[2][2];
      double[][] b = new double[2][2];
      for (int k = 0; k < 2; k++) {
        double[] moved = step(kernel, k == 0 ? 1 : 0, k == 1 ? 1 : 0, -1);
        double[] kicked = step(kernel, 0, 0, k);
        for (int i = 0; i < 2; i++) {
          a[i][k] = moved[i];
          b[i][k] = kicked[i];
        }
      }
      return new LinearStep(a, b);
    }

    private static double[] step(TunableKernel kernel, double gap, double w, int impulse) {
      State state = kernel.start(new double[] {MEAN + gap});
      state.memory()[0] = w;
      kernel.step(state, new Impulse(impulse));
      return new double[] {state.position()[0] - MEAN, state.memory()[0]};
    }

    /** The covariance at which V = A V Aᵀ + B Bᵀ, from 0 by as many steps as it takes. */
    double[][] stationary() {
      double[][] v = new double[2][2];
      for (int n = 0; n < 20_000; n++) {
        v = next(v);
      }
      return v;
    }

    private double[][] next(double[][] v) {
      double[][] next = new double[2][2];
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 2; j++) {
          for (int k = 0; k < 2; k++) {
            next[i][j] += b[i][k] * b[j][k];
            for (int l = 0; l < 2; l++) {
              next[i][j] += a[i][k] * v[k][l] * a[j][l];
            }
          }
        }
      }
      return next;
    }
  }

  private static TunableKernel kernel(
      Scheme scheme, double h, double friction, double precision, double inverseMass) {
    Density target =
        Gaussian.diagonal(new double[] {MEAN}, new double[] {1 / Math.sqrt(precision)});
    TunableKernel kernel = new Underdamped(h, friction, scheme).on(target);
    kernel.tuning().metric(Metric.diagonal(inverseMass));
    return kernel;
  }

  /** Positions of variance 1/(λ (1 - h²λ/4)), momenta of variance 1, uncorrelated; λ in the metric's units. */
  @ParameterizedTest
  @CsvSource({"0.3, 1, 2.5, 1", "1.2, 0.4, 1, 1", "1.9, 3, 1, 1", "0.5, 1.5, 2.5, 1.7"})
  void obaboHasTheKnownVariance(double h, double friction, double precision, double inverseMass) {
    double[][] v =
        LinearStep.of(kernel(Scheme.OBABO, h, friction, precision, inverseMass)).stationary();
    double standardised = precision * inverseMass;
    double expected = 1 / (precision * (1 - h * h * standardised / 4));
    assertThat(v[0][0]).isCloseTo(expected, within(1e-11 * expected));
    assertThat(v[0][1]).isCloseTo(0, within(1e-11));
    assertThat(v[1][1]).isCloseTo(1, within(1e-11));
  }

  /** Positions exact; all of the error is in the momenta, of variance 1 - h²λ/4. */
  @ParameterizedTest
  @CsvSource({"0.3, 1, 2.5, 1", "1.2, 0.4, 1, 1", "1.9, 3, 1, 1", "0.5, 1.5, 2.5, 1.7"})
  void baoabHasTheExactVariance(double h, double friction, double precision, double inverseMass) {
    double[][] v =
        LinearStep.of(kernel(Scheme.BAOAB, h, friction, precision, inverseMass)).stationary();
    assertThat(v[0][0]).isCloseTo(1 / precision, within(1e-11 / precision));
    assertThat(v[0][1]).isCloseTo(0, within(1e-11));
    assertThat(v[1][1]).isCloseTo(1 - h * h * precision * inverseMass / 4, within(1e-11));
  }

  @ParameterizedTest
  @EnumSource
  void theStepIsStableBelowTwoAndNotAbove(Scheme scheme) {
    assertThat(LinearStep.of(kernel(scheme, 1.99, 1, 1, 1)).stationary()[0][0]).isLessThan(101);
    assertThat(LinearStep.of(kernel(scheme, 2.05, 1, 1, 1)).stationary()[0][0])
        .matches(v -> !(v < 1e6));
  }

  /** Restarts from exact draws of the scheme's own law, so draws are independent: n of them, sd of the variance V sqrt(2/n), 4.9 of them allowed (1e-6). */
  @ParameterizedTest
  @EnumSource
  void manyChainsHaveThatVariance(Scheme scheme) {
    double h = 1.1;
    TunableKernel kernel = kernel(scheme, h, 0.8, 1, 1);
    AddressedRandom random = SEED.random();
    int n = 50_000;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      random.moveTo(SEED.child(scheme.name()).child(i));
      State state = kernel.start(new double[] {MEAN + random.nextGaussian()});
      Momentum.refresh(state.memory(), random);
      for (int step = 0; step < 40; step++) {
        kernel.step(state, random);
      }
      double gap = state.position()[0] - MEAN;
      sum += gap * gap;
    }
    double biased = 1 / (1 - h * h / 4);
    double expected = scheme == Scheme.OBABO ? biased : 1;
    double allowed = 4.9 * expected * Math.sqrt(2.0 / n);
    assertThat(sum / n).isCloseTo(expected, within(allowed));
    assertThat(biased - 1).as("the other scheme's value is far outside").isGreaterThan(8 * allowed);
  }

  /** With friction without end each half refreshment draws a fresh momentum: OBABO's test is MALA's, with h = eps²/2. */
  @Test
  void adjustedObaboWithEndlessFrictionIsMala() {
    BentLogistic density = new BentLogistic();
    double eps = 0.9;
    Kernel mala = new Mala(eps * eps / 2).on(density);
    Kernel obabo = new Underdamped(eps, 1e4, Scheme.OBABO, true, false).on(density);
    AddressedRandom random = SEED.random();
    int moved = 0;
    for (int i = 0; i < 500; i++) {
      double[] x = {0.01 * i - 2.5, 1};
      State one = mala.start(x);
      State other = obabo.start(x);
      Outcome first = mala.step(one, random.moveTo(SEED.child(i)));
      Outcome second = obabo.step(other, random.moveTo(SEED.child(i)));
      assertThat(second.acceptance()).isEqualTo(first.acceptance());
      if (first.moved() && second.moved()) { // the uniform is another, after d more normals
        moved++;
        assertThat(other.position()).containsExactly(one.position());
      }
    }
    assertThat(moved).isBetween(150, 499);
  }

  @ParameterizedTest
  @EnumSource
  void whereAStepStaysItTurnsTheMomentum(Scheme scheme) {
    Density wall =
        new Density() {
          @Override
          public int dimension() {
            return 1;
          }

          @Override
          public double logDensity(double[] x, double[] gradient) {
            gradient[0] = 0;
            return x[0] < 1 ? 0 : Double.NEGATIVE_INFINITY;
          }
        };
    Kernel kernel = new Underdamped(1, 0.01, scheme).on(wall);
    State state = kernel.start(new double[] {0.9});
    state.memory()[0] = 2;
    Outcome outcome = kernel.step(state, new Impulse(-1));
    assertThat(outcome.moved()).isFalse();
    assertThat(outcome.energy()).isEqualTo(2);
    assertThat(state.position()).containsExactly(0.9);
    assertThat(state.memory()).containsExactly(-2);
    assertThat(kernel.step(state, new Impulse(-1)).moved()).isTrue();
    assertThat(state.position()[0]).isCloseTo(-1.1, within(0.03));
  }

  @ParameterizedTest
  @EnumSource
  void theDefaultIsTunedByItsOwnTestedForm(Scheme scheme) {
    Underdamped recipe = new Underdamped(0.4, 1.3, scheme, false, true);
    assertThat(recipe.warmup()).isEqualTo(new Underdamped(0.4, 1.3, scheme, true, true));
    assertThat(recipe.warmup().warmup()).isEqualTo(recipe.warmup());
    assertThat(recipe.targetAcceptance()).isEqualTo(0.99);
    assertThat(recipe.warmup().targetAcceptance()).isEqualTo(0.95);
    Underdamped fixed = new Underdamped(0.4, 1.3, scheme);
    assertThat(fixed.warmup()).isEqualTo(fixed);
    assertThat(fixed.tuned()).isFalse();
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> new Underdamped(0, 1, Scheme.BAOAB))
        .hasMessage("stepSize must be positive and finite, got 0.0");
    assertThatThrownBy(() -> new Underdamped(1, -1, Scheme.BAOAB))
        .hasMessage("friction must be positive and finite, got -1.0");
  }
}
