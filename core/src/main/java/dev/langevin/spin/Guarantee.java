package dev.langevin.spin;

/**
 * What is proven of localisation by AMP and TAP on a spin glass: always for n → ∞, in the normalised Wasserstein distance (1/n) E‖x - x'‖² → 0,
 * with the step size and the number of iterations chosen by the theorem and not by the user. None is a promise for one n.
 */
public enum Guarantee {
  /** β &lt; 1/2 and no field: theorem 2.1 of El Alaoui, Montanari &amp; Sellke (2022). */
  PROVEN(true, "proven for n to infinity at beta < 1/2 (El Alaoui, Montanari & Sellke 2022)"),
  /** 1/2 ≤ β &lt; 1 and no field: El Alaoui, Montanari &amp; Sellke (2025) with Celentano (2024). */
  PROVEN_WITH_CELENTANO(
      true,
      "proven for n to infinity at beta < 1 (El Alaoui, Montanari & Sellke 2025 with Celentano 2024)"),
  /** β &lt; 1 with a field of the user's: the theorems are about none. */
  FIELD(false, "not proven: the theorems for beta < 1 are about models without a field"),
  /**
   * Z2 synchronisation above its threshold, β &gt; 1. Montanari &amp; Wu (2023) sample spiked models by diffusion; whether their conditions hold at
   * this β is not checked here.
   */
  SPIKED(
      false,
      "not checked: above the threshold beta = 1 of Z2 synchronisation see Montanari & Wu (2023) for conditions"),
  /** β = 1: critical. */
  CRITICAL(false, "not proven: beta = 1 is critical"),
  /** Sherrington–Kirkpatrick at β &gt; 1: no stable algorithm samples it (El Alaoui, Montanari &amp; Sellke 2022). */
  IMPOSSIBLE(
      false,
      "proven to fail at beta > 1 without a field: no stable algorithm samples there, and this is one"
          + " (El Alaoui, Montanari & Sellke 2022)");

  private final boolean proven;
  private final String sentence;

  Guarantee(boolean proven, String sentence) {
    this.proven = proven;
    this.sentence = sentence;
  }

  /** Whether samples are proven to converge to the model for n → ∞. */
  public boolean proven() {
    return proven;
  }

  /** What is known, with its source. */
  public String sentence() {
    return sentence;
  }

  static Guarantee of(Ensemble ensemble, double beta, boolean field) {
    if (beta == 1) {
      return CRITICAL;
    }
    if (beta > 1) {
      return ensemble == Ensemble.Z2_SYNCHRONISATION ? SPIKED : IMPOSSIBLE;
    }
    if (field) {
      return FIELD;
    }
    return beta < 0.5 ? PROVEN : PROVEN_WITH_CELENTANO;
  }
}
