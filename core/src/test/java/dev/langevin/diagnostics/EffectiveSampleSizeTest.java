package dev.langevin.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.random.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EffectiveSampleSizeTest {
  private static final int CHAINS = 4;
  private static final int DRAWS = 1000;
  private static final int REPEATS = 200;

  /**
   * An autoregression is worth S(1-ρ)/(1+ρ) draws. Measured: the mean of the ratio over 200 repeats is 0.987 … 1.013 with a standard error
   * of at most 1.3 % (ρ = 0.9), so 10 % is beyond six standard errors: false alarm below 1e-8.
   */
  @ParameterizedTest
  @ValueSource(doubles = {-0.3, 0, 0.5, 0.9})
  void anAutoregressionIsWorthWhatTheoryStates(double rho) {
    assertThat(ratioToTheory(rho, 1)).isCloseTo(1, within(0.1));
  }

  /** The broken twin forgets that each lag counts twice, on either side of a draw: τ = 1 + Σ ρ_t. */
  @Test
  void aTwinThatCountsEachLagOnceFailsTheSameTest() {
    assertThat(ratioToTheory(0.5, 0.5)).isGreaterThan(1.3);
    assertThat(ratioToTheory(0.9, 0.5)).isGreaterThan(1.7);
  }

  /** Mean of ESS/theory, with τ - 1 scaled by {@code weight}. */
  private static double ratioToTheory(double rho, double weight) {
    double total = CHAINS * DRAWS;
    double theory = total * (1 - rho) / (1 + rho);
    double sum = 0;
    for (int r = 0; r < REPEATS; r++) {
      double[][] x = ChainsFixture.autoregression(CHAINS, DRAWS, rho, Seed.of(11).child(r));
      double tau = total / EffectiveSampleSize.mean(x);
      sum += total / (1 + weight * (tau - 1)) / theory / REPEATS;
    }
    return sum;
  }

  /** (x - mean)² of an autoregression has autocorrelations ρ^2t. Same budget as above. */
  @Test
  void theSpreadOfAnAutoregressionIsWorthWhatTheoryStates() {
    double rho = 0.8;
    double theory = CHAINS * DRAWS * (1 - rho * rho) / (1 + rho * rho);
    double sum = 0;
    for (int r = 0; r < REPEATS; r++) {
      double[][] x = ChainsFixture.autoregression(CHAINS, DRAWS, rho, Seed.of(12).child(r));
      sum += EffectiveSampleSize.sd(x) / theory / REPEATS;
    }
    assertThat(sum).isCloseTo(1, within(0.1));
  }

  @Test
  void chainsThatDisagreeAreWorthLittle() {
    double[][] x = ChainsFixture.independent(CHAINS, DRAWS, Seed.of(1));
    double[][] apart = ChainsFixture.changed(x, (c, n, v) -> v + 3 * c);
    assertThat(EffectiveSampleSize.bulk(x)).isGreaterThan(3000);
    assertThat(EffectiveSampleSize.bulk(apart)).isLessThan(2 * CHAINS);
    assertThat(EffectiveSampleSize.median(apart)).isLessThan(4 * CHAINS);
  }

  @Test
  void chainsOfDifferentScaleHaveGoodBulkAndPoorTails() {
    double[][] x = ChainsFixture.independent(CHAINS, DRAWS, Seed.of(2));
    double[][] wide = ChainsFixture.changed(x, (c, n, v) -> c == 0 ? 5 * v : v);
    assertThat(EffectiveSampleSize.bulk(wide)).isGreaterThan(2000);
    assertThat(EffectiveSampleSize.tail(wide)).isLessThan(100);
  }

  @Test
  void noneExceedsTheTotalTimesItsLogarithm() {
    double[][] flip =
        ChainsFixture.changed(
            ChainsFixture.independent(2, 100, Seed.of(3)), (c, n, v) -> n % 2 == 0 ? v : -v);
    double[][] alternating = ChainsFixture.changed(flip, (c, n, v) -> n % 2 == 0 ? 1 : -1);
    assertThat(EffectiveSampleSize.mean(alternating))
        .isCloseTo(200 * StrictMath.log10(200), within(1e-9));
  }

  @Test
  void theBulkIsThatOfTheRanksSoAMonotoneMapChangesNothing() {
    double[][] x = ChainsFixture.autoregression(3, 401, 0.6, Seed.of(4));
    double[][] y = ChainsFixture.changed(x, (c, n, v) -> StrictMath.exp(3 * v));
    assertThat(EffectiveSampleSize.bulk(y)).isEqualTo(EffectiveSampleSize.bulk(x));
    assertThat(EffectiveSampleSize.mean(y)).isNotCloseTo(EffectiveSampleSize.mean(x), within(1.0));
  }

  @Test
  void theOrderOfChainsAndAShiftChangeNothing() {
    double[][] x = ChainsFixture.autoregression(3, 300, 0.6, Seed.of(5));
    double[][] y = {x[2], x[0], x[1]};
    double[][] moved = ChainsFixture.changed(x, (c, n, v) -> 100 + 7 * v);
    double ess = EffectiveSampleSize.mean(x);
    assertThat(EffectiveSampleSize.mean(y)).isCloseTo(ess, within(1e-9 * ess));
    assertThat(EffectiveSampleSize.mean(moved)).isCloseTo(ess, within(1e-9 * ess));
    assertThat(EffectiveSampleSize.tail(moved)).isEqualTo(EffectiveSampleSize.tail(x));
  }

  @Test
  void theTailIsTheWorseOfTheTwoQuantiles() {
    double[][] x = ChainsFixture.autoregression(4, 250, 0.4, Seed.of(6));
    double low = EffectiveSampleSize.quantile(x, 0.05);
    double high = EffectiveSampleSize.quantile(x, 0.95);
    assertThat(EffectiveSampleSize.tail(x)).isEqualTo(Math.min(low, high));
    assertThat(EffectiveSampleSize.quantile(x, 0.5)).isEqualTo(EffectiveSampleSize.median(x));
    assertThat(low).isNotEqualTo(high);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theAutocovarianceIsTheDirectSum(int chains) {
    int n = 101;
    double[][] x = ChainsFixture.autoregression(chains, n, 0.7, Seed.of(7));
    double[] mean = Arrays.stream(x).mapToDouble(Series::mean).toArray();
    double[] lags = new Autocovariance(n).averaged(x, mean);
    for (int t = 0; t < n; t++) {
      double direct = 0;
      for (int c = 0; c < chains; c++) {
        for (int i = 0; i + t < n; i++) {
          direct += (x[c][i] - mean[c]) * (x[c][i + t] - mean[c]) / n / chains;
        }
      }
      assertThat(lags[t]).isCloseTo(direct, within(1e-13));
    }
  }

  @Test
  void whatCannotBeJudgedIsNotANumber() {
    double[][] fine = ChainsFixture.independent(2, 100, Seed.of(8));
    double[][] hole = ChainsFixture.changed(fine, (c, n, v) -> n == 5 ? Double.NaN : v);
    double[][] flood = ChainsFixture.changed(fine, (c, n, v) -> n == 5 ? 1 / 0.0 : v);
    double[][] constant = ChainsFixture.changed(fine, (c, n, v) -> 2.5);
    double[][] few = ChainsFixture.independent(2, 3, Seed.of(8));
    double[][] none = new double[2][0];
    for (double[][] x : new double[][][] {hole, flood, constant, few, none}) {
      assertThat(EffectiveSampleSize.bulk(x)).isNaN();
      assertThat(EffectiveSampleSize.tail(x)).isNaN();
      assertThat(EffectiveSampleSize.mean(x)).isNaN();
      assertThat(EffectiveSampleSize.sd(x)).isNaN();
      assertThat(EffectiveSampleSize.median(x)).isNaN();
      assertThat(EffectiveSampleSize.quantile(x, 0.2)).isNaN();
    }
  }

  @Test
  void fourDrawsOfOneChainAreEnoughForANumber() {
    double[][] x = {{1, 3, 2, 4}};
    assertThat(EffectiveSampleSize.bulk(x)).isFinite().isPositive();
  }

  @Test
  void aQuantileOnWhichAllDrawsLieIsNotKnown() {
    double[][] x =
        ChainsFixture.changed(
            ChainsFixture.independent(2, 100, Seed.of(9)), (c, n, v) -> n < 40 ? 0 : 1);
    assertThat(EffectiveSampleSize.quantile(x, 0.95)).isNaN();
    assertThat(EffectiveSampleSize.tail(x)).isNaN();
    assertThat(EffectiveSampleSize.quantile(x, 0.05)).isFinite();
  }

  @Test
  void misshapenArgumentsAreRefused() {
    double[][] x = ChainsFixture.independent(2, 100, Seed.of(10));
    assertThatThrownBy(() -> EffectiveSampleSize.quantile(x, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("p must be strictly between");
    assertThatThrownBy(() -> EffectiveSampleSize.bulk(new double[0][]))
        .hasMessage("chains must be at least 1, got 0");
    assertThatThrownBy(() -> EffectiveSampleSize.bulk(new double[][] {{1, 2, 3, 4}, {1, 2, 3}}))
        .hasMessage("chains must have equal lengths, got 4 draws in chain 1 and 3 in chain 2");
  }
}
