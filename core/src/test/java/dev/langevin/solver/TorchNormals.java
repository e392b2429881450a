package dev.langevin.solver;

/**
 * The standard normal 32-bit floats of torch's CPU generator, sixteen at a time: Mersenne Twister (Matsumoto &amp; Nishimura 1998), uniforms of 24 bits, and Box and Muller's transform of the j-th
 * with the (j + 8)-th of each sixteen. For arrays whose length is a multiple of 16.
 */
final class TorchNormals {
  private final int[] state = new int[624];
  private int at = 624;

  TorchNormals(int seed) {
    state[0] = seed;
    for (int i = 1; i < 624; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
  }

  private int next() {
    if (at == 624) {
      for (int i = 0; i < 624; i++) {
        int y = (state[i] & 0x80000000) | (state[(i + 1) % 624] & 0x7fffffff);
        state[i] = state[(i + 397) % 624] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
      }
      at = 0;
    }
    int y = state[at++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >>> 18);
  }

  void fill(double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = (next() & 0xffffff) / (double) (1 << 24);
    }
    for (int chunk = 0; chunk < out.length; chunk += 16) {
      for (int j = chunk; j < chunk + 8; j++) {
        double radius = Math.sqrt(-2 * Math.log(1 - out[j]));
        double angle = 2 * Math.PI * out[j + 8];
        out[j] = radius * Math.cos(angle);
        out[j + 8] = radius * Math.sin(angle);
      }
    }
  }
}
