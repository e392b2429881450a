package dev.langevin.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.random.Seed;
import org.junit.jupiter.api.Test;

class RHatTest {
  private static final double[][] FINE = ChainsFixture.independent(4, 1000, Seed.of(21));

  /**
   * The largest R-hat of 4000 such runs is 1.0029, and one in 400 exceeds 1.0024: 1.01 is out of reach of chance.
   */
  @Test
  void chainsOfOneLawAreNearOne() {
    for (int r = 0; r < 100; r++) {
      double[][] x = ChainsFixture.independent(4, 1000, Seed.of(22).child(r));
      assertThat(RHat.rank(x)).isBetween(0.99, RHat.THRESHOLD);
      assertThat(RHat.split(x)).isBetween(0.99, RHat.THRESHOLD);
    }
  }

  /** Power: of 4000 runs with one of four chains shifted by 0.6 standard deviations, the smallest R-hat is 1.024. */
  @Test
  void aShiftedChainIsSeen() {
    for (int r = 0; r < 100; r++) {
      double[][] x = ChainsFixture.independent(4, 1000, Seed.of(23).child(r));
      assertThat(RHat.rank(shifted(x, 0.6))).isGreaterThan(RHat.THRESHOLD);
    }
    assertThat(RHat.rank(shifted(FINE, 2))).isGreaterThan(1.2);
    assertThat(RHat.rank(shifted(FINE, 20))).isGreaterThan(1.5);
    assertThat(RHat.split(shifted(FINE, 200))).isGreaterThan(20);
  }

  private static double[][] shifted(double[][] x, double by) {
    return ChainsFixture.changed(x, (c, n, v) -> c == 0 ? v + by : v);
  }

  /** The broken twin leaves out the split: chains that drift together agree with each other, but not with their own past. */
  @Test
  void aCommonDriftIsSeenOnlyByTheSplit() {
    double[][] drift = ChainsFixture.changed(FINE, (c, n, v) -> v + 0.002 * n);
    assertThat(RHat.basic(drift)).isLessThan(RHat.THRESHOLD);
    assertThat(RHat.split(drift)).isGreaterThan(1.1);
    assertThat(RHat.rank(drift)).isGreaterThan(1.1);
  }

  @Test
  void aDifferenceOfScaleIsSeenOnlyByTheFold() {
    double[][] wide = ChainsFixture.changed(FINE, (c, n, v) -> c == 0 ? 3 * v : v);
    assertThat(RHat.split(wide)).isLessThan(RHat.THRESHOLD);
    assertThat(RHat.folded(wide)).isGreaterThan(1.05);
    assertThat(RHat.rank(wide)).isEqualTo(RHat.folded(wide));
  }

  @Test
  void aDifferenceOfLocationIsSeenByTheRanksEvenWithoutAMean() {
    // Cauchy draws: the value-based form is drowned by the tails.
    double[][] tan = ChainsFixture.changed(FINE, (c, n, v) -> v / FINE[3 - c][n]);
    double[][] apart = ChainsFixture.changed(tan, (c, n, v) -> c == 0 ? v + 2 : v);
    assertThat(RHat.split(apart)).isLessThan(RHat.THRESHOLD);
    assertThat(RHat.rank(apart)).isGreaterThan(1.05);
  }

  @Test
  void shiftScaleAndOrderChangeNothing() {
    double[][] x = ChainsFixture.autoregression(3, 301, 0.8, Seed.of(24));
    double[][] y = ChainsFixture.changed(x, (c, n, v) -> 5 - 8 * x[2 - c][n]);
    assertThat(RHat.rank(y)).isCloseTo(RHat.rank(x), within(1e-12));
    assertThat(RHat.split(y)).isCloseTo(RHat.split(x), within(1e-12));
    assertThat(RHat.folded(y)).isCloseTo(RHat.folded(x), within(1e-12));
  }

  @Test
  void ranksOfAMonotoneMapAreTheSame() {
    double[][] x = ChainsFixture.autoregression(3, 300, 0.8, Seed.of(25));
    double[][] cube = ChainsFixture.changed(x, (c, n, v) -> v * v * v);
    assertThat(RHat.basic(Series.normalised(cube))).isEqualTo(RHat.basic(Series.normalised(x)));
  }

  @Test
  void oneChainIsJudgedByItsHalves() {
    double[][] one = {FINE[0]};
    double[][] drift = ChainsFixture.changed(one, (c, n, v) -> v + 0.002 * n);
    assertThat(RHat.rank(one)).isBetween(0.99, RHat.THRESHOLD);
    assertThat(RHat.rank(drift)).isGreaterThan(1.1);
  }

  @Test
  void chainsStuckAtDifferentPlacesAreInfinitelyApart() {
    double[][] stuck = ChainsFixture.changed(FINE, (c, n, v) -> c);
    assertThat(RHat.split(stuck)).isGreaterThan(1e6);
    assertThat(RHat.rank(stuck)).isGreaterThan(1e6);
  }

  @Test
  void whatCannotBeJudgedIsNotANumber() {
    double[][] hole = ChainsFixture.changed(FINE, (c, n, v) -> c + n == 0 ? Double.NaN : v);
    double[][] constant = ChainsFixture.changed(FINE, (c, n, v) -> -1);
    double[][] few = ChainsFixture.independent(4, 3, Seed.of(26));
    for (double[][] x : new double[][][] {hole, constant, few}) {
      assertThat(RHat.rank(x)).isNaN();
      assertThat(RHat.split(x)).isNaN();
      assertThat(RHat.folded(x)).isNaN();
    }
  }

  @Test
  void twoValuesEquallyFarFromTheMedianHaveABulkAndNoFold() {
    double[][] coin = ChainsFixture.changed(FINE, (c, n, v) -> (c + n) % 2);
    assertThat(RHat.folded(coin)).isNaN();
    assertThat(RHat.rank(coin)).isBetween(0.99, 1.01);
  }

  /** One chain each: nested² - 1 is B/(N W), which is basic² - (N - 1)/N. */
  @Test
  void nestedWithOneChainEachIsTheBasicOneButForATermInTheNumberOfDraws() {
    double[][] x = ChainsFixture.autoregression(6, 50, 0.4, Seed.of(25));
    double nested = RHat.nested(x, 1);
    double basic = RHat.basic(x);
    assertThat(nested * nested - 1).isCloseTo(basic * basic - 49.0 / 50, within(1e-12));
  }

  @Test
  void nestedJudgesManyChainsOfOneDraw() {
    double[][] x = ChainsFixture.independent(8 * 64, 1, Seed.of(26));
    assertThat(RHat.nested(x, 64)).isBetween(1.0, 1.045); // √(1 + χ²₇/(7·64)); 1e-6 beyond
    double[][] apart = ChainsFixture.changed(x, (c, n, v) -> v + c / 64);
    assertThat(RHat.nested(apart, 64)).isGreaterThan(2);
    assertThat(RHat.nested(new double[][] {{1, 2}, {2, 3}, {5, 7}, {6, 8}}, 2))
        .isCloseTo(Math.sqrt(1 + 10.125 / 1.75), within(1e-12));
  }

  @Test
  void nestedRefusesSuperchainsThatDoNotComeOut() {
    double[][] x = ChainsFixture.independent(6, 10, Seed.of(27));
    assertThatThrownBy(() -> RHat.nested(x, 6)).hasMessageContaining("chainsEach must be between");
    assertThatThrownBy(() -> RHat.nested(ChainsFixture.independent(7, 3, Seed.of(1)), 2))
        .hasMessageContaining("must divide the number of chains, 7, got 2");
    assertThat(RHat.nested(ChainsFixture.changed(x, (c, n, v) -> 1.0), 2)).isNaN();
    assertThat(RHat.nested(ChainsFixture.changed(x, (c, n, v) -> v / 0), 2)).isNaN();
  }
}
