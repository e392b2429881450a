package dev.langevin.density.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.GradientCheck;
import dev.langevin.density.Model;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SyntheticTargetTest {
  private static double normal(double mean, double sd, double x) {
    return NormalDistribution.of(mean, sd).logDensity(x);
  }

  static Stream<Model> all() {
    double[][] full = {{2, 0.5, -0.3}, {0.5, 1, 0.2}, {-0.3, 0.2, 0.7}};
    return Stream.of(
        Gaussian.iid(5),
        Gaussian.illConditioned(7, 1000),
        Gaussian.diagonal(new double[] {1, -4}, new double[] {0.1, 30}),
        Gaussian.of(new double[] {1, 2, 3}, full),
        Gaussian.of(new double[] {1, 2, 3}, full).noised(0.5, 2),
        StudentT.of(4, new double[] {1, 2, 3}, full),
        StudentT.of(1, new double[2], new double[][] {{2, 0}, {0, 1}}),
        new Banana(2, 0.1, 10),
        new Banana(4, -0.03, 5),
        new Funnel(10),
        new Funnel(3, 1.5));
  }

  @ParameterizedTest
  @MethodSource("all")
  void gradientsAreThoseByDifferences(Model model) {
    for (int p = 0; p < 8; p++) {
      double[] x = new double[model.dimension()];
      Seed.of(11).child(model.name()).child(p).random().fillGaussian(x, 0, x.length);
      GradientCheck check = GradientCheck.at(model, x);
      assertThat(check.passes(1e-8)).as(check.toString()).isTrue();
      double[] out = new double[model.outputs().size()];
      model.report(x, out);
      assertThat(out).isEqualTo(x);
      assertThat(model.fork().logDensity(x)).isEqualTo(model.logDensity(x));
    }
  }

  @Test
  void logDensitiesAreTheNormalisedPlainFormulas() {
    double[] x = {0.7, -1.1, 2.3};
    double iid = 0;
    double diagonal = 0;
    for (int i = 0; i < 3; i++) {
      iid += normal(0, 1, x[i]);
      diagonal += normal(i, 2 + i, x[i]);
    }
    assertThat(Gaussian.iid(3).logDensity(x)).isCloseTo(iid, within(1e-13));
    assertThat(Gaussian.diagonal(new double[] {0, 1, 2}, new double[] {2, 3, 4}).logDensity(x))
        .isCloseTo(diagonal, within(1e-13));

    double bent = x[1] + 0.1 * (x[0] * x[0] - 16);
    assertThat(new Banana(3, 0.1, 4).logDensity(x))
        .isCloseTo(normal(0, 4, x[0]) + normal(0, 1, bent) + normal(0, 1, x[2]), within(1e-13));

    double scale = Math.exp(x[0] / 2);
    assertThat(new Funnel(3, 2).logDensity(x))
        .isCloseTo(
            normal(0, 2, x[0]) + normal(0, scale, x[1]) + normal(0, scale, x[2]), within(1e-13));
    assertThat(new Funnel(3).logDensity(x)).isEqualTo(new Funnel(3, 3).logDensity(x));
  }

  @Test
  void studentsTIsThatOfTheTablesAndAMixtureOfNormals() {
    for (int nu = 1; nu <= 4; nu++) {
      double one =
          StudentT.of(nu, new double[] {2}, new double[][] {{9}}).logDensity(new double[1]);
      double expected = TDistribution.of(nu).logDensity(2 / 3.0) - Math.log(3);
      assertThat(one).isCloseTo(expected, within(1e-13));
    }
    double three =
        StudentT.of(2, new double[3], new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}})
            .logDensity(new double[] {1, 0, 1});
    // Γ(5/2)/Γ(1) (2π)^-3/2 (1 + 2/2)^-5/2
    double expected = 0.75 * Math.sqrt(Math.PI) / (Math.pow(2 * Math.PI, 1.5) * Math.pow(2, 2.5));
    assertThat(three).isCloseTo(Math.log(expected), within(1e-13));
    StudentT law = StudentT.of(7, new double[] {1, -1}, new double[][] {{4, 1.5}, {1.5, 2}});
    assertThat(z(2, law::sample, x -> x[0] * x[1], 1.5 * 7 / 5 - 1)).isLessThan(5.3);
    assertThat(z(2, law::sample, x -> x[0] * x[1], 1.5 - 1)).isGreaterThan(5.3);
    assertThat(law.location()).containsExactly(1, -1);
    assertThat(law.scale()).isDeepEqualTo(new double[][] {{4, 1.5}, {1.5, 2}});
    assertThatThrownBy(() -> StudentT.of(0, new double[1], new double[][] {{1}}))
        .hasMessage("degreesOfFreedom must be at least 1, got 0");
  }

  @Test
  void fullCovarianceIsTheChainRuleOfItsConditionals() {
    // N(mu, [[a, c], [c, b]]): x1 ~ N(mu1, a), x2 | x1 ~ N(mu2 + (c/a)(x1-mu1), b - c²/a)
    double[] x = {0.3, 1.9};
    Gaussian gaussian = Gaussian.of(new double[] {1, -1}, new double[][] {{4, 1.5}, {1.5, 2}});
    double conditional = normal(-1 + 1.5 / 4 * (0.3 - 1), Math.sqrt(2 - 1.5 * 1.5 / 4), 1.9);
    assertThat(gaussian.logDensity(x)).isCloseTo(normal(1, 2, 0.3) + conditional, within(1e-13));
  }

  @Test
  void illConditionedVariancesSpanKappaWithDeterminantOne() {
    double[][] covariance = Gaussian.illConditioned(5, 1e4).covariance();
    assertThat(covariance[0][0]).isCloseTo(0.01, within(1e-14));
    assertThat(covariance[2][2]).isCloseTo(1, within(1e-14));
    assertThat(covariance[4][4]).isCloseTo(100, within(1e-10));
    assertThat(Gaussian.illConditioned(5, 1e4).name()).isEqualTo("gaussian-ill");
    assertThatThrownBy(() -> Gaussian.illConditioned(5, 0.5))
        .hasMessage("kappa must be at least 1, got 0.5");
  }

  @Test
  void theFunnelsNeckNeitherOverflowsNorTurnsIntoNaN() {
    double[] gradient = new double[3];
    Funnel funnel = new Funnel(3);
    assertThat(funnel.logDensity(new double[] {-800, 0, 0}, gradient)).isFinite();
    assertThat(gradient[1]).isZero();
    assertThat(funnel.logDensity(new double[] {-800, 1e10, 0}, gradient))
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }

  /**
   * Draws of the samplers that the targets bring have the moments that their documentation states: mean and second moment of one
   * output from 20 000 draws at |z| &lt; 5.3 (false alarm 1e-7 each); a bend or spread off by 20 % is caught.
   */
  @Test
  void exactDrawsHaveTheDocumentedMoments() {
    Banana banana = new Banana(2, 0.3, 2);
    double variance = 1 + 2 * 0.3 * 0.3 * 16;
    assertThat(z(2, banana::sample, x -> x[1], 0)).isLessThan(5.3);
    assertThat(z(2, banana::sample, x -> x[1] * x[1], variance)).isLessThan(5.3);
    assertThat(z(2, new Banana(2, 0.36, 2)::sample, x -> x[1] * x[1], variance)).isGreaterThan(5.3);

    Funnel funnel = new Funnel(2, 0.8);
    double spread = Math.exp(0.5 * 0.8 * 0.8);
    assertThat(z(2, funnel::sample, x -> x[1] * x[1], spread)).isLessThan(5.3);
    assertThat(z(2, new Funnel(2, 0.96)::sample, x -> x[1] * x[1], spread)).isGreaterThan(5.3);

    Gaussian gaussian = Gaussian.of(new double[] {1, -1}, new double[][] {{4, 1.5}, {1.5, 2}});
    assertThat(z(2, gaussian::sample, x -> x[0] * x[1], 1.5 - 1)).isLessThan(5.3);
    assertThat(z(2, gaussian::sample, x -> x[0] * x[1], 1.2 * 1.5 - 1)).isGreaterThan(5.3);
  }

  private interface Sampling {
    void sample(RandomGenerator random, double[] out);
  }

  private interface Statistic {
    double of(double[] x);
  }

  private static double z(int d, Sampling sampling, Statistic statistic, double expected) {
    int n = 20_000;
    AddressedRandom random = Seed.of(12).random();
    double[] x = new double[d];
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      sampling.sample(random, x);
      double value = statistic.of(x);
      sum += value;
      squares += value * value;
    }
    double mean = sum / n;
    return Math.abs(mean - expected) / Math.sqrt((squares / n - mean * mean) / n);
  }
}
