package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.app.target.Catalogue;
import dev.langevin.app.target.Target;
import dev.langevin.chain.Draws;
import dev.langevin.random.Seed;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ReferenceCheckTest {
  private static final Target GAUSSIAN = Catalogue.named("gaussian");

  /** Independent draws of the target, the first coordinate spoilt. */
  private static Draws draws(DoubleUnaryOperator spoilt) {
    List<String> names = GAUSSIAN.model().get().outputs();
    RandomGenerator random = Seed.of(11).random();
    double[][][] values = new double[4][names.size()][1000];
    for (double[][] chain : values) {
      for (int i = 0; i < chain.length; i++) {
        for (int n = 0; n < chain[i].length; n++) {
          double z = random.nextGaussian();
          chain[i][n] = i == 0 ? spoilt.applyAsDouble(z) : z;
        }
      }
    }
    return new Draws(names, values, List.of(), new double[4][0][]);
  }

  private static ReferenceCheck check(DoubleUnaryOperator spoilt) {
    return ReferenceCheck.of(GAUSSIAN.reference(), draws(spoilt)).orElseThrow();
  }

  @Test
  void exact_draws_agree_and_take_one_line() {
    ReferenceCheck check = check(z -> z); // false alarms: 1 in 10,000 seeds
    assertThat(check.moments()).hasSize(20);
    assertThat(check.agrees()).isTrue();
    Recorder console = new Recorder();
    check.show(console);
    assertThat(console.lines).hasSize(1);
    assertThat(console.text()).startsWith("OK: 20 moments");
  }

  @Test
  void a_mean_or_a_scale_that_is_off_is_found_and_named() {
    ReferenceCheck shifted = check(z -> z + 0.2); // z of about 0.2 √4000 = 12.6
    assertThat(shifted.agrees()).isFalse();
    assertThat(shifted.moments().get(0).name()).isEqualTo(GAUSSIAN.model().get().outputs().get(0));
    ReferenceCheck scaled = check(z -> 1.15 * z); // x² by 0.32, its error 0.03
    assertThat(scaled.agrees()).isFalse();
    assertThat(scaled.moments().get(0).name()).endsWith("^2");
    Recorder console = new Recorder();
    scaled.show(console);
    assertThat(console.text()).startsWith("WARNING: ").contains("reference", "^2");
  }

  @Test
  void the_limit_is_that_of_bonferroni() {
    // Φ⁻¹(1 - 1e-4/(2·20)), from tables.
    assertThat(check(z -> z).limit()).isCloseTo(4.5648, within(1e-3));
  }

  @Test
  void nothing_is_said_where_nothing_is_known() {
    assertThat(ReferenceCheck.of(Optional.empty(), draws(z -> z))).isEmpty();
  }
}
