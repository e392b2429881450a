package dev.langevin.spin;

/** The law of a spin glass's couplings. */
public enum Ensemble {
  /** A ~ GOE(n): nothing is hidden in it. */
  SHERRINGTON_KIRKPATRICK,
  /** A = (β/n) θθᵀ + GOE(n) with a planted θ: the model is the posterior of θ. */
  Z2_SYNCHRONISATION
}
