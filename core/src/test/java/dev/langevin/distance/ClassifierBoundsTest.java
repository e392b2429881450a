package dev.langevin.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.random.Seed;
import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

/** Total variation and relative entropy by a classifier: bounds from below. */
class ClassifierBoundsTest {
  private static final Seed SEED = Seed.of(201);
  private static final ClassifierTwoSample SMALL = new ClassifierTwoSample(8, 20, 4);

  /** N(m, I) against N(0, I), |m| = δ: TV = 2Φ(δ/2) - 1, KL = δ²/2. Never above by more than 5 standard errors, and not far below. */
  @Test
  void boundsOfShiftedNormalsLieJustBelowTheClosedForms() {
    double shift = 1 / Math.sqrt(2);
    double tv = 2 * NormalDistribution.of(0, 1).cumulativeProbability(0.5) - 1;
    double[] x = Samples.normal(800, 2, shift, 1, SEED.child(0));
    double[] y = Samples.normal(800, 2, SEED.child(1));
    Estimate variation = new ClassifierVariation(SMALL).between(x, 800, y, 800, 2, SEED);
    Estimate entropy = new ClassifierRelativeEntropy(SMALL).between(x, 800, y, 800, 2, SEED);
    assertThat(variation.value()).isBetween(tv - 0.12, tv + 5 * variation.standardError());
    assertThat(entropy.value()).isBetween(0.5 - 0.2, 0.5 + 5 * entropy.standardError());
    assertThat(entropy.standardError()).isLessThan(0.15);
  }

  /**
   * Small samples are where an estimate that cheats shows: the mean over 60 pairs of one law is not above 0 by more than 5 scatters (false alarm below 1e-6); the twin that
   * sets slope and offset on the rows that it judges is.
   */
  @Test
  void underEqualLawsTheBoundIsNotAboveZeroInTheMean() {
    double[] honest = new double[60];
    double[] cheating = new double[60];
    for (int r = 0; r < 60; r++) {
      double[] x = Samples.normal(40, 3, SEED.child(2).child(r));
      double[] y = Samples.normal(40, 3, SEED.child(3).child(r));
      honest[r] = new ClassifierRelativeEntropy(SMALL).between(x, 40, y, 40, 3, SEED).value();
      cheating[r] = calibratedOnItself(x, y);
    }
    assertThat(Rows.mean(honest)).isLessThan(5 * Math.sqrt(Rows.variance(honest) / 60));
    assertThat(Rows.mean(cheating)).isGreaterThan(5 * Math.sqrt(Rows.variance(cheating) / 60));
  }

  private static double calibratedOnItself(double[] x, double[] y) {
    double[] logits = SMALL.judge(x, 40, y, 40, 3, 0, SEED).logits()[0];
    int[] all = Rows.order(80);
    Calibration line = Calibration.of(logits, all, 40);
    double sum = 1;
    for (int i = 0; i < 80; i++) {
      double f = -line.at(logits[i]);
      sum += (i < 40 ? f : -StrictMath.exp(f)) / 40;
    }
    return sum;
  }

  @Test
  void aLargeDivergenceIsBoundedByWhatTheRowsCanShow() {
    double[] x = Samples.normal(100, 2, 20, 1, SEED.child(4));
    double[] y = Samples.normal(100, 2, SEED.child(5));
    Estimate e = new ClassifierRelativeEntropy(SMALL).between(x, 100, y, 100, 2, SEED);
    assertThat(e.value()).isBetween(2.0, 11.0);
    assertThat(new ClassifierVariation(SMALL).between(x, 100, y, 100, 2, SEED).value())
        .isGreaterThan(0.95);
  }

  @Test
  void variationIsTwiceTheAccuracyLessOne() {
    double[] x = Samples.normal(60, 2, 1, 1, SEED.child(6));
    double[] y = Samples.normal(60, 2, SEED.child(7));
    Estimate accuracy = SMALL.between(x, 60, y, 60, 2, SEED);
    Estimate variation = new ClassifierVariation(SMALL).between(x, 60, y, 60, 2, SEED);
    assertThat(variation.value()).isCloseTo(2 * accuracy.value() - 1, within(1e-15));
    assertThat(variation.standardError()).isCloseTo(2 * accuracy.standardError(), within(1e-15));
  }

  /** Logits that are three times too sure by 1: the line found undoes both; classes of unequal size weigh the same. */
  @Test
  void calibrationUndoesSlopeAndOffset() {
    int zeros = 4000;
    int n = 12_000;
    double[] truth = new double[n];
    double[] logits = new double[n];
    SEED.child(8).random().fillGaussian(truth, 0, n);
    for (int i = 0; i < n; i++) {
      truth[i] += i < zeros ? -0.5 : 0.5; // N(±½, 1): the log ratio is x
      logits[i] = 3 * truth[i] + 1;
    }
    Calibration line = Calibration.of(logits, Rows.order(n), zeros);
    assertThat(line.slope()).isCloseTo(1.0 / 3, within(0.03));
    assertThat(line.offset()).isCloseTo(-1.0 / 3, within(0.1));
  }

  @Test
  void rowsThatCanBeSeparatedLeaveTheLineFinite() {
    double[] logits = new double[20];
    Arrays.setAll(logits, i -> i < 10 ? -5 - i : 5 + i);
    Calibration line = Calibration.of(logits, Rows.order(20), 10);
    assertThat(line.slope()).isFinite().isPositive();
    assertThat(Calibration.of(logits, new int[0], 10).slope()).isZero();
  }

  @Test
  void twoFoldsAreTooFewForThreeParts() {
    assertThatThrownBy(() -> new ClassifierRelativeEntropy(new ClassifierTwoSample(4, 2, 2)))
        .hasMessage("folds must be at least 3, got 2");
  }
}
