package dev.langevin.spin;

/**
 * How {@link Localisation} discretises dy = m(y) dt + dB; w is standard normal and the same in both lines of a step. Measured bias of the mean of a
 * free spin with mean 0.462 (standard error 0.0008): Euler 0.0104 at δ = 0.1 and 0.0047 at 0.05; Heun 0.0147 at δ = 0.5, 0.0041 at 0.25 and none
 * seen at 0.1.
 */
public enum Scheme {
  /** y' = y + δ m(y) + √δ w. One mean per step; what is known of the samples' law is off by O(δ). That of El Alaoui, Montanari &amp; Sellke (2022). */
  EULER,
  /**
   * The Euler step predicts ŷ, then y' = y + (δ/2) (m(y) + m(ŷ)) + √δ w (Heun; for additive noise of weak order 2). Two means per step, of which
   * the second starts close to its answer; off by O(δ²).
   */
  HEUN
}
