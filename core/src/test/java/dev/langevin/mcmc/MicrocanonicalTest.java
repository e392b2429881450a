package dev.langevin.mcmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.Density;
import dev.langevin.density.target.Gaussian;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MicrocanonicalTest {
  private static final Seed SEED = Seed.of(20).child("microcanonical");

  /** {@link BentLogistic} and three standard normals: d - 1 = 4, where in two dimensions it is 1. */
  private static final class InFive implements Density {
    private final BentLogistic pair = new BentLogistic();
    private final double[] of = new double[2];

    @Override
    public int dimension() {
      return 5;
    }

    @Override
    public double logDensity(double[] x, double[] gradient) {
      double sum = 0;
      for (int i = 2; i < 5; i++) {
        gradient[i] = -x[i];
        sum += x[i] * x[i];
      }
      double logDensity = pair.logDensity(x, of);
      gradient[0] = of[0];
      gradient[1] = of[1];
      return logDensity - sum / 2;
    }
  }

  /**
   * The map of directions that a step makes, with a drift too short to matter, by finite differences: columns are the images of d - 1 orthonormal tangents,
   * and the root of their Gram determinant is the Jacobian.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void aKickShrinksTheSphereByItsWork(int d) {
    double[] x = new double[d];
    for (int i = 0; i < d; i++) {
      x[i] = (1.3 - i) * 1e7; // a force of order 10^7 times a step of 10^-7
    }
    double[] u = new double[d];
    Isokinetic.refresh(u, SEED.child(d).random());
    double[][] tangents = tangents(u);
    double h = 1e-5;
    double[][] images = new double[d - 1][d];
    for (int k = 0; k < d - 1; k++) {
      double[] plus = turned(x, u, tangents[k], h);
      double[] minus = turned(x, u, tangents[k], -h);
      for (int i = 0; i < d; i++) {
        images[k][i] = (plus[i] - minus[i]) / (2 * h);
      }
    }
    double work = kicked(x, u.clone());
    assertThat(Math.abs(work)).isGreaterThan(0.1);
    assertThat(0.5 * logGramDeterminant(images)).isCloseTo(-work, within(1e-6));
  }

  private static double kicked(double[] x, double[] u) {
    Gaussian density = Gaussian.iid(u.length);
    Tuning tuning = new Tuning(1e-7, Metric.identity(u.length));
    State state = State.at(density, x);
    return new Isokinetic(density, tuning, Splitting.LEAPFROG).step(state, state, u);
  }

  private static double[] turned(double[] x, double[] u, double[] tangent, double h) {
    double[] v = u.clone();
    for (int i = 0; i < v.length; i++) {
      v[i] = Math.cos(h) * u[i] + Math.sin(h) * tangent[i];
    }
    kicked(x, v);
    return v;
  }

  /** Gram and Schmidt on the axes, beginning with u. */
  private static double[][] tangents(double[] u) {
    int d = u.length;
    double[][] basis = new double[d][];
    basis[0] = u;
    for (int k = 1; k < d; k++) {
      double[] v = new double[d];
      v[k] = 1;
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < k; j++) {
          double dot = dot(v, basis[j]);
          for (int i = 0; i < d; i++) {
            v[i] -= dot * basis[j][i];
          }
        }
      }
      double norm = Math.sqrt(dot(v, v));
      for (int i = 0; i < d; i++) {
        v[i] /= norm;
      }
      basis[k] = v;
    }
    return Arrays.copyOfRange(basis, 1, d);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double logGramDeterminant(double[][] rows) {
    int n = rows.length;
    double[][] gram = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        gram[i][j] = dot(rows[i], rows[j]);
      }
    }
    double sum = 0;
    for (int k = 0; k < n; k++) {
      sum += Math.log(gram[k][k]);
      for (int i = k + 1; i < n; i++) {
        double factor = gram[i][k] / gram[k][k];
        for (int j = k; j < n; j++) {
          gram[i][j] -= factor * gram[k][j];
        }
      }
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource
  void turningRoundGoesBackAndGivesTheWorkBack(Splitting splitting) {
    Density density = new InFive();
    Tuning tuning = new Tuning(0.7, Metric.diagonal(0.7, 2.1, 1, 0.5, 3));
    Isokinetic integrator = new Isokinetic(density, tuning, splitting);
    State state = State.at(density, new double[] {0.4, -0.3, 1, 2, -1});
    double[] start = state.position().clone();
    double[] u = new double[5];
    Isokinetic.refresh(u, SEED.random());
    double work = 0;
    for (int turn = 0; turn < 2; turn++) {
      for (int n = 0; n < 7; n++) {
        work += integrator.step(state, state, u);
        assertThat(integrator.gradients()).isEqualTo(splitting.gradients());
      }
      for (int i = 0; i < 5; i++) {
        u[i] = -u[i];
      }
    }
    assertThat(state.position()).containsExactly(start, within(1e-11));
    assertThat(work).isCloseTo(0, within(1e-11));
  }

  /** Halving the step quarters the error of a trajectory of fixed length, and the minimal norm's is a fraction of leapfrog's at equal cost. */
  @Test
  void bothIntegratorsAreOfOrderTwo() {
    for (Splitting splitting : Splitting.values()) {
      double order = StrictMath.log(error(splitting, 40) / error(splitting, 80)) / Math.log(2);
      assertThat(order).isCloseTo(2, within(0.2));
    }
    assertThat(error(Splitting.MINIMAL_NORM, 40)).isLessThan(0.3 * error(Splitting.LEAPFROG, 80));
  }

  /** Root mean square of the energy error over directions, after a length of 4. */
  private static double error(Splitting splitting, int steps) {
    Density density = new InFive();
    double sum = 0;
    for (int r = 0; r < 50; r++) {
      Mams recipe = new Mams(4.0 / steps, new Trajectory.Steps(steps), 0, splitting);
      Kernel kernel = recipe.on(density);
      State state = kernel.start(new double[] {0.4, -0.3, 1, 2, -1});
      double error = kernel.step(state, SEED.child(r).random()).energyError();
      sum += error * error;
    }
    return Math.sqrt(sum / 50);
  }

  @Test
  void aForceThatWouldOverflowTheHyperbolicFunctionsDoesNot() {
    Density steep = Gaussian.diagonal(new double[3], new double[] {1e-5, 1e-5, 1e-5});
    State state = State.at(steep, new double[] {1e-3, -1e-3, 2e-3});
    Tuning tuning = new Tuning(1e-3, Metric.identity(3)); // Δ of order 10^4
    double[] u = new double[3];
    Isokinetic.refresh(u, SEED.random());
    double work = new Isokinetic(steep, tuning, Splitting.LEAPFROG).step(state, state, u);
    assertThat(work).isFinite();
    assertThat(dot(u, u)).isCloseTo(1, within(1e-12));
  }

  /** False alarm 1e-6, see {@link Conservation}. */
  @Test
  void mamsLeavesAFiveDimensionalTargetAlone() {
    MicrocanonicalKernel kernel =
        new Mams(1.6, new Trajectory.Length(0.9, 4), 0.7, Splitting.LEAPFROG).on(new InFive());
    kernel.unit(4);
    Conservation found = Conservation.of(kernel, SEED);
    assertThat(found.holds()).isTrue();
    assertThat(found.moved()).isBetween(0.3, 0.97);
  }

  @ParameterizedTest
  @EnumSource(TextbookMams.Mistake.class)
  void aMamsWithAMistakeIsCaughtAndTheRightOneIsNot(TextbookMams.Mistake mistake) {
    boolean right = mistake == TextbookMams.Mistake.NONE;
    Kernel five = new TextbookMams(new InFive(), 2.2, 2, mistake);
    assertThat(Conservation.of(five, SEED).holds()).isEqualTo(right);
    Kernel two = new TextbookMams(new BentLogistic(), 1.3, 3, mistake);
    assertThat(Conservation.of(two, SEED).holds()).isEqualTo(right);
  }

  @Test
  void mamsIsTheTextbooks() {
    Kernel one = new Mams(1.1, new Trajectory.Steps(3), 0, Splitting.LEAPFROG).on(new InFive());
    Kernel other = new TextbookMams(new InFive(), 1.1, 3, TextbookMams.Mistake.NONE);
    double[] x = {0.4, -0.3, 1, 2, -1};
    State a = one.start(x);
    State b = other.start(x);
    AddressedRandom random = SEED.random();
    for (int i = 0; i < 500; i++) {
      Outcome first = one.step(a, random.moveTo(SEED.child(i)));
      Outcome second = other.step(b, random.moveTo(SEED.child(i)));
      assertThat(first.acceptance()).isCloseTo(second.acceptance(), within(1e-9));
      assertThat(a.position()).containsExactly(b.position(), within(1e-9));
      assertThat(first.energyError()).isFinite();
    }
  }

  /**
   * E x² of a long chain on N(0, I) in ten dimensions. 400 000 steps are some 10^5 independent squares of ten coordinates, so the standard deviation is about
   * sqrt(2/10^6) = 0.0014: with both signs of the bias excluded at more than six of these at the large step, and none visible at the small one.
   */
  @Test
  void theBiasOfMclmcVanishesWithItsStep() {
    double large = bias(3.2);
    double middle = bias(1.6);
    assertThat(Math.abs(large)).isGreaterThan(0.02);
    assertThat(Math.abs(middle)).isLessThan(0.5 * Math.abs(large));
    assertThat(Math.abs(bias(0.5))).isLessThan(0.01);
  }

  private static double bias(double eps) {
    Kernel kernel = new Mclmc(eps, 1).on(Gaussian.iid(10));
    State state = kernel.start(new double[] {1, -1, 1, -1, 1, -1, 1, -1, 1, -1});
    AddressedRandom random = SEED.random();
    double sum = 0;
    int n = 400_000;
    for (int i = 0; i < n; i++) {
      kernel.step(state, random);
      sum += dot(state.position(), state.position()) / 10;
    }
    return sum / n - 1;
  }

  @Test
  void theDirectionIsForgottenAfterTheDecoherenceLength() {
    double eps = 0.05;
    MicrocanonicalKernel kernel = new Mclmc(eps, 0.5).on(Gaussian.iid(200));
    kernel.unit(8); // L = 4; on a length so short the curvature of a Gaussian is not felt
    double sum = 0;
    for (int r = 0; r < 40; r++) {
      State state = kernel.start(SEED.random().doubles(200, -1, 1).toArray());
      AddressedRandom random = SEED.child(r).random();
      kernel.step(state, random);
      double[] before = state.memory().clone();
      for (int i = 0; i < 20; i++) {
        kernel.step(state, random);
      }
      sum += dot(before, state.memory()) / 40;
    }
    assertThat(sum).isCloseTo(StrictMath.exp(-20 * eps / 4), within(0.03));
  }

  @Test
  void whatIsNotPossibleIsRefused() {
    assertThatThrownBy(() -> Mams.defaults().on(Gaussian.iid(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("density.dimension() must be at least 2, got 1");
    assertThatThrownBy(() -> new Mclmc(0.1, 0))
        .hasMessage("decoherence must be positive and finite, got 0.0");
    assertThatThrownBy(() -> new Mclmc(0, 1))
        .hasMessage("stepSize must be positive and finite, got 0.0");
    Trajectory steps = new Trajectory.Steps(3);
    assertThatThrownBy(() -> new Mams(1, steps, 1.1, Splitting.LEAPFROG))
        .hasMessage("jitter must be between 0 and 1, got 1.1");
    assertThatThrownBy(() -> Mams.defaults().on(Gaussian.iid(2)).unit(-1))
        .hasMessage("unit must be positive and finite, got -1.0");
  }

  @Test
  void theUnitIsPartOfWhatWasTuned() {
    MicrocanonicalKernel first = Mams.defaults().on(Gaussian.iid(3));
    first.unit(7);
    MicrocanonicalKernel second = Mams.defaults().on(Gaussian.iid(3));
    second.retune(first.tuned());
    assertThat(second.unit()).isEqualTo(7);
  }
}
