package dev.langevin.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.random.Seed;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Energy, intervals, quantiles, and the row of the summary table. */
class SummariesTest {
  @Test
  void independentEnergiesHaveABfmiOfTwo() {
    double[] energy = ChainsFixture.independent(1, 20_000, Seed.of(41))[0];
    assertThat(EnergyDiagnostic.bfmi(energy)).isCloseTo(2, within(0.1)); // 6 standard errors
  }

  @Test
  void theBfmiOfAnAutoregressionIsTwiceOneMinusRho() {
    double[] energy = ChainsFixture.autoregression(1, 100_000, 0.9, Seed.of(42))[0];
    assertThat(EnergyDiagnostic.bfmi(energy)).isCloseTo(0.2, within(0.02));
  }

  @Test
  void theBfmiOfFourStepsIsThatOfArviZ() {
    assertThat(EnergyDiagnostic.bfmi(new double[] {1, 2, 3, 4})).isCloseTo(0.6, within(1e-15));
  }

  @Test
  void theBfmiOfBrokenEnergiesIsNotANumber() {
    assertThat(EnergyDiagnostic.bfmi(new double[] {1, 2, 3})).isNaN();
    assertThat(EnergyDiagnostic.bfmi(new double[] {1, 1, 1, 1})).isNaN();
    assertThat(EnergyDiagnostic.bfmi(new double[] {1, 2, Double.NaN, 1})).isNaN();
  }

  @Test
  void theShortestIntervalOfALopsidedLawStartsAtItsPeak() {
    double[][] x = {
      IntStream.range(0, 1000).mapToDouble(i -> -StrictMath.log1p(-i / 1000.0)).toArray()
    };
    HighestDensity.Interval half = HighestDensity.interval(x, 0.5);
    assertThat(half.low()).isEqualTo(0);
    assertThat(half.high()).isCloseTo(StrictMath.log(2), within(1e-12));
    HighestDensity.Interval most = HighestDensity.interval(x, 0.9);
    assertThat(most.high()).isCloseTo(StrictMath.log(10), within(1e-12));
  }

  @Test
  void ofEquallyShortIntervalsTheLeftmostIsTaken() {
    double[][] x = {{4, 3, 2}, {1, 0, 5}};
    assertThat(HighestDensity.interval(x, 0.5)).isEqualTo(new HighestDensity.Interval(0, 3));
  }

  @Test
  void anIntervalOfNothingOrOfBrokenDrawsIsNotANumber() {
    assertThat(HighestDensity.interval(new double[1][0], 0.5).low()).isNaN();
    assertThat(HighestDensity.interval(new double[][] {{1, Double.NaN}}, 0.5).high()).isNaN();
    assertThatThrownBy(() -> HighestDensity.interval(new double[1][9], 1.5))
        .hasMessageContaining("mass");
  }

  @Test
  void aQuantileThatFallsOnADrawIsThatDraw() {
    for (int n = 2; n < 400; n++) {
      double[] sorted = IntStream.range(0, n).mapToDouble(i -> i / 7.0).toArray();
      for (int k = 0; k < n; k++) {
        assertThat(Series.quantile(sorted, (double) k / (n - 1))).isEqualTo(sorted[k]);
      }
    }
    assertThat(Series.quantile(new double[] {0, 1, 3}, 0.75)).isEqualTo(2);
    assertThat(Series.quantile(new double[] {5}, 0.3)).isEqualTo(5);
  }

  @Test
  void tiesShareTheirMeanRank() {
    double[][] z = Series.normalised(new double[][] {{7, 1}, {7, 3}});
    assertThat(z[0][0]).isEqualTo(z[1][0]).isGreaterThan(z[1][1]);
    assertThat(z[0][1]).isLessThan(z[1][1]).isCloseTo(-1.0491, within(1e-4)); // Φ⁻¹(0.625/4.25)
  }

  @Test
  void aSummaryGathersTheFigures() {
    double[][] x = ChainsFixture.autoregression(4, 250, 0.5, Seed.of(43));
    QuantitySummary s = QuantitySummary.of("mu", x);
    assertThat(s.name()).isEqualTo("mu");
    assertThat(s.mean()).isCloseTo(Series.mean(Series.pooled(x)), within(1e-14));
    assertThat(s.sd()).isCloseTo(Math.sqrt(Series.variance(Series.pooled(x))), within(1e-13));
    assertThat(s.mcseMean()).isEqualTo(MonteCarloError.mean(x));
    assertThat(s.q5()).isLessThan(s.median());
    assertThat(s.median()).isLessThan(s.q95());
    assertThat(s.essBulk()).isEqualTo(EffectiveSampleSize.bulk(x));
    assertThat(s.essTail()).isEqualTo(EffectiveSampleSize.tail(x));
    assertThat(s.rhat()).isEqualTo(RHat.rank(x));
  }

  @Test
  void aSummaryOfAConstantKnowsItsValueAndNothingElse() {
    QuantitySummary s = QuantitySummary.of("c", new double[][] {{3, 3, 3, 3, 3}, {3, 3, 3, 3, 3}});
    assertThat(s.mean()).isEqualTo(3);
    assertThat(s.sd()).isZero();
    assertThat(s.median()).isEqualTo(3);
    assertThat(s.rhat()).isNaN();
    assertThat(s.essBulk()).isNaN();
    assertThat(s.mcseMean()).isNaN();
  }

  @Test
  void aSummaryOfBrokenDrawsIsNotANumberThroughout() {
    QuantitySummary s = QuantitySummary.of("b", new double[][] {{3, Double.NaN, 3, 3, 3}});
    assertThat(new double[] {s.mean(), s.sd(), s.q5(), s.median(), s.q95(), s.rhat()})
        .containsOnly(Double.NaN);
  }
}
