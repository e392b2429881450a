package dev.langevin.spin;

import dev.langevin.density.BinaryPairwise;
import dev.langevin.math.Check;

/**
 * A mean-field spin glass p(x) ∝ exp((β/2) xᵀAx + hᵀx) on {-1, 1}^n: a binary pairwise model with J = βA, of which it is known that the
 * off-diagonal entries of A have variance 1/n. AMP needs β to correct for the spins' reaction on themselves; a wrong one biases
 * every sample.
 *
 * @param model J = βA and h
 * @param beta β, the inverse temperature; positive
 * @param ensemble the law that A was drawn from
 */
public record SpinGlass(BinaryPairwise model, double beta, Ensemble ensemble) {
  public SpinGlass {
    Check.positive("beta", beta);
  }

  /**
   * The model of a given matrix A, a user's data for example.
   *
   * @param a A, {@code n × n}, row-major, symmetric, off-diagonal entries of variance about 1/n
   * @param field h, length n
   */
  public static SpinGlass of(double[] a, double[] field, double beta, Ensemble ensemble) {
    Check.positive("beta", beta);
    double[] couplings = a.clone();
    for (int i = 0; i < couplings.length; i++) {
      couplings[i] *= beta;
    }
    return new SpinGlass(new BinaryPairwise(couplings, field), beta, ensemble);
  }

  /** n, the number of spins. */
  public int spins() {
    return model.dimension();
  }

  /** The same couplings under another field. */
  public SpinGlass withField(double[] field) {
    return new SpinGlass(model.withField(field), beta, ensemble);
  }

  /** Whether any spin has a field; if none has, p(x) = p(-x). */
  public boolean hasField() {
    for (int i = 0; i < spins(); i++) {
      if (model.field(i) != 0) {
        return true;
      }
    }
    return false;
  }

  /** What is proven of sampling from this model by localisation. */
  public Guarantee guarantee() {
    // below beta = 1 a spike cannot be told from noise, so that what holds for SK with high
    // probability holds for Z2
    return Guarantee.of(ensemble, beta, hasField());
  }
}
