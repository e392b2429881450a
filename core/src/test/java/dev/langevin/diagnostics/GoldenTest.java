package dev.langevin.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The figures of ArviZ 0.23.4 on eight families of chains; see the README beside arviz.json. */
class GoldenTest {
  private static final double RELATIVE = 1e-6;
  private static final Map<String, ToDoubleFunction<double[][]>> FIGURES = figures();

  private static Map<String, ToDoubleFunction<double[][]>> figures() {
    Map<String, ToDoubleFunction<double[][]>> f = new LinkedHashMap<>();
    f.put("rhat_rank", RHat::rank);
    f.put("rhat_split", RHat::split);
    f.put("rhat_folded", RHat::folded);
    f.put("ess_bulk", EffectiveSampleSize::bulk);
    f.put("ess_tail", EffectiveSampleSize::tail);
    f.put("ess_mean", EffectiveSampleSize::mean);
    f.put("ess_sd", EffectiveSampleSize::sd);
    f.put("ess_median", EffectiveSampleSize::median);
    f.put("ess_quantile_0.25", x -> EffectiveSampleSize.quantile(x, 0.25));
    f.put("mcse_mean", MonteCarloError::mean);
    f.put("mcse_sd", MonteCarloError::sd);
    f.put("mcse_median", MonteCarloError::median);
    f.put("mcse_quantile_0.05", x -> MonteCarloError.quantile(x, 0.05));
    return f;
  }

  @TestFactory
  List<DynamicTest> everyFigureAgreesWithArviZ() {
    return families().stream()
        .map(f -> DynamicTest.dynamicTest((String) entry(f, "name"), () -> agrees(f)))
        .toList();
  }

  @Test
  void noFigureOfTheFixtureIsLeftOut() {
    assertThat(families()).hasSize(8);
    for (Map<?, ?> family : families()) {
      Set<Object> known = new HashSet<>(FIGURES.keySet());
      known.addAll(List.of("name", "chains", "draws", "x", "bfmi", "hdi_0.94"));
      assertThat(family.keySet()).isEqualTo(known);
    }
  }

  private static void agrees(Map<?, ?> family) {
    double[][] x = matrix(entry(family, "x"));
    assertThat(x).hasNumberOfRows((int) number(entry(family, "chains")));
    assertThat(x[0]).hasSize((int) number(entry(family, "draws")));
    FIGURES.forEach(
        (key, figure) -> same(key, figure.applyAsDouble(x), number(entry(family, key))));
    double[] bfmi = row(entry(family, "bfmi"));
    for (int c = 0; c < x.length; c++) {
      same("bfmi " + c, EnergyDiagnostic.bfmi(x[c]), bfmi[c]);
    }
    double[] hdi = row(entry(family, "hdi_0.94"));
    HighestDensity.Interval interval = HighestDensity.interval(x, 0.94);
    same("hdi low", interval.low(), hdi[0]);
    same("hdi high", interval.high(), hdi[1]);
  }

  private static void same(String what, double ours, double theirs) {
    assertThat(ours).as(what).isCloseTo(theirs, within(RELATIVE * Math.abs(theirs)));
  }

  private static List<Map<?, ?>> families() {
    return ((List<?>) TinyJson.parse(fixture()))
        .stream().<Map<?, ?>>map(f -> (Map<?, ?>) f).toList();
  }

  private static String fixture() {
    try (InputStream in =
        Objects.requireNonNull(GoldenTest.class.getResourceAsStream("arviz.json"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object entry(Map<?, ?> family, String key) {
    return Objects.requireNonNull(family.get(key), key);
  }

  private static double number(Object value) {
    return (Double) value;
  }

  private static double[] row(Object list) {
    return ((List<?>) list).stream().mapToDouble(GoldenTest::number).toArray();
  }

  private static double[][] matrix(Object list) {
    return ((List<?>) list).stream().map(GoldenTest::row).toArray(double[][]::new);
  }
}
