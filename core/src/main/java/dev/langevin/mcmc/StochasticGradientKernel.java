package dev.langevin.mcmc;

import dev.langevin.density.DataScore;
import dev.langevin.math.Check;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The worker of {@link StochasticGradientLangevin}. Random numbers of a step, in this order: d normals, b integers.
 *
 * <p>A batch is the beginning of a shuffle (Fisher &amp; Yates), whose b exchanges are undone afterwards: so it depends on the step's random numbers alone, and
 * costs O(b).
 */
final class StochasticGradientKernel implements Kernel {
  private final StochasticGradientLangevin recipe;
  private final DataScore data;
  private final double[] xi;
  private final double[] estimate;
  private final double[] centre; // empty without control variates
  private final double[] offset; // g(c) - ∇log prior(c)
  private final int[] order;
  private final int[] exchanged;
  private final State proposal;
  private final Outcome outcome = new Outcome();

  StochasticGradientKernel(StochasticGradientLangevin recipe, DataScore data) {
    this(recipe, data, new double[0], new double[0]);
  }

  StochasticGradientKernel(StochasticGradientLangevin recipe, DataScore data, double[] centre) {
    this(
        recipe,
        data,
        Check.allFinite("centre", Check.length("centre", centre, data.dimension())).clone(),
        new double[data.dimension()]);
    data.prior(this.centre, xi);
    data.all(this.centre, offset);
    for (int k = 0; k < xi.length; k++) {
      offset[k] -= xi[k];
    }
    Check.allFinite("gradient at centre", offset);
  }

  private StochasticGradientKernel(
      StochasticGradientLangevin recipe, DataScore data, double[] centre, double[] offset) {
    Check.between("batch", recipe.batch(), 1, data.size());
    int d = data.dimension();
    this.recipe = recipe;
    this.data = data;
    this.xi = new double[d];
    this.estimate = new double[d];
    this.centre = centre;
    this.offset = offset;
    this.order = new int[data.size()];
    Arrays.setAll(order, i -> i);
    this.exchanged = new int[recipe.batch()];
    this.proposal = State.blankWithoutGradient(d);
  }

  @Override
  public int dimension() {
    return xi.length;
  }

  /** The state at {@code x}; its log density is NaN, since this kernel knows none. */
  @Override
  public State start(double[] x) {
    return State.unevaluatedAt(Check.length("x", x, xi.length));
  }

  /** {@inheritDoc} The acceptance is 1 where it moves, the evaluations (of a density) are 0. */
  @Override
  public Outcome step(State state, RandomGenerator random) {
    Momentum.refresh(xi, random);
    draw(random);
    estimate(state.position());
    putBack();
    double h = recipe.stepSize();
    double noise = Math.sqrt(2 * h);
    double[] x = state.position();
    double[] y = proposal.position();
    for (int k = 0; k < y.length; k++) {
      y[k] = x[k] + h * estimate[k] + noise * xi[k];
      if (!Double.isFinite(y[k])) {
        return outcome.diverged("gradient estimate", estimate[k], Double.NaN, 0);
      }
    }
    state.exchange(proposal);
    return outcome.moved(1, Double.NaN, 0);
  }

  private void estimate(double[] x) {
    data.prior(x, estimate);
    for (int k = 0; k < offset.length; k++) {
      estimate[k] += offset[k];
    }
    double weight = (double) order.length / exchanged.length;
    for (int j = 0; j < exchanged.length; j++) {
      data.add(order[j], x, weight, estimate);
      if (centre.length > 0) {
        data.add(order[j], centre, -weight, estimate);
      }
    }
  }

  /** Exchanges a batch to the front. */
  private void draw(RandomGenerator random) {
    for (int j = 0; j < exchanged.length; j++) {
      exchanged[j] = j + random.nextInt(order.length - j);
      exchange(j, exchanged[j]);
    }
  }

  private void putBack() {
    for (int j = exchanged.length - 1; j >= 0; j--) {
      exchange(j, exchanged[j]);
    }
  }

  private void exchange(int i, int j) {
    int kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }
}
