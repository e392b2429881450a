package dev.langevin.spin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.BinaryPairwise;
import dev.langevin.random.Seed;
import dev.langevin.spin.Z2Synchronisation.Planted;
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

  /** The scatter between instances is measured, and allowed five times (false-alarm rate below 10⁻⁶), with 1 % for finite n. */
  @ParameterizedTest
  @ValueSource(doubles = {1.5, 2})
  void the_overlap_of_the_mean_is_that_of_state_evolution(double beta) {
    int n = 300;
    int instances = 100;
    double sum = 0;
    double square = 0;
    double eigenvalue = 0;
    for (int k = 0; k < instances; k++) {
      Planted planted = new Z2Synchronisation(n, beta).draw(Seed.of(7).child(k));
      double overlap = Math.abs(planted.overlap(mean(planted), 0));
      sum += overlap / instances;
      square += overlap * overlap / instances;
      eigenvalue += SpectralStart.of(planted.glass(), Seed.of(8)).eigenvalue() / instances;
    }
    double predicted = new StateEvolution(beta).overlap(0);
    double error = 5 * Math.sqrt((square - sum * sum) / instances) + 0.01 * predicted;
    assertThat(sum).isCloseTo(predicted, within(error));
    assertThat(eigenvalue).isCloseTo(beta + 1 / beta, within(0.03));
    // power: what is predicted for a tenth more or less of signal does not pass
    assertThat(Math.abs(sum - new StateEvolution(0.9 * beta).overlap(0))).isGreaterThan(error);
    assertThat(Math.abs(sum - new StateEvolution(1.1 * beta).overlap(0))).isGreaterThan(error);
  }

  private static double[] mean(Planted planted) {
    double[] m = SpectralStart.of(planted.glass(), Seed.of(8)).mean().clone();
    TapMean.standard().on(planted.glass(), 1).mean(new double[m.length], 1, m);
    return m;
  }

  private static SpinSamples samples(Planted planted, int count) {
    return sampler(planted).sample(0, count, 8, Seed.of(3), Runnable::run);
  }

  private static SpinSampler sampler(Planted planted) {
    Localisation walk = new Localisation(0.25, 16, Scheme.HEUN);
    return SpinSampler.of(planted.glass(), walk, TapMean.standard(), Seed.of(2));
  }

  /** Given A, samples overlap with θ as their mean does, up to a sign that is a fair coin. */
  @Test
  void samples_of_the_posterior_overlap_as_their_mean_does_with_either_sign() {
    int n = 400;
    int count = 40;
    Planted planted = new Z2Synchronisation(n, 1.6).draw(Seed.of(9));
    SpinSamples drawn = samples(planted, count);
    double sum = 0;
    double square = 0;
    int positive = 0;
    for (int s = 0; s < count; s++) {
      double overlap = planted.overlap(drawn.x(), s * n);
      sum += Math.abs(overlap) / count;
      square += overlap * overlap / count;
      positive += overlap > 0 ? 1 : 0;
    }
    double error = Math.sqrt((square - sum * sum) / count);
    assertThat(error).isLessThan(0.015);
    assertThat(sum).isCloseTo(Math.abs(planted.overlap(mean(planted), 0)), within(5 * error));
    assertThat(positive).isBetween(5, 35); // 40 coins: beyond with probability below 10⁻⁶
  }

  @Test
  void below_the_threshold_nothing_is_found() {
    int n = 600;
    Planted planted = new Z2Synchronisation(n, 0.7).draw(Seed.of(4));
    SpinSamples drawn = samples(planted, 12);
    double square = 0;
    for (int s = 0; s < 12; s++) {
      square += Math.pow(planted.overlap(drawn.x(), s * n), 2) / 12;
    }
    // n E overlap² → 1/(1 - β²) = 2; a mean of 12 squared normals exceeds 5 times its expectation
    // with probability below 10⁻⁶
    assertThat(square).isLessThan(5 * 2.0 / n);
    assertThat(sampler(planted).warnings(drawn)).isEmpty();
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
