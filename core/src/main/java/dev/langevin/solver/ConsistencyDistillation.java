package dev.langevin.solver;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.math.Check;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;

/**
 * What a consistency function is taught by a denoiser (Song, Dhariwal, Chen &amp; Sutskever 2023, algorithm 2): on N levels t_1 &lt; … &lt; t_N of EDM's spacing, for a row x₀ and
 * n = 1 … N-1,
 *
 * <pre>
 *   x = x₀ + t_{n+1} z,      x̂ = one step of Heun's method of the teacher from t_{n+1} to t_n,
 *   loss = E d(f(x; t_{n+1}), f⁻(x̂; t_n)),                          λ = 1 at every level
 * </pre>
 *
 * <p>f⁻ is f with an average of its weights, and does not learn here. Of all functions that are the identity at σ_min = t_1 the one with loss 0 follows the teacher's N-1 Heun
 * steps to their end; it comes to the flow's own consistency function like N⁻². Levels are counted from above, k = 0 for the pair (t_N, t_{N-1}).
 *
 * @param levels N, at least 2; 18 in the paper for CIFAR-10
 * @param rho of the spacing, positive
 * @param sigmaMin t_1, positive
 * @param sigmaMax t_N, above it
 * @param metric d
 */
public record ConsistencyDistillation(
    int levels, double rho, double sigmaMin, double sigmaMax, Metric metric) {
  /** How far two rows are from each other, as a function of s = ‖a - b‖²/d, so that rows of any length d are measured alike. */
  public enum Metric {
    /** s. */
    SQUARED,
    /** √(s + c²) - c with c = 0.00054: like a norm far from 0 and like a square near it (Song &amp; Dhariwal 2024, eq. 8 and section 3.3, over √d). */
    PSEUDO_HUBER;

    /** c; 0 for the square. */
    public double corner() {
      return this == SQUARED ? 0 : 0.00054;
    }

    /** d(a, b). */
    public double of(double meanSquare) {
      double c = corner();
      return this == SQUARED
          ? meanSquare
          : meanSquare / (Math.sqrt(meanSquare + c * c) + c); // no cancellation
    }
  }

  public ConsistencyDistillation {
    Check.atLeast("levels", levels, 2);
    Check.positive("rho", rho);
    Generation.requireLevels(sigmaMin, sigmaMax);
  }

  /** The paper's 18 levels from 0.002 to 80, ρ = 7, with the pseudo-Huber distance. */
  public ConsistencyDistillation() {
    this(18, 7, 0.002, 80, Metric.PSEUDO_HUBER);
  }

  /** t_N … t_1, and 0. */
  public TimeGrid grid() {
    return TimeGrid.karras(levels, sigmaMin, sigmaMax, rho);
  }

  /** N - 1. */
  public int pairs() {
    return levels - 1;
  }

  /**
   * The teacher's step k, from {@code grid().time(k)} to {@code grid().time(k + 1)} with every row in place, k = 0 … N-2: two evaluations. One thread's.
   *
   * @param teacher E[x₀ | y]
   * @param rows at most so many at a time
   */
  public Solver.Worker on(Denoiser teacher, int rows) {
    return new Heun().on(teacher, grid(), rows);
  }

  /**
   * The loss on rows, all pairs of levels weighing the same. O(rows · N) evaluations.
   *
   * @param student f
   * @param target f⁻
   * @param clean {@code rows × d}, at least one
   * @param seed of the noise, one address for each pair and row
   */
  public double loss(
      Denoiser teacher, Denoiser student, Denoiser target, double[] clean, Seed seed) {
    int d = teacher.dimension();
    int rows = Check.atLeast("rows", clean.length / d, 1);
    TimeGrid grid = grid();
    Solver.Worker step = on(teacher, rows);
    double[] x = new double[rows * d];
    double[] from = new double[rows * d];
    double[] to = new double[rows * d];
    double sum = 0;
    for (int k = 0; k < pairs(); k++) {
      noised(clean, grid.time(k), seed.child(k), d, x);
      student.denoise(x, rows, grid.time(k), from);
      step.step(k, x, rows, new double[0]);
      target.denoise(x, rows, grid.time(k + 1), to);
      for (int r = 0; r < rows; r++) {
        sum += metric.of(square(from, to, r * d, d) / d);
      }
    }
    return sum / rows / pairs();
  }

  private static void noised(double[] clean, double sigma, Seed seed, int d, double[] out) {
    AddressedRandom random = seed.random();
    for (int r = 0; r < clean.length / d; r++) {
      random.moveTo(seed.child(r)).fillGaussian(out, r * d, (r + 1) * d);
      for (int i = r * d; i < (r + 1) * d; i++) {
        out[i] = clean[i] + sigma * out[i];
      }
    }
  }

  private static double square(double[] a, double[] b, int from, int length) {
    double sum = 0;
    for (int i = from; i < from + length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }
}
