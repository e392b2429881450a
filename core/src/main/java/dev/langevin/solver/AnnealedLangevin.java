package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.Spacing;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.diffusion.VarianceExploding;
import dev.langevin.math.Check;
import java.util.stream.IntStream;

/**
 * Annealed Langevin dynamics over a ladder of scores (Song &amp; Ermon 2019, algorithm 1): at each level σ_1 &gt; … &gt; σ_L, T unadjusted Langevin
 * steps on the law of x₀ + σ_i z,
 *
 * <p>x ← x + (α_i/2) ∇ log p_{σ_i}(x) + √α_i z, α_i = r σ_i²
 *
 * <p>(their ε is r σ_L²), and at the end, without noise, x ← x + σ_L² ∇ log p_{σ_L}(x) = D(x; σ_L), the denoising step that Jolicoeur-Martineau
 * et al. (2021) added. The noise crosses between modes while it is large, so the weights of far modes come out right, where Langevin dynamics at
 * the data's own level keeps the weights of its start. Starts from N(0, σ_1² I), which is nearer to the first law than their uniform start.
 *
 * <p>On a {@link TimeGrid} of N steps: every block of T steps runs on one level, the last of its times, so that the ladder has N/T levels and
 * ends with σ_min; the step to time 0 is the denoising one, on the last level too. One evaluation and d normal numbers per step. A grid that
 * does not end at 0 has no denoising step. The levels are geometric, as in both papers.
 *
 * <p>Errors. On normal data of variance λ, when ln σ falls by δ a step, a level's own steps make the variance v = λ + σ² too large by the factor
 * 1/(1 - r σ²/(4v)), which the later levels take away; what stays is the lag behind the falling level, a share 2δ/r of the variance. So a larger r needs
 * fewer steps there, and r ≥ 4 is unstable. Between modes the bias of the large levels does stay in the weights: the weight 0.1 of one of two modes 8 standard
 * deviations apart came out, over 20,000 rows ±0.002, as 0.114 with r = 1 and 640 steps, 0.106 with r = 0.5 and 1280, 0.140 with r = 2 and 400; {@link
 * ExponentialIntegrator} is better there. Song &amp; Ermon 2020 (technique 4) choose r by {@link #expansion}: the standard deviation after a level's T steps
 * should be that of the level.
 *
 * @param repeats T, the steps on one level; at least 1
 * @param relativeStep r = α_i/σ_i², strictly between 0 and 4
 * @param denoised whether the step to time 0 returns the posterior mean; if not it is one more Langevin step on the last level
 */
public record AnnealedLangevin(int repeats, double relativeStep, boolean denoised)
    implements Solver {
  public AnnealedLangevin {
    Check.atLeast("repeats", repeats, 1);
    Check.inside("relativeStep", relativeStep, 0, 4);
  }

  /** Five steps on each level, as Song &amp; Ermon 2020; r = 1; with the denoising step. */
  public AnnealedLangevin() {
    this(5, 1, true);
  }

  /**
   * The variance after the T steps on a level, in units of σ_i², of a point whose variance was σ_{i-1}² = γ² σ_i², when the data are a point mass:
   * a^{2T}(γ² - q) + q with a = 1 - r/2, q = r/(1 - a²) (Song &amp; Ermon 2020, proposition 3).
   *
   * @param gamma γ = σ_{i-1}/σ_i, at least 1
   */
  public double expansion(double gamma) {
    if (!(gamma >= 1 && gamma < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("gamma must be at least 1 and finite, got " + gamma);
    }
    double a = 1 - relativeStep / 2;
    double q = relativeStep / (1 - a * a);
    return StrictMath.pow(a * a, repeats) * (gamma * gamma - q) + q;
  }

  @Override
  public String name() {
    return "annealed";
  }

  @Override
  public Noising noising() {
    return new VarianceExploding();
  }

  @Override
  public int noises() {
    return 1;
  }

  @Override
  public int defaultSteps() {
    return 640;
  }

  /** Geometric. */
  @Override
  public Spacing spacing() {
    return new Spacing.LogSnr();
  }

  /** N(0, σ²I) stands for the law of x₀ + σz. */
  @Override
  public double startingScale(double t) {
    return Check.positive("t", t);
  }

  /** The level on which step {@code k} runs: the last positive time of its block of {@link #repeats} steps. */
  public double level(TimeGrid grid, int k) {
    long last = (long) k - k % repeats + repeats - 1;
    return grid.time((int) Math.min(last, grid.steps() - 1));
  }

  /** The ladder: the levels on which a run over the grid asks the denoiser, falling. */
  public double[] levels(TimeGrid grid) {
    return IntStream.range(0, grid.steps()).mapToDouble(k -> level(grid, k)).distinct().toArray();
  }

  @Override
  public Worker on(Denoiser denoiser, TimeGrid grid, int rows) {
    double[] mean = new double[Scratch.size(denoiser, rows)];
    return (k, x, n, z) -> {
      double sigma = level(grid, k);
      int length = n * denoiser.dimension();
      denoiser.denoise(x, n, sigma, mean);
      if (denoised && grid.time(k + 1) == 0) {
        System.arraycopy(mean, 0, x, 0, length);
      } else {
        step(x, mean, length, sigma, z);
      }
    };
  }

  /** x + (α/2)(D - x)/σ² + √α z with α = r σ²: σ² cancels. */
  private void step(double[] x, double[] mean, int length, double sigma, double[] z) {
    double pull = relativeStep / 2;
    double fresh = Math.sqrt(relativeStep) * sigma;
    for (int i = 0; i < length; i++) {
      x[i] += pull * (mean[i] - x[i]) + fresh * z[i];
    }
  }
}
