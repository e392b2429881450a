package dev.langevin.spin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.BinaryPairwise;
import dev.langevin.random.Seed;
import dev.langevin.spin.Z2Synchronisation.Planted;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A planted sign vector is found as well as state evolution predicts: with what is known of the overlap for n → ∞. */
class Z2SynchronisationTest {
  @Test
  void the_couplings_are_noise_and_spike() {
    int n = 1000;
    double beta = 1.5;
    Planted planted = new Z2Synchronisation(n, beta).draw(Seed.of(1));
    BinaryPairwise model = planted.glass().model();
    double spike = 0;
    double square = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double a = model.coupling(i, j) / beta;
        spike += a * planted.theta()[i] * planted.theta()[j];
        square += a * a;
      }
    }
    double pairs = 0.5 * n * (n - 1);
    // five standard errors: each entry has variance 1/n, its square 2/n²
    assertThat(spike / pairs).isCloseTo(beta / n, within(5 / Math.sqrt(n * pairs)));
    assertThat(square / pairs * n).isCloseTo(1 + beta * beta / n, within(5 * Math.sqrt(2 / pairs)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.5, 2})
  void the_overlap_of_the_mean_is_that_of_state_evolution(double beta) {
    int n = 1000;
    int instances = 8;
    double sum = 0;
    double eigenvalue = 0;
    for (int k = 0; k < instances; k++) {
      Planted planted = new Z2Synchronisation(n, beta).draw(Seed.of(7).child(k));
      SpectralStart start = SpectralStart.of(planted.glass(), Seed.of(8));
      double[] m = start.mean().clone();
      TapMean.standard().on(planted.glass(), 1).mean(new double[n], 1, m);
      sum += Math.abs(planted.overlap(m, 0)) / instances;
      eigenvalue += start.eigenvalue() / instances;
    }
    double predicted = new StateEvolution(beta).overlap(0);
    assertThat(sum).isCloseTo(predicted, within(0.02 * predicted));
    assertThat(eigenvalue).isCloseTo(beta + 1 / beta, within(0.03));
    // the prediction of a strength 5 % off would not pass
    double other = new StateEvolution(1.05 * beta).overlap(0);
    assertThat(Math.abs(sum - other)).isGreaterThan(beta < 2 ? 0.02 * predicted : 0.01);
  }

  @Test
  void samples_of_the_posterior_overlap_as_predicted_with_either_sign() {
    int n = 600;
    double beta = 1.5;
    int samples = 12;
    double sum = 0;
    List<Boolean> signs = new ArrayList<>();
    for (int k = 0; k < 4; k++) {
      Planted planted = new Z2Synchronisation(n, beta).draw(Seed.of(9).child(k));
      SpinSampler sampler =
          SpinSampler.of(
              planted.glass(),
              new Localisation(0.25, 16, Scheme.HEUN),
              TapMean.standard(),
              Seed.of(2));
      SpinSamples drawn = sampler.sample(0, samples, 6, Seed.of(3).child(k), Runnable::run);
      for (int s = 0; s < samples; s++) {
        double overlap = planted.overlap(drawn.x(), s * n);
        sum += Math.abs(overlap) / (4 * samples);
        signs.add(overlap > 0);
      }
    }
    double predicted = new StateEvolution(beta).overlap(0);
    assertThat(sum).isCloseTo(predicted, within(0.04 * predicted)); // at n = 600
    // 48 fair coins: beyond 7 … 41 with probability below 10⁻⁶
    assertThat(signs.stream().filter(s -> s).count()).isBetween(7L, 41L);
  }

  @Test
  void below_the_threshold_nothing_is_found() {
    int n = 600;
    Planted planted = new Z2Synchronisation(n, 0.7).draw(Seed.of(4));
    SpinSampler sampler =
        SpinSampler.of(
            planted.glass(),
            new Localisation(0.25, 16, Scheme.HEUN),
            TapMean.standard(),
            Seed.of(2));
    SpinSamples drawn = sampler.sample(0, 12, 6, Seed.of(3), Runnable::run);
    double square = 0;
    for (int s = 0; s < 12; s++) {
      square += Math.pow(planted.overlap(drawn.x(), s * n), 2) / 12;
    }
    // n E overlap² → 1/(1 - β²) = 2; a mean of 12 squared normals exceeds 5 times its expectation
    // with probability below 10⁻⁶
    assertThat(square).isLessThan(5 * 2.0 / n);
    assertThat(sampler.warnings(drawn)).isEmpty();
  }

  @Test
  void nonsense_is_refused_with_its_value() {
    assertThatThrownBy(() -> new Z2Synchronisation(0, 1))
        .hasMessage("spins must be at least 1, got 0");
    assertThatThrownBy(() -> new Z2Synchronisation(3, -1))
        .hasMessage("beta must be positive and finite, got -1.0");
    Planted weak = new Z2Synchronisation(5, 0.9).draw(Seed.of(1));
    assertThatThrownBy(() -> SpectralStart.of(weak.glass(), Seed.of(1)))
        .hasMessage("beta must be above 1 for an outlying eigenvalue, got 0.9");
    assertThatThrownBy(() -> new Planted(weak.glass(), new double[4]))
        .hasMessage("theta must be of length 5, got length 4");
  }
}
