package dev.langevin.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.Density;
import dev.langevin.density.GradientCheck;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.GaussianMixtureDenoiser;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Allocation;
import dev.langevin.random.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The inner samplers against the mixture's posterior mean, which is known exactly. */
class InnerSamplingTest {
  private static final double SCALE = 2.5;
  private static final double[][] PATH = {{6, -3}, {3, 1}, {1.2, 0.3}, {0.6, 0.5}};
  private static final double[] LEVELS = {9, 3, 1.5, 0.7};
  private static final int REPEATS = 300;

  private static GaussianMixture mixture() {
    return GaussianMixture.isotropic(
        new double[] {0.3, 0.7}, new double[][] {{-2, 1}, {2, 0}}, new double[] {0.8, 1.1});
  }

  private static double[] exact(int k) {
    double[] out = new double[2];
    new GaussianMixtureDenoiser(mixture()).denoise(PATH[k], 1, LEVELS[k], out);
    return out;
  }

  /** A way of sampling, by its number of samples. */
  interface Sized {
    InnerSampling.Worker of(int n);
  }

  static List<Sized> ways() {
    return List.of(
        n -> new ImportanceSampling(n).on(mixture(), SCALE),
        n -> new InnerParticles(n, 3, 1, 0.5).on(mixture(), SCALE),
        n -> new InnerParticles(n, 2, 5, 0.3).on(mixture(), SCALE));
  }

  /**
   * Over {@link #REPEATS} runs along the path, by level: the root mean square error of the estimates; its ratio to the reported one; the mean error in
   * reported standard errors of the mean.
   */
  record Accuracy(double error, double ratio, double bias) {
    static Accuracy[] of(InnerSampling.Worker worker) {
      double[][] sums = new double[PATH.length][4];
      double[] mean = new double[2];
      for (int r = 0; r < REPEATS; r++) {
        worker.restart();
        for (int k = 0; k < PATH.length; k++) {
          AddressedRandom random = Seed.of(31).child(r).child(k).random();
          assertThat(worker.level(PATH[k], LEVELS[k], random)).isTrue();
          worker.mean(mean);
          double[] right = exact(k);
          for (int j = 0; j < 2; j++) {
            sums[k][j] += mean[j] - right[j];
            sums[k][2] += (mean[j] - right[j]) * (mean[j] - right[j]) / 2;
          }
          sums[k][3] += worker.meanError() * worker.meanError();
        }
      }
      Accuracy[] all = new Accuracy[PATH.length];
      for (int k = 0; k < all.length; k++) {
        double error = Math.sqrt(sums[k][2] / REPEATS);
        double reported = Math.sqrt(sums[k][3] / REPEATS);
        double bias = Math.hypot(sums[k][0], sums[k][1]) / Math.sqrt(2) / REPEATS;
        all[k] = new Accuracy(error, error / reported, bias / reported * Math.sqrt(REPEATS));
      }
      return all;
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void the_error_falls_as_one_over_the_root_of_the_number_of_samples(Sized way) {
    Accuracy[] few = Accuracy.of(way.of(50));
    Accuracy[] many = Accuracy.of(way.of(800));
    for (int k = 0; k < PATH.length; k++) {
      // each error is known to 1/√(2 · 300 · 1 to 2) = 4 %, so ln 4 of the ratio to 0.06: five of
      // those, and the bias of 1/50
      double slope = StrictMath.log(few[k].error / many[k].error) / StrictMath.log(16);
      assertThat(slope).as("level %s", k).isCloseTo(0.5, within(0.13));
    }
  }

  /**
   * The mean error over 300 runs is normal with two coordinates: its length in units of the true standard error, over √2, exceeds 3.8 with probability
   * exp(-3.8²) = 5·10⁻⁷. Importance sampling reports its error within 15 %: five times what 300 runs leave open.
   */
  @Test
  void importance_sampling_is_unbiased_within_the_error_that_it_reports() {
    for (Accuracy level : Accuracy.of(ways().get(0).of(2000))) {
      assertThat(level.ratio).isBetween(0.85, 1.15);
      assertThat(level.bias).isLessThan(3.8);
    }
  }

  /**
   * The particles' report knows neither of kinship, which makes the true error larger, nor of what the moves heal, which makes it smaller: 0.56 to 1.12
   * of the reported error here.
   */
  @Test
  void particles_are_unbiased_within_their_true_error_and_report_it_roughly() {
    for (int w = 1; w < 3; w++) {
      for (Accuracy level : Accuracy.of(ways().get(w).of(500))) {
        assertThat(level.ratio).isBetween(0.4, 1.5);
        assertThat(level.bias / level.ratio).isLessThan(3.8);
      }
    }
  }

  /** Importance sampling written out once more, with an error to choose. */
  private static double twin(String error) {
    double[] sum = new double[2];
    double square = 0;
    double reported = 0;
    int n = 2000;
    int k = 2;
    double sigma = error.equals("likelihood variance") ? 1.1 * LEVELS[k] : LEVELS[k];
    double gain = 1 / (1 + sigma * sigma / (SCALE * SCALE));
    double[] right = exact(k);
    for (int r = 0; r < REPEATS; r++) {
      AddressedRandom random = Seed.of(32).child(r).random();
      double[][] x = new double[n][2];
      double[] w = new double[n];
      double total = 0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < 2; j++) {
          x[i][j] = gain * PATH[k][j] + Math.sqrt(gain) * sigma * random.nextGaussian();
        }
        double prior = -0.5 * (x[i][0] * x[i][0] + x[i][1] * x[i][1]) / (SCALE * SCALE);
        w[i] = Math.exp(mixture().logDensity(x[i]) - (error.equals("no prior") ? 0 : prior));
        total += w[i];
      }
      if (error.equals("not normalised")) {
        total = n / (2 * Math.PI * SCALE * SCALE);
      }
      double[] mean = new double[2];
      for (int i = 0; i < n; i++) {
        mean[0] += w[i] / total * x[i][0];
        mean[1] += w[i] / total * x[i][1];
      }
      for (int i = 0; i < n; i++) {
        double distance = Math.hypot(x[i][0] - mean[0], x[i][1] - mean[1]);
        reported += w[i] * w[i] / total / total * distance * distance / 2 / REPEATS;
      }
      for (int j = 0; j < 2; j++) {
        sum[j] += mean[j] - right[j];
        square += (mean[j] - right[j]) * (mean[j] - right[j]);
      }
    }
    assertThat(square).isFinite();
    double bias = Math.hypot(sum[0], sum[1]) / Math.sqrt(2) / REPEATS;
    return bias / Math.sqrt(reported) * Math.sqrt(REPEATS);
  }

  @Test
  void broken_twins_are_seen() {
    assertThat(twin("none")).isLessThan(3.8);
    for (String error : new String[] {"likelihood variance", "not normalised", "no prior"}) {
      assertThat(twin(error)).as(error).isGreaterThan(2 * 3.8);
    }
  }

  @Test
  void on_the_normal_law_of_its_scale_importance_sampling_wastes_nothing() {
    Density prior =
        GaussianMixture.isotropic(new double[] {1}, new double[1][3], new double[] {SCALE});
    InnerSampling.Worker worker = new ImportanceSampling(64).on(prior, SCALE);
    for (double sigma : new double[] {50, 2, 0.1}) {
      assertThat(worker.level(new double[] {1, 2, 3}, sigma, Seed.of(1).random())).isTrue();
      assertThat(worker.effectiveSamples()).isCloseTo(64, within(1e-9));
      assertThat(worker.acceptance()).isNaN();
    }
  }

  /** The step size adapts from far off: acceptance comes near its target of 0.574. */
  @Test
  void the_inner_step_size_finds_its_way() {
    for (double begin : new double[] {0.01, 20}) {
      InnerSampling.Worker worker = new InnerParticles(200, 2, 40, begin).on(mixture(), SCALE);
      double sigma = 9;
      for (int k = 0; k < 25; k++) {
        assertThat(worker.level(PATH[3], sigma, Seed.of(33).child(k).random())).isTrue();
        sigma *= 0.9;
      }
      assertThat(worker.acceptance()).isBetween(0.5, 0.65);
      assertThat(worker.divergences() > 0).isEqualTo(begin > 1); // energy errors above 1000
    }
  }

  /** A wrong gradient would leave the inner chains exact, only slow: no other test sees it. */
  @Test
  void the_bridged_posterior_has_its_gradient_and_its_memory_changes_nothing() {
    BridgedPosterior posterior = new BridgedPosterior(mixture(), new Preposterior(SCALE));
    for (double beta : new double[] {0, 0.3, 1}) {
      posterior.condition(PATH[2], LEVELS[2], beta);
      assertThat(GradientCheck.at(posterior, new double[] {0.4, -1.2}).passes(1e-6)).isTrue();
      double[] score = new double[2];
      double[] gradient = new double[2];
      double[] recalled = new double[2];
      double[] x = {0.7, 1.9};
      double fresh = posterior.logDensity(x, gradient);
      posterior.recall(mixture().logDensity(x, score), score);
      posterior.recalling(true);
      assertThat(posterior.logDensity(x, recalled)).isEqualTo(fresh);
      assertThat(recalled).isEqualTo(gradient);
      posterior.recalling(false);
    }
  }

  /** A level boxes a number when it sets the step size; one of its hundreds of steps allocates nothing. */
  @ParameterizedTest
  @MethodSource("ways")
  void inner_steps_allocate_nothing(Sized way) throws ReflectiveOperationException {
    InnerSampling.Worker worker = way.of(100);
    AddressedRandom random = Seed.of(35).random();
    walk(worker, random);
    long before = Allocation.bytes();
    walk(worker, random);
    assertThat(Allocation.bytes() - before).as("bytes for 200 levels").isLessThan(20_000);
  }

  private static void walk(InnerSampling.Worker worker, AddressedRandom random) {
    for (int i = 0; i < 200; i++) {
      if (i % 4 == 0) {
        worker.restart();
      }
      worker.level(PATH[i % 4], LEVELS[i % 4], random);
      worker.meanError();
    }
  }

  @Test
  void one_sample_is_drawn_by_weight() {
    for (Sized way : ways()) {
      InnerSampling.Worker worker = way.of(400);
      worker.restart();
      worker.level(PATH[0], LEVELS[0], Seed.of(34).random());
      double[] mean = new double[2];
      double[] sum = new double[2];
      double[] one = new double[2];
      worker.mean(mean);
      for (int i = 0; i < 100_000; i++) { // a quadrature over the weights' cumulative sum
        worker.pick((i + 0.5) / 100_000, one);
        sum[0] += one[0] / 100_000;
        sum[1] += one[1] / 100_000;
      }
      assertThat(sum).containsExactly(mean, within(0.02));
    }
  }

  @Test
  void systematic_resampling_copies_each_point_as_often_as_its_weight_says() {
    WeightedPoints points = new WeightedPoints(5, 1);
    points.level();
    double[] weights = {0.13, 0.4, 0.27, 0.2, 0};
    for (int i = 0; i < 5; i++) {
      points.reweigh(i, 1000 + StrictMath.log(weights[i]));
    }
    assertThat(points.normalise()).isTrue();
    assertThat(points.hasZeroWeight()).isTrue();
    int[] ancestors = new int[5];
    double[] copies = new double[5];
    for (int i = 0; i < 1000; i++) {
      points.ancestors((i + 0.5) / 1000, ancestors);
      int[] now = new int[5];
      for (int a : ancestors) {
        now[a]++;
        copies[a] += 1e-3;
      }
      for (int j = 0; j < 5; j++) {
        assertThat(now[j]).isBetween((int) (5 * weights[j]), (int) Math.ceil(5 * weights[j]));
      }
    }
    assertThat(copies).containsExactly(new double[] {0.65, 2, 1.35, 1, 0}, within(2e-3));
    for (int i = 0; i < 5; i++) {
      points.reweigh(i, Double.NEGATIVE_INFINITY);
    }
    assertThat(points.normalise()).isFalse();
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> new ImportanceSampling(1))
        .hasMessage("samples must be at least 2, got 1");
    assertThatThrownBy(() -> new InnerParticles(1, 1, 1, 1))
        .hasMessage("particles must be at least 2, got 1");
    assertThatThrownBy(() -> new InnerParticles(2, 0, 1, 1))
        .hasMessage("moves must be at least 1, got 0");
    assertThatThrownBy(() -> new InnerParticles(2, 1, 0, 1))
        .hasMessage("bridges must be at least 1, got 0");
    assertThatThrownBy(() -> new InnerParticles(2, 1, 1, 0))
        .hasMessageContaining("stepSize must be positive");
    assertThatThrownBy(() -> new ImportanceSampling(9).on(mixture(), 0))
        .hasMessageContaining("scale must be positive");
  }
}
