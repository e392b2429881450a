package dev.langevin.solver;

import dev.langevin.math.Check;

/**
 * Numbers that come in levels, as pixels do, and the densities that are fitted to them. Level c of L on [low, high] stands for the bin low + (c + u)w, 0 ≤ u &lt; 1, of width w = (high -
 * low)/L; with u uniform (Uria, Murray &amp; Larochelle 2013) the levels become a density p, and by Jensen's inequality (Theis, van den Oord &amp; Bethge 2016) the mean of -log₂(p w^d)/d is at least the
 * bits per dimension of the discrete law P(c) = ∫ p over the bin, with equality where p is constant on bins.
 *
 * <p>The usual convention for 8-bit images scaled to [-1, 1] is {@link #pixels}: w = 2/256, so that -log p/(d ln 2) + 7 are the bits.
 *
 * @param levels L, at least 2
 * @param low the lower end of level 0's bin
 * @param high the upper end of the last level's bin; above {@code low}
 */
public record Quantisation(int levels, double low, double high) {
  public Quantisation {
    Check.atLeast("levels", levels, 2);
    Check.finite("low", low);
    Check.inside("high", high, low, Double.POSITIVE_INFINITY);
  }

  /** 256 levels on [-1, 1]. */
  public static Quantisation pixels() {
    return new Quantisation(256, -1, 1);
  }

  /** w, the width of a bin. */
  public double width() {
    return (high - low) / levels;
  }

  /**
   * The point of level {@code level}'s bin at {@code u}.
   *
   * @param u in [0, 1), uniform for dequantisation
   */
  public double dequantise(int level, double u) {
    return low + (Check.between("level", level, 0, levels - 1) + u) * width();
  }

  /** The level in whose bin {@code x} lies; the first or last, if it lies outside. */
  public int level(double x) {
    return (int) Math.max(0, Math.min(levels - 1, Math.floor((x - low) / width())));
  }

  /**
   * -log₂(p(x) w^d)/d, the bits per dimension of a dequantised point.
   *
   * @param logDensity log p(x) in nats
   * @param dimension d, at least 1
   */
  public double bitsPerDimension(double logDensity, int dimension) {
    Check.atLeast("dimension", dimension, 1);
    return -(logDensity / dimension + StrictMath.log(width())) / StrictMath.log(2);
  }
}
