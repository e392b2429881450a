package dev.langevin.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.Gaussian;
import dev.langevin.density.target.GaussianMixture;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class MixtureMmseTest {
  /** Far modes of unlike weights; a narrow component within a wide one; correlated ones that overlap. */
  private static final List<GaussianMixture> LAWS =
      List.of(
          GaussianMixture.isotropic(
              new double[] {0.99, 0.01}, new double[][] {{-3, 0}, {2, 1}}, new double[] {0.3, 0.1}),
          GaussianMixture.isotropic(
              new double[] {0.5, 0.5}, new double[][] {{0, 0}, {0.3, 0}}, new double[] {1, 0.2}),
          GaussianMixture.of(
              new double[] {0.4, 0.6},
              new double[][] {{0, 0}, {0.5, 0.3}},
              new double[][][] {{{0.5, 0.4}, {0.4, 0.5}}, {{0.1, 0}, {0, 0.2}}}));

  private static NoisedComponents noised(GaussianMixture law, double sigma) {
    double[][] forms = new double[law.components()][];
    for (int k = 0; k < forms.length; k++) {
      double[][] c = law.covariances()[k];
      forms[k] = new double[] {c[0][0], c[0][1], c[1][1]};
    }
    return new NoisedComponents(true, law.weights(), law.means(), forms, sigma * sigma);
  }

  /** Half the prescribed step changes nothing that matters beside the whole; four times the step does. */
  @Test
  void the_prescribed_step_is_fine_enough_and_not_by_chance() {
    double coarseError = 0;
    for (GaussianMixture law : LAWS) {
      MmseCurve curve = MmseCurve.of(law);
      for (double sigma : new double[] {30, 1, 0.4, 0.15}) {
        double whole = curve.at(sigma).value();
        double[] own = noised(law, sigma).beyond();
        double[] fine = noised(law, sigma).beyond(0.5);
        assertThat(own[0]).isCloseTo(fine[0], within(1e-10 * whole));
        assertThat(own[1]).isCloseTo(fine[1], within(1e-9 * whole * whole));
        coarseError =
            Math.max(coarseError, Math.abs(noised(law, sigma).beyond(4)[0] - fine[0]) / whole);
      }
    }
    assertThat(coarseError).isGreaterThan(1e-6);
  }

  /** The excess over a short step is ½ Δ² of the slope to leading order; the table's own slope is E‖Cov‖², that of the loss a difference. */
  @Test
  void the_table_agrees_with_direct_quadrature_and_its_integrals_with_its_values() {
    for (GaussianMixture law : LAWS) {
      MmseCurve curve = MmseCurve.of(law);
      for (double sigma : new double[] {20, 1.3, 0.37, 0.11}) {
        double[] direct = noised(law, sigma).beyond();
        double spread = inside(law, sigma, 1);
        double slope = inside(law, sigma, 2) + direct[1];
        assertThat(curve.at(sigma).value())
            .isCloseTo(spread + direct[0], within(1e-9 * (spread + direct[0])));
        double to = sigma * (1 - 1e-5);
        double step = MmseCurve.snrStep(sigma, to);
        double short1 = curve.excess(sigma, to).value();
        assertThat(short1).isCloseTo(0.5 * step * step * slope, within(1e-4 * short1));
        // additivity: ∫ over two steps, the second from its own start and the fall between
        double half = 0.7 * sigma;
        double end = 0.5 * sigma;
        double fall = curve.at(sigma).value() - curve.at(half).value();
        double sum =
            curve.excess(sigma, half).value()
                + curve.excess(half, end).value()
                + fall * MmseCurve.snrStep(half, end);
        assertThat(curve.excess(sigma, end).value()).isCloseTo(sum, within(1e-8 * sum));
      }
    }
  }

  private static double inside(GaussianMixture law, double sigma, int power) {
    double sum = 0;
    for (int k = 0; k < law.components(); k++) {
      for (double value : Spectrum.of(new DMatrixRMaj(law.covariances()[k])).values()) {
        sum += law.weights()[k] * Math.pow(value / (1 + value / sigma / sigma), power);
      }
    }
    return sum;
  }

  /** A single component, and two that are one. */
  @Test
  void one_component_has_the_closed_form_in_any_dimension() {
    double[] sds = {0.3, 1, 2};
    GaussianMixture law =
        GaussianMixture.of(
            new double[] {1},
            new double[][] {{1, 2, 3}},
            new double[][][] {{{0.09, 0, 0}, {0, 1, 0}, {0, 0, 4}}});
    MmseCurve closed = MmseCurve.of(Gaussian.diagonal(new double[3], sds));
    assertThat(MmseCurve.of(law).at(0.7).value()).isCloseTo(closed.at(0.7).value(), within(1e-12));
    GaussianMixture twice =
        GaussianMixture.of(
            new double[] {0.3, 0.7},
            new double[2][2],
            new double[][][] {{{1, 0.5}, {0.5, 2}}, {{1, 0.5}, {0.5, 2}}});
    GaussianMixture once =
        GaussianMixture.of(
            new double[] {1}, new double[1][2], new double[][][] {{{1, 0.5}, {0.5, 2}}});
    assertThat(MmseCurve.of(twice).excess(3, 0.2).value())
        .isCloseTo(MmseCurve.of(once).excess(3, 0.2).value(), within(1e-11));
    assertThat(MmseCurve.of(twice).information(0.4).value())
        .isCloseTo(MmseCurve.of(once).information(0.4).value(), within(1e-11));
  }

  /** Two points in three dimensions have a curve; four that span space have none. */
  @Test
  void what_has_no_quadrature_is_refused() {
    double[][] corners = {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    double[] quarter = new double[4];
    Arrays.fill(quarter, 0.25);
    GaussianMixture law = GaussianMixture.isotropic(quarter, corners, quarter);
    assertThat(MmseCurve.find(law)).isEmpty();
    assertThatThrownBy(() -> MmseCurve.of(law)).hasMessageContaining("means in a plane");
  }
}
