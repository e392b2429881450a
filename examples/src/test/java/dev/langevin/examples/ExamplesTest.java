package dev.langevin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langevin.density.GradientCheck;
import dev.langevin.density.Model;
import dev.langevin.mcmc.StochasticGradientLangevin;
import dev.langevin.random.Seed;
import dev.langevin.solver.ExponentialIntegrator;
import dev.langevin.solver.Heun;
import dev.langevin.solver.Solver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExamplesTest {
  @Test
  void the_example_density_has_the_right_gradient_and_can_be_sampled() {
    Model model = SampleYourDensity.model(1, 2, 4);
    assertThat(GradientCheck.at(model, new double[] {2, 0.3}).passes()).isTrue();
    SampleYourDensity.main(new String[0]);
  }

  @Test
  void reverse_diffusion_finds_the_weights_of_far_modes() {
    for (Solver solver : new Solver[] {new Heun(), new ExponentialIntegrator()}) {
      // Binomial(4000, 0.75): sd 0.00685; |z| > 4.9 has probability 1e-6.
      assertThat(Math.abs(ReverseDiffusion.heavyShare(solver, 4000) - 0.75))
          .isLessThan(4.9 * 0.00685);
    }
  }

  @Test
  void control_variates_take_the_noise_out_of_small_batches() {
    StochasticGradients.Logistic data = StochasticGradients.Logistic.made(Seed.of(5));
    double[] mode = StochasticGradients.mode(data);
    assertThat(GradientCheck.at(data, new double[] {0.3, -0.5, 1}).passes()).isTrue();
    StochasticGradientLangevin recipe = new StochasticGradientLangevin(1e-4, 50);
    Seed seed = Seed.of(6);
    double[] exact = StochasticGradients.spread(StochasticGradients.exact(data), mode, 1000, seed);
    double[] plain = StochasticGradients.spread(recipe.on(data), mode, 10_000, seed);
    double[] controlled = StochasticGradients.spread(recipe.on(data, mode), mode, 10_000, seed);
    for (int k = 0; k < exact.length; k++) {
      assertThat(plain[k]).isGreaterThan(2 * exact[k]);
      assertThat(controlled[k]).isBetween(0.75 * exact[k], 1.4 * exact[k]);
    }
  }

  @Test
  void descent_on_a_mixtures_loss_turns_from_the_power_method_to_em() {
    double[] large = LearningMixtures.regime(3);
    double[] small = LearningMixtures.regime(0.5);
    assertThat(large[0]).isGreaterThan(0.99);
    assertThat(large[1]).isLessThan(0.95);
    assertThat(small[0]).isLessThan(0.95);
    assertThat(small[1]).isGreaterThan(0.99);
    for (double error : LearningMixtures.errors(5, 1000, 3)) {
      assertThat(error).isLessThan(2); // floors
    }
  }

  @Test
  void a_network_learns_a_ring() {
    double[] points = TrainOnPoints.fresh(400, 200);
    int near = 0;
    for (int i = 0; i < points.length; i += 2) {
      double radius = Math.sqrt(points[i] * points[i] + points[i + 1] * points[i + 1]);
      near += Math.abs(radius - 0.7) < 0.15 ? 1 : 0;
    }
    // Data: all of them (five standard deviations). A normal law of the same second moment: 35 %.
    assertThat(near).isGreaterThan(160);
  }

  /** Every Java block of the README stands, line for line, in one of the examples, which the tests above run. */
  @ParameterizedTest
  @ValueSource(strings = "../README.md")
  void the_readme_quotes_code_that_runs(Path readme) throws IOException {
    StringBuilder sources = new StringBuilder();
    try (var files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        sources.append(Files.readString(file));
      }
    }
    String all = dense(sources.toString());
    Matcher blocks =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(readme));
    int found = 0;
    while (blocks.find()) {
      found++;
      assertThat(all).contains(dense(blocks.group(1)));
    }
    assertThat(found).isGreaterThanOrEqualTo(2);
  }

  /** Without white space: the README may break lines elsewhere. */
  private static String dense(String text) {
    return text.replaceAll("\\s+", "");
  }
}
