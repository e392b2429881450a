package dev.langevin.app.plot;

import dev.langevin.chain.Draws;

/** Which draws diverged. */
final class Divergences {
  private Divergences() {}

  /** {@code [chain][draw]}; all false where the sampler does not say. */
  static boolean[][] of(Draws draws) {
    boolean[][] marked = new boolean[draws.chains()][draws.draws()];
    if (draws.has("divergent__")) {
      double[][] divergent = draws.statistic("divergent__");
      for (int c = 0; c < marked.length; c++) {
        for (int i = 0; i < marked[c].length; i++) {
          marked[c][i] = divergent[c][i] != 0;
        }
      }
    }
    return marked;
  }

  static boolean any(boolean[][] marked) {
    return count(marked) > 0;
  }

  static int count(boolean[][] marked) {
    int count = 0;
    for (boolean[] chain : marked) {
      for (boolean one : chain) {
        count += one ? 1 : 0;
      }
    }
    return count;
  }

  static boolean[] inAnyChain(boolean[][] marked) {
    boolean[] any = new boolean[marked[0].length];
    for (boolean[] chain : marked) {
      for (int i = 0; i < any.length; i++) {
        any[i] |= chain[i];
      }
    }
    return any;
  }
}
