package dev.langevin.random;

/**
 * The random stream of PyTorch's generator on the CPU, for results that shall agree with Python's to the digits that it prints: MT19937 (Matsumoto &amp; Nishimura 1998), seeded by {@code
 * init_genrand} with the seed's lower 32 bits, and torch's own ways of making numbers of its words.
 *
 * <ul>
 *   <li>{@code rand}, 32-bit: the lower 24 bits of a word, times 2⁻²⁴.
 *   <li>{@code randn}, 16 numbers or more: all are filled with uniforms, then each 16 are turned in place, u_j and u_{j+8} into r cos θ and r sin θ with r = √(-2 ln(1 - u_j)), θ = 2π u_{j+8} (Box
 *       &amp; Muller 1958). Where 16 does not divide their number, the last 16 are drawn afresh and turned (again).
 *   <li>{@code randn}, fewer: pairs of 53-bit uniforms u, v give r cos θ and, for the next call, r sin θ, with r = √(-2 ln(1 - v)), θ = 2πu.
 *   <li>{@code randint}: low plus the word modulo the range; {@code randperm}: exchanges from the front.
 * </ul>
 *
 * <p>Words and uniforms are torch's to the bit. Normals are rounded to 32 bits after each operation, as there; since torch's vectorised logarithm and sine are approximations, the last bit may differ.
 *
 * <p>A sequential stream: a number depends on how many were drawn before it, and in which portions. What needs numbers that do not depend on batches or threads uses {@link
 * AddressedRandom}. Not thread-safe.
 */
public final class TorchRandom {
  private static final int WORDS = 624;
  private static final int MIDDLE = 397;
  private static final int BLOCK = 16;
  private static final int HALF = BLOCK / 2;
  private static final float TWO_PI = (float) (2 * Math.PI);

  private final int[] state = new int[WORDS];
  private final float[] block = new float[BLOCK];
  private int next = WORDS;
  private double spare = Double.NaN; // the second normal of a pair

  /** The stream after {@code torch.manual_seed(seed)}; only the lower 32 bits count. */
  public TorchRandom(long seed) {
    state[0] = (int) seed;
    for (int i = 1; i < WORDS; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
  }

  /** The next 32-bit word. */
  public int nextWord() {
    if (next == WORDS) {
      twist();
      next = 0;
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9D2C5680;
    y ^= (y << 15) & 0xEFC60000;
    return y ^ (y >>> 18);
  }

  private void twist() {
    for (int i = 0; i < WORDS; i++) {
      int y = (state[i] & 0x80000000) | (state[(i + 1) % WORDS] & 0x7FFFFFFF);
      state[i] = state[(i + MIDDLE) % WORDS] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908B0DF);
    }
  }

  /** {@code rand()} of 32 bits: uniform on [0, 1). */
  public float nextFloat() {
    return (nextWord() & 0xFFFFFF) * 0x1p-24f;
  }

  /** {@code rand()} of 64 bits: uniform on [0, 1). */
  public double nextDouble() {
    long high = nextWord();
    long word = (high << 32) | (nextWord() & 0xFFFFFFFFL);
    return (word & ((1L << 53) - 1)) * 0x1p-53;
  }

  /** {@code randint(low, high)}, {@code high} excluded. */
  public int nextInt(int low, int high) {
    if (low >= high) {
      throw new IllegalArgumentException("low must be below high = " + high + ", got " + low);
    }
    long range = (long) high - low;
    return (int) (low + (nextWord() & 0xFFFFFFFFL) % range);
  }

  /** {@code randperm(n)}, n below 2³²/20. */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int i = 0; i < n - 1; i++) {
      int j = nextInt(i, n);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }

  /** {@code out.uniform_(low, high)}, the default start of linear and convolution weights: low + u (high - low), rounded once. */
  public void fillUniform(float[] out, float low, float high) {
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.fma(nextFloat(), high - low, low);
    }
  }

  /** {@code randn} of as many 32-bit numbers as {@code out} is long, in one call of torch's. */
  public void fillNormal(float[] out) {
    if (out.length < BLOCK) {
      for (int i = 0; i < out.length; i++) {
        out[i] = (float) nextNormal();
      }
      return;
    }
    for (int i = 0; i < out.length; i++) {
      out[i] = nextFloat();
    }
    int whole = out.length / BLOCK * BLOCK;
    for (int from = 0; from < whole; from += BLOCK) {
      System.arraycopy(out, from, block, 0, BLOCK);
      turn(out, from);
    }
    if (whole < out.length) {
      for (int j = 0; j < BLOCK; j++) {
        block[j] = nextFloat();
      }
      turn(out, out.length - BLOCK);
    }
  }

  /** Sixteen uniforms, from {@link #block}, into as many normals. */
  private void turn(float[] out, int to) {
    for (int j = 0; j < HALF; j++) {
      float log = (float) StrictMath.log(1 - block[j]);
      float radius = (float) Math.sqrt(-2 * log);
      float angle = TWO_PI * block[j + HALF];
      out[to + j] = radius * (float) StrictMath.cos(angle);
      out[to + j + HALF] = radius * (float) StrictMath.sin(angle);
    }
  }

  private double nextNormal() {
    double kept = spare;
    if (!Double.isNaN(kept)) {
      spare = Double.NaN;
      return kept;
    }
    double angle = 2 * Math.PI * nextDouble();
    double radius = Math.sqrt(-2 * StrictMath.log1p(-nextDouble()));
    spare = radius * StrictMath.sin(angle);
    return radius * StrictMath.cos(angle);
  }
}
