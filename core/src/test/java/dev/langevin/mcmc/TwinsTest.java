package dev.langevin.mcmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.Density;
import dev.langevin.density.target.StudentT;
import dev.langevin.mcmc.Twins.Mistake;
import dev.langevin.mcmc.Twins.TextbookHmc;
import dev.langevin.mcmc.Twins.TextbookMala;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kernels that must agree draw for draw, and twins with a mistake, which the conservation test must catch. */
class TwinsTest {
  private static final Seed SEED = Seed.of(20).child("twins");
  private static final BentLogistic DENSITY = new BentLogistic();

  private static final Slice DOUBLING = new Slice(0.4, Slice.Growth.DOUBLING, 5);

  @ParameterizedTest
  @EnumSource(names = {"RATIO_UPSIDE_DOWN", "NO_REVERSE_PROPOSAL", "NOISE_WITHOUT_TWO"})
  void aMalaWithAMistakeIsCaught(Mistake mistake) {
    Conservation found = Conservation.of(new TextbookMala(DENSITY, 0.6, mistake), SEED);
    assertThat(found.distance()).isGreaterThan(Conservation.threshold());
  }

  @ParameterizedTest
  @EnumSource(names = {"MOMENTUM_NOT_REFRESHED", "WHOLE_FIRST_KICK", "NO_KINETIC_ENERGY_AT_END"})
  void anHmcWithAMistakeIsCaught(Mistake mistake) {
    Conservation found = Conservation.of(new TextbookHmc(DENSITY, 0.7, 3, mistake), SEED);
    assertThat(found.distance()).isGreaterThan(Conservation.threshold());
  }

  @Test
  void theSameKernelsWithoutAMistakeAreNot() {
    assertThat(Conservation.of(new TextbookMala(DENSITY, 0.6, Mistake.NONE), SEED).holds())
        .isTrue();
    assertThat(Conservation.of(new TextbookHmc(DENSITY, 0.7, 3, Mistake.NONE), SEED).holds())
        .isTrue();
  }

  @Test
  void theBiasOfAnUnadjustedKernelIsCaught() {
    assertThat(Conservation.of(new Ula(0.6).on(DENSITY), SEED).holds()).isFalse();
  }

  @Test
  void malaIsTheTextbooks() {
    agree(new Mala(0.6).on(DENSITY), new TextbookMala(DENSITY, 0.6, Mistake.NONE), 2000);
  }

  @Test
  void hmcIsTheTextbooks() {
    agree(new Hmc(0.6, 4).on(DENSITY), new TextbookHmc(DENSITY, 0.6, 4, Mistake.NONE), 2000);
  }

  /**
   * One leapfrog step is x' = x + eps S (w + (eps/2) S g(x)) = x + (eps²/2) S² g(x) + eps S w: the Langevin proposal with h = eps²/2. Its energy error
   * is minus the logarithm of the Metropolis–Hastings ratio, see {@link LangevinKernel}.
   */
  @Test
  void oneStepHmcIsMala() {
    double eps = 0.9;
    TunableKernel hmc = new Hmc(eps, 1).on(DENSITY);
    TunableKernel mala = new Mala(eps * eps / 2).on(DENSITY);
    hmc.tuning().metric(Metric.diagonal(0.7, 2.1));
    mala.tuning().metric(Metric.diagonal(0.7, 2.1));
    agree(hmc, mala, 2000);
  }

  @Test
  void ulaMakesMalasProposalsAndTellsItsAcceptance() {
    TunableKernel ula = new Ula(0.6).on(DENSITY);
    TunableKernel mala = new Mala(0.6).on(DENSITY);
    AddressedRandom random = SEED.random();
    int moved = 0;
    for (int i = 0; i < 500; i++) {
      double[] x = {0.01 * i - 2.5, 1};
      State unadjusted = ula.start(x);
      State adjusted = mala.start(x);
      Outcome free = ula.step(unadjusted, random.moveTo(SEED.child(i)));
      Outcome tested = mala.step(adjusted, random.moveTo(SEED.child(i)));
      assertThat(free.moved()).isTrue();
      assertThat(free.acceptance()).isEqualTo(tested.acceptance());
      if (tested.moved()) {
        moved++;
        assertThat(adjusted.position()).containsExactly(unadjusted.position());
      }
    }
    assertThat(moved).isBetween(200, 499);
  }

  @Test
  void metropolisHastingsWithoutTheRatioOfProposalsIsCaught() {
    Proposal right = new ShrinkingProposal(0.8, 1.1);
    Proposal wrong =
        (x, out, random) -> {
          right.propose(x, out, random);
          return 0;
        };
    assertThat(Conservation.of(new MetropolisHastings(wrong).on(DENSITY), SEED).holds()).isFalse();
  }

  @Test
  void independenceWithoutTheWeightsIsCaught() {
    StudentT law = StudentT.of(5, new double[] {0.2, 1.1}, new double[][] {{3, 0.4}, {0.4, 5}});
    Proposal wrong =
        (x, out, random) -> {
          law.sample(random, out);
          return 0;
        };
    assertThat(Conservation.of(new MetropolisHastings(wrong).on(DENSITY), SEED).holds()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"CENTRED_INTERVAL", "LEVEL_WITHOUT_LOGARITHM", "NO_SHRINKAGE"})
  void aSliceWithAMistakeIsCaught(SliceTwin.Mistake mistake) {
    Slice recipe = new Slice(1.7, Slice.Growth.STEPPING_OUT, 4);
    assertThat(Conservation.of(new SliceTwin(DENSITY, recipe, mistake), SEED).holds()).isFalse();
  }

  @Test
  void aDoublingSliceWithoutItsTestIsCaught() {
    Density humps = new TwoHumps();
    SliceTwin twin = new SliceTwin(humps, DOUBLING, SliceTwin.Mistake.NO_TEST_AFTER_DOUBLING);
    assertThat(TwoHumps.z(twin, SEED)).isGreaterThan(4.9);
    assertThat(TwoHumps.z(DOUBLING.on(humps), SEED)).isLessThan(4.9);
    assertThat(TwoHumps.z(new Slice(0.6, Slice.Growth.STEPPING_OUT, 3).on(humps), SEED))
        .isLessThan(4.9);
  }

  @Test
  void sliceIsNeals() {
    Slice steppingOut = new Slice(1.7, Slice.Growth.STEPPING_OUT, 4);
    agree(
        steppingOut.on(DENSITY), new SliceTwin(DENSITY, steppingOut, SliceTwin.Mistake.NONE), 500);
    agree(DOUBLING.on(DENSITY), new SliceTwin(DENSITY, DOUBLING, SliceTwin.Mistake.NONE), 500);
  }

  @Test
  void aGibbsSweepOnStaleConditionsIsCaught() {
    assertThat(Conservation.of(new GibbsTwin(DENSITY, 2.1, true), SEED).holds()).isFalse();
  }

  @Test
  void coordinateGibbsIsTheTextbooks() {
    Sampler sweep = new CoordinateGibbs(new RandomWalkMetropolis(2.1), Scan.SYSTEMATIC);
    agree(sweep.on(DENSITY), new GibbsTwin(DENSITY, 2.1, false), 2000);
  }

  private static void agree(Kernel one, Kernel other, int steps) {
    State a = one.start(new double[] {0.3, 0.2});
    State b = other.start(new double[] {0.3, 0.2});
    AddressedRandom random = SEED.random();
    int moved = 0;
    for (int i = 0; i < steps; i++) {
      Outcome first = one.step(a, random.moveTo(SEED.child(i)));
      Outcome second = other.step(b, random.moveTo(SEED.child(i)));
      assertThat(first.moved()).isEqualTo(second.moved());
      assertThat(first.acceptance()).isCloseTo(second.acceptance(), within(1e-9));
      assertThat(a.position()).containsExactly(b.position(), within(1e-9));
      moved += first.moved() ? 1 : 0;
    }
    assertThat(moved).isBetween(steps / 3, one instanceof SliceKernel ? steps : steps - 1);
  }
}
