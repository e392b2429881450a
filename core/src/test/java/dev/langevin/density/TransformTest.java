package dev.langevin.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws of every transform; a new one enrols in {@link #all}. */
class TransformTest {
  static Stream<Transform> all() {
    return Stream.of(
        Transform.identity(3),
        Transform.positive(4),
        Transform.above(-2.5, 2),
        Transform.below(7.25, 3),
        Transform.between(0, 1, 2),
        Transform.between(-3, 11, 3),
        Transform.ordered(1),
        Transform.ordered(5),
        Transform.simplex(2),
        Transform.simplex(5),
        Transform.simplex(3).repeated(2),
        Transform.ordered(2).repeated(3));
  }

  private static double[] point(int length, int index, double scale) {
    AddressedRandom random = Seed.of(20).child("transform").child(index).random();
    double[] u = new double[length];
    random.fillGaussian(u, 0, length);
    for (int i = 0; i < length; i++) {
      u[i] *= scale;
    }
    return u;
  }

  @ParameterizedTest
  @MethodSource("all")
  void unconstrainUndoesConstrain(Transform transform) {
    for (int p = 0; p < 20; p++) {
      double[] u = point(transform.free(), p, 1.5);
      double[] back = transform.unconstrain(transform.constrain(u));
      assertThat(back).containsExactly(u, within(1e-11));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void logJacobianIsThatOfTheDeterminantByDifferences(Transform transform) {
    for (int p = 0; p < 5; p++) {
      double[] u = point(transform.free(), p, 1);
      double stated = transform.constrain(u, 0, new double[transform.size()], 0);
      double measured = StrictMath.log(Math.abs(determinant(transform, u)));
      assertThat(stated).isCloseTo(measured, within(1e-7));
    }
  }

  /** det of ∂x/∂u over the entries that chart the constrained set: of each simplex all but the last. */
  private static double determinant(Transform transform, double[] u) {
    int n = transform.free();
    int[] chart = chart(transform);
    DMatrixRMaj jacobian = new DMatrixRMaj(n, n);
    double h = 1e-5;
    for (int j = 0; j < n; j++) {
      double[] up = u.clone();
      double[] down = u.clone();
      up[j] += h;
      down[j] -= h;
      double[] above = transform.constrain(up);
      double[] below = transform.constrain(down);
      for (int i = 0; i < n; i++) {
        jacobian.set(i, j, (above[chart[i]] - below[chart[i]]) / (up[j] - down[j]));
      }
    }
    return CommonOps_DDRM.det(jacobian);
  }

  private static int[] chart(Transform transform) {
    int[] chart = new int[transform.free()];
    int blocks = transform instanceof Repeated repeated ? repeated.times() : 1;
    int free = transform.free() / blocks;
    int size = transform.size() / blocks;
    for (int i = 0; i < chart.length; i++) {
      chart[i] = i / free * size + i % free;
    }
    return chart;
  }

  @ParameterizedTest
  @MethodSource("all")
  void pulledBackGradientIsThatByDifferences(Transform transform) {
    for (int p = 0; p < 5; p++) {
      double[] u = point(transform.free(), p, 1);
      GradientCheck check = GradientCheck.at(new Moved(transform, 1), u);
      assertThat(check.passes(1e-8)).as(check.toString()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aGradientWithoutTheJacobianIsCaught(Transform transform) {
    if (transform instanceof Identity || transform.equals(Transform.ordered(1))) {
      return; // their Jacobian is 1
    }
    double[] u = point(transform.free(), 3, 1);
    assertThat(GradientCheck.at(new Moved(transform, 0), u).passes(1e-3)).isFalse();
  }

  /** A smooth density on the constrained scale, moved to u; {@code jacobian = 0} forgets the Jacobian in the gradient. */
  private record Moved(Transform transform, int jacobian) implements Density {
    @Override
    public int dimension() {
      return transform.free();
    }

    @Override
    public double logDensity(double[] u, double[] gradient) {
      double[] x = new double[transform.size()];
      double logJacobian = transform.constrain(u, 0, x, 0);
      double[] slope = new double[x.length];
      double value = 0;
      for (int i = 0; i < x.length; i++) {
        double a = 0.3 + i;
        value += StrictMath.sin(a * x[i]) - 0.1 * x[i] * x[i];
        slope[i] = a * StrictMath.cos(a * x[i]) - 0.2 * x[i];
      }
      transform.pullBack(u, 0, x, 0, slope, gradient);
      if (jacobian == 0) {
        double[] zero = new double[x.length];
        double[] jacobianSlope = new double[gradient.length];
        transform.pullBack(u, 0, x, 0, zero, jacobianSlope);
        for (int i = 0; i < gradient.length; i++) {
          gradient[i] -= jacobianSlope[i];
        }
      }
      return value + logJacobian;
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void farTailsGiveFiniteJacobiansAndGradientsAndStayInside(Transform transform) {
    for (double size : new double[] {40, 300, 700}) {
      for (int signs = 0; signs < 4; signs++) {
        double[] u = new double[transform.free()];
        for (int i = 0; i < u.length; i++) {
          boolean up = signs == 0 || signs == 2 && i % 2 == 0 || signs == 3 && i % 2 == 1;
          u[i] = up ? size : -size;
        }
        double[] x = new double[transform.size()];
        assertThat(transform.constrain(u, 0, x, 0)).isFinite();
        assertInside(transform, x);
        double[] gradient = new double[u.length];
        transform.pullBack(u, 0, x, 0, new double[x.length], gradient);
        assertThat(Arrays.stream(gradient)).allMatch(Double::isFinite);
      }
    }
  }

  private static void assertInside(Transform transform, double[] x) {
    if (transform instanceof HalfLine line) {
      assertThat(Arrays.stream(x))
          .allMatch(v -> line.above() ? v > line.bound() : v < line.bound());
    } else if (transform instanceof Interval interval) {
      assertThat(Arrays.stream(x)).allMatch(v -> v > interval.lower() && v < interval.upper());
    } else if (transform instanceof Ordered) {
      for (int i = 1; i < x.length; i++) {
        assertThat(x[i]).isGreaterThan(x[i - 1]);
      }
    } else if (transform instanceof Simplex) {
      assertThat(Arrays.stream(x)).allMatch(v -> v > 0);
      assertThat(Arrays.stream(x).sum()).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void tailsKeepTheirDigits() {
    // s(-50) = 1.9287498479639178e-22; in the lower tail x must not be a difference of numbers near
    // 1
    double[] x = Transform.between(0, 1, 1).constrain(new double[] {-50});
    assertThat(x[0]).isCloseTo(1.9287498479639178e-22, within(1e-36));
    assertThat(Transform.between(0, 1, 1).unconstrain(x)[0]).isCloseTo(-50, within(1e-12));
    double[] w = Transform.simplex(3).constrain(new double[] {40, 0});
    double left = 2 * StrictMath.exp(-40); // what is left of the stick, s(-(40 - log 2))
    assertThat(w[1]).isCloseTo(left / 2, within(1e-30));
    assertThat(w[2]).isCloseTo(left / 2, within(1e-30));
  }

  @Test
  void blocksOfASliceDoNotTouchTheirNeighbours() {
    Transform.simplex(3).constrain(new double[] {9, 0.1, 0.2, 9}, 1, new double[5], 1);
    double[] x = {7, 0, 0, 0, 7};
    Transform.simplex(3).constrain(new double[] {9, 0.1, 0.2, 9}, 1, x, 1);
    assertThat(x[0]).isEqualTo(7);
    assertThat(x[4]).isEqualTo(7);
    assertThat(Arrays.copyOfRange(x, 1, 4))
        .containsExactly(Transform.simplex(3).constrain(new double[] {0.1, 0.2}));
  }

  @Test
  void pointsOutsideAreRefusedByName() {
    List<Runnable> wrong =
        List.of(
            () -> Transform.positive(1).unconstrain(new double[] {0}),
            () -> Transform.below(2, 1).unconstrain(new double[] {2.5}),
            () -> Transform.between(0, 1, 1).unconstrain(new double[] {1}),
            () -> Transform.ordered(2).unconstrain(new double[] {1, 1}),
            () -> Transform.simplex(2).unconstrain(new double[] {0.5, 0.6}),
            () -> Transform.between(3, 3, 1),
            () -> Transform.simplex(1));
    for (Runnable one : wrong) {
      assertThatThrownBy(one::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(", got ");
    }
  }
}
