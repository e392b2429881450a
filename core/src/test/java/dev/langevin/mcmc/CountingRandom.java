package dev.langevin.mcmc;

import java.util.random.RandomGenerator;

/** Counts what is drawn: normals and uniforms. */
final class CountingRandom implements RandomGenerator {
  private final RandomGenerator random;
  int normals;
  int uniforms;

  CountingRandom(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public long nextLong() {
    throw new UnsupportedOperationException("a kernel draws normals and uniforms only");
  }

  @Override
  public double nextDouble() {
    uniforms++;
    return random.nextDouble();
  }

  @Override
  public double nextGaussian() {
    normals++;
    return random.nextGaussian();
  }
}
