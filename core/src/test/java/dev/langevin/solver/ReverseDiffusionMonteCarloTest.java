package dev.langevin.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.Density;
import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReverseDiffusionMonteCarloTest {
  private static final Seed SEED = Seed.of(17);

  private static GaussianMixture mixture() {
    return GaussianMixture.isotropic(
        new double[] {0.3, 0.7}, new double[][] {{-2, 1}, {2, 0}}, new double[] {0.8, 1.1});
  }

  private static ReverseDiffusionMonteCarlo recipe(InnerSampling inner) {
    return new ReverseDiffusionMonteCarlo(inner, 2.2, 12, 0.4, 15);
  }

  static List<ReverseDiffusionMonteCarlo> recipes() {
    return List.of(
        recipe(new ImportanceSampling(40)),
        recipe(new InnerParticles(20, 1, 1, 0.5)),
        recipe(new InnerParticles(20, 3, 4, 0.5)));
  }

  private static List<MonteCarloDraw> draws(ReverseDiffusionMonteCarlo recipe, int rows) {
    return recipe.sample(mixture(), 0, rows, SEED, StepListener.NONE);
  }

  private static double[] flat(List<MonteCarloDraw> draws) {
    return draws.stream().flatMapToDouble(draw -> Arrays.stream(draw.point())).toArray();
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void a_draw_depends_on_seed_and_number_alone(ReverseDiffusionMonteCarlo recipe) {
    double[] whole = flat(draws(recipe, 12));
    assertThat(whole).doesNotHaveDuplicates();
    assertThat(flat(draws(recipe, 5))).isEqualTo(Arrays.copyOf(whole, 10));
    double[] late =
        CompletableFuture.supplyAsync(
                () -> flat(recipe.sample(mixture(), 5, 7, SEED, StepListener.NONE)))
            .join();
    assertThat(late).isEqualTo(Arrays.copyOfRange(whole, 10, 24));
    ReverseDiffusionMonteCarlo.Worker worker = recipe.on(mixture());
    MonteCarloDraw third = worker.draw(SEED.child(3));
    MonteCarloDraw again = worker.draw(SEED.child(3));
    assertThat(third.point()).isEqualTo(Arrays.copyOfRange(whole, 6, 8)).isEqualTo(again.point());
    assertThat(third.effectiveSamples()).isEqualTo(again.effectiveSamples());
    assertThat(flat(recipe.sample(mixture(), 0, 5, Seed.of(18), StepListener.NONE)))
        .doesNotContain(whole);
  }

  @Test
  void every_parameter_matters() {
    List<ReverseDiffusionMonteCarlo> all =
        List.of(
            recipe(new InnerParticles(20, 2, 4, 0.5)),
            recipe(new InnerParticles(21, 2, 4, 0.5)),
            recipe(new InnerParticles(20, 1, 4, 0.5)),
            recipe(new InnerParticles(20, 2, 3, 0.5)),
            recipe(new InnerParticles(20, 2, 4, 0.4)),
            recipe(new ImportanceSampling(20)),
            recipe(new ImportanceSampling(21)),
            new ReverseDiffusionMonteCarlo(new ImportanceSampling(20), 2.3, 12, 0.4, 15),
            new ReverseDiffusionMonteCarlo(new ImportanceSampling(20), 2.2, 11, 0.4, 15),
            new ReverseDiffusionMonteCarlo(new ImportanceSampling(20), 2.2, 12, 0.5, 15),
            new ReverseDiffusionMonteCarlo(new ImportanceSampling(20), 2.2, 12, 0.4, 16));
    assertThat(all.stream().map(r -> Arrays.toString(flat(draws(r, 1))))).doesNotHaveDuplicates();
  }

  /** A target that counts, and answers otherwise where it is told to. */
  private static final class Watched implements Density {
    private final double left;
    private long evaluations;

    Watched(double left) {
      this.left = left;
    }

    @Override
    public int dimension() {
      return 1;
    }

    @Override
    public double logDensity(double[] x, double[] gradient) {
      evaluations++;
      gradient[0] = x[0] < 0 ? Double.NaN : -x[0];
      return x[0] < 0 ? left : -0.5 * x[0] * x[0];
    }
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void the_report_holds_what_happened(ReverseDiffusionMonteCarlo recipe) {
    Watched target = new Watched(Double.NEGATIVE_INFINITY);
    MonteCarloDraw draw = recipe.on(target).draw(SEED);
    assertThat(draw.evaluations()).isEqualTo(target.evaluations).isEqualTo(recipe.evaluations());
    assertThat(draw.lost()).isFalse();
    int n = recipe.inner() instanceof InnerParticles particles ? particles.particles() : 40;
    for (int k = 0; k < 12; k++) {
      assertThat(draw.effectiveSamples()[k]).isBetween(1.0, (double) n);
      assertThat(draw.meanErrors()[k]).isBetween(0.0, 2.0);
      if (recipe.inner() instanceof InnerParticles) {
        assertThat(draw.acceptances()[k]).isBetween(0.05, 1.0);
      } else {
        assertThat(draw.acceptances()[k]).isNaN();
      }
    }
    double[] sorted = draw.effectiveSamples().clone();
    Arrays.sort(sorted);
    assertThat(draw.worstEffectiveSamples()).isEqualTo(sorted[0]);
    assertThat(draw.meanEffectiveSamples())
        .isCloseTo(Arrays.stream(sorted).average().orElseThrow(), within(1e-12));
  }

  /** Negative infinity is a wall; NaN and positive infinity are a wall that is counted. Half-normal: mean √(2/π), variance 1 - 2/π. */
  @ParameterizedTest
  @MethodSource("recipes")
  void nothing_is_drawn_where_the_density_is_zero_or_broken(ReverseDiffusionMonteCarlo recipe) {
    for (double left :
        new double[] {Double.NEGATIVE_INFINITY, Double.NaN, Double.POSITIVE_INFINITY}) {
      double sum = 0;
      int found = 0;
      long broken = 0;
      for (MonteCarloDraw draw :
          recipe.sample(new Watched(left), 0, 300, SEED, StepListener.NONE)) {
        broken += draw.divergences();
        if (!draw.lost()) { // forty samples may all lie behind the wall
          assertThat(draw.point()[0] >= 0).isTrue();
          sum += draw.point()[0];
          found++;
        }
      }
      assertThat(found).isGreaterThan(285);
      // 4.9 standard errors, and 12 % for twelve steps from far too wide a start
      assertThat(sum / found).isCloseTo(0.798, within(4.9 * 0.603 / Math.sqrt(300) + 0.1));
      assertThat(broken > 0).isEqualTo(left != Double.NEGATIVE_INFINITY);
    }
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void a_draw_that_finds_no_density_is_lost_and_says_so(ReverseDiffusionMonteCarlo recipe) {
    Density nothing =
        new Density() {
          @Override
          public int dimension() {
            return 2;
          }

          @Override
          public double logDensity(double[] x, double[] gradient) {
            return Double.NEGATIVE_INFINITY;
          }
        };
    MonteCarloDraw draw = recipe.on(nothing).draw(SEED);
    assertThat(draw.lost()).isTrue();
    int n = recipe.inner() instanceof InnerParticles particles ? particles.particles() : 40;
    assertThat(draw.evaluations()).isEqualTo(n);
    assertThat(draw.divergences()).isZero();
    assertThat(draw.point()).containsOnly(Double.NaN);
    assertThat(draw.effectiveSamples()).containsOnly(0.0);
    assertThat(draw.meanErrors()).containsOnly(Double.NaN);
    assertThat(draw.worstEffectiveSamples()).isZero();
  }

  @Test
  void the_listener_hears_every_draw_and_may_stop() {
    ReverseDiffusionMonteCarlo recipe = recipes().get(0);
    List<Long> heard = new ArrayList<>();
    List<MonteCarloDraw> kept =
        recipe.sample(
            mixture(),
            0,
            9,
            SEED,
            (done, total) -> {
              assertThat(total).isEqualTo(9 * 40 * 12);
              heard.add(done);
              return heard.size() < 4;
            });
    assertThat(heard).containsExactly(480L, 960L, 1440L, 1920L);
    assertThat(flat(kept)).isEqualTo(flat(draws(recipe, 4)));
  }

  /**
   * The recursion as it stands in the paper, with the score and not the posterior mean, and a factor to spoil. The inner sampling gets the same random
   * numbers, so that with the factor 2 the draws are equal.
   */
  private static double[] writtenOut(
      ReverseDiffusionMonteCarlo recipe, Density target, Seed address, double factor) {
    int d = target.dimension();
    double s = recipe.scale();
    InnerSampling.Worker inner = recipe.inner().on(target, s);
    TimeGrid grid = recipe.grid();
    double[] x = new double[d];
    double[] xi = new double[d];
    double[] y = new double[d];
    double[] mean = new double[d];
    address.child(0).random().fillGaussian(x, 0, d);
    inner.restart();
    for (int k = 0; k < grid.steps(); k++) {
      double tau = grid.time(k);
      double eta = tau - grid.time(k + 1);
      AddressedRandom random = address.child(k + 1).random();
      random.fillGaussian(xi, 0, d);
      for (int j = 0; j < d; j++) {
        y[j] = s * x[j] * Math.exp(tau);
      }
      assertThat(inner.level(y, s * Math.sqrt(Math.expm1(2 * tau)), random)).isTrue();
      if (k == grid.steps() - 1) {
        inner.pick(random.nextDouble(), x);
        break;
      }
      inner.mean(mean);
      for (int j = 0; j < d; j++) {
        double score = (Math.exp(-tau) * mean[j] / s - x[j]) / (1 - Math.exp(-2 * tau));
        double noise = Math.sqrt(Math.exp(2 * eta) - 1) * xi[j];
        x[j] = Math.exp(eta) * x[j] + factor * (Math.exp(eta) - 1) * score + noise;
      }
    }
    return x;
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void the_draws_are_those_of_the_recursion_in_the_paper(ReverseDiffusionMonteCarlo recipe) {
    double[] draws = flat(draws(recipe, 10));
    for (int r = 0; r < 10; r++) {
      double[] same = writtenOut(recipe, mixture(), SEED.child(r), 2);
      double[] other = writtenOut(recipe, mixture(), SEED.child(r), 1);
      double[] draw = Arrays.copyOfRange(draws, 2 * r, 2 * r + 2);
      assertThat(same).containsExactly(draw, within(1e-6));
      assertThat(Math.hypot(other[0] - draw[0], other[1] - draw[1])).isGreaterThan(1e-6);
    }
  }

  /**
   * On N(m, Σ), with so many inner samples that their error is small, the law is that of the exponential integrator with the exact denoiser down to σ_min,
   * followed by an exact posterior draw. 3000 draws of d = 1 and 2: a mean, or a variance, is farther than 4.9 standard errors off with probability 10⁻⁶; a
   * hundredth of a standard deviation, and two of a variance, are allowed for the inner error.
   */
  @Test
  void on_normal_targets_the_law_is_that_of_the_solver_with_the_exact_denoiser() {
    for (int d = 1; d <= 2; d++) {
      double[] off = normalLaw(d, 2);
      assertThat(off[0]).as("mean, d = %s", d).isLessThan(1);
      assertThat(off[1]).as("variance, d = %s", d).isLessThan(1);
      double[] twin = normalLaw(d, 1); // the factor 2 before (e^η - 1) dropped
      assertThat(twin[1]).as("variance of the twin, d = %s", d).isGreaterThan(2);
    }
  }

  private static final double[] MEAN = {0.6, -0.4};
  private static final double[] SD = {0.5, 1.2};

  /** The largest error of a mean and of a variance, over their thresholds. */
  private static double[] normalLaw(int d, double factor) {
    int rows = 3000;
    ReverseDiffusionMonteCarlo recipe =
        new ReverseDiffusionMonteCarlo(new ImportanceSampling(150 * d), 1.3, 10, 0.3, 8);
    double[][] covariance = new double[d][d];
    for (int j = 0; j < d; j++) {
      covariance[j][j] = SD[j] * SD[j];
    }
    GaussianMixture target =
        GaussianMixture.of(
            new double[] {1},
            new double[][] {Arrays.copyOf(MEAN, d)},
            new double[][][] {covariance});
    double[] sum = new double[d];
    double[] square = new double[d];
    for (int r = 0; r < rows; r++) {
      double[] x = writtenOut(recipe, target, SEED.child(r), factor);
      for (int j = 0; j < d; j++) {
        sum[j] += x[j] / rows;
        square[j] += x[j] * x[j] / rows;
      }
    }
    double[] worst = new double[2];
    for (int j = 0; j < d; j++) {
      double[] law = law(recipe, MEAN[j], SD[j] * SD[j]);
      double mean = Math.abs(sum[j] - law[0]) / Math.sqrt(law[1]);
      double variance = Math.abs((square[j] - sum[j] * sum[j]) / law[1] - 1);
      worst[0] = Math.max(worst[0], mean / (4.9 / Math.sqrt(rows) + 0.01));
      worst[1] = Math.max(worst[1], variance / (4.9 * Math.sqrt(2.0 / rows) + 0.02));
    }
    return worst;
  }

  /** Mean and variance of one coordinate, in closed form. */
  private static double[] law(ReverseDiffusionMonteCarlo recipe, double mean, double variance) {
    TimeGrid grid = recipe.grid();
    double s = recipe.scale();
    double lambda = variance / s / s;
    double m = 0;
    double v = 1;
    int last = grid.steps() - 1;
    for (int k = 0; k < last; k++) {
      double a = Math.exp(-grid.time(k));
      double grow = Math.exp(grid.time(k) - grid.time(k + 1));
      double total = a * a * lambda + 1 - a * a;
      double g = grow - 2 * (grow - 1) / total;
      m = g * m + 2 * (grow - 1) * a * mean / s / total;
      v = g * g * v + grow * grow - 1;
    }
    double sigma2 = Math.expm1(2 * grid.time(last));
    double gain = lambda / (lambda + sigma2);
    double e = Math.exp(grid.time(last));
    double centre = mean / s + gain * (e * m - mean / s);
    return new double[] {s * centre, s * s * (gain * sigma2 + gain * gain * e * e * v)};
  }

  @Test
  void the_defaults_are_those_of_the_description() {
    ReverseDiffusionMonteCarlo recipe = ReverseDiffusionMonteCarlo.ofScale(3);
    assertThat(recipe.evaluations()).isEqualTo(100 * (1 + 2 * (16 + 63))); // 15,900
    assertThat(recipe.scale()).isEqualTo(3);
    assertThat(ReverseDiffusionMonteCarlo.defaults().scale()).isEqualTo(1);
    TimeGrid grid = recipe.grid();
    assertThat(grid.steps()).isEqualTo(64);
    assertThat(grid.time(0)).isCloseTo(0.5 * Math.log(401), within(1e-12)); // σ = 20
    assertThat(grid.time(63)).isCloseTo(0.5 * Math.log(1.25), within(1e-12)); // σ = 0.5
    assertThat(grid.time(64)).isZero();
  }

  @Test
  void what_makes_no_sense_is_refused() {
    InnerSampling inner = new ImportanceSampling(9);
    assertThatThrownBy(() -> new ReverseDiffusionMonteCarlo(inner, 0, 9, 1, 2))
        .hasMessageContaining("scale must be positive");
    assertThatThrownBy(() -> new ReverseDiffusionMonteCarlo(inner, 1, 0, 1, 2))
        .hasMessage("steps must be at least 1, got 0");
    assertThatThrownBy(() -> new ReverseDiffusionMonteCarlo(inner, 1, 9, 2, 2))
        .hasMessage("sigmaMin must be below sigmaMax = 2.0, got 2.0");
    assertThatThrownBy(() -> new ReverseDiffusionMonteCarlo(inner, 1, 9, -1, 2))
        .hasMessageContaining("sigmaMin must be positive");
    assertThatThrownBy(() -> recipe(inner).sample(mixture(), -1, 1, SEED, StepListener.NONE))
        .hasMessageContaining("first must be");
    assertThatThrownBy(() -> recipe(inner).sample(mixture(), 0, 0, SEED, StepListener.NONE))
        .hasMessage("rows must be at least 1, got 0");
  }
}
