package dev.langevin.density;

import static dev.langevin.density.Block.between;
import static dev.langevin.density.Block.ordered;
import static dev.langevin.density.Block.positive;
import static dev.langevin.density.Block.real;
import static dev.langevin.density.Block.simplex;
import static dev.langevin.density.Block.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private static final Parameters ALL =
      Parameters.of(
          real("mu"),
          positive("tau"),
          vector("theta", 2),
          simplex("w", 3),
          simplex("p", 2).repeated(2),
          positive("s").repeated(2));

  @Test
  void blocksAreLaidOutInOrderUnderStansNames() {
    assertThat(ALL.names())
        .containsExactly(
            "mu",
            "tau",
            "theta[1]",
            "theta[2]",
            "w[1]",
            "w[2]",
            "w[3]",
            "p[1,1]",
            "p[1,2]",
            "p[2,1]",
            "p[2,2]",
            "s[1]",
            "s[2]");
    assertThat(ALL.at("mu")).isZero();
    assertThat(ALL.at("theta")).isEqualTo(2);
    assertThat(ALL.at("w")).isEqualTo(4);
    assertThat(ALL.at("s")).isEqualTo(11);
    assertThat(ALL.size()).isEqualTo(13);
    assertThat(ALL.dimension()).isEqualTo(10);
    assertThatThrownBy(() -> ALL.at("sigma"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got sigma");
    assertThatThrownBy(() -> Parameters.of(real("a"), positive("a")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void unconstrainUndoesConstrainAndNamesTheBlockThatIsBroken() {
    double[] u = {0.3, -1, 2, 0.5, 0.1, -0.4, 1, -1, 0.2, 0.7};
    assertThat(ALL.unconstrain(ALL.constrain(u))).containsExactly(u, within(1e-12));
    double[] x = ALL.constrain(u);
    x[1] = -3;
    assertThatThrownBy(() -> ALL.unconstrain(x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tau: x[0] must be above 0.0, got -3.0");
  }

  /** y = 3 ~ N(mu, tau), mu ~ N(0, 1), tau ~ Exponential(1), with the standardised residual reported. */
  private static Model normal() {
    Parameters parameters = Parameters.of(real("mu"), positive("tau"));
    int mu = parameters.at("mu");
    int tau = parameters.at("tau");
    return parameters.model(
        "normal",
        (x, gradient) -> {
          double z = (3 - x[mu]) / x[tau];
          gradient[mu] += z / x[tau] - x[mu];
          gradient[tau] += (z * z - 1) / x[tau] - 1;
          return -0.5 * z * z - StrictMath.log(x[tau]) - x[tau] - 0.5 * x[mu] * x[mu];
        },
        Derived.scalar("z", (x, out) -> out[0] = (3 - x[mu]) / x[tau]),
        Derived.vector("both", 2, (x, out) -> System.arraycopy(x, 0, out, 0, 2)));
  }

  @Test
  void aDensityOnTheConstrainedScaleBecomesAModelOnAllOfSpace() {
    Model model = normal();
    assertThat(model.name()).isEqualTo("normal");
    assertThat(model.dimension()).isEqualTo(2);
    assertThat(model.outputs()).containsExactly("mu", "tau", "z", "both[1]", "both[2]");
    double[] out = new double[5];
    model.report(new double[] {1, StrictMath.log(4)}, out);
    assertThat(out).containsExactly(new double[] {1, 4, 0.5, 1, 4}, within(1e-12));
    GradientCheck check = GradientCheck.at(model, new double[] {0.2, -0.7});
    assertThat(check.passes(1e-9)).as(check.toString()).isTrue();
    assertThat(check.coordinates().get(1).name()).isEqualTo("tau");
    assertThat(model.fork()).isNotSameAs(model);
    assertThat(model.fork().logDensity(new double[] {0.2, -0.7}))
        .isEqualTo(model.logDensity(new double[] {0.2, -0.7}));
  }

  @Test
  void valuesBeyondTheRangeOfDoublesAreOutsideTheSupport() {
    assertThat(normal().logDensity(new double[] {0, 710})).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(normal().logDensity(new double[] {0, 700})).isLessThan(-1e300).isFinite();
    Model half =
        Parameters.of(real("a")).model("half", (x, g) -> x[0] > 0 ? 0 : Double.NEGATIVE_INFINITY);
    assertThat(half.logDensity(new double[] {-1}, new double[1]))
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void scratchStateOfADensityIsForkedWithTheModel() {
    class Counting implements ConstrainedDensity {
      @Override
      public double logDensity(double[] x, double[] gradient) {
        return 0;
      }

      @Override
      public ConstrainedDensity fork() {
        throw new UnsupportedOperationException("forked");
      }
    }

    Model model = Parameters.of(real("a")).model("counting", new Counting());
    assertThatThrownBy(model::fork).hasMessage("forked");
  }

  // Moments: integrate exp(log density) over u on a grid (the trapezoidal rule, exact to rounding
  // for such tails) and compare
  // E f(x) with the known value under the density written for x. Without the Jacobian the same
  // integrals come out wrong.

  private static double expectation(Model model, boolean jacobian, ToDoubleFunction<double[]> f) {
    int d = model.dimension();
    double[] u = new double[d];
    double[] out = new double[model.outputs().size()];
    double[] sums = new double[2];
    integrate(model, jacobian, f, u, 0, out, sums);
    return sums[1] / sums[0];
  }

  private static void integrate(
      Model model,
      boolean jacobian,
      ToDoubleFunction<double[]> f,
      double[] u,
      int axis,
      double[] out,
      double[] sums) {
    if (axis == u.length) {
      model.report(u, out);
      double logDensity = model.logDensity(u);
      double log = jacobian ? logDensity : logDensity - logJacobian(model, u);
      double weight = StrictMath.exp(log);
      sums[0] += weight;
      sums[1] += weight * f.applyAsDouble(out);
      return;
    }
    double reach = u.length == 1 ? 60 : 30;
    double h = u.length == 1 ? 0.05 : 0.3;
    for (double at = -reach; at <= reach; at += h) {
      u[axis] = at;
      integrate(model, jacobian, f, u, axis + 1, out, sums);
    }
  }

  private static double logJacobian(Model model, double[] u) {
    return switch (model.name()) {
      case "exponential" -> Transform.positive(1).constrain(u, 0, new double[1], 0);
      case "beta" -> Transform.between(0, 1, 1).constrain(u, 0, new double[1], 0);
      case "dirichlet" -> Transform.simplex(3).constrain(u, 0, new double[3], 0);
      case "order" -> Transform.ordered(2).constrain(u, 0, new double[2], 0);
      default -> throw new IllegalArgumentException(model.name());
    };
  }

  private static void assertMoment(Model model, ToDoubleFunction<double[]> f, double known) {
    assertThat(expectation(model, true, f)).isCloseTo(known, within(1e-6));
    assertThat(Math.abs(expectation(model, false, f) - known))
        .as("the twin without Jacobian must be caught")
        .isGreaterThan(0.01);
  }

  @Test
  void anExponentialDensityOnAPositiveParameterKeepsItsMoments() {
    Model model =
        Parameters.of(positive("x"))
            .model(
                "exponential",
                (x, g) -> 0.5 * StrictMath.log(x[0]) - 2 * x[0]); // Gamma(3/2, rate 2)
    assertMoment(model, x -> x[0], 0.75);
    assertMoment(model, x -> x[0] * x[0], 0.75 * 0.75 + 1.5 / 4);
  }

  @Test
  void aBetaDensityOnABoundedParameterKeepsItsMoments() {
    Model model =
        Parameters.of(between("x", 0, 1))
            .model(
                "beta",
                (x, g) -> 1 * StrictMath.log(x[0]) + 0.5 * StrictMath.log1p(-x[0])); // (2, 3/2)
    assertMoment(model, x -> x[0], 2 / 3.5);
    assertMoment(model, x -> x[0] * x[0], 2 * 3 / (3.5 * 4.5));
  }

  @Test
  void aDirichletDensityOnASimplexKeepsItsMoments() {
    Model model =
        Parameters.of(simplex("w", 3))
            .model(
                "dirichlet", // (2, 3, 1.5)
                (x, g) ->
                    StrictMath.log(x[0]) + 2 * StrictMath.log(x[1]) + 0.5 * StrictMath.log(x[2]));
    assertMoment(model, x -> x[0], 2 / 6.5);
    assertMoment(model, x -> x[1], 3 / 6.5);
    assertMoment(model, x -> x[2] * x[2], 1.5 * 2.5 / (6.5 * 7.5));
  }

  @Test
  void twoOrderedNormalNumbersKeepTheMomentsOfOrderStatistics() {
    Model model =
        Parameters.of(ordered("x", 2)).model("order", (x, g) -> -0.5 * (x[0] * x[0] + x[1] * x[1]));
    double known = 1 / Math.sqrt(Math.PI); // E max of two standard normal numbers
    assertMoment(model, x -> x[1], known);
    assertMoment(model, x -> x[0], -known);
  }
}
