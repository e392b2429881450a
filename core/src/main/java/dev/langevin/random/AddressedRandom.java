package dev.langevin.random;

import java.util.random.RandomGenerator;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * A random number generator that can be moved to any {@link Seed}: xoshiro256++ (Blackman &amp; Vigna 2019), its state filled from
 * the address by SplitMix64. Moving costs a few nanoseconds and allocates nothing, so a hot loop keeps one generator and moves
 * it to {@code (chain, draw)} or {@code (row, step)}.
 *
 * <p>All numbers are specified here and not by the JDK, which may change its defaults between releases: 53-bit doubles, normals
 * by the modified ziggurat of McFarland (2016) as in Apache Commons RNG, bounded integers by one multiplication (bias below
 * 2<sup>-32</sup>, and always exactly one 64-bit draw). Not thread-safe: one per worker.
 */
public final class AddressedRandom implements RandomGenerator {
  private long s0;
  private long s1;
  private long s2;
  private long s3;
  private final SharedStateContinuousSampler gaussian =
      ZigguratSampler.NormalizedGaussian.of(this::nextLong);

  /** A generator at the start of {@code seed}'s stream. */
  public AddressedRandom(Seed seed) {
    moveTo(seed);
  }

  /** Moves to the start of {@code seed}'s stream and returns this generator. */
  public AddressedRandom moveTo(Seed seed) {
    long z = seed.low();
    s0 = Seed.mix(z += 0x9E3779B97F4A7C15L) ^ seed.high();
    s1 = Seed.mix(z += 0x9E3779B97F4A7C15L) + seed.high();
    s2 = Seed.mix(z += 0x9E3779B97F4A7C15L) ^ Long.rotateLeft(seed.high(), 21);
    s3 = Seed.mix(z + 0x9E3779B97F4A7C15L) | 1; // never the all-zero state
    return this;
  }

  @Override
  public long nextLong() {
    long result = Long.rotateLeft(s0 + s3, 23) + s0;
    long t = s1 << 17;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = Long.rotateLeft(s3, 45);
    return result;
  }

  @Override
  public int nextInt() {
    return (int) (nextLong() >>> 32);
  }

  /** Uniform on 0 … bound-1; always one 64-bit draw. */
  @Override
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be positive, got " + bound);
    }
    return (int) (((nextLong() >>> 32) * bound) >>> 32);
  }

  @Override
  public boolean nextBoolean() {
    return nextLong() < 0;
  }

  /** Uniform on [0, 1), a multiple of 2<sup>-53</sup>. */
  @Override
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /** Uniform on [0, 1), a multiple of 2<sup>-24</sup>. */
  @Override
  public float nextFloat() {
    return (nextLong() >>> 40) * 0x1p-24f;
  }

  /** A standard normal number. */
  @Override
  public double nextGaussian() {
    return gaussian.sample();
  }

  @Override
  public double nextGaussian(double mean, double stddev) {
    return mean + stddev * nextGaussian();
  }

  /** A standard exponential number, by inversion: always one 64-bit draw. */
  @Override
  public double nextExponential() {
    return -StrictMath.log1p(-nextDouble());
  }

  /** Fills {@code out[from] … out[to-1]} with standard normal numbers. */
  public void fillGaussian(double[] out, int from, int to) {
    for (int i = from; i < to; i++) {
      out[i] = gaussian.sample();
    }
  }
}
