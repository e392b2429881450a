package dev.langevin.density.target;

import static dev.langevin.density.Block.ordered;
import static dev.langevin.density.Block.positive;
import static dev.langevin.density.Block.real;
import static dev.langevin.density.Block.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.Block;
import dev.langevin.density.ConstrainedDensity;
import dev.langevin.density.Density;
import dev.langevin.density.Derived;
import dev.langevin.density.GradientCheck;
import dev.langevin.density.Model;
import dev.langevin.density.Parameters;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.CauchyDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The posteriors with hand-written gradients against their models written plainly: term by term, with distributions from Commons
 * Statistics, on the constrained scale, moved to R^d by {@link Parameters}. The data are made up here, small, and unlike posteriordb's.
 */
class PosteriorTest {
  /** A model and the same model written plainly; they agree up to a constant. */
  record Pair(Model model, Model plain) {
    @Override
    public String toString() {
      return model.name();
    }
  }

  private static double normal(double mean, double sd, double x) {
    return NormalDistribution.of(mean, sd).logDensity(x);
  }

  private static double[] noise(String address, int n) {
    double[] noise = new double[n];
    Seed.of(31).child(address).random().fillGaussian(noise, 0, n);
    return noise;
  }

  static Stream<Pair> all() {
    return Stream.of(
        eightSchools(), arK(), garch(), lowDimGaussMix(), kilpisjarvi(), logEarnings(), diamonds());
  }

  private static Pair eightSchools() {
    double[] y = {2, -3, 5};
    double[] sigma = {1.5, 4, 0.7};
    Parameters parameters = Parameters.of(vector("t", 3), real("mu"), positive("tau"));
    ConstrainedDensity density =
        (x, g) -> {
          double sum = normal(0, 5, x[3]) + CauchyDistribution.of(0, 5).logDensity(x[4]);
          for (int j = 0; j < 3; j++) {
            sum += normal(0, 1, x[j]) + normal(x[3] + x[4] * x[j], sigma[j], y[j]);
          }
          return sum;
        };
    Derived theta =
        Derived.vector(
            "theta",
            3,
            (x, out) -> {
              for (int j = 0; j < 3; j++) {
                out[j] = x[3] + x[4] * x[j];
              }
            });
    return new Pair(new EightSchools(y, sigma), parameters.model("plain", density, theta));
  }

  private static Pair arK() {
    double[] y = noise("ark", 30);
    Parameters parameters = Parameters.of(real("alpha"), vector("beta", 2), positive("sigma"));
    ConstrainedDensity density =
        (x, g) -> {
          double sum = CauchyDistribution.of(0, 2.5).logDensity(x[3]);
          for (int k = 0; k < 3; k++) {
            sum += normal(0, 10, x[k]);
          }
          for (int t = 2; t < y.length; t++) {
            sum += normal(x[0] + x[1] * y[t - 1] + x[2] * y[t - 2], x[3], y[t]);
          }
          return sum;
        };
    return new Pair(new ArK(2, y), parameters.model("plain", density));
  }

  private static Pair garch() {
    double[] y = noise("garch", 40);
    // beta1 = (1 - alpha1) share moves with alpha1: written for share, with the factor 1 - alpha1
    // that ∂beta1/∂share is
    Parameters parameters =
        Parameters.of(
            real("mu"),
            positive("alpha0"),
            Block.between("alpha1", 0, 1),
            Block.between("share", 0, 1));
    ConstrainedDensity density =
        (x, g) -> {
          double beta1 = (1 - x[2]) * x[3];
          double sigma = 0.8;
          double sum = Math.log(1 - x[2]);
          for (int t = 0; t < y.length; t++) {
            if (t > 0) {
              double error = y[t - 1] - x[0];
              sigma = Math.sqrt(x[1] + x[2] * error * error + beta1 * sigma * sigma);
            }
            sum += normal(x[0], sigma, y[t]);
          }
          return sum;
        };
    Derived beta1 = Derived.scalar("beta1", (x, out) -> out[0] = (1 - x[2]) * x[3]);
    return new Pair(new Garch(y, 0.8), parameters.model("plain", density, beta1));
  }

  private static Pair lowDimGaussMix() {
    double[] y = noise("mix", 50);
    Parameters parameters =
        Parameters.of(ordered("mu", 2), positive("sigma", 2), Block.between("theta", 0, 1));
    ConstrainedDensity density =
        (x, g) -> {
          double sum = BetaDistribution.of(5, 5).logDensity(x[4]);
          for (int k = 0; k < 2; k++) {
            sum += normal(0, 2, x[k]) + normal(0, 2, x[2 + k]);
          }
          for (double one : y) {
            double first = Math.exp(normal(x[0], x[2], one));
            double second = Math.exp(normal(x[1], x[3], one));
            sum += Math.log(x[4] * first + (1 - x[4]) * second);
          }
          return sum;
        };
    return new Pair(new LowDimGaussMix(y), parameters.model("plain", density));
  }

  private static Pair kilpisjarvi() {
    double[] y = noise("kilpisjarvi", 12);
    double[] x1 = new double[12];
    for (int i = 0; i < 12; i++) {
      x1[i] = 100 + i;
    }
    Parameters parameters = Parameters.of(real("alpha"), real("beta"), positive("sigma"));
    ConstrainedDensity density =
        (x, g) -> {
          double sum = normal(1.5, 20, x[0]) + normal(0.1, 0.3, x[1]);
          for (int i = 0; i < y.length; i++) {
            sum += normal(x[0] + x[1] * x1[i], x[2], y[i]);
          }
          return sum;
        };
    Model model = new Kilpisjarvi(x1, y, 1.5, 20, 0.1, 0.3);
    return new Pair(model, parameters.model("plain", density));
  }

  private static Pair logEarnings() {
    double[] height = noise("height", 25);
    double[] earn = noise("earn", 25);
    double[] male = new double[25];
    for (int i = 0; i < 25; i++) {
      height[i] = 170 + 10 * height[i];
      earn[i] = Math.exp(10 + earn[i]);
      male[i] = i % 2;
    }
    Parameters parameters = Parameters.of(vector("beta", 4), positive("sigma"));
    ConstrainedDensity density =
        (x, g) -> {
          double sum = 0;
          for (int i = 0; i < 25; i++) {
            double mean = x[0] + x[1] * height[i] + x[2] * male[i] + x[3] * height[i] * male[i];
            sum += normal(mean, x[4], Math.log(earn[i]));
          }
          return sum;
        };
    Model model = new LogEarningsInteraction(earn, height, male);
    return new Pair(model, parameters.model("plain", density));
  }

  private static Pair diamonds() {
    double[][] x1 = predictors(40);
    double[] y = noise("price", 40);
    double[] means = new double[3];
    for (double[] row : x1) {
      for (int k = 0; k < 3; k++) {
        means[k] += row[k + 1] / x1.length;
      }
    }
    Parameters parameters = Parameters.of(vector("b", 3), real("Intercept"), positive("sigma"));
    ConstrainedDensity density =
        (x, g) -> {
          TDistribution t = TDistribution.of(3);
          double sum = t.logDensity((x[3] - 8) / 10) + t.logDensity(x[4] / 10);
          for (int k = 0; k < 3; k++) {
            sum += normal(0, 1, x[k]);
          }
          for (int i = 0; i < y.length; i++) {
            double mean = x[3];
            for (int k = 0; k < 3; k++) {
              mean += (x1[i][k + 1] - means[k]) * x[k];
            }
            sum += normal(mean, x[4], y[i]);
          }
          return sum;
        };
    Derived intercept =
        Derived.scalar(
            "b_Intercept",
            (x, out) -> out[0] = x[3] - means[0] * x[0] - means[1] * x[1] - means[2] * x[2]);
    return new Pair(new Diamonds(y, x1), parameters.model("plain", density, intercept));
  }

  /** A constant and three predictors, two of them nearly collinear. */
  private static double[][] predictors(int n) {
    double[] noise = noise("x", 3 * n);
    double[][] x = new double[n][];
    for (int i = 0; i < n; i++) {
      double a = 2 + noise[3 * i];
      x[i] = new double[] {1, a, a + 0.001 * noise[3 * i + 1], noise[3 * i + 2]};
    }
    return x;
  }

  private static double[] point(Model model, int index) {
    AddressedRandom random = Seed.of(32).child(model.name()).child(index).random();
    double[] x = new double[model.dimension()];
    random.fillGaussian(x, 0, x.length);
    return x;
  }

  @ParameterizedTest
  @MethodSource("all")
  void logDensityIsThePlainFormulaUpToAConstant(Pair pair) {
    double[] origin = new double[pair.model().dimension()];
    double constant = pair.model().logDensity(origin) - pair.plain().logDensity(origin);
    for (int p = 0; p < 20; p++) {
      double[] x = point(pair.model(), p);
      double plain = pair.plain().logDensity(x);
      assertThat(pair.model().logDensity(x) - constant)
          .isCloseTo(plain, within(1e-11 * Math.max(10, Math.abs(plain))));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void gradientIsThatByDifferences(Pair pair) {
    for (int p = 0; p < 8; p++) {
      GradientCheck check = GradientCheck.at(pair.model(), point(pair.model(), p));
      assertThat(check.passes(1e-8)).as(check.toString()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aGradientOffByOnePercentInOneEntryIsCaught(Pair pair) {
    Model model = pair.model();
    for (int entry = 0; entry < model.dimension(); entry++) {
      GradientCheck check = GradientCheck.at(new Off(model, entry), point(model, 1));
      assertThat(check.passes(1e-3)).isFalse();
      assertThat(check.worst().index()).isEqualTo(entry);
    }
  }

  private record Off(Model model, int entry) implements Density {
    @Override
    public int dimension() {
      return model.dimension();
    }

    @Override
    public double logDensity(double[] x, double[] gradient) {
      double value = model.logDensity(x, gradient);
      gradient[entry] *= 1.01;
      return value;
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void reportsAreThoseOfThePlainModelUnderTheSameNames(Pair pair) {
    double[] x = point(pair.model(), 2);
    List<String> names = pair.model().outputs();
    double[] out = new double[names.size()];
    double[] plain = new double[pair.plain().outputs().size()];
    pair.model().report(x, out);
    pair.plain().report(x, plain);
    for (int i = 0; i < out.length; i++) {
      int at = pair.plain().outputs().indexOf(names.get(i));
      assertThat(at).as(names.get(i)).isNotNegative();
      assertThat(out[i]).isCloseTo(plain[at], within(1e-12 * (1 + Math.abs(plain[at]))));
    }
    for (int i = 0; i < x.length; i++) {
      assertThat(pair.model().coordinate(i)).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void farAwayTheLogDensityIsFiniteOrMinusInfinityAndNeverNaN(Pair pair) {
    double[] x = new double[pair.model().dimension()];
    double[] gradient = new double[x.length];
    for (double size : new double[] {30, 400, 800, 1e160, 1e300}) {
      for (int entry = 0; entry <= x.length; entry++) {
        for (double sign : new double[] {-1, 1}) {
          for (int i = 0; i < x.length; i++) {
            x[i] = i == entry || entry == x.length ? sign * size : 0.1;
          }
          double value = pair.model().logDensity(x, gradient);
          assertThat(value).isNotNaN().isLessThan(Double.POSITIVE_INFINITY);
        }
      }
    }
    Arrays.fill(x, 0.1);
    x[0] = Double.NaN;
    assertThat(pair.model().logDensity(x, gradient)).isNaN();
  }

  @Test
  void sufficientStatisticsAgreeWithTheSumOverTheRowsWhereColumnsAreNearlyCollinear() {
    int n = 500;
    double[][] rows = predictors(n);
    double[] y = noise("response", n);
    double[][] columns = new double[4][n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < 4; k++) {
        columns[k][i] = rows[i][k];
      }
    }
    NormalRegression regression = new NormalRegression(columns, y.clone());
    for (int p = 0; p < 10; p++) {
      double[] x = new double[5];
      Seed.of(33).child(p).random().fillGaussian(x, 0, 5);
      double squares = 0;
      double[] direct = new double[5];
      double precision = Math.exp(-2 * x[4]);
      for (int i = 0; i < n; i++) {
        double error = y[i];
        for (int k = 0; k < 4; k++) {
          error -= rows[i][k] * x[k];
        }
        squares += error * error;
        for (int k = 0; k < 4; k++) {
          direct[k] += rows[i][k] * error * precision;
        }
      }
      direct[4] = squares * precision - n;
      double[] gradient = new double[5];
      double value = regression.logLikelihood(x, gradient);
      double plain = -n * x[4] - 0.5 * squares * precision;
      assertThat(value).isCloseTo(plain, within(1e-12 * Math.abs(plain)));
      for (int k = 0; k < 5; k++) {
        double scale = Math.sqrt(squares * n) * precision;
        assertThat(gradient[k]).isCloseTo(direct[k], within(1e-12 * scale));
      }
    }
  }

  @Test
  void logarithmsOfProductsNeitherOverflowNorUnderflow() {
    LogProduct product = new LogProduct();
    double sum = 0;
    AddressedRandom random = Seed.of(34).random();
    for (int i = 0; i < 2000; i++) {
      double factor = StrictMath.exp(150 * random.nextGaussian());
      product.times(factor);
      sum += StrictMath.log(factor);
    }
    assertThat(product.log()).isCloseTo(sum, within(1e-8));
    product.times(0);
    assertThat(product.log()).isEqualTo(Double.NEGATIVE_INFINITY);
    product.times(Double.NaN);
    assertThat(product.log()).isNaN();
  }

  @Test
  void wrongDataAreRefusedByName() {
    List<Runnable> wrong =
        List.of(
            () -> new EightSchools(new double[] {1}, new double[] {0}),
            () -> new EightSchools(new double[] {1}, new double[] {1, 2}),
            () -> new ArK(5, new double[10]),
            () -> new Garch(new double[] {Double.NaN}, 1),
            () -> new Garch(new double[] {1}, -1),
            () -> new LowDimGaussMix(new double[0]),
            () -> new Kilpisjarvi(new double[3], new double[3], 0, 0, 0, 1),
            () -> new LogEarningsInteraction(new double[9], new double[9], new double[9]),
            () -> new Diamonds(new double[2], new double[][] {{1, 2}}),
            () -> new Diamonds(new double[2], new double[][] {{1, 2}, {1}}));
    for (Runnable one : wrong) {
      assertThatThrownBy(one::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(", got ");
    }
  }
}
