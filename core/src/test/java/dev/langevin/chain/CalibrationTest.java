package dev.langevin.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langevin.adapt.MetricAdaptation;
import dev.langevin.density.Model;
import dev.langevin.math.Uniformity;
import dev.langevin.mcmc.Nuts;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Simulation-based calibration (Talts et al. 2018; Modrák et al. 2023) of a hierarchical model: parameters from the prior, data from them, draws from the posterior; the rank of the
 * true value among the draws is then uniform. mu ~ N(0, 1), log tau ~ N(0, 0.5²), z_j ~ N(0, 1), y_j ~ N(mu + tau z_j, 1) for j = 1 … 4, and the log likelihood as a fourth quantity.
 *
 * <p>400 replications of 100 draws, every fifth of NUTS. The distance of the ranks from uniformity exceeds the bound with probability at most 1e-6 over the four quantities (Dvoretzky, Kiefer,
 * Wolfowitz and Massart; ranks are jittered to be continuous); a twin whose prior of log tau is forgotten must exceed it.
 */
class CalibrationTest {
  private static final Seed SEED = Seed.of(20).child("calibration");
  private static final int GROUPS = 4;
  private static final int REPLICATIONS = 400;
  private static final int DRAWS = 100;
  private static final double BOUND = Math.sqrt(Math.log(2 * 4 / 1e-6) / (2.0 * REPLICATIONS));

  @Test
  void ranksOfTheTruthAreUniform() {
    for (double distance : distances(true)) {
      assertThat(distance).isLessThan(BOUND);
    }
  }

  @Test
  void aForgottenPriorIsCaught() {
    assertThat(distances(false)[1]).isGreaterThan(BOUND);
  }

  private static double[] distances(boolean right) {
    double[][] ranks = new double[4][REPLICATIONS];
    AddressedRandom random = SEED.random();
    for (int r = 0; r < REPLICATIONS; r++) {
      random.moveTo(SEED.child("truth").child(r));
      double[] truth = new double[2 + GROUPS];
      for (int i = 0; i < truth.length; i++) {
        truth[i] = (i == 1 ? 0.5 : 1) * random.nextGaussian();
      }
      double[] y = new double[GROUPS];
      for (int j = 0; j < GROUPS; j++) {
        y[j] = truth[0] + StrictMath.exp(truth[1]) * truth[2 + j] + random.nextGaussian();
      }
      Hierarchy model = new Hierarchy(y, right);
      double[] wanted = new double[4];
      model.report(truth, wanted);
      Draws draws = draw(model, SEED.child("chain").child(r));
      for (int q = 0; q < 4; q++) {
        double truly = wanted[q];
        double below = Arrays.stream(draws.series(q)[0]).filter(value -> value < truly).count();
        ranks[q][r] = (below + random.nextDouble()) / (DRAWS + 1);
      }
    }
    return Arrays.stream(ranks).mapToDouble(Uniformity::distance).toArray();
  }

  private static Draws draw(Model model, Seed seed) {
    ChainSettings settings =
        new ChainSettings(1, 200, DRAWS, 5, Double.NaN, MetricAdaptation.LOW_RANK, seed);
    return Chains.run(Nuts.defaults(), model, settings, Runnable::run, ChainListener.silent())
        .draws();
  }

  /** The model; without the prior of log tau if it is wrong. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Hierarchy(double[] y, boolean right) implements Model {
    @Override
    public String name() {
      return "hierarchy";
    }

    @Override
    public int dimension() {
      return 2 + GROUPS;
    }

    @Override
    public double logDensity(double[] x, double[] gradient) {
      double tau = StrictMath.exp(x[1]);
      double log = -0.5 * x[0] * x[0] - (right ? 2 * x[1] * x[1] : 0.02 * x[1] * x[1]);
      gradient[0] = -x[0];
      gradient[1] = right ? -4 * x[1] : -0.04 * x[1];
      for (int j = 0; j < GROUPS; j++) {
        double z = x[2 + j];
        double rest = y[j] - x[0] - tau * z;
        log -= 0.5 * (z * z + rest * rest);
        gradient[0] += rest;
        gradient[1] += rest * tau * z;
        gradient[2 + j] = -z + rest * tau;
      }
      return log;
    }

    @Override
    public List<String> outputs() {
      return List.of("mu", "log tau", "z[1]", "log likelihood");
    }

    @Override
    public void report(double[] x, double[] out) {
      double log = 0;
      for (int j = 0; j < GROUPS; j++) {
        double rest = y[j] - x[0] - StrictMath.exp(x[1]) * x[2 + j];
        log -= 0.5 * rest * rest;
      }
      out[0] = x[0];
      out[1] = x[1];
      out[2] = x[2];
      out[3] = log;
    }
  }
}
