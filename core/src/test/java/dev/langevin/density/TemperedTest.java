package dev.langevin.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.Gaussian;
import dev.langevin.mcmc.Kernel;
import dev.langevin.mcmc.State;
import dev.langevin.mcmc.Ula;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemperedTest {
  private static final Gaussian NORMAL =
      Gaussian.diagonal(new double[] {1, -2}, new double[] {0.5, 3});

  private static final Seed SEED = Seed.of(20).child("tempered");

  /** f with its minimum at (1, -1) and Hessian diag(4, 1/4). */
  private static final Gaussian BOWL =
      Gaussian.diagonal(new double[] {1, -1}, new double[] {0.5, 2});

  /** N(μ, Σ) at inverse temperature β is N(μ, Σ/β), up to the constant. */
  @Test
  void aNormalDensityHasItsCovarianceDividedByBeta() {
    double root = Math.sqrt(2.5);
    Gaussian expected =
        Gaussian.diagonal(new double[] {1, -2}, new double[] {0.5 / root, 3 / root});
    Tempered tempered = new Tempered(NORMAL, 2.5);
    double[] gradient = new double[2];
    double[] other = new double[2];
    double constant = tempered.logDensity(new double[2]) - expected.logDensity(new double[2]);
    for (double[] x : new double[][] {{0, 0}, {3, 1}, {-2, 0.5}}) {
      double log = tempered.logDensity(x, gradient);
      assertThat(log - expected.logDensity(x, other)).isCloseTo(constant, within(1e-12));
      assertThat(gradient).containsExactly(other, within(1e-12));
      assertThat(tempered.logDensity(x)).isEqualTo(log);
      assertThat(tempered.fork().logDensity(x)).isEqualTo(log);
    }
    assertThat(tempered.dimension()).isEqualTo(2);
    assertThat(tempered.fork().beta()).isEqualTo(2.5);
  }

  @Test
  void logDensityAndGradientAreThoseOfThePower() {
    Density plainly = BOWL;
    Tempered tempered = new Tempered(plainly, 0.3);
    double[] x = {0.4, 1.7};
    double[] plain = new double[2];
    double[] scaled = new double[2];
    double expected = 0.3 * plainly.logDensity(x, plain);
    assertThat(tempered.logDensity(x, scaled)).isEqualTo(expected);
    assertThat(tempered.logDensity(x)).isCloseTo(expected, within(1e-12));
    assertThat(scaled).containsExactly(0.3 * plain[0], 0.3 * plain[1]);
    assertThat(tempered.beta()).isEqualTo(0.3);
    assertThat(tempered.fork().dimension()).isEqualTo(2);
    assertThat(tempered.fork().logDensity(x)).isEqualTo(tempered.logDensity(x));
  }

  /** Formula A4: x' = x - h ∇f + sqrt(2h/β) xi is ULA on p^β at step h/β. */
  @ParameterizedTest
  @ValueSource(doubles = {0.25, 1, 3, 64})
  void ulaOnItIsTheLangevinStepAtThatTemperature(double beta) {
    double h = 0.1;
    Kernel ula = new Ula(h / beta).on(new Tempered(BOWL, beta));
    State state = ula.start(new double[] {3, 2});
    AddressedRandom random = SEED.random();
    double[] x = {3, 2};
    double[] gradient = new double[2];
    for (int n = 0; n < 100; n++) {
      ula.step(state, random.moveTo(SEED.child(n)));
      random.moveTo(SEED.child(n));
      BOWL.logDensity(x, gradient);
      for (int i = 0; i < 2; i++) {
        x[i] += h * gradient[i] + Math.sqrt(2 * h / beta) * random.nextGaussian();
      }
      assertThat(state.position()).containsExactly(x, within(1e-12));
    }
  }

  @Test
  void inTheColdItIsGradientDescent() {
    double h = 0.1;
    double beta = 1e24;
    Kernel ula = new Ula(h / beta).on(new Tempered(BOWL, beta));
    State state = ula.start(new double[] {3, 2});
    AddressedRandom random = SEED.random();
    double[] gap = {2, 3};
    for (int n = 0; n < 50; n++) {
      ula.step(state, random.moveTo(SEED.child(n)));
      gap[0] *= 1 - h * 4;
      gap[1] *= 1 - h / 4;
      assertThat(state.position())
          .containsExactly(new double[] {1 + gap[0], -1 + gap[1]}, within(1e-10));
    }
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> new Tempered(BOWL, 0))
        .hasMessage("beta must be positive and finite, got 0.0");
  }
}
