package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langevin.app.target.Catalogue;
import dev.langevin.app.target.Reference.Quantity;
import dev.langevin.app.target.Target;
import dev.langevin.chain.ChainListener;
import dev.langevin.chain.ChainSettings;
import dev.langevin.chain.Chains;
import dev.langevin.chain.Draws;
import dev.langevin.density.Model;
import dev.langevin.diagnostics.EffectiveSampleSize;
import dev.langevin.diagnostics.MonteCarloError;
import dev.langevin.diagnostics.RHat;
import dev.langevin.mcmc.Nuts;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * NUTS as it comes, four chains of 1000 + 1000, against posteriordb's reference draws: for every quantity x the means of x and x²,
 * z = (mean - reference) / sqrt(mcse² + mcse_reference²).
 *
 * <p>120 statistics over the seven posteriors. Bonferroni at 1e-4 over all of them: |z| &lt; Φ⁻¹(1 - 1e-4/240) = 4.9274. A chain that is
 * stuck would widen its own error bars, so R-hat and effective sample size are held as well; the twins show that the test bites.
 */
class PosteriorDbTest {
  private static final double THRESHOLD = 4.9274;
  private static final Seed SEED = Seed.of(1);
  private static final List<String> SEVEN =
      List.of(
          "eight-schools",
          "ark",
          "garch",
          "low-dim-gauss-mix",
          "kilpisjarvi",
          "earnings-logearn-interaction",
          "diamonds");

  static List<String> seven() {
    return SEVEN;
  }

  @Test
  void theThresholdCountsEveryStatistic() {
    long statistics = SEVEN.stream().mapToLong(name -> 2L * reference(name).size()).sum();
    assertThat(statistics).isEqualTo(120);
  }

  @ParameterizedTest
  @MethodSource("seven")
  void nutsAgreesWithTheReferenceDraws(String name) {
    Draws draws = draw(Catalogue.named(name).model().get());
    for (Quantity quantity : reference(name)) {
      double[][] x = draws.series(quantity.name());
      assertThat(RHat.rank(x)).as("R-hat of %s", quantity.name()).isLessThan(1.01);
      assertThat(EffectiveSampleSize.bulk(x)).as("ESS of %s", quantity.name()).isGreaterThan(400);
    }
    assertThat(largestZ(name, draws)).isLessThan(THRESHOLD);
  }

  /** Without the Jacobian of tau = exp(x), all mass is pulled to tau = 0. */
  @Test
  void aMissingJacobianIsCaught() {
    Model right = Catalogue.named("eight-schools").model().get();
    int logTau = right.dimension() - 1;
    assertThat(right.coordinate(logTau)).isEqualTo("log tau");
    Draws draws = draw(new Twin(right, 1, logTau, 1));
    assertThat(largestZ("eight-schools", draws)).isGreaterThan(THRESHOLD);
  }

  /** A log density that is 50 % too steep: variances a third too small. */
  @ParameterizedTest
  @ValueSource(strings = {"eight-schools", "ark"})
  void aWrongTemperatureIsCaught(String name) {
    Model right = Catalogue.named(name).model().get();
    assertThat(largestZ(name, draw(new Twin(right, 1.5, 0, 0)))).isGreaterThan(THRESHOLD);
  }

  private static List<Quantity> reference(String name) {
    Target target = Catalogue.named(name);
    return target.reference().orElseThrow().quantities();
  }

  private static Draws draw(Model model) {
    return Chains.run(
            Nuts.defaults(),
            model,
            ChainSettings.defaults(SEED),
            Runnable::run,
            ChainListener.silent())
        .draws();
  }

  private static double largestZ(String name, Draws draws) {
    double largest = 0;
    for (Quantity quantity : reference(name)) {
      double[][] x = draws.series(quantity.name());
      double[][] square = squares(x);
      largest = Math.max(largest, z(x, quantity.mean(), quantity.mcseMean()));
      largest = Math.max(largest, z(square, quantity.meanSquare(), quantity.mcseMeanSquare()));
    }
    return largest;
  }

  private static double z(double[][] x, double reference, double referenceError) {
    double mean = Arrays.stream(x).flatMapToDouble(Arrays::stream).average().orElseThrow();
    return Math.abs(mean - reference) / Math.hypot(MonteCarloError.mean(x), referenceError);
  }

  private static double[][] squares(double[][] x) {
    return Arrays.stream(x)
        .map(chain -> Arrays.stream(chain).map(value -> value * value).toArray())
        .toArray(double[][]::new);
  }

  /** beta log p(x) - missing · x[coordinate]: another temperature, or (missing = 1) the Jacobian of a logarithm left out. */
  private record Twin(Model model, double beta, int coordinate, double missing) implements Model {
    @Override
    public String name() {
      return model.name() + " with a mistake";
    }

    @Override
    public int dimension() {
      return model.dimension();
    }

    @Override
    public List<String> outputs() {
      return model.outputs();
    }

    @Override
    public double logDensity(double[] x, double[] gradient) {
      double logDensity = model.logDensity(x, gradient);
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] *= beta;
      }
      gradient[coordinate] -= missing;
      return beta * logDensity - missing * x[coordinate];
    }

    @Override
    public void report(double[] x, double[] out) {
      model.report(x, out);
    }

    @Override
    public Twin fork() {
      return new Twin(model.fork(), beta, coordinate, missing);
    }
  }
}
