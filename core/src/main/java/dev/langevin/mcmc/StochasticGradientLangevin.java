package dev.langevin.mcmc;

import dev.langevin.density.DataScore;
import dev.langevin.math.Check;

/**
 * Stochastic-gradient Langevin dynamics (Welling &amp; Teh 2011, equation 4, at a constant step): {@link Ula} with an estimate of the gradient from b of
 * the n data, drawn without replacement,
 *
 * <pre>
 *   x' = x + h G(x) + sqrt(2h) xi,   G(x) = ∇log prior(x) + (n/b) Σ_{i in batch} ∇log p(datum i | x).
 * </pre>
 *
 * b terms and O(b + d) a step, whatever n. Knows no log density, and so no test. h is half of Welling &amp; Teh's epsilon.
 *
 * <p><b>Biased, and more than ULA</b>: beside the bias of the step, the noise of G widens the law, by an amount that shrinks with h only. Where the terms
 * are quadratic with equal curvature, precision λ in all and gradients of variance s² among the n data (divisor n - 1), the stationary variance is
 *
 * <pre>
 *   (1 + h V/2) / (λ (1 - hλ/2)),   V = (n²/b) (1 - b/n) s².
 * </pre>
 *
 * So h V must be far below 2, which for small batches takes small steps and with them as many terms as the whole gradient would have (Nagapetyan et
 * al. 2017; Brosse, Durmus &amp; Moulines 2018). It is <em>control variates</em> that save work (Baker, Fearnhead, Fox &amp; Nemeth 2019): with a centre c near
 * the mode and the whole gradient there computed once,
 *
 * <pre>
 *   G(x) = g(c) + ∇log prior(x) - ∇log prior(c) + (n/b) Σ_{i in batch} (∇log p(i | x) - ∇log p(i | c)),
 * </pre>
 *
 * 2b terms a step, whose noise falls with |x - c| and is none for the quadratic terms above. Take them where a mode can be found.
 *
 * <p>Not on the menu of {@link Sampler}s, since it is placed on a {@link DataScore} and not on a density, and since nothing tells a warm-up whether its step
 * is small enough.
 *
 * @param stepSize h, in the convention dX = grad log p dt + sqrt(2) dB; positive
 * @param batch b, from 1 to n
 */
public record StochasticGradientLangevin(double stepSize, int batch) {
  public StochasticGradientLangevin {
    Check.positive("stepSize", stepSize);
    Check.atLeast("batch", batch, 1);
  }

  /**
   * A worker with the plain estimate.
   *
   * @throws IllegalArgumentException if there are fewer data than a batch has
   */
  public Kernel on(DataScore data) {
    return new StochasticGradientKernel(this, data);
  }

  /**
   * A worker with control variates, which computes the whole gradient at the centre once: n terms.
   *
   * @param centre c, best a mode; length d, copied
   * @throws IllegalArgumentException if there are fewer data than a batch has, or the centre or the gradient there is not finite
   */
  public Kernel on(DataScore data, double[] centre) {
    return new StochasticGradientKernel(this, data, centre);
  }
}
