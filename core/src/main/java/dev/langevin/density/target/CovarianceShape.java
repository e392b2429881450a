package dev.langevin.density.target;

/** The cheapest form that holds a covariance matrix Σ: what it costs to store, to solve with and to colour noise with. */
public enum CovarianceShape {
  /** vI: O(1) to store, O(d) to use. */
  ISOTROPIC,
  /** A diagonal of unequal variances: O(d) to store and to use. */
  DIAGONAL,
  /** A full matrix: O(d²) to store and to use. */
  FULL
}
