package dev.langevin.objective;

import dev.langevin.density.Score;
import dev.langevin.math.Check;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;

/**
 * Losses of a score alone on rows, without a noise level of its own: how far s is from ∇ log q is measured, up to a constant that only q knows, by
 *
 * <pre>
 *   exact       ‖s(x)‖² + 2 div s(x)                         (Hyvärinen 2005, eq. 4, doubled)
 *   hutchinson  ‖s(x)‖² + 2 vᵀ∇s(x)v,  v of random signs      (Hutchinson 1990; Song, Garg, Shi &amp; Ermon 2019, eq. 8)
 *   sliced      (vᵀs(x))² + 2 vᵀ∇s(x)v,  v ~ N(0, I)          (the same, eq. 7)
 *   conditional ‖s(x + σz) + z/σ‖²,  z ~ N(0, I)              (Vincent 2011, eq. 9; q is then the law of x + σz)
 * </pre>
 *
 * <p>The first three have one expectation, E‖s - ∇ log q‖² - E‖∇ log q‖², the last E‖s - ∇ log q‖² + mmse(σ)/σ⁴: all have the true score as their minimiser. The
 * exact form costs 4d evaluations a row, the random ones 4 per direction.
 *
 * <p>Products vᵀ∇s v are central differences of fourth order along v: right for every score that is five times differentiable over a distance 2·step·|v|, to about
 * step⁴ times the fifth derivative and 2⁻⁵²|s|/step.
 *
 * @param trace how the divergence is had
 * @param directions random directions per row, at least 1; of no meaning for the exact trace
 * @param step of the differences, positive, in units of x
 */
public record ScoreMatching(Trace trace, int directions, double step) {
  /** How the divergence of the score is had. */
  public enum Trace {
    /** From d coordinate directions. */
    EXACT,
    /** From vectors of random signs, the norm of the score exactly. */
    HUTCHINSON,
    /** From normal directions, the norm of the score from them too. */
    SLICED
  }

  public ScoreMatching {
    Check.atLeast("directions", directions, 1);
    Check.positive("step", step);
  }

  /** One direction, differences over 10⁻³. */
  public ScoreMatching(Trace trace) {
    this(trace, 1, 1e-3);
  }

  /**
   * The implicit loss on rows from q.
   *
   * @param rows {@code n × d}, at least two
   * @param seed of the directions, one address for each row
   */
  public LossEstimate implicit(Score score, double[] rows, Seed seed) {
    double[] losses = new double[count(score, rows)];
    Worker worker = new Worker(score);
    AddressedRandom random = seed.random();
    for (int r = 0; r < losses.length; r++) {
      worker.moveTo(rows, r);
      random.moveTo(seed.child(r));
      losses[r] = trace == Trace.EXACT ? worker.exact() : worker.random(random);
    }
    return LossEstimate.of(losses);
  }

  /**
   * The conditional (denoising) loss at one level, on clean rows; the score is that of the noised law.
   *
   * @param rows clean points, {@code n × d}, at least two
   * @param seed of the noise, one address for each row
   */
  public static LossEstimate conditional(Score score, double[] rows, double sigma, Seed seed) {
    Check.positive("sigma", sigma);
    double[] losses = new double[count(score, rows)];
    eachNoised(
        score,
        rows,
        sigma,
        seed,
        (r, s, z) -> {
          for (int j = 0; j < s.length; j++) {
            double gap = s[j] + z[j] / sigma;
            losses[r] += gap * gap;
          }
        });
    return LossEstimate.of(losses);
  }

  /**
   * E_q⟨s, ∇ log q⟩ = -E⟨z, s(x + σz)⟩/σ, without knowing ∇ log q: the step from the denoising to the explicit loss (Stein's identity; formula B5).
   *
   * @param rows clean points, {@code n × d}, at least two
   * @param seed of the noise, one address for each row
   */
  public static LossEstimate alignment(Score score, double[] rows, double sigma, Seed seed) {
    Check.positive("sigma", sigma);
    double[] products = new double[count(score, rows)];
    eachNoised(
        score,
        rows,
        sigma,
        seed,
        (r, s, z) -> {
          for (int j = 0; j < s.length; j++) {
            products[r] -= s[j] * z[j] / sigma;
          }
        });
    return LossEstimate.of(products);
  }

  private interface Visitor {
    void visit(int row, double[] score, double[] noise);
  }

  private static void eachNoised(
      Score score, double[] rows, double sigma, Seed seed, Visitor visitor) {
    int d = score.dimension();
    double[] z = new double[d];
    double[] x = new double[d];
    double[] s = new double[d];
    AddressedRandom random = seed.random();
    for (int r = 0; r < rows.length / d; r++) {
      random.moveTo(seed.child(r)).fillGaussian(z, 0, d);
      for (int j = 0; j < d; j++) {
        x[j] = rows[r * d + j] + sigma * z[j];
      }
      score.score(x, s);
      visitor.visit(r, s, z);
    }
  }

  private static int count(Score score, double[] rows) {
    int d = score.dimension();
    if (rows.length % d != 0 || rows.length < 2 * d) {
      throw new IllegalArgumentException(
          "rows must be at least two rows of " + d + " numbers, got " + rows.length + " numbers");
    }
    return rows.length / d;
  }

  private final class Worker {
    private final Score score;
    private final double[] x;
    private final double[] s;
    private final double[] v;
    private final double[] moved;
    private final double[] image;

    Worker(Score score) {
      this.score = score;
      int d = score.dimension();
      x = new double[d];
      s = new double[d];
      v = new double[d];
      moved = new double[d];
      image = new double[d];
    }

    void moveTo(double[] rows, int r) {
      System.arraycopy(rows, r * x.length, x, 0, x.length);
      score.score(x, s);
    }

    double exact() {
      double sum = dot(s, s);
      for (int i = 0; i < x.length; i++) {
        Arrays.fill(v, 0);
        v[i] = 1;
        sum += 2 * curvature();
      }
      return sum;
    }

    double random(AddressedRandom random) {
      boolean sliced = trace == Trace.SLICED;
      double sum = 0;
      for (int k = 0; k < directions; k++) {
        for (int i = 0; i < x.length; i++) {
          v[i] = sliced ? random.nextGaussian() : random.nextBoolean() ? 1 : -1;
        }
        double along = dot(v, s);
        sum += (sliced ? along * along : dot(s, s)) + 2 * curvature();
      }
      return sum / directions;
    }

    /** vᵀ∇s v. */
    private double curvature() {
      double near = along(step) - along(-step);
      double far = along(2 * step) - along(-2 * step);
      return (8 * near - far) / (12 * step);
    }

    private double along(double h) {
      for (int i = 0; i < x.length; i++) {
        moved[i] = x[i] + h * v[i];
      }
      score.score(moved, image);
      return dot(v, image);
    }

    private static double dot(double[] a, double[] b) {
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        sum += a[i] * b[i];
      }
      return sum;
    }
  }
}
