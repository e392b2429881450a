package dev.langevin.mcmc;

import dev.langevin.density.ExactLaw;
import dev.langevin.density.LogDensity;
import dev.langevin.math.Check;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The worker of {@link IndependenceMetropolis}. Random numbers of a step: those of the law, a uniform (acceptance).
 *
 * <p>Memory: the number of proposals, the largest log weight among them, and the sums of weights and of their squares in units of the largest.
 */
final class IndependenceKernel implements Kernel {
  private static final int COUNT = 0;
  private static final int LARGEST = 1;
  private static final int SUM = 2;
  private static final int SQUARES = 3;

  private final ExactLaw law;
  private final LogDensity density;
  private final State proposal;
  private final MetropolisTest test = new MetropolisTest();

  IndependenceKernel(ExactLaw law, LogDensity density) {
    int d = density.dimension();
    Check.between("law.dimension()", law.dimension(), d, d);
    this.law = law;
    this.density = density;
    this.proposal = State.blankWithoutGradient(d);
  }

  @Override
  public int dimension() {
    return proposal.dimension();
  }

  @Override
  public State start(double[] x) {
    return State.withoutGradientAt(density, x).remembering(4);
  }

  @Override
  public Outcome step(State state, RandomGenerator random) {
    law.sample(random, proposal.position());
    double u = random.nextDouble();
    proposal.evaluate(density);
    double logLaw = law.logDensity(proposal.position());
    remember(state.memory(), proposal.logDensity() - logLaw);
    return test.decide(state, proposal, law.logDensity(state.position()) - logLaw, u);
  }

  /** Adds a weight; one that is not finite counts as zero. */
  private static void remember(double[] memory, double logWeight) {
    memory[COUNT]++;
    if (!Double.isFinite(logWeight)) {
      return;
    }
    if (memory[SUM] == 0) {
      memory[LARGEST] = logWeight;
    }
    double excess = logWeight - memory[LARGEST];
    if (excess > 0) {
      double shrink = StrictMath.exp(-excess);
      memory[SUM] *= shrink;
      memory[SQUARES] *= shrink * shrink;
      memory[LARGEST] = logWeight;
      excess = 0;
    }
    double weight = StrictMath.exp(excess);
    memory[SUM] += weight;
    memory[SQUARES] += weight * weight;
  }

  @Override
  public Map<String, Double> figures(State state) {
    double[] memory = state.memory();
    double n = memory[COUNT];
    if (!(memory[SUM] > 0)) {
      return Map.of();
    }
    double relative = memory[SQUARES] / (memory[SUM] * memory[SUM]);
    return Map.of(
        "weights_ess_share",
        1 / (n * relative),
        "log_z",
        memory[LARGEST] + StrictMath.log(memory[SUM] / n),
        "log_z_se",
        Math.sqrt(Math.max(0, relative - 1 / n)));
  }
}
