package dev.langevin.chain;

import java.util.Optional;

/**
 * Where the draws of a run go as they are made, and from where a run that was stopped goes on. Each chain calls it from one thread at a time, different
 * chains from several at once. Arrays belong to the caller and are overwritten after the call.
 */
public interface RunStore {
  /** The last checkpoint of this chain; the store has then forgotten every draw and point that came after it. Empty if the chain is to begin. */
  Optional<Checkpoint> resume(int chain);

  /**
   * Takes the next draw of a chain.
   *
   * @param values the reported quantities
   * @param statistics the sampler's statistics
   */
  void draw(int chain, double[] values, double[] statistics);

  /**
   * Takes the unconstrained position of the draw that was just taken: a few hundred in a run, evenly spaced, for judges that look at the density itself.
   *
   * @param x length d
   */
  void point(int chain, double[] x);

  /** Whether this chain should offer a checkpoint after the draw that was just taken. Called after every draw, so it must be quick. */
  boolean due(int chain);

  /** Keeps a checkpoint, together with all draws and points so far. */
  void checkpoint(int chain, Checkpoint checkpoint);
}
