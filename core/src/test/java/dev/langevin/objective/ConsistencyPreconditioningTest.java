package dev.langevin.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.diffusion.Prediction;
import dev.langevin.diffusion.TimeRescaled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConsistencyPreconditioningTest {
  private static final double FLOOR = 0.002;

  static List<Preconditioning> networks() {
    return List.of(
        new EdmObjective(),
        new EdmObjective(-0.5, 1, 2),
        new NcsnPreconditioning(),
        new FormPreconditioning(Prediction.NOISE, TimeRescaled.linear(), 4),
        new FormPreconditioning(Prediction.VELOCITY, TimeRescaled.linear(), 4));
  }

  @Test
  void on_edms_network_it_is_the_papers() {
    double sd = 0.5;
    Preconditioning form = new ConsistencyPreconditioning(new EdmObjective(), FLOOR);
    for (double sigma : new double[] {0.003, 0.5, 80}) {
      double above = sigma - FLOOR;
      assertThat(form.cSkip(sigma)).isCloseTo(sd * sd / (above * above + sd * sd), within(1e-15));
      assertThat(form.cOut(sigma))
          .isCloseTo(above * sd / Math.sqrt(sigma * sigma + sd * sd), within(1e-15));
      assertThat(form.cIn(sigma)).isEqualTo(new EdmObjective().cIn(sigma));
      assertThat(form.cNoise(sigma)).isEqualTo(new EdmObjective().cNoise(sigma));
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void at_the_floor_it_is_the_identity_and_far_above_the_denoiser(Preconditioning network) {
    Preconditioning form = new ConsistencyPreconditioning(network, FLOOR);
    assertThat(form.cSkip(FLOOR)).isEqualTo(1);
    assertThat(form.cOut(FLOOR)).isZero();
    for (double sigma : new double[] {0.5, 5, 80}) {
      // an Euler step to the floor, up to σ_min σ/(σ² + σ_data²) of the row for EDM
      double denoised = network.denoised(0.3, 1.7, sigma);
      double euler = 1.7 + (FLOOR - sigma) * (1.7 - denoised) / sigma;
      assertThat(form.denoised(0.3, 1.7, sigma)).isCloseTo(euler, within(1.7 * FLOOR / sigma));
    }
  }

  @Test
  void other_networks_begin_with_eulers_step_exactly() {
    NcsnPreconditioning network = new NcsnPreconditioning();
    Preconditioning form = new ConsistencyPreconditioning(network, FLOOR);
    double denoised = network.denoised(-0.4, 1.1, 0.01);
    assertThat(form.denoised(-0.4, 1.1, 0.01))
        .isCloseTo(1.1 + (FLOOR - 0.01) * (1.1 - denoised) / 0.01, within(1e-15));
  }

  @Test
  void a_consistency_function_has_no_further_floor() {
    ConsistencyPreconditioning form = new ConsistencyPreconditioning(new EdmObjective(), FLOOR);
    assertThatThrownBy(() -> new ConsistencyPreconditioning(form, FLOOR))
        .hasMessageContaining("network must be a denoiser's");
    assertThatThrownBy(() -> new ConsistencyPreconditioning(new EdmObjective(), 0))
        .hasMessageContaining("sigmaMin must be positive");
  }
}
