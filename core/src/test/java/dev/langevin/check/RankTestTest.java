package dev.langevin.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.density.Density;
import dev.langevin.mcmc.Hmc;
import dev.langevin.mcmc.Kernel;
import dev.langevin.mcmc.Mala;
import dev.langevin.mcmc.RandomWalkMetropolis;
import dev.langevin.mcmc.Ula;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankTestTest {
  private static final Seed SEED = Seed.of(42).child("rank");
  private static final RankTest TEST = new RankTest(6, 4000);

  /** The standard normal at a temperature; {@code factor} is put on the gradient. */
  private record Normal(double temperature, double factor) implements Density {
    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public double logDensity(double[] x, double[] gradient) {
      gradient[0] = -factor * x[0] / temperature;
      gradient[1] = -factor * x[1] / temperature;
      return -(x[0] * x[0] + x[1] * x[1]) / 2 / temperature;
    }
  }

  private static final Density RIGHT = new Normal(1, 1);

  private static double pValue(RankTest test, Kernel kernel, Seed seed) {
    AddressedRandom random = new AddressedRandom(seed);
    return test.pValue(
        kernel,
        (r, x) -> random.moveTo(seed.child("start").child(r)).fillGaussian(x, 0, x.length),
        seed);
  }

  /** False alarm 1e-6 for each. */
  @Test
  void kernelsThatLeaveTheTargetInvariantPass() {
    for (Kernel kernel :
        List.of(
            new Mala(0.8).on(RIGHT),
            new RandomWalkMetropolis(1.5).on(RIGHT),
            new Hmc(0.6, 3).on(RIGHT))) {
      assertThat(pValue(TEST, kernel, SEED)).isGreaterThan(1e-6);
    }
  }

  @Test
  void anUnadjustedStepAndAWrongTemperatureFail() {
    assertThat(pValue(TEST, new Ula(0.6).on(RIGHT), SEED)).isLessThan(1e-6);
    assertThat(pValue(TEST, new Mala(0.8).on(new Normal(1.3, 1)), SEED)).isLessThan(1e-6);
  }

  /** The Metropolis test makes good for any gradient: why the gradient is checked by other means. */
  @Test
  void aWrongGradientInAnAdjustedKernelIsNotSeen() {
    assertThat(pValue(TEST, new Mala(0.5).on(new Normal(1, -0.5)), SEED)).isGreaterThan(1e-6);
  }

  /** With 400 of 0.05 expected at most 20; more than 46 has probability below 1e-6. Ties are many: most proposals are refused. */
  @Test
  void thePValueIsAtMostAsOftenSmallAsItSays() {
    int small = 0;
    RankTest brief = new RankTest(4, 200);
    for (int r = 0; r < 400; r++) {
      Kernel kernel = new RandomWalkMetropolis(4).on(RIGHT);
      small += pValue(brief, kernel, SEED.child(r)) <= 0.05 ? 1 : 0;
    }
    assertThat(small).isBetween(1, 46);
  }

  @Test
  void theSequentialWrapperKeepsItsRateAndItsPower() {
    int[] asked = {0};
    assertThat(Sequential.fails(1e-3, round -> counted(asked, 0.5))).isFalse();
    assertThat(asked[0]).isEqualTo(1);
    assertThat(Sequential.fails(1e-3, round -> counted(asked, 1e-4))).isTrue();
    assertThat(asked[0]).isEqualTo(2);
    assertThat(Sequential.fails(1e-3, round -> counted(asked, 0.06))).isTrue(); // γ = 0.0693
    assertThat(asked[0]).isEqualTo(5);
    AddressedRandom random = SEED.random();
    int fails = 0;
    for (int r = 0; r < 200_000; r++) {
      fails += Sequential.fails(1e-3, round -> random.nextDouble()) ? 1 : 0;
    }
    assertThat(fails).isLessThan(275); // 200 expected at most; more has probability 1e-6 or less
  }

  private static double counted(int[] asked, double p) {
    asked[0]++;
    return p;
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> new RankTest(1, 100)).hasMessageContaining("length");
    assertThatThrownBy(() -> new RankTest(10, 49)).hasMessageContaining("at least 50");
  }
}
