package dev.langevin.energy;

import dev.langevin.math.Check;
import dev.langevin.mcmc.Kernel;
import dev.langevin.mcmc.State;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;

/**
 * The gradient of the mean log likelihood, its second expectation from short Markov chains:
 *
 * <p>(1/n) Σ_data ∇_θ f - (1/m) Σ_chains ∇_θ f.
 *
 * <p>Contrastive divergence (Hinton 2002): the chains start at the data and take k steps; the bias falls with k as the kernel forgets, and is not zero. Persistent
 * (Tieleman 2008): the chains go on where the last gradient left them, and follow p_θ where θ moves slowly; a share of them can begin anew at
 * data each time (the replay buffer of Du &amp; Mordatch 2019, who take 5 %).
 *
 * @param steps k, at least 1
 * @param persistent whether chains stay alive between gradients
 * @param renewal probability with which a persistent chain begins anew at a row of the data, 0 … 1
 */
public record Divergence(int steps, boolean persistent, double renewal) {
  public Divergence {
    Check.atLeast("steps", steps, 1);
    if (!(renewal >= 0 && renewal <= 1)) {
      throw new IllegalArgumentException("renewal must be between 0 and 1, got " + renewal);
    }
  }

  /** CD-k. */
  public static Divergence contrastive(int steps) {
    return new Divergence(steps, false, 0);
  }

  /** PCD-k, without renewal. */
  public static Divergence persistent(int steps) {
    return new Divergence(steps, true, 0);
  }

  /**
   * A worker on a model.
   *
   * @param start where the chains start, {@code m × d}; for CD every gradient starts from its own data, and this may be empty
   * @param seed of all chains: a step's numbers are at (gradient, chain, step)
   */
  public Worker on(EnergyModel model, Dynamics dynamics, double[] start, Seed seed) {
    if (persistent) {
      Check.atLeast("length of start", start.length, model.dimension());
    }
    return new Worker(this, model, dynamics, start.clone(), seed);
  }

  /** Estimates gradients one after the other; of one thread. */
  public static final class Worker {
    private final Divergence recipe;
    private final EnergyModel model;
    private final Dynamics dynamics;
    private final Seed seed;
    private double[] chains;
    private long calls;

    private Worker(
        Divergence recipe, EnergyModel model, Dynamics dynamics, double[] chains, Seed seed) {
      this.recipe = recipe;
      this.model = model;
      this.dynamics = dynamics;
      this.chains = chains;
      this.seed = seed;
    }

    /**
     * Writes the estimate at θ.
     *
     * @param data {@code n × d}
     * @param out as long as θ, overwritten; the log likelihood rises along it
     */
    public void gradient(double[] theta, double[] data, double[] out) {
      Arrays.fill(out, 0.0);
      Seed address = seed.child(calls++);
      if (!recipe.persistent) {
        chains = data.clone();
      } else if (recipe.renewal > 0) {
        renew(data, address.child("renewal").random());
      }
      move(theta, address);
      add(theta, data, 1, out);
      add(theta, chains, -1, out);
    }

    /** Where the chains are, {@code m × d}; a copy. */
    public double[] chains() {
      return chains.clone();
    }

    private void renew(double[] data, AddressedRandom random) {
      int d = model.dimension();
      for (int from = 0; from < chains.length; from += d) {
        boolean anew = random.nextDouble() < recipe.renewal;
        int row = random.nextInt(data.length / d);
        if (anew) {
          System.arraycopy(data, row * d, chains, from, d);
        }
      }
    }

    private void move(double[] theta, Seed address) {
      int d = model.dimension();
      Kernel kernel = dynamics.at(theta);
      AddressedRandom random = seed.random();
      double[] x = new double[d];
      for (int chain = 0; chain < chains.length / d; chain++) {
        System.arraycopy(chains, chain * d, x, 0, d);
        State state = kernel.start(x);
        for (int step = 0; step < recipe.steps; step++) {
          kernel.step(state, random.moveTo(address.child(chain).child(step)));
        }
        System.arraycopy(state.position(), 0, chains, chain * d, d);
      }
    }

    private void add(double[] theta, double[] rows, double sign, double[] out) {
      int d = model.dimension();
      double[] x = new double[d];
      double share = sign / (rows.length / d);
      for (int from = 0; from + d <= rows.length; from += d) {
        System.arraycopy(rows, from, x, 0, d);
        model.addGradient(theta, x, share, out);
      }
    }
  }
}
