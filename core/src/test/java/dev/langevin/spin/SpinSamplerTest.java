package dev.langevin.spin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.BinaryPairwise;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Many samples on many threads, the models they come from, and what is said about them. */
class SpinSamplerTest {
  private static final Localisation SHORT = new Localisation(0.5, 6, Scheme.HEUN);

  private static SpinSampler sampler(double beta, Localisation walk) {
    SpinGlass glass = new Z2Synchronisation(70, beta).draw(Seed.of(1)).glass();
    return SpinSampler.of(glass, walk, TapMean.standard(), Seed.of(2));
  }

  @Test
  void samples_are_the_same_on_any_number_of_threads_in_any_batch_and_in_any_stretch() {
    SpinSampler sampler = sampler(1.3, SHORT);
    SpinSamples reference = sampler.sample(0, 13, 13, Seed.of(3), Runnable::run);
    for (int threads : new int[] {1, 2, 5}) {
      ExecutorService executor = Executors.newFixedThreadPool(threads);
      try {
        SpinSamples drawn = sampler.sample(0, 13, threads, Seed.of(3), executor);
        assertThat(drawn.x()).isEqualTo(reference.x());
        assertThat(drawn.accounts()).isEqualTo(reference.accounts());
      } finally {
        executor.shutdownNow();
      }
    }
    SpinSamples later = sampler.sample(9, 4, 3, Seed.of(3), Runnable::run);
    assertThat(later.x()).isEqualTo(Arrays.copyOfRange(reference.x(), 9 * 70, 13 * 70));
  }

  @Test
  void samples_differ_by_number_and_by_seed() {
    SpinSampler sampler = sampler(0.4, SHORT);
    double[] x = sampler.sample(0, 2, 2, Seed.of(3), Runnable::run).x();
    assertThat(Arrays.copyOfRange(x, 0, 70)).isNotEqualTo(Arrays.copyOfRange(x, 70, 140));
    assertThat(sampler.sample(0, 2, 2, Seed.of(4), Runnable::run).x()).isNotEqualTo(x);
    for (double spin : x) {
      assertThat(Math.abs(spin)).isEqualTo(1);
    }
  }

  @Test
  void theory_is_quoted_where_it_promises_nothing() {
    SpinGlass weak = new SherringtonKirkpatrick(4, 0.4).draw(Seed.of(1));
    double[] field = {0, 0, 0, 0.1};
    assertThat(weak.guarantee()).isEqualTo(Guarantee.PROVEN);
    assertThat(weak.withField(field).guarantee()).isEqualTo(Guarantee.FIELD);
    assertThat(guarantee(0.5)).isEqualTo(Guarantee.PROVEN_WITH_CELENTANO);
    assertThat(guarantee(0.99)).isEqualTo(Guarantee.PROVEN_WITH_CELENTANO);
    assertThat(guarantee(1)).isEqualTo(Guarantee.CRITICAL);
    assertThat(guarantee(1.1)).isEqualTo(Guarantee.IMPOSSIBLE);
    assertThat(new Z2Synchronisation(4, 1.1).draw(Seed.of(1)).glass().guarantee())
        .isEqualTo(Guarantee.SPIKED);
    for (Guarantee guarantee : Guarantee.values()) {
      assertThat(guarantee.sentence().startsWith("proven for")).isEqualTo(guarantee.proven());
    }
  }

  private static Guarantee guarantee(double beta) {
    return new SherringtonKirkpatrick(4, beta).draw(Seed.of(1)).guarantee();
  }

  @Test
  void a_good_run_has_no_warnings_and_a_bad_one_says_what_is_wrong() {
    SpinSampler good = sampler(0.4, Localisation.standard());
    assertThat(good.warnings(good.sample(0, 2, 2, Seed.of(3), Runnable::run))).isEmpty();

    SpinGlass cold = new SherringtonKirkpatrick(70, 4).draw(Seed.of(1));
    TapMean few = new TapMean(new Amp(3, 1e-6), new TapPolish(2, 0.5, 1e-6));
    SpinSampler bad =
        SpinSampler.of(cold, new Localisation(0.01, 2, Scheme.EULER), few, Seed.of(2));
    SpinSamples drawn = bad.sample(0, 2, 2, Seed.of(3), Runnable::run);
    assertThat(bad.warnings(drawn)).hasSizeGreaterThanOrEqualTo(2);
    assertThat(bad.warnings(drawn).get(0)).contains("beta = 4.0", "no stable algorithm");
    assertThat(bad.warnings(drawn).get(1)).contains("did not reach their tolerance");

    SpinSampler hasty = sampler(0.4, new Localisation(0.1, 2, Scheme.HEUN));
    assertThat(hasty.warnings(hasty.sample(0, 2, 2, Seed.of(3), Runnable::run)))
        .singleElement()
        .asString()
        .contains("T = 0.200", "rounded as if independent");
  }

  @Test
  void accounts_add_up() {
    SpinSamples drawn = sampler(0.6, SHORT).sample(0, 5, 2, Seed.of(3), Runnable::run);
    assertThat(drawn.size()).isEqualTo(5);
    assertThat(drawn.unconvergedShare()).isZero();
    assertThat(drawn.worstResidual()).isBetween(0.0, 1e-4);
    double iterations = drawn.accounts().stream().mapToLong(Account::iterations).sum();
    assertThat(drawn.iterationsPerMean()).isEqualTo(iterations / (5 * 13));
    assertThat(drawn.iterationsPerMean()).isBetween(2.0, 30.0);
    assertThat(drawn.spread()).isBetween(0.0, 1.0);
  }

  @Test
  void what_a_mean_throws_reaches_the_caller() {
    SpinSampler sampler =
        new SpinSampler(
            SHORT,
            rows -> {
              throw new IllegalStateException("no mean");
            },
            new double[3]);
    assertThatThrownBy(() -> sampler.sample(0, 1, 1, Seed.of(1), Runnable::run))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no mean");
  }

  @Test
  void couplings_of_sherrington_kirkpatrick_have_variance_one_over_n() {
    int n = 1000;
    SpinGlass glass = new SherringtonKirkpatrick(n, 0.5).draw(Seed.of(6));
    BinaryPairwise model = glass.model();
    double sum = 0;
    double square = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double a = model.coupling(i, j) / 0.5;
        assertThat(model.coupling(j, i)).isEqualTo(model.coupling(i, j));
        sum += a;
        square += a * a;
      }
    }
    double pairs = 0.5 * n * (n - 1);
    assertThat(square / pairs * n).isCloseTo(1, within(5 * Math.sqrt(2 / pairs)));
    assertThat(sum / pairs).isCloseTo(0, within(5 / Math.sqrt(n * pairs)));
    // ½ Σ J_ii is normal with variance β²/4 · 2
    assertThat(Math.abs(model.diagonal())).isLessThan(5 * 0.5 / Math.sqrt(2));
    assertThat(glass.hasField()).isFalse();
  }

  @Test
  void a_denoiser_of_spins_is_the_posterior_mean() {
    BinaryPairwise model = new SherringtonKirkpatrick(5, 0.9).draw(Seed.of(7)).model();
    SpinDenoiser denoiser = new SpinDenoiser(new ExactMean(model), 2);
    double sigma = 0.7;
    double[] y = new double[3 * 5];
    Seed.of(8).random().fillGaussian(y, 0, y.length);
    double[] out = new double[y.length];
    denoiser.denoise(y, 3, sigma, out);
    for (int r = 0; r < 3; r++) {
      assertThat(Arrays.copyOfRange(out, 5 * r, 5 * r + 5))
          .containsExactly(posteriorMean(model, y, 5 * r, sigma), within(1e-12));
    }
    assertThat(denoiser.dimension()).isEqualTo(5);
  }

  private static double[] posteriorMean(BinaryPairwise model, double[] y, int at, double sigma) {
    double[] x = new double[5];
    double[] mean = new double[5];
    double total = 0;
    for (int s = 0; s < 32; s++) {
      double distance = 0;
      for (int i = 0; i < 5; i++) {
        x[i] = (s >> i & 1) == 1 ? 1 : -1;
        distance += Math.pow(y[at + i] - x[i], 2);
      }
      double w = Math.exp(model.logDensity(x) - distance / (2 * sigma * sigma));
      total += w;
      for (int i = 0; i < 5; i++) {
        mean[i] += w * x[i];
      }
    }
    double mass = total;
    return Arrays.stream(mean).map(v -> v / mass).toArray();
  }

  @Test
  void nonsense_is_refused_with_its_value() {
    SpinSampler sampler = sampler(0.4, SHORT);
    assertThatThrownBy(() -> sampler.sample(0, 0, 1, Seed.of(1), Runnable::run))
        .hasMessage("samples must be at least 1, got 0");
    assertThatThrownBy(() -> sampler.sample(0, 1, 0, Seed.of(1), Runnable::run))
        .hasMessage("batch must be at least 1, got 0");
    assertThatThrownBy(() -> sampler.sample(-1, 1, 1, Seed.of(1), Runnable::run))
        .hasMessage("first must be zero or positive, and finite, got -1.0");
    assertThatThrownBy(() -> new SherringtonKirkpatrick(3, 0))
        .hasMessage("beta must be positive and finite, got 0.0");
    assertThatThrownBy(
            () ->
                SpinGlass.of(
                    new double[] {0, 1, 2, 0}, new double[2], 1, Ensemble.SHERRINGTON_KIRKPATRICK))
        .hasMessageContaining("couplings must be symmetric");
  }
}
