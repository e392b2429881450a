package dev.langevin.random;

import java.nio.charset.StandardCharsets;

/**
 * The address of a stream of random numbers. Every place that needs randomness has its own address, reached from the user's
 * seed by names and numbers: {@code Seed.of(1).child("chain").child(3).child(draw)}. Equal addresses give equal numbers on any
 * thread, in any batch, after any restart and on any JDK; different addresses give independent ones.
 *
 * <p>128 bits. The children of one address never collide with each other (the step to a child is injective in the index); two
 * unrelated addresses collide with probability 2<sup>-128</sup>.
 *
 * @param high upper 64 bits
 * @param low lower 64 bits
 */
public record Seed(long high, long low) {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L; // 2^64 / golden ratio, odd
  private static final long NAMED =
      0xD1B54A32D192ED03L; // keeps child("…") apart from child(number)

  /** The root address of a user's seed. Every value is a seed, zero too. */
  public static Seed of(long seed) {
    return new Seed(0x6C616E6765766E31L, 0x73616D706C696E67L).child(seed);
  }

  /** The address one step below this one; injective in {@code index}. */
  public Seed child(long index) {
    long key = mix(index + GOLDEN);
    long h = mix(high ^ key);
    long l = mix((low ^ Long.rotateLeft(key, 32)) + h);
    return new Seed(h, l);
  }

  /** The address one step below this one, by name (FNV-1a over UTF-8). */
  public Seed child(String name) {
    long hash = 0xCBF29CE484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
    }
    return new Seed(high ^ NAMED, low).child(hash);
  }

  /** A new generator at the start of this address's stream. */
  public AddressedRandom random() {
    return new AddressedRandom(this);
  }

  /** Stafford's variant 13 of the MurmurHash3 finaliser: a bijection of 64 bits in which every input bit moves every output bit. */
  static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
