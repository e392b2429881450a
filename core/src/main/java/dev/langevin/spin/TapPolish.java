package dev.langevin.spin;

import dev.langevin.density.BinaryPairwise;
import dev.langevin.math.Check;

/**
 * Descent of the {@link TapFreeEnergy} by natural gradient (El Alaoui, Montanari &amp; Sellke 2022, algorithm 1, second loop): in the natural
 * parameters u = atanh(m) it is the plain step u ← u - η ∇F(m), which never leaves the cube.
 *
 * <p>Stops when the root mean square of ∂F/∂u = (1 - m²) ∇F(m), to first order what a full step would move m by, is at most {@code tolerance}: at
 * once, after the one product that this takes to see, if AMP has converged. So it is AMP's independent judge, and its rescue where AMP
 * oscillates. O(n²) per step and row.
 *
 * @param steps the most that a row takes; 0 leaves the polish out
 * @param stepSize η; positive and at most 1. The fixed-point map is u ← βA m + … at η = 1
 * @param tolerance of the root mean square of ∂F/∂u; positive
 */
public record TapPolish(int steps, double stepSize, double tolerance) {
  public TapPolish {
    Check.atLeast("steps", steps, 0);
    Check.positive("stepSize", stepSize);
    Check.positive("tolerance", tolerance);
    if (stepSize > 1) {
      throw new IllegalArgumentException("stepSize must be at most 1, got " + stepSize);
    }
  }

  /** The worker: descends in batches. */
  static final class Worker {
    private final TapPolish recipe;
    private final BinaryPairwise model;
    private final double betaSquared;
    private final int n;
    private final Rows rows;
    private final double[] product;
    private final double[] gradient; // of one row
    private final int[] steps;
    private final double[] norm;

    Worker(TapPolish recipe, SpinGlass glass, int capacity) {
      this.recipe = recipe;
      model = glass.model();
      betaSquared = glass.beta() * glass.beta();
      n = glass.spins();
      rows = new Rows(n, capacity);
      product = new double[capacity * n];
      gradient = new double[n];
      steps = new int[capacity];
      norm = new double[capacity];
    }

    /** Moves {@code u}, {@code count × n}, and m = tanh(u) with it. */
    void polish(double[] y, int count, double[] u, double[] m) {
      rows.all(count);
      for (int k = 0; rows.count() > 0; k++) {
        model.multiply(rows.pack(m), rows.count(), product);
        step(k, y, u, m);
      }
    }

    private void step(int k, double[] y, double[] u, double[] m) {
      int kept = 0;
      for (int a = 0; a < rows.count(); a++) {
        int row = rows.row(a);
        steps[row] = k;
        norm[row] = gradient(row * n, a * n, y, u, m);
        if (norm[row] > recipe.tolerance && k < recipe.steps) {
          descend(row * n, u, m);
          rows.keep(a, kept++);
        }
      }
      rows.shrink(kept);
    }

    private double gradient(int at, int packed, double[] y, double[] u, double[] m) {
      double onsager = betaSquared * (1 - Spins.meanSquare(m, at, n));
      double sum = 0;
      for (int i = 0; i < n; i++) {
        double mean = m[at + i];
        double pull = product[packed + i] + model.field(i) + y[at + i];
        gradient[i] = u[at + i] - pull + onsager * mean;
        double natural = (1 - mean * mean) * gradient[i];
        sum += natural * natural;
      }
      return Math.sqrt(sum / n);
    }

    private void descend(int at, double[] u, double[] m) {
      for (int i = 0; i < n; i++) {
        u[at + i] -= recipe.stepSize * gradient[i];
        m[at + i] = StrictMath.tanh(u[at + i]);
      }
    }

    int steps(int row) {
      return steps[row];
    }

    double norm(int row) {
      return norm[row];
    }
  }
}
