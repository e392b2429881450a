package dev.langevin.chain;

/** Told how far the chains are, from several threads at once. Must be quick: it is called after every iteration. */
public interface ChainListener {
  /**
   * One iteration more is done.
   *
   * @param chain index of the chain, from 0
   * @param done its iterations so far, warm-up included
   * @param total its iterations in all
   * @param warmup whether the iteration belonged to the warm-up
   */
  void advanced(int chain, int done, int total, boolean warmup);

  /** Asked before every iteration: whether to stop and keep what is done. */
  default boolean cancelled() {
    return false;
  }

  /** A listener that does nothing. */
  static ChainListener silent() {
    return (chain, done, total, warmup) -> {};
  }
}
