package dev.langevin.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.math.NormalQuantile;
import dev.langevin.random.Seed;
import dev.langevin.theory.NormalLaw;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** W1, W2, Sinkhorn and Fréchet: transport exactly, with entropy, and between normal laws. */
class TransportTest {
  private static final Seed SEED = Seed.of(181);

  @Test
  void noPermutationIsCheaperThanTheAssignment() {
    for (int r = 0; r < 40; r++) {
      int n = 2 + r % 6;
      double[] cost = new double[n * n];
      SEED.child(0).child(r).random().fillGaussian(cost, 0, n * n);
      if (r % 3 == 0) {
        Arrays.setAll(cost, i -> Math.rint(cost[i])); // ties
      }
      double best = cheapest(cost, n, 0, new boolean[n]);
      int[] columns = new Assignment(cost, n).columns();
      double found = 0;
      for (int i = 0; i < n; i++) {
        found += cost[i * n + columns[i]];
      }
      assertThat(found).isCloseTo(best, within(1e-12));
      assertThat(Arrays.stream(columns).distinct().count()).isEqualTo(n);
    }
  }

  private static double cheapest(double[] cost, int n, int row, boolean[] taken) {
    double best = row == n ? 0 : Double.POSITIVE_INFINITY;
    for (int j = 0; j < n && row < n; j++) {
      if (!taken[j]) {
        taken[j] = true;
        best = Math.min(best, cost[row * n + j] + cheapest(cost, n, row + 1, taken));
        taken[j] = false;
      }
    }
    return best;
  }

  /** Weak duality: feasible prices whose sum is the cost prove that nothing is cheaper, at any size. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 40, 300})
  void pricesProveThatTheAssignmentIsCheapest(int n) {
    double[] cost = new double[n * n];
    double[] points = Samples.normal(2 * n, 2, SEED.child(1).child(n));
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double a = points[2 * i] - points[2 * (n + j)];
        double b = points[2 * i + 1] - points[2 * (n + j) + 1];
        cost[i * n + j] = a * a + b * b;
      }
    }
    Assignment assignment = new Assignment(cost, n);
    double[] u = assignment.rowPrices();
    double[] v = assignment.columnPrices();
    double gap = 0;
    for (int i = 0; i < n; i++) {
      gap += u[i] + v[i] - cost[i * n + assignment.columns()[i]];
      for (int j = 0; j < n; j++) {
        assertThat(u[i] + v[j]).isLessThanOrEqualTo(cost[i * n + j] + 1e-12);
      }
    }
    assertThat(gap).isCloseTo(0, within(1e-10));
  }

  @Test
  void onTheLineAssignmentIsTheExactDistance() {
    double[] x = Samples.normal(80, 1, SEED.child(2));
    double[] y = Samples.normal(80, 1, 0.7, 1.3, SEED.child(3));
    Estimate line = new LineWasserstein().between(x, 80, y, 80, 1, SEED);
    Estimate assigned = new AssignmentWasserstein(2).between(x, 80, y, 80, 1, SEED);
    assertThat(assigned.value()).isCloseTo(line.value(), within(1e-12));
    assertThat(assigned.standardError())
        .isCloseTo(line.standardError(), within(0.2 * line.standardError()));
    Arrays.sort(x);
    Arrays.sort(y);
    double sum = 0;
    for (int i = 0; i < 80; i++) {
      sum += Math.abs(x[i] - y[i]) / 80;
    }
    assertThat(new AssignmentWasserstein(1).between(x, 80, y, 80, 1, SEED).value())
        .isCloseTo(sum, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void assignmentsAreAMetricThatKnowsShifts(int order) {
    AssignmentWasserstein w = new AssignmentWasserstein(order);
    double[] x = Samples.normal(50, 3, SEED.child(4));
    double[] y = Samples.normal(50, 3, 1, 2, SEED.child(5));
    double[] z = Samples.normal(50, 3, -1, 1, SEED.child(6));
    double xy = w.between(x, 50, y, 50, 3, SEED).value();
    double yz = w.between(y, 50, z, 50, 3, SEED).value();
    double xz = w.between(x, 50, z, 50, 3, SEED).value();
    assertThat(xz).isLessThanOrEqualTo(xy + yz);
    double[] moved = Arrays.stream(x).map(value -> value + 2).toArray();
    assertThat(w.between(x, 50, moved, 50, 3, SEED).value())
        .isCloseTo(2 * Math.sqrt(3), within(1e-12));
  }

  /** N(0, 1) against N(m, s²): √(m² + (s - 1)²); here from a sample whose rows are the law's own mid-quantiles. */
  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "0.5, 3"})
  void theDistanceToALawIsThatOfItsQuantiles(double mean, double sd) {
    int n = 20_000;
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = NormalQuantile.of((i + 0.5) / n);
    }
    double found =
        new QuantileWasserstein()
            .between(x, n, 1, u -> mean + sd * NormalQuantile.of(u), SEED)
            .value();
    assertThat(found).isCloseTo(Math.sqrt(mean * mean + (sd - 1) * (sd - 1)), within(0.01));
  }

  /** x = ±1 against N(0, 1): E(|z| - 1)² = 2 - 2√(2/π), tails and all; x = 0, 1 against the uniform: 1/12. */
  @Test
  void tailsAreIntegratedToTheEnd() {
    QuantileWasserstein w = new QuantileWasserstein();
    double normal = w.between(new double[] {1, -1}, 2, 1, NormalQuantile::of, SEED).value();
    double exact = 2 - 2 * Math.sqrt(2 / Math.PI);
    assertThat(normal * normal).isCloseTo(exact, within(1e-9));
    double uniform = w.between(new double[] {0, 1}, 2, 1, u -> u, SEED).value();
    assertThat(uniform * uniform).isCloseTo(1.0 / 12, within(1e-12));
  }

  /** Within 6 scatters of the closed form √(0.5² + 0.2²), whose bias at n = 400 is far below; ratio of stated to actual scatter as elsewhere. */
  @Test
  void theDistanceToALawHasAnInterval() {
    int repeats = 150;
    double[] values = new double[repeats];
    double stated = 0;
    for (int r = 0; r < repeats; r++) {
      double[] x = Samples.normal(400, 1, 0.5, 1.2, SEED.child(7).child(r));
      Estimate e = new QuantileWasserstein().between(x, 400, 1, NormalQuantile::of, SEED);
      values[r] = e.value();
      stated += e.standardError() / repeats;
    }
    double sd = Math.sqrt(Rows.variance(values));
    assertThat(stated / sd).isBetween(0.7, 1.4);
    assertThat(Rows.mean(values)).isCloseTo(Math.sqrt(0.29), within(6 * sd / Math.sqrt(150)));
  }

  @Test
  void sinkhornComesNearTheExactDistanceAsTheRegularisationFalls() {
    double[] x = Samples.normal(60, 2, SEED.child(8));
    double[] y = Samples.normal(60, 2, 1, 1.5, SEED.child(9));
    double exact = new AssignmentWasserstein(2).between(x, 60, y, 60, 2, SEED).value();
    double sharp = sinkhorn(x, y, 60, 0.001);
    assertThat(sharp).isCloseTo(exact * exact, within(0.02 * exact * exact));
    assertThat(Math.abs(sinkhorn(x, y, 60, 0.1) - exact * exact))
        .isGreaterThan(Math.abs(sharp - exact * exact));
  }

  /** For ε → ∞ every plan is the product, and S = 2E|x-y|² - E|x-x'|² - E|y-y'|², halved: |difference of means|². */
  @Test
  void sinkhornBecomesTheDistanceOfTheMeansAsTheRegularisationGrows() {
    double[] x = {0, 0, 2, 0, 1, 3};
    double[] y = {4, 1, 6, 1, 5, 4};
    assertThat(sinkhorn(x, y, 3, 1e6)).isCloseTo(17, within(1e-4)); // means (1, 1), (5, 2)
    // the broken twin, without the debiasing terms, is not even near
    EntropicTransport plain = new EntropicTransport(x, 3, y, 3, 2, 1e8);
    plain.solve(1000, 1e-9);
    assertThat(Rows.mean(plain.f()) + Rows.mean(plain.g())).isGreaterThan(17 + 2);
  }

  private static double sinkhorn(double[] x, double[] y, int n, double regularisation) {
    return new SinkhornDivergence(regularisation, 20_000, 1e-9)
        .between(x, n, y, n, 2, SEED)
        .value();
  }

  @Test
  void sinkhornSurvivesFarSamplesAndTinyRegularisation() {
    double[] x = Samples.normal(20, 2, SEED.child(10));
    double[] y = Samples.normal(20, 2, 1000, 1, SEED.child(11));
    double exact = new AssignmentWasserstein(2).between(x, 20, y, 20, 2, SEED).value();
    Estimate e = new SinkhornDivergence(1e-7, 5000, 1e-6).between(x, 20, y, 20, 2, SEED);
    assertThat(e.value()).isCloseTo(exact * exact, within(1e-4 * exact * exact));
  }

  @Test
  void plansHaveTheRightMarginals() {
    double[] x = Samples.normal(12, 2, SEED.child(12));
    double[] y = Samples.normal(9, 2, 1, 1, SEED.child(13));
    EntropicTransport t = new EntropicTransport(x, 12, y, 9, 2, 0.3);
    t.solve(5000, 1e-12);
    RowPairs pairs = new RowPairs(y, 9, 2);
    double[] line = new double[9];
    double[] column = new double[9];
    for (int i = 0; i < 12; i++) {
      pairs.squaredDistances(x, i, line, 9);
      double row = 0;
      for (int j = 0; j < 9; j++) {
        double p = StrictMath.exp((t.f()[i] + t.g()[j] - line[j]) / 0.3) / 108;
        row += p;
        column[j] += p;
      }
      assertThat(row).isCloseTo(1.0 / 12, within(1e-11));
    }
    assertThat(column[4]).isCloseTo(1.0 / 9, within(1e-11));
  }

  /** Samples that have moments to the last digit: the distance is the closed form of normal laws, off-diagonal covariances and all. */
  @Test
  void frechetIsTheClosedFormOfTheSamplesMoments() {
    double[] x = Samples.normal(40, 3, SEED.child(14));
    double[] y = Samples.normal(30, 3, 1, 2, SEED.child(15));
    for (int i = 0; i < 30; i++) {
      y[3 * i] += 0.8 * y[3 * i + 1];
    }
    double w = law(x, 40).wasserstein(law(y, 30));
    assertThat(new FrechetDistance().between(x, 40, y, 30, 3, SEED).value())
        .isCloseTo(w * w, within(1e-10));
  }

  private static NormalLaw law(double[] x, int n) {
    double[] mean = new double[3];
    double[][] covariance = new double[3][3];
    for (int i = 0; i < 3 * n; i++) {
      mean[i % 3] += x[i] / n;
    }
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < 9; k++) {
        double product = (x[3 * i + k / 3] - mean[k / 3]) * (x[3 * i + k % 3] - mean[k % 3]);
        covariance[k / 3][k % 3] += product / (n - 1);
      }
    }
    return NormalLaw.of(mean, covariance);
  }

  /** tr(A + B - 2(A^½BA^½)^½) of diag(4, 1, 0) and diag(1, 9, 0) is 1 + 4; without the cross term it would be 15. */
  @Test
  void normalTransportHasItsCrossTermAlsoWhereCovariancesAreSingular() {
    double[] a = {4, 0, 0, 0, 1, 0, 0, 0, 0};
    double[] b = {1, 0, 0, 0, 9, 0, 0, 0, 0};
    NormalTransport t = NormalTransport.between(a, b, 3);
    assertThat(t.square()).isCloseTo(5, within(1e-12));
    assertThat(t.toSecond())
        .containsExactly(new double[] {0.5, 0, 0, 0, 3, 0, 0, 0, 0}, within(1e-12));
    assertThat(t.toFirst())
        .containsExactly(new double[] {2, 0, 0, 0, 1.0 / 3, 0, 0, 0, 0}, within(1e-12));
  }

  @Test
  void frechetDoesNotChangeWhenBothSamplesAreTurned() {
    double[] x = Samples.normal(50, 2, SEED.child(16));
    double[] y = Samples.normal(50, 2, 1, 3, SEED.child(17));
    Estimate plain = new FrechetDistance().between(x, 50, y, 50, 2, SEED);
    Estimate turned = new FrechetDistance().between(turned(x), 50, turned(y), 50, 2, SEED);
    assertThat(turned.value()).isCloseTo(plain.value(), within(1e-11));
    assertThat(turned.standardError()).isCloseTo(plain.standardError(), within(1e-11));
  }

  private static double[] turned(double[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i += 2) {
      y[i] = 0.6 * x[i] - 0.8 * x[i + 1] + 7;
      y[i + 1] = 0.8 * x[i] + 0.6 * x[i + 1];
    }
    return y;
  }

  /** As for the other distances: ratio of stated to actual scatter over 150 pairs, false alarm below 1e-6. */
  @ParameterizedTest
  @ValueSource(strings = {"frechet", "w1", "w2", "sinkhorn", "w2-line"})
  void theStandardErrorIsTheScatterWhereTheLawsDiffer(String name) {
    int d = name.equals("w2-line") ? 1 : 2;
    int repeats = 150;
    double[] values = new double[repeats];
    double stated = 0;
    for (int r = 0; r < repeats; r++) {
      double[] x = Samples.normal(80, d, 0.9, 1.5, SEED.child(18).child(r));
      double[] y = Samples.normal(80, d, SEED.child(19).child(r));
      Estimate e = Distance.named(name).between(x, 80, y, 80, d, SEED);
      values[r] = e.value();
      stated += e.standardError() / repeats;
    }
    assertThat(stated / Math.sqrt(Rows.variance(values))).isBetween(0.7, 1.4);
  }

  @Test
  void constantColumnsAndTwoRowsAreNoObstacle() {
    double[] x = {0, 5, 1, 5};
    double[] y = {3, 5, 4, 5};
    for (String name : new String[] {"frechet", "w1", "w2", "sinkhorn"}) {
      Estimate e = Distance.named(name).between(x, 2, y, 2, 2, SEED);
      assertThat(e.value()).as(name).isCloseTo(name.startsWith("w") ? 3 : 9, within(1e-6));
      assertThat(e.standardError()).as(name).isNotNaN();
    }
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> new AssignmentWasserstein(3))
        .hasMessage("order must be between 1 and 2, got 3");
    assertThatThrownBy(
            () -> new LineWasserstein().between(new double[8], 4, new double[8], 4, 2, SEED))
        .hasMessage("d must be between 1 and 1, got 2");
    assertThatThrownBy(() -> new SinkhornDivergence(0, 1, 1))
        .hasMessageContaining("regularisation");
    assertThatThrownBy(() -> new SinkhornDivergence(1, 0, 1)).hasMessageContaining("iterations");
    assertThatThrownBy(() -> new SinkhornDivergence(1, 1, 0)).hasMessageContaining("tolerance");
  }
}
