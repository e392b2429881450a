package dev.langevin.spin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.random.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recursion against its expansions, its identities and AMP itself. */
class StateEvolutionTest {
  @ParameterizedTest
  @ValueSource(doubles = {1e-4, 0.1, 1, 5, 40})
  void the_quadrature_knows_the_nishimori_identity(double gamma) {
    // E tanh = E tanh² under N(γ, γ): an integral of its own, by the midpoint rule on another grid
    double sum = 0;
    double step = 0.001;
    for (double g = -10 + step / 2; g < 10; g += step) {
      double density = Math.exp(-g * g / 2) / Math.sqrt(2 * Math.PI);
      sum += step * density * Math.tanh(gamma + Math.sqrt(gamma) * g);
    }
    assertThat(StateEvolution.meanSquare(gamma)).isCloseTo(sum, within(1e-12));
  }

  @Test
  void weak_fields_are_found_weakly() {
    assertThat(StateEvolution.meanSquare(0)).isZero();
    double gamma = 1e-3; // E tanh² = γ - γ² + O(γ³)
    assertThat(StateEvolution.meanSquare(gamma)).isCloseTo(gamma - gamma * gamma, within(1e-8));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.9, 1})
  void nothing_is_found_up_to_the_threshold(double beta) {
    assertThat(new StateEvolution(beta).fixedPoint(0)).isZero();
    assertThat(new StateEvolution(beta).overlap(0)).isZero();
  }

  @Test
  void just_above_the_threshold_the_overlap_grows_from_zero() {
    double beta = 1.005; // γ = 1 - 1/β² to first order
    assertThat(new StateEvolution(beta).fixedPoint(0) / (1 - 1 / (beta * beta)))
        .isCloseTo(1, within(0.02));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1.2, 3})
  void the_fixed_point_is_one(double beta) {
    StateEvolution evolution = new StateEvolution(beta);
    for (double time : new double[] {0.01, 1, 7}) {
      double gamma = evolution.fixedPoint(time);
      assertThat(evolution.next(gamma, time)).isCloseTo(gamma, within(1e-12 * gamma));
      assertThat(gamma).isBetween(time, time + beta * beta);
      assertThat(evolution.overlap(time)).isCloseTo((gamma - time) / (beta * beta), within(1e-11));
    }
  }

  @Test
  void it_predicts_amp_along_localisation() {
    int n = 1500;
    double beta = 0.8;
    double time = 0.7;
    Z2Synchronisation.Planted planted = new Z2Synchronisation(n, beta).draw(Seed.of(5));
    double[] y = new double[n];
    Seed.of(6).random().fillGaussian(y, 0, n);
    for (int i = 0; i < n; i++) {
      y[i] = time * planted.theta()[i] + Math.sqrt(time) * y[i];
    }
    double[] m = new double[n];
    TapMean.standard().on(planted.glass(), 1).mean(y, 1, m);
    double predicted = new StateEvolution(beta).overlap(time);
    // an overlap is a mean of n numbers of variance below 1, which the couplings make scatter up to
    // 1/(1 - β²q) ≈ 1.6 times more
    assertThat(planted.overlap(m, 0)).isCloseTo(predicted, within(0.13));
    assertThat(Spins.meanSquare(m, 0, n)).isCloseTo(predicted, within(0.13));
    // power: half or twice the time would be 0.17 and more away
    assertThat(Math.abs(predicted - new StateEvolution(beta).overlap(time / 2)))
        .isGreaterThan(0.13);
    assertThat(Math.abs(predicted - new StateEvolution(beta).overlap(2 * time)))
        .isGreaterThan(0.13);
  }

  @Test
  void nonsense_is_refused_with_its_value() {
    assertThatThrownBy(() -> new StateEvolution(0))
        .hasMessage("beta must be positive and finite, got 0.0");
    assertThatThrownBy(() -> new StateEvolution(1).fixedPoint(-1))
        .hasMessage("time must be zero or positive, and finite, got -1.0");
  }
}
