package dev.langevin.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class DrawsTest {
  private static final double[][][] TWO_CHAINS = {{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}};

  @Test
  void a_series_is_one_array_of_draws_per_chain() {
    Draws draws =
        new Draws(
            List.of("mu", "tau"),
            TWO_CHAINS,
            List.of("lp__"),
            new double[][][] {{{0, 1}}, {{2, 3}}});
    assertThat(draws.chains()).isEqualTo(2);
    assertThat(draws.draws()).isEqualTo(2);
    assertThat(draws.series("tau")).isDeepEqualTo(new double[][] {{3, 4}, {7, 8}});
    assertThat(draws.series(0)).isDeepEqualTo(new double[][] {{1, 2}, {5, 6}});
    assertThat(draws.statistic("lp__")).isDeepEqualTo(new double[][] {{0, 1}, {2, 3}});
    assertThat(draws.has("energy__")).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> draws.series("phi"))
        .withMessageContaining("[mu, tau], got phi");
  }

  @Test
  void ragged_chains_and_repeated_names_are_refused() {
    double[][][] none = {{}, {}};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Draws(List.of("a", "a"), TWO_CHAINS, List.of(), none))
        .withMessageContaining("must not repeat");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Draws(
                    List.of("a", "b"),
                    new double[][][] {{{1}, {2}}, {{1}, {2, 3}}},
                    List.of(),
                    none))
        .withMessageContaining("values[1] must be 2 series of 1 draws");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Draws(List.of(), new double[0][][], List.of(), new double[0][][]))
        .withMessageContaining("at least one chain");
  }
}
