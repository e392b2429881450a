package dev.langevin.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class ReversalTest {
  private static final double[][] DRIFT = {{-0.5, 1.2, 0}, {-0.7, -0.3, 0.2}, {0.1, 0, -4}};
  private static final double[][] ROOT = {{1, 0}, {0.3, 0.8}, {0, 2}};

  private static double worst(double[][] a, double[][] b) {
    double worst = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[i].length; j++) {
        worst = Math.max(worst, Math.abs(a[i][j] - b[i][j]));
      }
    }
    return worst;
  }

  /** dΦ/dt = FΦ, dQ/dt = FQ + QFᵀ + GGᵀ by classical Runge–Kutta with 8,000 steps. */
  @Test
  void transitions_solve_the_moment_equations() {
    LinearProcess process = new LinearProcess(DRIFT, ROOT);
    for (double t : new double[] {0.01, 0.3, 2.7}) {
      LinearProcess.Transition found = process.transition(t);
      double[][] gain = integrate(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, t, false);
      double[][] covariance = integrate(new double[3][3], t, true);
      assertThat(worst(found.gain(), gain)).isLessThan(1e-12);
      assertThat(worst(found.covariance(), covariance)).isLessThan(1e-12);
    }
    assertThat(process.transition(0).gain()[1]).containsExactly(0, 1, 0);
    assertThat(process.transition(0).covariance()[1]).containsExactly(0, 0, 0);
  }

  private static double[][] integrate(double[][] start, double t, boolean covariance) {
    double[][] y = start;
    int steps = 8000;
    double h = t / steps;
    for (int k = 0; k < steps; k++) {
      double[][] k1 = slope(y, covariance);
      double[][] k2 = slope(plus(y, h / 2, k1), covariance);
      double[][] k3 = slope(plus(y, h / 2, k2), covariance);
      double[][] k4 = slope(plus(y, h, k3), covariance);
      y = plus(plus(plus(plus(y, h / 6, k1), h / 3, k2), h / 3, k3), h / 6, k4);
    }
    return y;
  }

  private static double[][] slope(double[][] y, boolean covariance) {
    double[][] out = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        for (int l = 0; l < 3; l++) {
          out[i][j] += DRIFT[i][l] * y[l][j] + (covariance ? y[i][l] * DRIFT[j][l] : 0);
        }
        for (int l = 0; covariance && l < 2; l++) {
          out[i][j] += ROOT[i][l] * ROOT[j][l];
        }
      }
    }
    return out;
  }

  private static double[][] plus(double[][] y, double h, double[][] k) {
    double[][] out = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        out[i][j] = y[i][j] + h * k[i][j];
      }
    }
    return out;
  }

  @Test
  void transitions_compose_and_long_ones_end_in_the_invariant_law() {
    LinearProcess process = new LinearProcess(DRIFT, ROOT);
    LinearProcess.Transition first = process.transition(0.8);
    LinearProcess.Law both = process.marginal(new double[] {1, 2, 3}, first.covariance(), 1.9);
    assertThat(worst(both.covariance(), process.transition(2.7).covariance())).isLessThan(1e-13);
    double[][] damped = LinearProcess.criticallyDamped(1, 0.25, 4).transition(1e3).covariance();
    assertThat(worst(damped, new double[][] {{1, 0}, {0, 0.25}})).isLessThan(1e-12);
  }

  /** Both eigenvalues are -c, c = β/√M: e^{Ft} = e^{-ct}(I + t(F + cI)). */
  @Test
  void critically_damped_langevin_has_its_closed_form() {
    double mass = 0.4;
    double beta = 3;
    double c = beta / Math.sqrt(mass);
    for (double t : new double[] {0.05, 0.7, 2}) {
      double e = Math.exp(-c * t);
      double[][] expected = {
        {e * (1 + c * t), e * t * beta / mass}, {-e * t * beta, e * (1 - c * t)}
      };
      LinearProcess process = LinearProcess.criticallyDamped(2, mass, beta);
      double[][] found = process.transition(t).gain();
      for (int i = 0; i < 2; i++) { // the coordinates do not mix
        double[][] pair = {{found[i][i], found[i][2 + i]}, {found[2 + i][i], found[2 + i][2 + i]}};
        assertThat(worst(pair, expected)).isLessThan(1e-14);
        assertThat(found[i][1 - i]).isZero();
      }
      assertThat(process.noises()).isEqualTo(2);
    }
  }

  /** The flow of a normal law carries p_T to p_0: its map M has M Σ_T Mᵀ = Σ_0. Runge–Kutta; a score 1 % off fails. */
  @Test
  void the_probability_flow_of_critically_damped_langevin_carries_the_law_back() {
    assertThat(flowError(1)).isLessThan(1e-9);
    assertThat(flowError(1.01)).isGreaterThan(1e-3);
  }

  private static double flowError(double factor) {
    LinearProcess process = LinearProcess.criticallyDamped(1, 0.25, 4);
    double[][] start = {{0.5, 0}, {0, 0.05}};
    Reversal reversal = new Reversal(process, normalScore(process, start, factor));
    double[][] map = new double[2][2];
    for (int j = 0; j < 2; j++) {
      double[] x = new double[2];
      x[j] = 1;
      flow(reversal, x, 0.6, 0, 2000);
      map[0][j] = x[0];
      map[1][j] = x[1];
    }
    double[][] late = process.marginal(new double[2], start, 0.6).covariance();
    return worst(sandwich(map, late), start);
  }

  private static double[][] sandwich(double[][] m, double[][] s) {
    double[][] out = new double[2][2];
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        for (int k = 0; k < 4; k++) {
          out[i][j] += m[i][k / 2] * s[k / 2][k % 2] * m[j][k % 2];
        }
      }
    }
    return out;
  }

  private static TimedScore normalScore(LinearProcess process, double[][] start, double factor) {
    return (x, t, out) -> {
      double[][] s = process.marginal(new double[2], start, t).covariance();
      double det = s[0][0] * s[1][1] - s[0][1] * s[1][0];
      out[0] = -factor * (s[1][1] * x[0] - s[0][1] * x[1]) / det;
      out[1] = -factor * (s[0][0] * x[1] - s[1][0] * x[0]) / det;
    };
  }

  private static void flow(Reversal reversal, double[] x, double from, double to, int steps) {
    double h = (to - from) / steps;
    double[][] k = new double[4][x.length];
    double[] y = new double[x.length];
    double[] share = {0, 0.5, 0.5, 1};
    for (int n = 0; n < steps; n++) {
      for (int s = 0; s < 4; s++) {
        for (int i = 0; i < x.length; i++) {
          y[i] = x[i] + (s == 0 ? 0 : share[s] * h * k[s - 1][i]);
        }
        reversal.flow(y, from + (n + share[s]) * h, k[s]);
      }
      for (int i = 0; i < x.length; i++) {
        x[i] += h / 6 * (k[0][i] + 2 * k[1][i] + 2 * k[2][i] + k[3][i]);
      }
    }
  }

  /** One dimension and constant noise: what {@link Noising} says of its reversal. */
  @Test
  void the_ornstein_uhlenbeck_process_reverses_as_its_noising_says() {
    LinearProcess process =
        new LinearProcess(new double[][] {{-1}}, new double[][] {{Math.sqrt(2)}});
    OrnsteinUhlenbeck ou = new OrnsteinUhlenbeck();
    Reversal reversal = new Reversal(process, (x, t, out) -> out[0] = 0.3 - 2 * x[0]);
    double[] out = new double[1];
    reversal.drift(new double[] {0.7}, 0.4, out);
    double score = 0.3 - 1.4;
    assertThat(out[0]).isCloseTo(ou.diffusion(0.4) * score - ou.drift(0.4) * 0.7, within(1e-14));
    reversal.flow(new double[] {0.7}, 0.4, out);
    assertThat(out[0])
        .isCloseTo(ou.drift(0.4) * 0.7 - 0.5 * ou.diffusion(0.4) * score, within(1e-14));
    assertThat(process.transition(0.4).gain()[0][0]).isCloseTo(ou.signal(0.4), within(1e-15));
    double b = ou.noise(0.4);
    assertThat(process.transition(0.4).covariance()[0][0]).isCloseTo(b * b, within(1e-15));
  }

  /** Quantiles go to quantiles: ln x - m_t shrinks as s_t. Without the divergence term they do not. */
  @Test
  void the_probability_flow_of_geometric_brownian_motion_carries_quantiles_back() {
    GeometricBrownianMotion process = new GeometricBrownianMotion(2, 0.3, 0.8);
    double[] z = {-1.5, 2};
    for (boolean broken : new boolean[] {false, true}) {
      double[] x = new double[2];
      for (int i = 0; i < 2; i++) {
        x[i] =
            Math.exp(process.logMean(0.4, 1.5) + z[i] * Math.sqrt(process.logVariance(0.25, 1.5)));
      }
      ItoProcess turned = broken ? new WithoutDivergence(process) : process;
      flow(new Reversal(turned, process.lognormalScore(0.4, 0.25)), x, 1.5, 0, 2000);
      for (int i = 0; i < 2; i++) {
        double back = (Math.log(x[i]) - 0.4) / 0.5;
        if (broken) {
          assertThat(back).isNotCloseTo(z[i], within(0.5));
        } else {
          assertThat(back).isCloseTo(z[i], within(1e-10));
        }
      }
    }
  }

  /**
   * 10,000 paths of the reverse process end with the law of the data: the Dvoretzky–Kiefer–Wolfowitz bound at 10⁻⁶, and 0.01 for the bias of 100 Euler–Maruyama steps. The twin
   * without the divergence term fails.
   */
  @Test
  void the_reverse_of_geometric_brownian_motion_recovers_the_data() {
    GeometricBrownianMotion process = new GeometricBrownianMotion(1, 0.3, 0.5);
    double bound = Math.sqrt(Math.log(2 / 1e-6) / (2 * 10_000.0)) + 0.01;
    assertThat(reverseDistance(process, process)).isLessThan(bound);
    assertThat(reverseDistance(process, new WithoutDivergence(process))).isGreaterThan(5 * bound);
  }

  private static double reverseDistance(GeometricBrownianMotion process, ItoProcess turned) {
    double mean = 0.4;
    double variance = 0.25;
    Reversal reversal = new Reversal(turned, process.lognormalScore(mean, variance));
    AddressedRandom random = Seed.of(77).child("reverse").random();
    double[] end = new double[10_000];
    double[] x = new double[1];
    double[] z = new double[1];
    for (int r = 0; r < end.length; r++) {
      double spread = Math.sqrt(process.logVariance(variance, 1));
      x[0] = StrictMath.exp(process.logMean(mean, 1) + spread * random.nextGaussian());
      for (int k = 0; k < 100; k++) {
        z[0] = random.nextGaussian();
        reversal.step(x, 1 - k / 100.0, 0.01, z);
      }
      end[r] = StrictMath.log(x[0]);
    }
    return distance(end, NormalDistribution.of(mean, Math.sqrt(variance))::cumulativeProbability);
  }

  private static double distance(double[] values, DoubleUnaryOperator function) {
    Arrays.sort(values);
    double worst = 0;
    for (int i = 0; i < values.length; i++) {
      double f = function.applyAsDouble(values[i]);
      double above = (i + 1.0) / values.length;
      worst =
          Math.max(worst, Math.max(Math.abs(f - above), Math.abs(f - above + 1.0 / values.length)));
    }
    return worst;
  }

  private record WithoutDivergence(GeometricBrownianMotion process) implements ItoProcess {
    @Override
    public int dimension() {
      return process.dimension();
    }

    @Override
    public int noises() {
      return process.noises();
    }

    @Override
    public void drift(double[] x, double t, double[] out) {
      process.drift(x, t, out);
    }

    @Override
    public void spread(double[] x, double t, double[] z, double[] out) {
      process.spread(x, t, z, out);
    }

    @Override
    public void diffuse(double[] x, double t, double[] v, double[] out) {
      process.diffuse(x, t, v, out);
    }

    @Override
    public void divergence(double[] x, double t, double[] out) {
      Arrays.fill(out, 0);
    }
  }

  /** Σ_j ∂(A e_j)_i/∂x_j by differences, and A = GGᵀ. */
  @Test
  void matrix_root_and_divergence_of_geometric_brownian_motion_belong_together() {
    GeometricBrownianMotion process = new GeometricBrownianMotion(2, 0.3, 0.5);
    double[] x = {0.7, 1.9};
    double[] found = new double[2];
    double[] root = new double[2];
    double[] matrix = new double[2];
    process.divergence(x, 0, found);
    for (int j = 0; j < 2; j++) {
      double[] e = new double[2];
      e[j] = 1;
      process.spread(x, 0, e, root);
      process.diffuse(x, 0, e, matrix);
      assertThat(matrix[j]).isCloseTo(root[j] * root[j], within(1e-15));
      double[] up = x.clone();
      up[j] += 1e-5;
      double[] down = x.clone();
      down[j] -= 1e-5;
      double[] above = new double[2];
      double[] below = new double[2];
      process.diffuse(up, 0, e, above);
      process.diffuse(down, 0, e, below);
      assertThat(found[j]).isCloseTo((above[j] - below[j]) / 2e-5, within(1e-9));
    }
  }

  /** The lognormal score is the derivative of the log density of ln X less ln x. */
  @Test
  void the_lognormal_score_is_a_derivative() {
    GeometricBrownianMotion process = new GeometricBrownianMotion(1, 0.3, 0.5);
    double[] out = new double[1];
    process.lognormalScore(0.4, 0.25).at(new double[] {1.7}, 0.8, out);
    GaussianMixture log =
        GaussianMixture.isotropic(
            new double[] {1},
            new double[][] {{process.logMean(0.4, 0.8)}},
            new double[] {Math.sqrt(process.logVariance(0.25, 0.8))});
    double[] gradient = new double[1];
    log.logDensity(new double[] {Math.log(1.7)}, gradient);
    assertThat(out[0]).isCloseTo((gradient[0] - 1) / 1.7, within(1e-14));
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> new LinearProcess(new double[][] {{1, 2}}, new double[][] {{1}}))
        .hasMessage("drift must be square, got 1 × 2");
    assertThatThrownBy(() -> new LinearProcess(DRIFT, new double[2][2]))
        .hasMessage("root must have 3 rows, got 2");
    assertThatThrownBy(() -> new LinearProcess(DRIFT, ROOT).transition(-1))
        .hasMessageContaining("t must");
    assertThatThrownBy(() -> LinearProcess.criticallyDamped(1, 0, 1)).hasMessageContaining("mass");
    assertThatThrownBy(() -> LinearProcess.criticallyDamped(1, 1, 0)).hasMessageContaining("beta");
    assertThatThrownBy(() -> new GeometricBrownianMotion(1, 0, 0))
        .hasMessageContaining("volatility");
  }
}
