package dev.langevin.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.diffusion.Betas;
import dev.langevin.diffusion.DiscreteSchedule;
import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.OrnsteinUhlenbeck;
import dev.langevin.diffusion.Prediction;
import dev.langevin.diffusion.VarianceExploding;
import dev.langevin.random.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObjectiveLawsTest {
  private static final double[] SIGMAS = {0.01, 0.4, 1, 7};
  private static final OrnsteinUhlenbeck OU = new OrnsteinUhlenbeck();

  @ParameterizedTest
  @EnumSource(Prediction.class)
  void a_form_is_a_preconditioning_whose_target_is_that_form(Prediction form) {
    for (Noising noising : List.of(OU, new VarianceExploding())) {
      FormPreconditioning forms = new FormPreconditioning(form, noising, 999);
      for (double sigma : SIGMAS) {
        double t = noising.time(sigma);
        double a = noising.signal(t);
        double b = noising.noise(t);
        double y = 0.7 - 1.3 * sigma;
        double value = form.fromDenoised(0.7, a * y, a, b);
        assertThat(forms.target(0.7, y, sigma) / value).isCloseTo(1, within(1e-10));
        assertThat(forms.denoised(value, y, sigma)).isCloseTo(0.7, within(1e-10));
        assertThat(forms.cIn(sigma)).isEqualTo(a);
        assertThat(forms.cNoise(sigma)).isEqualTo(999 * t);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Prediction.class)
  void a_network_of_timesteps_is_told_the_step_of_its_chain(Prediction form) {
    DiscreteSchedule chain = new DiscreteSchedule(Betas.linear(50, 1e-3, 0.3));
    TimestepPreconditioning steps = new TimestepPreconditioning(form, chain);
    FormPreconditioning clock = new FormPreconditioning(form, chain);
    for (int timestep : new int[] {0, 1, 17, 49}) {
      double sigma = chain.sigma(timestep + 1);
      double a = Math.sqrt(chain.alphaBar(timestep + 1));
      double b = Math.sqrt(1 - chain.alphaBar(timestep + 1));
      double value = form.fromDenoised(0.7, -0.4, a, b);
      assertThat(steps.cNoise(sigma)).isCloseTo(timestep, within(1e-9));
      assertThat(steps.cIn(sigma)).isCloseTo(a, within(1e-12));
      assertThat(steps.denoised(value, -0.4 / a, sigma)).isCloseTo(0.7, within(1e-9));
      assertThat(steps.target(0.7, -0.4 / a, sigma)).isCloseTo(value, within(1e-9));
    }
    assertThat(steps.cNoise(chain.sigma(4.5))).isCloseTo(3.5, within(1e-9));
    assertThat(steps.cNoise(chain.sigma(0.3))).isZero();
    assertThat(steps.cOut(0.3)).isEqualTo(clock.cOut(0.3));
    assertThat(steps.cSkip(0.3)).isEqualTo(clock.cSkip(0.3));
  }

  @Test
  void a_score_over_sigma_is_the_noise_with_another_sign() {
    NcsnPreconditioning ncsn = new NcsnPreconditioning();
    for (double sigma : SIGMAS) {
      double y = 0.7 - 1.3 * sigma;
      double score = Prediction.SCORE.fromDenoised(0.7, y, 1, sigma);
      assertThat(ncsn.target(0.7, y, sigma)).isCloseTo(sigma * score, within(1e-10));
      assertThat(ncsn.denoised(1.3, y, sigma)).isCloseTo(y + 1.3 * sigma, within(1e-12));
      assertThat(ncsn.cIn(sigma)).isEqualTo(1);
      assertThat(4 * ncsn.cNoise(sigma)).isCloseTo(Math.log(sigma), within(1e-12));
      Objective first =
          new DenoisingObjective(ncsn, new Weighting.Snr(), new LevelLaw.LogUniform(0.01, 10));
      assertThat(first.outputWeight(sigma)).isCloseTo(1, within(1e-12));
    }
  }

  @ParameterizedTest
  @EnumSource(Prediction.class)
  void under_the_plain_weight_the_loss_is_the_outputs_square_error(Prediction form) {
    LevelLaw law = new LevelLaw.LogUniform(0.01, 10);
    Objective objective = DenoisingObjective.plain(form, OU, law);
    for (double sigma : SIGMAS) {
      assertThat(objective.outputWeight(sigma)).isCloseTo(1, within(1e-10));
    }
    assertThat(objective.levelLaw()).isSameAs(law);
    assertThat(new EdmObjective(0.1, 1, 0.7).outputWeight(0.3)).isCloseTo(1, within(1e-14));
  }

  @Test
  void weights_are_those_of_the_papers() {
    for (double sigma : SIGMAS) {
      double snr = 1 / (sigma * sigma);
      assertThat(new Weighting.Snr().weight(sigma)).isCloseTo(snr, within(1e-12 * snr));
      assertThat(plain(Prediction.NOISE, sigma) / snr).isCloseTo(1, within(1e-12));
      assertThat(plain(Prediction.DENOISED, sigma)).isEqualTo(1);
      assertThat(plain(Prediction.VELOCITY, sigma) / (snr + 1)).isCloseTo(1, within(1e-12));
      double b = OU.noise(OU.time(sigma));
      assertThat(plain(Prediction.SCORE, sigma) / (snr / b / b)).isCloseTo(1, within(1e-12));
    }
    assertThat(new Weighting.MinSnr(5).weight(0.1)).isEqualTo(5);
    assertThat(new Weighting.MinSnr(5).weight(2)).isEqualTo(0.25);
    assertThat(new Weighting.TruncatedSnr().weight(0.5)).isEqualTo(4);
    assertThat(new Weighting.TruncatedSnr().weight(2)).isEqualTo(1);
  }

  private static double plain(Prediction form, double sigma) {
    return new Weighting.Plain(form, OU).weight(sigma);
  }

  static List<LevelLaw> laws() {
    return List.of(
        new LevelLaw.LogNormal(-0.4, 1.3),
        new LevelLaw.LogUniform(0.02, 30),
        new LevelLaw.UniformTime(OU, 0.01, 3),
        new LevelLaw.UniformTime(new VarianceExploding(), 0.1, 20));
  }

  @Test
  void the_density_is_one_over_the_slope_of_the_quantiles() {
    for (LevelLaw law : laws()) {
      for (double u : new double[] {0.03, 0.4, 0.9}) {
        double h = 1e-5;
        double slope = Math.log(law.quantile(u + h) / law.quantile(u - h)) / (2 * h);
        assertThat(slope * law.density(law.quantile(u))).isCloseTo(1, within(1e-5));
      }
    }
    assertThat(new LevelLaw.LogUniform(0.02, 30).density(31)).isZero();
    assertThat(new LevelLaw.UniformTime(OU, 0.01, 3).density(100)).isZero();
  }

  @Test
  void spread_and_independent_levels_have_the_same_law() {
    double[] one = new double[4096];
    for (LevelLaw law : laws()) {
      // the share below the 0.3-quantile has sd √(0.3 · 0.7/4096) = 0.0072; 4.9 of them: 1e-6
      for (boolean spread : new boolean[] {true, false}) {
        if (spread) {
          law.spread(Seed.of(1).random(), one);
        } else {
          law.independent(Seed.of(1).random(), one);
        }
        double below = 0;
        for (double sigma : one) {
          below += sigma < law.quantile(0.3) ? 1.0 / one.length : 0;
        }
        double bound = spread ? 1.0 / 4096 : 4.9 * 0.0072;
        assertThat(below).isCloseTo(0.3, within(bound));
        double above = 0; // the twin: of the 0.34-quantile
        for (double sigma : one) {
          above += sigma < law.quantile(0.34) ? 1.0 / one.length : 0;
        }
        assertThat(above - 0.3).isGreaterThan(bound);
      }
    }
  }

  /** ∫ mmse σ⁻³ dσ = I(x₀; y_low) - I(x₀; y_high) with I = ½ Σ ln(1 + λ/σ²), whatever the law on the interval. */
  @Test
  void under_the_likelihood_weight_the_floor_is_the_mutual_information() {
    double[][] covariance = {{0.5, 0.2}, {0.2, 0.3}};
    GaussianLoss gaussian = new GaussianLoss(new double[] {0.4, -0.2}, covariance);
    double low = 0.1;
    double high = 4;
    double expected = information(low) - information(high);
    for (LevelLaw law :
        List.of(
            new LevelLaw.LogUniform(low, high),
            new LevelLaw.UniformTime(OU, OU.time(low), OU.time(high)),
            new LevelLaw.UniformTime(new VarianceExploding(), low, high))) {
      Weighting likelihood = new Weighting.Likelihood(law);
      double loss = 0;
      double twin = 0;
      int n = 40_000;
      for (int k = 0; k < n; k++) {
        double sigma = law.quantile((k + 0.5) / n);
        loss += likelihood.weight(sigma) * gaussian.floor(sigma) / n;
        twin += likelihood.weight(sigma) * gaussian.floor(1.01 * sigma) / n;
      }
      assertThat(loss).isCloseTo(expected, within(1e-5 * expected));
      assertThat(Math.abs(twin - expected)).isGreaterThan(1e-3 * expected);
    }
  }

  private static double information(double sigma) {
    double sum = 0;
    for (double lambda : new double[] {0.4 + Math.sqrt(0.05), 0.4 - Math.sqrt(0.05)}) {
      sum += 0.5 * Math.log(1 + lambda / (sigma * sigma));
    }
    return sum;
  }

  @Test
  void a_ladder_has_its_ends_and_equal_ratios_each_as_likely() {
    LevelLaw ladder = new LevelLaw.Ladder(0.02, 1.62, 5);
    for (int rung = 0; rung < 5; rung++) {
      double level = 0.02 * Math.pow(3, rung);
      assertThat(ladder.quantile(rung / 5.0 + 1e-9) / level).isCloseTo(1, within(1e-12));
      assertThat(ladder.quantile((rung + 1) / 5.0 - 1e-9) / level).isCloseTo(1, within(1e-12));
    }
    assertThatThrownBy(() -> ladder.density(0.02))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> new LevelLaw.Ladder(1, 2, 1))
        .hasMessage("rungs must be at least 2, got 1");
  }

  @Test
  void importance_remembers_across_a_restart() {
    ImportanceLevels recipe = new ImportanceLevels(new LevelLaw.LogUniform(0.1, 10), 3, 2, 0.01);
    ImportanceLevels.Worker one = recipe.start();
    for (int i = 0; i < 9; i++) {
      one.observe(i % 3, 0.5 + i);
    }
    ImportanceLevels.Worker two = recipe.start();
    assertThat(two.probabilities()).isNotEqualTo(one.probabilities());
    two.restore(one.memory());
    one.observe(1, 40);
    two.observe(1, 40);
    assertThat(two.memory()).isEqualTo(one.memory());
    assertThat(two.probabilities()).isEqualTo(one.probabilities());
    assertThatThrownBy(() -> two.restore(new double[4]))
        .hasMessage("memory must have 9 numbers, got 4");
  }

  @Test
  void importance_follows_the_root_mean_square_of_the_last_losses() {
    ImportanceLevels recipe = new ImportanceLevels(new LevelLaw.LogUniform(0.1, 10), 2, 3, 0.1);
    ImportanceLevels.Worker worker = recipe.start();
    for (double loss : new double[] {100, 1, 1, 1}) {
      worker.observe(0, loss);
    }
    worker.observe(1, 3);
    assertThat(worker.probabilities()).as("not full").containsExactly(0.5, 0.5);
    worker.observe(1, 3);
    worker.observe(1, -3);
    assertThat(worker.probabilities()[0]).isCloseTo(0.9 * 0.25 + 0.05, within(1e-15));
    assertThat(new ImportanceLevels(recipe.law(), 4))
        .isEqualTo(new ImportanceLevels(recipe.law(), 4, 10, 0.001));
  }

  @Test
  void importance_weights_leave_every_expectation_as_it_is() {
    LevelLaw law = new LevelLaw.LogUniform(0.1, 10);
    ImportanceLevels.Worker worker = new ImportanceLevels(law, 8, 1, 0.2).start();
    for (int k = 0; k < 8; k++) {
      worker.observe(k, 1 + k * k);
    }
    int n = 1 << 16;
    double[] sigmas = new double[n];
    double[] weights = new double[n];
    worker.draw(Seed.of(2).random(), sigmas, new int[n], weights);
    double mean = 0;
    double twin = 0;
    for (int i = 0; i < n; i++) {
      mean += weights[i] * Math.log(sigmas[i]) * Math.log(sigmas[i]) / n;
      twin += Math.log(sigmas[i]) * Math.log(sigmas[i]) / n;
    }
    double expected = Math.pow(Math.log(10), 2) / 3;
    // levels are spread evenly, so that the mean is a rule of n points: one step where the weight
    // jumps
    // from class to class costs at most 8 · 5 ln(10)²/n
    assertThat(mean).isCloseTo(expected, within(40 * Math.pow(Math.log(10), 2) / n));
    assertThat(Math.abs(twin - expected)).as("without weights").isGreaterThan(0.1);
  }

  @Test
  void descent_does_what_the_papers_write() {
    double[] theta = {1, -2};
    Descent.Worker plain = new Descent.Gradient(0.1, 0.5).on(2);
    plain.step(theta, new double[] {1, 2});
    plain.step(theta, new double[] {1, 2});
    assertThat(theta[0]).isCloseTo(1 - 0.1 - 0.15, within(1e-15));
    Descent.Worker adam = new Descent.Adam(0.1, 0.5, 0.75, 1e-8).on(1);
    double[] x = {0};
    adam.step(x, new double[] {3});
    assertThat(x[0]).isCloseTo(-0.1, within(1e-8));
    adam.step(x, new double[] {-1});
    // m = (0.75 - 0.5)/(1 - 0.25), v = (0.75·2.25 + 0.25)/(1 - 0.5625)
    double second = 0.1 * (0.25 / 0.75) / Math.sqrt(1.9375 / 0.4375);
    assertThat(x[0]).isCloseTo(-0.1 - second, within(1e-8));
    assertThatThrownBy(() -> new Descent.Gradient(1, 1)).hasMessageContaining("momentum must be");
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> new LevelLaw.LogUniform(2, 1)).hasMessageContaining("low must be");
    assertThatThrownBy(() -> new LevelLaw.UniformTime(OU, 0, 1)).hasMessageContaining("start must");
    assertThatThrownBy(() -> new Weighting.MinSnr(0)).hasMessageContaining("gamma must be");
    assertThatThrownBy(() -> new ImportanceLevels(new LevelLaw.LogNormal(0, 1), 0))
        .hasMessageContaining("classes must be at least 1");
  }
}
