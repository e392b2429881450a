package dev.langevin.solver;

import dev.langevin.density.Density;
import dev.langevin.random.AddressedRandom;

/**
 * How {@link ReverseDiffusionMonteCarlo} samples the inner law of a step, the posterior of the data point given the noised one,
 *
 * <p>q(x₀ | y) ∝ p(x₀) N(y; x₀, σ² I), y = x₀ + σz,
 *
 * <p>of which p is known up to a constant. Both ways begin with N(0, s²I)·N(y; x₀, σ²I), the posterior if the target were N(0, s²I): a normal law with
 * gain g = s²/(s² + σ²), mean g y and variance g σ². It is the likelihood where σ is small, the prior where it is large, and its weights p(x₀)/N(x₀; 0, s²)
 * do not depend on the level. They are unbounded where p has
 * heavier tails than N(0, s²I): far out there, draws are too rare.
 */
public sealed interface InnerSampling permits ImportanceSampling, InnerParticles {
  /**
   * How often the density is evaluated for one draw.
   *
   * @param levels number of noise levels, at least 1
   */
  long evaluations(int levels);

  /**
   * A worker.
   *
   * @param density called from the worker's thread only
   * @param scale s, positive: the target's root mean square distance from the origin, by coordinate
   */
  Worker on(Density density, double scale);

  /** Samples of one posterior after the other, of falling levels. Used by one thread; allocates nothing. */
  interface Worker {
    /** Forgets everything: the next level is the first of a new draw. */
    void restart();

    /**
     * Goes to the posterior given {@code y} at this level. How many random numbers are drawn does not depend on what is found.
     *
     * @param y length d; not kept
     * @param sigma positive, below the level before
     * @return false if no sample had a positive finite density, which ends the draw: nothing else may be asked then
     */
    boolean level(double[] y, double sigma, AddressedRandom random);

    /** Writes the estimate of E[x₀ | y], length d. */
    void mean(double[] out);

    /**
     * Writes the standard error of {@link #mean}, coordinate by coordinate, length d: by the jackknife over the samples, which is right to first order in 1/n, and errs upwards where a few samples
     * have all of the weight. Infinite where one has it. It does not know of what all samples miss, nor that samples which come from one ancestor are alike.
     */
    void meanErrors(double[] out);

    /** The root mean square over the coordinates of {@link #meanErrors}. */
    double meanError();

    /** (Σw)²/Σw² of the samples' weights, 1 to n (Kong, Liu &amp; Wong 1994); the smallest, if the level was reached in several moves. */
    double effectiveSamples();

    /** Mean acceptance probability of the level's inner Markov steps; NaN if there are none. */
    double acceptance();

    /** Evaluations of the density since the restart. */
    long evaluations();

    /** Evaluations since the restart that were NaN or positive infinity, and inner steps that diverged. */
    long divergences();

    /** Writes one sample, chosen by weight with the uniform number u. */
    void pick(double u, double[] out);
  }
}
