package dev.langevin.app.plot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langevin.chain.Draws;
import dev.langevin.random.Seed;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlotsOfDrawsTest {
  interface Plot extends BiFunction<Draws, List<String>, BufferedImage> {}

  static Stream<Plot> plots() {
    return Stream.of(TracePlot::of, RankPlot::of, PairsPlot::of);
  }

  static Draws draws(int chains, int quantities, int length, boolean divergent) {
    RandomGenerator random = Seed.of(3).random();
    double[][][] values = new double[chains][quantities][length];
    double[][][] statistics = new double[chains][1][length];
    for (double[][] chain : values) {
      for (double[] series : chain) {
        for (int i = 0; i < length; i++) {
          series[i] = random.nextGaussian();
        }
      }
    }
    if (divergent) {
      statistics[0][0][length / 2] = 1;
    }
    List<String> names = IntStream.range(0, quantities).mapToObj(i -> "x[" + i + "]").toList();
    return new Draws(names, values, List.of("divergent__"), statistics);
  }

  static boolean has(BufferedImage image, Color color) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if ((image.getRGB(x, y) & 0xFFFFFF) == (color.getRGB() & 0xFFFFFF)) {
          return true;
        }
      }
    }
    return false;
  }

  @ParameterizedTest
  @MethodSource("plots")
  void are_drawn_for_any_number_of_chains_quantities_and_draws(Plot plot) {
    for (int[] size :
        new int[][] {{1, 1, 1}, {1, 2, 2}, {2, 3, 7}, {12, 1, 30}, {4, 6, 100}, {2, 1, 5000}}) {
      Draws draws = draws(size[0], size[1], size[2], false);
      BufferedImage image = plot.apply(draws, draws.names());
      assertThat(image.getWidth()).isBetween(400, 1700);
      assertThat(image.getHeight()).isBetween(100, 2000);
    }
  }

  @ParameterizedTest
  @MethodSource("plots")
  void survive_values_that_stand_still_or_are_not_finite(Plot plot) {
    double[][][] values = {{{1, 1, 1, 1}, {Double.NaN, 1, Double.POSITIVE_INFINITY, 2}}};
    Draws draws = new Draws(List.of("a", "b"), values, List.of(), new double[1][0][]);
    assertThat(plot.apply(draws, draws.names())).isNotNull();
  }

  @Test
  void mark_divergent_draws_in_the_colour_of_trouble_and_only_those() {
    Draws good = draws(2, 2, 50, false);
    Draws bad = draws(2, 2, 50, true);
    assertThat(has(TracePlot.of(bad, bad.names()), Palette.TROUBLE)).isTrue();
    assertThat(has(PairsPlot.of(bad, bad.names()), Palette.TROUBLE)).isTrue();
    assertThat(has(TracePlot.of(good, good.names()), Palette.TROUBLE)).isFalse();
    assertThat(has(PairsPlot.of(good, good.names()), Palette.TROUBLE)).isFalse();
  }
}
