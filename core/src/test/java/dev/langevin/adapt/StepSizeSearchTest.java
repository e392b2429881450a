package dev.langevin.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.density.Density;
import dev.langevin.density.target.Gaussian;
import dev.langevin.mcmc.Hmc;
import dev.langevin.mcmc.Mala;
import dev.langevin.mcmc.RandomWalkMetropolis;
import dev.langevin.mcmc.Sampler;
import dev.langevin.mcmc.State;
import dev.langevin.mcmc.TunableKernel;
import dev.langevin.mcmc.Ula;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class StepSizeSearchTest {
  private static final Seed SEED = Seed.of(20).child("search");

  @Test
  void fromTooSmallAndTooLargeItFindsTheRightOrder() {
    double sd = 1e-3;
    for (double from : new double[] {1e-12, 1, 1e9}) {
      List<Sampler> samplers =
          List.of(new RandomWalkMetropolis(from), new Mala(from), new Ula(from), new Hmc(from, 5));
      for (Sampler sampler : samplers) {
        TunableKernel kernel = (TunableKernel) sampler.on(narrow(sd));
        State state = kernel.start(new double[] {sd, -sd, sd, 0, 0});
        int evaluations = StepSizeSearch.from(kernel, state, SEED.random());
        boolean squared = sampler instanceof Mala || sampler instanceof Ula;
        double found = kernel.tuning().stepSize() / (squared ? sd * sd : sd);
        assertThat(found).as(sampler.toString()).isBetween(0.02, 8.0);
        assertThat(evaluations).isLessThan(60);
        assertThat(state.position()).containsExactly(sd, -sd, sd, 0, 0);
      }
    }
  }

  private static Gaussian narrow(double sd) {
    double[] sds = new double[5];
    Arrays.fill(sds, sd);
    return Gaussian.diagonal(new double[5], sds);
  }

  @Test
  void aDensityThatNeverFallsIsNamed() {
    TunableKernel kernel = new Hmc(1, 3).on(density(x -> 0));
    State state = kernel.start(new double[1]);
    assertThatThrownBy(() -> StepSizeSearch.from(kernel, state, SEED.random()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no step is too large")
        .hasMessageContaining("not proper");
  }

  @Test
  void aDensityThatIsNaNEverywhereElseIsNamed() {
    TunableKernel kernel = new Mala(1).on(density(x -> x == 1 ? 0 : Double.NaN));
    State state = kernel.start(new double[] {1});
    assertThatThrownBy(() -> StepSizeSearch.from(kernel, state, SEED.random()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no step is small enough")
        .hasMessageContaining("not finite or not continuous");
  }

  private static Density density(DoubleUnaryOperator log) {
    return new Density() {
      @Override
      public int dimension() {
        return 1;
      }

      @Override
      public double logDensity(double[] x, double[] gradient) {
        gradient[0] = 0;
        return log.applyAsDouble(x[0]);
      }
    };
  }
}
