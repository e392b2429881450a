package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.math.Check;

/** Sizes of the arrays that workers own. */
final class Scratch {
  private Scratch() {}

  /** {@code rows × d} as one array's length. */
  static int size(Denoiser denoiser, int rows) {
    return size(denoiser, rows, 1);
  }

  /** {@code blocks × rows × d} as one array's length. */
  static int size(Denoiser denoiser, int rows, int blocks) {
    Check.atLeast("rows", rows, 1);
    long size = Math.multiplyExact((long) rows * denoiser.dimension(), (long) blocks);
    if (size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "rows × dimension must fit one array, got "
              + (blocks > 1 ? blocks + " × " : "")
              + rows
              + " × "
              + denoiser.dimension());
    }
    return (int) size;
  }
}
