package dev.langevin.examples;

import static dev.langevin.density.Block.positive;
import static dev.langevin.density.Block.real;

import dev.langevin.chain.ChainRun;
import dev.langevin.chain.ChainSettings;
import dev.langevin.chain.Chains;
import dev.langevin.density.GradientCheck;
import dev.langevin.density.Model;
import dev.langevin.density.Parameters;
import dev.langevin.diagnostics.Findings;
import dev.langevin.diagnostics.QuantitySummary;
import dev.langevin.mcmc.Hmc;
import dev.langevin.random.Seed;
import java.util.List;
import java.util.concurrent.ForkJoinPool;

/** A posterior of one's own, from its formula to judged draws: mean and scale of five measurements. */
public final class SampleYourDensity {
  private SampleYourDensity() {}

  /** y ~ N(mu, sigma), mu flat, sigma ~ Exponential(1), written where the parameters have a meaning: sigma is positive. */
  static Model model(double... y) {
    Parameters parameters = Parameters.of(real("mu"), positive("sigma"));
    return parameters.model(
        "measurements",
        (x, gradient) -> {
          double mu = x[0];
          double sigma = x[1];
          double logDensity = -sigma;
          gradient[1] -= 1;
          for (double value : y) {
            double z = (value - mu) / sigma;
            logDensity -= 0.5 * z * z + StrictMath.log(sigma);
            gradient[0] += z / sigma;
            gradient[1] += (z * z - 1) / sigma;
          }
          return logDensity;
        });
  }

  /** Checks the gradient, draws, and prints what the draws say and how far to trust them. */
  public static void main(String[] args) {
    Model model = model(9.8, 10.4, 10.1, 9.5, 10.6);
    System.out.println(GradientCheck.at(model, new double[] {10, -0.5}));

    ChainRun run =
        Chains.run(
            Hmc.defaults(),
            model,
            ChainSettings.defaults(Seed.of(1)),
            ForkJoinPool.commonPool(),
            (chain, done, total, warmup) -> {});

    List<QuantitySummary> table =
        run.draws().names().stream()
            .map(name -> QuantitySummary.of(name, run.draws().series(name)))
            .toList();
    table.forEach(System.out::println);
    Findings.judge(
            table,
            run.draws().chains(),
            run.draws().draws(),
            run.draws().statistic("divergent__"),
            run.draws().statistic("energy__"))
        .forEach(System.out::println);
  }
}
