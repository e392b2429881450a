package dev.langevin.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ClassifierTwoSampleTest {
  private static final Seed SEED = Seed.of(91);
  private static final ClassifierTwoSample SMALL = new ClassifierTwoSample(16, 20, 4);

  /** 30 pairs of equal laws: within four standard errors each (6e-5), and their scatter is no more than 1.5 times the stated one. */
  @Test
  void equalLawsLookLikeChance() {
    double sum = 0;
    double squares = 0;
    for (int r = 0; r < 30; r++) {
      Seed seed = SEED.child(1).child(r);
      double[] x = Samples.normal(100, 5, seed.child(0));
      double[] y = Samples.normal(100, 5, seed.child(1));
      Estimate a = SMALL.between(x, 100, y, 100, 5, seed.child(2));
      double z = (a.value() - 0.5) / a.standardError();
      assertThat(Math.abs(z)).isLessThan(4);
      sum += z / 30;
      squares += z * z / 30;
    }
    assertThat(Math.abs(sum)).isLessThan(1); // 5.5 standard errors
    assertThat(squares).isLessThan(2.25);
  }

  /** The broken twin judges rows that it was trained on: far above one half for equal laws, so the test above would catch it. */
  @Test
  void aTwinThatJudgesItsOwnTrainingRowsFailsTheSameTest() {
    int n = 100;
    int d = 20;
    double[] x = Samples.normal(n, d, SEED.child(2));
    double[] y = Samples.normal(n, d, SEED.child(3));
    double[] rows = Rows.standardised(x, n, y, n, d);
    byte[] target = new byte[2 * n];
    Arrays.fill(target, n, 2 * n, (byte) 1);
    AddressedRandom random = SEED.random();
    Perceptron network = new Perceptron(d, 32, random);
    network.train(
        rows,
        target,
        new double[] {1, 1},
        Rows.order(2 * n),
        new Perceptron.Descent(20, 32, 0.02, 1),
        random);
    double right = 0;
    for (int r = 0; r < 2 * n; r++) {
      right += network.logit(rows, r * d) > 0 == (target[r] == 1) ? 0.5 / n : 0;
    }
    assertThat(right).isGreaterThan(0.85);
    Estimate honest = new ClassifierTwoSample(32, 20, 5).between(x, n, y, n, d, SEED);
    assertThat(honest.value()).isCloseTo(0.5, within(4 * honest.standardError()));
  }

  /** A shift by m along one axis is guessed right with probability Φ(m/2) at best: 0.977 for m = 4. */
  @Test
  void aShiftIsFoundAboutAsOftenAsCanBe() {
    double[] x = Samples.normal(300, 3, SEED.child(4));
    double[] y = Samples.normal(300, 3, SEED.child(5));
    for (int r = 0; r < 300; r++) {
      y[3 * r + 1] += 4;
    }
    Estimate a = SMALL.between(x, 300, y, 300, 3, SEED);
    assertThat(a.value()).isBetween(0.95, 0.995);
    assertThat(a.standardError()).isBetween(0.004, 0.015);
  }

  /** Neither column alone tells the samples apart: the sign of the product does. A straight line cannot, a hidden layer can. */
  @Test
  void aDifferenceThatIsNotLinearIsFound() {
    int n = 300;
    double[] x = Samples.normal(n, 2, SEED.child(6));
    double[] y = Samples.normal(n, 2, SEED.child(7));
    for (int r = 0; r < n; r++) {
      x[2 * r + 1] = Math.copySign(x[2 * r + 1], x[2 * r]);
      y[2 * r + 1] = Math.copySign(y[2 * r + 1], -y[2 * r]);
    }
    assertThat(SMALL.between(x, n, y, n, 2, SEED).value()).isGreaterThan(0.93);
    assertThat(new ClassifierTwoSample(1, 20, 4).between(x, n, y, n, 2, SEED).value())
        .isLessThan(0.8);
  }

  @Test
  void moreEpochsTellMore() {
    double[] x = Samples.normal(200, 2, SEED.child(8));
    double[] y = Samples.normal(200, 2, 0, 3, SEED.child(9));
    double little = new ClassifierTwoSample(16, 1, 4).between(x, 200, y, 200, 2, SEED).value();
    double much = new ClassifierTwoSample(16, 30, 4).between(x, 200, y, 200, 2, SEED).value();
    assertThat(much).isGreaterThan(little).isGreaterThan(0.75);
  }

  @Test
  void unequalSizesAreStillChance() {
    double[] x = Samples.normal(60, 4, SEED.child(10));
    double[] y = Samples.normal(400, 4, SEED.child(11));
    Estimate a = SMALL.between(x, 60, y, 400, 4, SEED);
    assertThat(a.value()).isCloseTo(0.5, within(4 * a.standardError()));
  }

  /**
   * Each sample repeats 40 rows of its own some five times: 40, not 200, rows to learn from and to be asked about. The twin does not see
   * that rows are equal, because they differ in the ninth digit: it recognises what it was taught.
   */
  @Test
  void repeatedRowsDoNotGiveTheGameAway() {
    ClassifierTwoSample thorough = new ClassifierTwoSample(32, 60, 4);
    double[] pool = Samples.normal(80, 6, SEED.child(12));
    AddressedRandom random = SEED.child(13).random();
    double[] x = drawn(pool, 40, 0, 200, random);
    double[] y = drawn(pool, 40, 40, 200, random);
    double honest = thorough.between(x, 200, y, 200, 6, SEED).value();
    assertThat(honest).isCloseTo(0.5, within(0.22)); // binomial of 80: four standard errors
    blur(x, random);
    blur(y, random);
    assertThat(thorough.between(x, 200, y, 200, 6, SEED).value()).isGreaterThan(0.75);
  }

  private static void blur(double[] x, AddressedRandom random) {
    for (int i = 0; i < x.length; i++) {
      x[i] += 1e-9 * random.nextGaussian();
    }
  }

  private static double[] drawn(double[] pool, int kinds, int from, int n, AddressedRandom random) {
    int[] index = new int[n];
    for (int i = 0; i < n; i++) {
      index[i] = from + random.nextInt(kinds);
    }
    return Rows.pick(pool, pool.length / 80, index, 0, n);
  }

  @Test
  void copiesWithALittleNoiseAreGuessedWorseThanByChance() {
    double[] x = Samples.normal(150, 20, SEED.child(14));
    double[] y = x.clone();
    AddressedRandom random = SEED.child(15).random();
    for (int i = 0; i < y.length; i++) {
      y[i] += 1e-3 * random.nextGaussian();
    }
    Estimate a = SMALL.between(x, 150, y, 150, 20, SEED);
    assertThat(a.value()).isLessThan(0.4);
  }

  @Test
  void equalRowsShareAFoldAndFoldsAreEven() {
    double[] rows = Samples.normal(100, 2, SEED.child(16));
    System.arraycopy(rows, 0, rows, 2 * 60, 2 * 20); // rows 60…79 repeat 0…19
    rows[2 * 90] = 0.0;
    rows[2 * 90 + 1] = 1;
    rows[2 * 5] = -0.0;
    rows[2 * 5 + 1] = 1;
    Folds folds = Folds.deal(5, rows, 50, 50, 2, SEED.random());
    int[] foldOf = new int[100];
    int total = 0;
    for (int f = 0; f < 5; f++) {
      int[] inside = folds.rows(f, true);
      assertThat(folds.rows(f, false)).hasSize(100 - inside.length);
      assertThat(inside.length).isBetween(13, 27);
      total += inside.length;
      for (int row : inside) {
        foldOf[row] = f;
      }
    }
    assertThat(total).isEqualTo(100);
    for (int r = 0; r < 20; r++) {
      if (r != 5) {
        assertThat(foldOf[60 + r]).isEqualTo(foldOf[r]);
      }
    }
    assertThat(foldOf[90]).isEqualTo(foldOf[5]);
  }

  @Test
  void aConstantColumnCarriesNothing() {
    double[] rows =
        Rows.standardised(new double[] {0.1, 1, 0.1, 3}, 2, new double[] {0.1, 5, 0.1, 7}, 2, 2);
    assertThat(rows[0]).isZero();
    assertThat(rows[6]).isZero();
    assertThat(rows[1]).isCloseTo(-3 / Math.sqrt(5), within(1e-14));
    assertThat(rows[7]).isCloseTo(3 / Math.sqrt(5), within(1e-14));
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> new ClassifierTwoSample(0, 1, 2)).hasMessageContaining("hidden");
    assertThatThrownBy(() -> new ClassifierTwoSample(1, 0, 2)).hasMessageContaining("epochs");
    assertThatThrownBy(() -> new ClassifierTwoSample(1, 1, 1)).hasMessageContaining("folds");
    double[] x = Samples.normal(3, 1, SEED);
    assertThatThrownBy(() -> SMALL.between(x, 3, x, 3, 1, SEED))
        .hasMessage("rows of the smaller sample must be at least 4, got 3");
    assertThat(ClassifierTwoSample.defaults()).isEqualTo(new ClassifierTwoSample(32, 20, 5));
  }
}
