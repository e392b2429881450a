package dev.langevin.mcmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.Density;
import dev.langevin.density.target.Gaussian;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import org.junit.jupiter.api.Test;

class HmcTest {
  private static final Seed SEED = Seed.of(20).child("hmc");

  @Test
  void jitterVariesTheNumberOfStepsEvenly() {
    int[] seen = stepCounts(new Hmc(0.1, new Trajectory.Steps(10), 0.3), 7000);
    assertThat(firstOf(seen)).isEqualTo(7);
    assertThat(lastOf(seen)).isEqualTo(13);
    // 8 to 12 have probability 1/6 each, the ends 1/12; sd of a count below 32, six of them allowed
    // (2e-9)
    assertThat(seen[10]).isCloseTo(7000 / 6, within(190));
    assertThat(seen[7]).isCloseTo(7000 / 12, within(190));
  }

  @Test
  void aLengthIsDividedByTheStepSize() {
    int[] seen = stepCounts(new Hmc(0.25, new Trajectory.Length(3, 100), 0), 10);
    assertThat(seen[12]).isEqualTo(10);
    seen = stepCounts(new Hmc(0.25, new Trajectory.Length(3, 9), 0), 10);
    assertThat(seen[9]).as("capped").isEqualTo(10);
    seen = stepCounts(new Hmc(0.25, new Trajectory.Length(0.01, 9), 0), 10);
    assertThat(seen[1]).as("at least one").isEqualTo(10);
    seen = stepCounts(new Hmc(0.25, new Trajectory.Length(1, 100), 1), 1000);
    assertThat(firstOf(seen)).isEqualTo(1);
    assertThat(lastOf(seen)).isEqualTo(8);
  }

  private static int[] stepCounts(Hmc hmc, int draws) {
    TunableKernel kernel = hmc.on(Gaussian.iid(1));
    State state = kernel.start(new double[1]);
    AddressedRandom random = SEED.random();
    int[] seen = new int[101];
    for (int i = 0; i < draws; i++) {
      seen[kernel.step(state, random).evaluations()]++;
    }
    return seen;
  }

  private static int firstOf(int[] seen) {
    int i = 0;
    while (seen[i] == 0) {
      i++;
    }
    return i;
  }

  private static int lastOf(int[] seen) {
    int i = seen.length - 1;
    while (seen[i] == 0) {
      i--;
    }
    return i;
  }

  @Test
  void theEnergyIsThatOfTheStepsEnd() {
    double[] normal = {SEED.random().nextGaussian()};
    TunableKernel still = new Hmc(1e-6, 1).on(Gaussian.iid(1));
    Outcome moved = still.step(still.start(new double[] {0.5}), SEED.random());
    double begin = normal[0] * normal[0] / 2 + 0.125 + 0.5 * Math.log(2 * Math.PI);
    assertThat(moved.moved()).isTrue();
    assertThat(moved.energy()).isCloseTo(begin, within(1e-9));
    TunableKernel wild = new Hmc(10, 2).on(Gaussian.iid(1));
    Outcome stayed = wild.step(wild.start(new double[] {0.5}), SEED.random());
    assertThat(stayed.moved()).isFalse();
    assertThat(stayed.energy()).isCloseTo(begin, within(1e-12));
  }

  @Test
  void anEnergyErrorOverAThousandIsADivergence() {
    TunableKernel kernel = new Hmc(10, 4).on(Gaussian.iid(1));
    State state = kernel.start(new double[] {0.5});
    Outcome outcome = kernel.step(state, SEED.random());
    assertThat(outcome.diverged()).isTrue();
    assertThat(outcome.reason()).startsWith("energy error is ");
    assertThat(outcome.evaluations()).isEqualTo(4);
    assertThat(state.position()).containsExactly(0.5);
  }

  @Test
  void anOverflowEndsTheTrajectoryEarly() {
    TunableKernel kernel = new Hmc(1e10, 1000).on(Gaussian.iid(1));
    Outcome outcome = kernel.step(kernel.start(new double[] {0.5}), SEED.random());
    assertThat(outcome.diverged()).isTrue();
    assertThat(outcome.evaluations()).isLessThan(30);
  }

  /** A wall of height 5000 without a gradient, which trajectories cross without noticing. */
  @Test
  void aWallOnTheWayIsADivergenceEvenIfTheEndIsFine() {
    Density wall = new WithWall();
    TunableKernel kernel = new Hmc(0.1, 60).on(wall);
    AddressedRandom random = SEED.random();
    int over = 0;
    for (int i = 0; i < 100; i++) {
      State state = kernel.start(new double[] {-1});
      Outcome outcome = kernel.step(state, random);
      assertThat(state.position()[0]).isNegative();
      if (outcome.diverged()) {
        over += outcome.reason().startsWith("energy error on the way is ") ? 1 : 0;
      }
    }
    assertThat(over).isBetween(10, 60);
  }

  private static final class WithWall implements Density {
    @Override
    public int dimension() {
      return 1;
    }

    @Override
    public double logDensity(double[] x, double[] gradient) {
      gradient[0] = -x[0] * 0.05;
      return -x[0] * x[0] * 0.025 - (x[0] > 0 && x[0] < 0.6 ? 5000 : 0);
    }
  }

  /** Both rules for trajectories that break down hold from either end: going back over the same points breaks down as well. */
  @Test
  void theWallIsClosedFromBothSides() {
    TunableKernel kernel = new Hmc(0.1, 60).on(new WithWall());
    AddressedRandom random = SEED.random();
    for (int i = 0; i < 100; i++) {
      State state = kernel.start(new double[] {1.6});
      kernel.step(state, random);
      assertThat(state.position()[0]).isGreaterThan(0.6);
    }
  }

  @Test
  void malaTooCallsAnEnergyErrorOverAThousandADivergence() {
    TunableKernel kernel = new Mala(50).on(Gaussian.iid(1));
    Outcome outcome = kernel.step(kernel.start(new double[] {5}), SEED.random());
    assertThat(outcome.diverged()).isTrue();
    assertThat(outcome.reason()).startsWith("energy error is ");
  }
}
