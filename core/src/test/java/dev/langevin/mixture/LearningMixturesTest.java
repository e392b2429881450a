package dev.langevin.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.objective.Descent;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearningMixturesTest {
  private static double[] draws(GaussianMixture law, int n, long seed) {
    int d = law.dimension();
    double[] rows = new double[n * d];
    double[] one = new double[d];
    AddressedRandom random = Seed.of(seed).random();
    for (int i = 0; i < n; i++) {
      law.sample(random, one);
      System.arraycopy(one, 0, rows, i * d, d);
    }
    return rows;
  }

  private static double[] normal(int d, double scale, long seed) {
    double[] v = new double[d];
    Seed.of(seed).random().fillGaussian(v, 0, d);
    for (int i = 0; i < d; i++) {
      v[i] *= scale;
    }
    return v;
  }

  private static double[] along(int d, double length) {
    double[] mu = new double[d];
    Arrays.fill(mu, length / Math.sqrt(d));
    return mu;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double cosine(double[] a, double[] b) {
    return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  }

  private static double distance(double[] a, double[] b) {
    double same = 0;
    for (int i = 0; i < a.length; i++) {
      same += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(same);
  }

  /** Of a pair: the sign of μ cannot be known. */
  private static double pairDistance(double[] a, double[] b) {
    double[] turned = b.clone();
    for (int i = 0; i < b.length; i++) {
      turned[i] = -b[i];
    }
    return Math.min(distance(a, b), distance(a, turned));
  }

  private static double[] negative(double[] v, double factor) {
    double[] out = new double[v.length];
    for (int i = 0; i < v.length; i++) {
      out[i] = -factor * v[i];
    }
    return out;
  }

  @Test
  void the_gradient_is_that_of_the_loss() {
    for (MixtureStudent student : List.of(MixtureStudent.pair(3), MixtureStudent.free(3, 3))) {
      double[] theta = normal(student.size(), 0.8, 1);
      double[] rows = draws(student.law(theta), 20, 2);
      NoisedLoss loss = new NoisedLoss(0.4, 2);
      double[] gradient = new double[theta.length];
      double[] unused = new double[theta.length];
      loss.gradient(student, theta, rows, Seed.of(3), gradient);
      for (int i = 0; i < theta.length; i++) {
        double[] up = theta.clone();
        double[] down = theta.clone();
        up[i] += 1e-5;
        down[i] -= 1e-5;
        double slope =
            (loss.gradient(student, up, rows, Seed.of(3), unused)
                    - loss.gradient(student, down, rows, Seed.of(3), unused))
                / 2e-5;
        assertThat(gradient[i]).isCloseTo(slope, within(1e-7));
      }
    }
  }

  /** The value against the mixture's own score, at the same noise ±z. */
  @Test
  void the_loss_is_that_of_the_mixtures_own_score() {
    MixtureStudent student = MixtureStudent.free(3, 2);
    double[] theta = normal(6, 1.5, 4);
    double[] rows = draws(student.law(theta), 10, 5);
    Level level = Level.at(0.3);
    GaussianMixture noised = student.law(theta).noised(level.a(), level.b());
    AddressedRandom random = Seed.of(6).random();
    double expected = 0;
    double[] z = new double[2];
    double[] x = new double[2];
    double[] s = new double[2];
    for (int r = 0; r < 10; r++) {
      random.moveTo(Seed.of(6).child(r)).fillGaussian(z, 0, 2);
      for (int sign = -1; sign < 2; sign += 2) {
        for (int i = 0; i < 2; i++) {
          x[i] = level.a() * rows[2 * r + i] + level.b() * sign * z[i];
        }
        noised.score(x, s);
        for (int i = 0; i < 2; i++) {
          expected += Math.pow(s[i] + sign * z[i] / level.b(), 2) / 20;
        }
      }
    }
    double loss = new NoisedLoss(0.3, 1).gradient(student, theta, rows, Seed.of(6), new double[6]);
    assertThat(loss).isCloseTo(expected, within(1e-12 * expected));
  }

  @Test
  void at_large_noise_the_gradient_is_a_step_of_the_power_method() {
    int d = 5;
    double[] rows = draws(MixtureStudent.pair(d).law(along(d, 2)), 40_000, 7);
    double[] mu = normal(d, 0.1, 8);
    double[] power = new double[d];
    new PowerMethod().apply(rows, mu, power);
    assertThat(cosine(descent(rows, mu, 1.5), power)).isGreaterThan(0.98);
    assertThat(cosine(mu, power)).as("the start itself fails").isLessThan(0.98);
  }

  /** The limit 4a⁴[(M - I)μ - ‖μ‖²μ] at a point as far out as the truth; the bare power method and EM are other directions there. */
  @Test
  void far_out_the_length_of_the_power_method_is_held() {
    int d = 5;
    double[] rows = draws(MixtureStudent.pair(d).law(along(d, 4)), 5000, 17);
    double[] mu = {2.5, -1, 1, -1.5, 1};
    double[] held = new double[d];
    new PowerMethod().apply(rows, mu, held);
    double[] em = mu.clone();
    new ExpectationMaximisation().step(MixtureStudent.pair(d), em, rows);
    for (int i = 0; i < d; i++) {
      held[i] -= dot(mu, mu) * mu[i];
      em[i] -= mu[i];
    }
    assertThat(cosine(descent(rows, mu, 2), held)).isGreaterThan(0.98);
    assertThat(cosine(descent(rows, mu, 2), em)).isLessThan(0.95);
    assertThat(cosine(descent(rows, mu, 0.3), held)).isLessThan(0.95);
    assertThat(cosine(descent(rows, mu, 0.3), em)).isGreaterThan(0.98);
    double a = Level.at(3).a(); // the next term is smaller by about 18a²
    double[] scaled = negative(held, -2 * a * a); // descent() divides by 2a²
    assertThat(distance(descent(rows, mu, 3), scaled))
        .isLessThan(0.15 * Math.sqrt(dot(scaled, scaled)));
  }

  private static double[] descent(double[] rows, double[] mu, double time) {
    double[] gradient = new double[mu.length];
    MixtureStudent student = MixtureStudent.pair(mu.length);
    new NoisedLoss(time, 8).gradient(student, mu, rows, Seed.of(9), gradient);
    double a = Level.at(time).a();
    return negative(gradient, 0.5 / (a * a));
  }

  @Test
  void at_small_noise_the_gradient_is_a_step_of_expectation_maximisation() {
    int d = 5;
    double[] mean = along(d, 4);
    double[] rows = draws(MixtureStudent.pair(d).law(mean), 20_000, 10);
    double[] mu = mean.clone();
    mu[0] += 0.5;
    mu[3] -= 0.4;
    double[] moved = mu.clone();
    new ExpectationMaximisation().step(MixtureStudent.pair(d), moved, rows);
    double[] byGradient = descent(rows, mu, 0.1);
    double[] byEm = new double[d];
    for (int i = 0; i < d; i++) {
      byEm[i] = moved[i] - mu[i];
    }
    assertThat(cosine(byGradient, byEm)).isGreaterThan(0.99);
    assertThat(distance(byGradient, byEm)).isLessThan(0.1 * Math.sqrt(dot(byEm, byEm)));
    double[] power = new double[d];
    new PowerMethod().apply(rows, mu, power);
    assertThat(Math.abs(cosine(byGradient, power))).as("not the power method").isLessThan(0.5);
  }

  /**
   * The parametric floor is √(d/n) for modes far apart; an error of N(0, I/n) is beyond two of them once in 10,000. With 40 other data sets, starts and noises the two stages ended at 0.7 to 1.6 floors
   * (1.15 in the mean), EM at 0.6 to 1.4, the power method at 0.6 to 1.6.
   */
  @Test
  void two_stages_recover_a_pair_from_a_random_start_as_the_other_methods_do() {
    int d = 8;
    int n = 4000;
    double[] mean = along(d, 3);
    MixtureStudent pair = MixtureStudent.pair(d);
    double[] rows = draws(pair.law(mean), n, 11);
    double floor = Math.sqrt((double) d / n);
    double[] start = normal(d, 0.1, 12);
    NoiseStages stages = NoiseStages.two(1, 20, 0.2, 30);
    double[] learned = stages.learn(pair, start, rows, Seed.of(13));
    assertThat(pairDistance(learned, mean)).isLessThan(2 * floor);
    double[] em = start.clone();
    for (int step = 0; step < 50; step++) {
      new ExpectationMaximisation().step(pair, em, rows);
    }
    assertThat(pairDistance(em, mean)).isLessThan(2 * floor);
    double[] power = new PowerMethod().estimate(rows, start, 20);
    assertThat(pairDistance(power, mean)).isLessThan(2 * floor);
    assertThat(pairDistance(start, mean)).as("the start").isGreaterThan(50 * floor);
    NoiseStages first = new NoiseStages(stages.stages().subList(0, 1));
    double[] direction = first.learn(pair, start, rows, Seed.of(13));
    assertThat(Math.abs(cosine(direction, mean))).isGreaterThan(0.95);
  }

  /** As above, once in 25,000; with 20 other data sets the descent ended at 0.45 to 1.40 floors, EM at 0.42 to 1.27. */
  @Test
  void three_means_are_recovered_from_a_warm_start() {
    double[] means = {4, 0, 0, 0, 4, 0, -3, -3, 1};
    MixtureStudent free = MixtureStudent.free(3, 3);
    int n = 3000;
    double[] rows = draws(free.law(means), n, 14);
    double[] start = means.clone();
    double[] off = normal(9, 0.6, 15);
    for (int i = 0; i < 9; i++) {
      start[i] += off[i];
    }
    // a component's loss counts a third of the time: the rate is three times that of a pair
    double a = Level.at(0.15).a();
    NoiseStages stages =
        new NoiseStages(
            List.of(
                new NoiseStages.Stage(
                    new NoisedLoss(0.15, 1), 30, new Descent.Gradient(1 / (a * a), 0.1))));
    double[] learned = stages.learn(free, start, rows, Seed.of(16));
    double floor = Math.sqrt(3 * 3 * 3.0 / n); // 9 means of n/3 rows each
    assertThat(distance(learned, means)).isLessThan(2 * floor);
    assertThat(distance(start, means)).isGreaterThan(5 * floor);
    double[] em = start.clone();
    for (int step = 0; step < 30; step++) {
      new ExpectationMaximisation().step(free, em, rows);
    }
    assertThat(distance(em, means)).isLessThan(2 * floor);
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThatThrownBy(() -> new NoisedLoss(0, 1)).hasMessageContaining("time must be positive");
    assertThatThrownBy(() -> new NoiseStages(List.of()))
        .hasMessageContaining("number of stages must be at least 1");
    assertThatThrownBy(() -> MixtureStudent.free(0, 2)).hasMessageContaining("components must be");
    assertThatThrownBy(() -> new PowerMethod().estimate(new double[4], new double[2], 1))
        .hasMessageContaining("length of start must be positive");
  }
}
