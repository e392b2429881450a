package dev.langevin.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class PowerAverageTest {
  private static final double[] LENGTHS = {0.05, 0.10};

  /** ∫ f p by the midpoint rule. */
  private static double integral(PowerAverage p, DoubleUnaryOperator f) {
    int n = 20_000;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double u = (i + 0.5) / n;
      sum += f.applyAsDouble(u * p.end()) * (p.gamma() + 1) * Math.pow(u, p.gamma());
    }
    return sum / n;
  }

  @Test
  void theLengthIsTheStandardDeviationOfTheWeightsOverTheEnd() {
    for (double length : new double[] {0.01, 0.05, 0.1, 0.2, PowerAverage.LONGEST}) {
      PowerAverage p = PowerAverage.ofLength(length, 40);
      assertThat(p.length()).isCloseTo(length, within(1e-12));
      double mean = integral(p, t -> t);
      double variance = integral(p, t -> (t - mean) * (t - mean));
      assertThat(Math.sqrt(variance) / 40).isCloseTo(length, within(1e-6));
    }
    assertThat(PowerAverage.ofLength(0.05, 1).gamma()).isCloseTo(16.97, within(0.005)); // ibid.
    assertThat(PowerAverage.ofLength(0.10, 1).gamma()).isCloseTo(6.94, within(0.005));
    assertThatThrownBy(() -> PowerAverage.ofLength(0.3, 1)).hasMessageStartingWith("length must");
    assertThatThrownBy(() -> PowerAverage.ofLength(0, 1)).hasMessageStartingWith("length must");
  }

  @Test
  void stepAfterStepTheAverageIsTheIntegralOfTheStepwiseTrajectory() {
    for (int stride : new int[] {1, 4}) {
      PowerAverage p = PowerAverage.ofLength(0.07, 1);
      double average = 0;
      double[] theta = new double[200 / stride];
      for (int i = 0; i < theta.length; i++) {
        theta[i] = Math.sin(0.3 * i) + 0.01 * i;
        double keep = p.at((i + 1.0) * stride).keep(stride);
        average = keep * average + (1 - keep) * theta[i];
      }
      double exact = 0;
      for (int i = 0; i < theta.length; i++) {
        double from = (double) i / theta.length;
        double to = (i + 1.0) / theta.length;
        exact += theta[i] * (Math.pow(to, p.gamma() + 1) - Math.pow(from, p.gamma() + 1));
      }
      assertThat(average).isCloseTo(exact, within(1e-12));
    }
  }

  @Test
  void theInnerProductIsTheIntegralOfTheProduct() {
    PowerAverage p = PowerAverage.ofLength(0.05, 30);
    PowerAverage q = PowerAverage.ofLength(0.2, 50);
    double numeric = integral(p, t -> (q.gamma() + 1) * Math.pow(t / q.end(), q.gamma()) / q.end());
    assertThat(p.inner(q)).isCloseTo(numeric, within(1e-6));
    assertThat(q.inner(p)).isCloseTo(p.inner(q), within(1e-15));
  }

  /** Two averages at each of many times. */
  private static List<PowerAverage> kept(int times, double wrong) {
    List<PowerAverage> kept = new ArrayList<>();
    for (int k = 1; k <= times; k++) {
      for (double length : LENGTHS) {
        PowerAverage p = PowerAverage.ofLength(length, 0.2 + 0.8 * k / times);
        kept.add(new PowerAverage(p.gamma() + wrong, p.end()));
      }
    }
    return kept;
  }

  /** Means of sin(5τ) + τ² under each, combined. */
  private static double combined(List<PowerAverage> values, double[] coefficients) {
    double sum = 0;
    for (int i = 0; i < coefficients.length; i++) {
      sum += coefficients[i] * integral(values.get(i), t -> Math.sin(5 * t) + t * t);
    }
    return sum;
  }

  @Test
  void fromDenseSnapshotsTheAverageOfAKnownTrajectoryIsReconstructed() {
    List<PowerAverage> kept = kept(64, 0);
    for (double length : new double[] {0.05, 0.07, 0.10, 0.12, 0.15}) {
      PowerAverage wanted = PowerAverage.ofLength(length, 1);
      PowerAverage.Synthesis made = wanted.synthesis(kept);
      double exact = integral(wanted, t -> Math.sin(5 * t) + t * t);
      double gap = Math.abs(combined(kept, made.coefficients()) - exact);
      System.out.println(
          "length " + length + ": weights off by " + made.error() + ", mean off by " + gap);
      assertThat(gap).isLessThan(1e-5);
      assertThat(Arrays.stream(made.coefficients()).sum()).isCloseTo(1, within(1e-9));
    }
    PowerAverage wanted = PowerAverage.ofLength(0.07, 1);
    double[] broken = wanted.synthesis(kept(64, 1)).coefficients(); // taken for another power
    double exact = integral(wanted, t -> Math.sin(5 * t) + t * t);
    assertThat(Math.abs(combined(kept, broken) - exact)).isGreaterThan(1e-3);
  }

  @Test
  void anAverageThatWasKeptIsMadeOfItselfAndFewSnapshotsSayHowFarTheyAreOff() {
    PowerAverage.Synthesis own = PowerAverage.ofLength(0.05, 1).synthesis(kept(5, 0));
    assertThat(own.error()).isLessThan(1e-5);
    assertThat(own.coefficients()[8]).isCloseTo(1, within(1e-6));
    double coarse = PowerAverage.ofLength(0.02, 1).synthesis(kept(5, 0)).error();
    double fine = PowerAverage.ofLength(0.02, 1).synthesis(kept(40, 0)).error();
    assertThat(coarse).isGreaterThan(0.1);
    assertThat(fine).isLessThan(0.5 * coarse);
  }
}
