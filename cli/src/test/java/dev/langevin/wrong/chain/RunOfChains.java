package dev.langevin.wrong.chain;

/** Something that kernels must not know. */
public interface RunOfChains {
  /** Draws of each chain. */
  double length();
}
