package dev.langevin.anneal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.anneal.TextbookTempering.Mistake;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.mcmc.RandomWalkMetropolis;
import dev.langevin.mcmc.State;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Replicas that start at exact draws of their rungs stay so; twins with a mistake do not. In one dimension, where every rung can be drawn from by inverting its
 * distribution function.
 */
class TemperingConservationTest {
  private static final Seed SEED = Seed.of(31).child("tempering");
  private static final int CHAINS = 100_000;
  private static final int STEPS = 4;
  private static final double SCALE = 3;
  private static final double STEP_SIZE = 0.4;
  private static final double[] BETA = Ladder.first(4);
  private static final GaussianMixture TARGET =
      GaussianMixture.isotropic(
          new double[] {0.3, 0.7}, new double[][] {{-2}, {2}}, new double[] {0.5, 0.8});

  /** sup|F_n - F| of a right kernel exceeds this with probability 1e-6 (Dvoretzky, Kiefer &amp; Wolfowitz; Massart 1990). */
  private static final double THRESHOLD = Math.sqrt(Math.log(2 / 1e-6) / (2.0 * CHAINS));

  @Test
  void theColdChainStaysExact() {
    TemperingKernel kernel = kernel();
    AddressedRandom random = SEED.random();
    double[] ends = new double[CHAINS];
    int moved = 0;
    for (int c = 0; c < CHAINS; c++) {
      random.moveTo(SEED.child(c));
      double[] start = exactDraws(random);
      State state = started(kernel, start);
      for (int s = 0; s < STEPS; s++) {
        kernel.step(state, random);
      }
      ends[c] = state.position()[0];
      moved += ends[c] != start[BETA.length - 1] ? 1 : 0;
    }
    assertThat(distance(ends)).isLessThan(THRESHOLD);
    assertThat(moved).isGreaterThan(CHAINS * 9 / 10);
  }

  @ParameterizedTest
  @EnumSource(names = {"RATIO_UPSIDE_DOWN", "REFERENCE_FORGOTTEN"})
  void aWrongSwapIsCaught(Mistake mistake) {
    assertThat(distance(textbook(mistake))).isGreaterThan(2 * THRESHOLD);
  }

  @Test
  void theTextbooksTemperingIsNotCaught() {
    assertThat(distance(textbook(Mistake.NONE))).isLessThan(THRESHOLD);
  }

  @Test
  void theKernelIsTheTextbooks() {
    TemperingKernel kernel = kernel();
    double[] start = {0.4, -1, 0.3, 2};
    State state = started(kernel, start);
    TextbookTempering textbook =
        new TextbookTempering(TARGET, SCALE, BETA, STEP_SIZE, start, Mistake.NONE);
    AddressedRandom random = SEED.random();
    int left = 0;
    for (int i = 0; i < 3000; i++) {
      kernel.step(state, random.moveTo(SEED.child(i)));
      textbook.step(random.moveTo(SEED.child(i)));
      assertThat(state.position()[0]).isCloseTo(textbook.x[BETA.length - 1], within(1e-12));
      left += state.position()[0] < 0 ? 1 : 0;
    }
    assertThat(left).isBetween(600, 1200);
  }

  @Test
  void withoutFreshDrawsAtTheHotEndNothingNewComesDown() {
    GaussianMixture far =
        GaussianMixture.isotropic(
            new double[] {0.3, 0.7}, new double[][] {{-9}, {9}}, new double[] {0.5, 0.8});
    for (Mistake mistake : new Mistake[] {Mistake.NONE, Mistake.HOT_NOT_REFRESHED}) {
      double[] start = {-9, -9, -9};
      TextbookTempering twin =
          new TextbookTempering(far, 9, Ladder.first(start.length), 0.1, start, mistake);
      AddressedRandom random = SEED.random();
      int right = 0;
      for (int i = 0; i < 4000; i++) {
        twin.step(random);
        right += twin.x[2] > 0 ? 1 : 0;
      }
      assertThat(right / 4000.0 > 0.5).isEqualTo(mistake == Mistake.NONE);
    }
  }

  private static TemperingKernel kernel() {
    return new ParallelTempering(
            new RandomWalkMetropolis(STEP_SIZE), Reference.fixed(SCALE), BETA.length)
        .on(TARGET);
  }

  private static State started(TemperingKernel kernel, double[] x) {
    State state = kernel.start(new double[] {x[x.length - 1]});
    for (int k = 0; k < x.length - 1; k++) {
      kernel.put(state, k, new double[] {x[k]});
    }
    return state;
  }

  private static double[] textbook(Mistake mistake) {
    AddressedRandom random = SEED.random();
    double[] ends = new double[CHAINS];
    for (int c = 0; c < CHAINS; c++) {
      double[] start = exactDraws(random.moveTo(SEED.child(c)));
      TextbookTempering twin =
          new TextbookTempering(TARGET, SCALE, BETA, STEP_SIZE, start, mistake);
      for (int s = 0; s < STEPS; s++) {
        twin.step(random);
      }
      ends[c] = twin.x[start.length - 1];
    }
    return ends;
  }

  private static double[] exactDraws(RandomGenerator random) {
    double[] x = new double[BETA.length];
    for (int k = 0; k < x.length; k++) {
      x[k] = RUNGS[k].quantile(random.nextDouble());
    }
    return x;
  }

  private static final Grid[] RUNGS = Arrays.stream(BETA).mapToObj(Grid::new).toArray(Grid[]::new);

  /** The distribution function of p_β on a fine grid (trapezoids, error below 1e-6), inverted. */
  private static final class Grid {
    private static final double END = 16;
    private static final int CELLS = 16_000;
    private final double[] cdf = new double[CELLS + 1];

    Grid(double beta) {
      for (int i = 1; i <= CELLS; i++) {
        cdf[i] = cdf[i - 1] + 0.5 * (density(x(i - 1), beta) + density(x(i), beta));
      }
    }

    private static double x(int i) {
      return END * (2.0 * i / CELLS - 1);
    }

    private static double density(double x, double beta) {
      double log = TARGET.logDensity(new double[] {x});
      return Math.exp(beta * log + (1 - beta) * TextbookTempering.reference(x, SCALE));
    }

    double quantile(double u) {
      int at = Arrays.binarySearch(cdf, u * cdf[CELLS]);
      int i = Math.min(CELLS - 1, at >= 0 ? at : -at - 2);
      return x(i) + (u * cdf[CELLS] - cdf[i]) / (cdf[i + 1] - cdf[i]) * (x(i + 1) - x(i));
    }
  }

  private static double distance(double[] sample) {
    NormalDistribution left = NormalDistribution.of(-2, 0.5);
    NormalDistribution right = NormalDistribution.of(2, 0.8);
    Arrays.sort(sample);
    double distance = 0;
    for (int i = 0; i < sample.length; i++) {
      double f =
          0.3 * left.cumulativeProbability(sample[i])
              + 0.7 * right.cumulativeProbability(sample[i]);
      distance = Math.max(distance, Math.abs(f - (i + 0.5) / sample.length));
    }
    return distance;
  }
}
