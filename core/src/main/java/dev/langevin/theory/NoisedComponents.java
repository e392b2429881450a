package dev.langevin.theory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The components of a mixture on the line or in the plane under noise of one variance, and the doubt between them. Given y, component k has the posterior mean m_k, the posterior covariance C_k = σ²Σ_k S_k⁻¹ (S_k = Σ_k + σ²I) and the
 * responsibility r_k; B is the covariance of the m_k under r. Then Cov(x₀ | y) = B + Σ r_k C_k, and what the mixture has beyond its components is
 *
 * <pre>
 *   of mmse                          E tr B
 *   of -dmmse/dγ = E‖Cov(x₀|y)‖²     E [ ‖B + Σ r_k C_k‖² - Σ r_k ‖C_k‖² ]
 * </pre>
 *
 * <p>both of which vanish where one component is certain. So only components that overlap are integrated together, and one that overlaps with no other costs nothing: √(w_k w_j) times Bhattacharyya's coefficient ∫√(p_k p_j)
 * bounds ∫ min(w_k p_k, w_j p_j), and is taken for zero below e<sup>-45</sup>. Each group has its trapezoidal rule up to {@value #REACH} standard deviations about each component.
 *
 * <p>The step, in units of the narrowest conditional standard deviation. The rule's error on a function analytic for |Im x| &lt; a is like e<sup>-2πa/step</sup> (Trefethen &amp; Weideman 2014, theorem 5.1). The responsibilities have poles where Σ w_k p_k = 0, which cannot be while
 * the arguments of its terms lie within π of each other, so that a ≥ π/D where D is the range of the gradients of the ln p_k. Gradients that are D apart belong to a component at least D/2 away, whose weight is e<sup>-D²/8</sup>, and the integrands are at most of order D⁴: so the step is taken
 * such that D⁴ e<sup>-D²/8 - 2π²/(D step)</sup> ≤ {@value #ERROR} for all D there are.
 */
final class NoisedComponents {
  private static final double REACH = 8.5;
  private static final double ERROR = 2e-11;
  private static final double FAINT = 3e-20; // e^-45

  private final boolean plane;
  private final double[] weights;
  private final double[][] means;
  private final double[][] noised; // S: {S₁₁, S₁₂, S₂₂}
  private final double[][] gains; // Σ S⁻¹: {G₁₁, G₁₂, G₂₁, G₂₂}
  private final double[][] spreads; // C: {C₁₁, C₁₂, C₂₂}
  private final double[] squares; // ‖C‖²
  private final double[] logs; // ln(w/√det 2πS)
  private final double[] narrow; // standard deviations of x given y
  private final List<int[]> groups;

  // of a row of the lattice: the components that reach it
  private final int[] near;
  private final int[] first; // columns
  private final int[] last;
  private final double[][] row; // w p from the first column on
  private final double[] share; // at a point
  private int count;

  /**
   * Of K components.
   *
   * @param plane whether the second coordinate counts
   * @param means K × 2
   * @param covariances K × {Σ₁₁, Σ₁₂, Σ₂₂}
   * @param variance σ², positive
   */
  NoisedComponents(
      boolean plane, double[] weights, double[][] means, double[][] covariances, double variance) {
    int n = weights.length;
    this.plane = plane;
    this.weights = weights;
    this.means = means;
    noised = new double[n][];
    gains = new double[n][];
    spreads = new double[n][];
    squares = new double[n];
    logs = new double[n];
    narrow = new double[n];
    for (int k = 0; k < n; k++) {
      place(k, covariances[k], variance);
    }
    groups = groups();
    near = new int[n];
    first = new int[n];
    last = new int[n];
    row = new double[n][0];
    share = new double[n];
  }

  private void place(int k, double[] c, double variance) {
    double first = c[0] + variance;
    double second = plane ? c[2] + variance : 1;
    // det S = det Σ + σ² tr Σ + σ⁴, of which no part is negative
    double flat = Math.max(0, c[0] * c[2] - c[1] * c[1]);
    double det = plane ? flat + variance * (c[0] + c[2] + variance) : first;
    noised[k] = new double[] {first, c[1], second};
    gains[k] =
        plane
            ? new double[] {
              (flat + c[0] * variance) / det,
              c[1] * variance / det,
              c[1] * variance / det,
              (flat + c[2] * variance) / det
            }
            : new double[] {c[0] / det, 0, 0, 0};
    double[] g = gains[k];
    spreads[k] = new double[] {variance * g[0], variance * g[1], variance * g[3]};
    squares[k] = square(spreads[k][0], spreads[k][1], spreads[k][2]);
    narrow[k] = Math.sqrt(det / second);
    logs[k] =
        StrictMath.log(weights[k])
            - 0.5 * StrictMath.log(det)
            - (plane ? 1 : 0.5) * StrictMath.log(2 * Math.PI);
  }

  /** ‖·‖² of a symmetric matrix. */
  static double square(double first, double cross, double second) {
    return first * first + 2 * cross * cross + second * second;
  }

  private List<int[]> groups() {
    int n = weights.length;
    int[] leader = new int[n];
    Arrays.setAll(leader, k -> k);
    for (int k = 0; k < n; k++) {
      for (int j = 0; j < k; j++) {
        if (leader[j] != leader[k] && overlap(j, k)) {
          int gone = leader[k];
          int stays = leader[j];
          Arrays.setAll(leader, i -> leader[i] == gone ? stays : leader[i]);
        }
      }
    }
    List<int[]> found = new ArrayList<>();
    for (int k = 0; k < n; k++) {
      int head = k;
      int[] members = IntStream.range(0, n).filter(i -> leader[i] == head).toArray();
      if (members.length > 1) {
        found.add(members);
      }
    }
    return found;
  }

  private boolean overlap(int j, int k) {
    if (weights[j] == 0 || weights[k] == 0) {
      return false;
    }
    double a = 0.5 * (noised[j][0] + noised[k][0]);
    double b = 0.5 * (noised[j][1] + noised[k][1]);
    double c = 0.5 * (noised[j][2] + noised[k][2]);
    double det = a * c - b * b;
    double x = means[j][0] - means[k][0];
    double y = means[j][1] - means[k][1];
    double gap = 0.125 * (c * x * x - 2 * b * x * y + a * y * y) / det;
    // -ln of √(w w) BC: the logarithms of the determinants are in logs
    double constant = (plane ? 1 : 0.5) * StrictMath.log(2 * Math.PI);
    double shapes = 0.5 * StrictMath.log(det) + 0.5 * (logs[j] + logs[k]) + constant;
    return gap + shapes - StrictMath.log(weights[j] * weights[k]) < -StrictMath.log(FAINT);
  }

  /** Whether no two components overlap. */
  boolean apart() {
    return groups.isEmpty();
  }

  /** The two integrals, of mmse and of -dmmse/dγ. */
  double[] beyond() {
    return beyond(1);
  }

  /** The same with all steps multiplied by a factor. */
  double[] beyond(double coarser) {
    double[] sum = new double[2];
    for (int[] group : groups) {
      double width = narrowest(group, 0);
      double step = coarser * step(steepness(group));
      double[] own =
          plane
              ? lattice(group, step * width, step * narrowest(group, 1))
              : row(group, 0, step * width);
      sum[0] += own[0];
      sum[1] += own[1];
    }
    return sum;
  }

  /** The smallest conditional standard deviation along an axis. */
  private double narrowest(int[] group, int axis) {
    double least = Double.POSITIVE_INFINITY;
    for (int k : group) {
      double turned = narrow[k] * Math.sqrt(noised[k][2] / noised[k][0]);
      least = Math.min(least, axis == 0 ? narrow[k] : turned);
    }
    return least;
  }

  /** A bound of D: how far the gradients of the ln p_k can lie apart, in units of the narrowest. */
  private double steepness(int[] group) {
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    double far = 0;
    for (int k : group) {
      double middle = 0.5 * (noised[k][0] + noised[k][2]);
      double radius = StrictMath.hypot(0.5 * (noised[k][0] - noised[k][2]), noised[k][1]);
      least = Math.min(least, plane ? middle - radius : noised[k][0]);
      most = Math.max(most, plane ? middle + radius : noised[k][0]);
      for (int j : group) {
        far = Math.max(far, StrictMath.hypot(means[j][0] - means[k][0], means[j][1] - means[k][1]));
      }
    }
    double equal = far / Math.sqrt(Math.max(least, Double.MIN_NORMAL));
    return Math.min(2 * REACH, equal + 2 * REACH * (most / least - 1));
  }

  /** The largest step that is fine enough for all gradients up to D. */
  private static double step(double steepness) {
    double inverse = Math.sqrt(-StrictMath.log(ERROR) / 2) / Math.PI; // of one normal density
    for (double d = Math.min(1, steepness); d <= steepness; d += 0.5) {
      double exponent = 4 * StrictMath.log(Math.max(1, d)) - 0.125 * d * d - StrictMath.log(ERROR);
      inverse = Math.max(inverse, (d + 0.5) * exponent / (2 * Math.PI * Math.PI));
    }
    return 1 / inverse;
  }

  private double[] lattice(int[] group, double width, double rise) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int k : group) {
      double reach = REACH * Math.sqrt(noised[k][2]);
      low = Math.min(low, means[k][1] - reach);
      high = Math.max(high, means[k][1] + reach);
    }
    double[] sum = new double[2];
    double origin = means[group[0]][1];
    for (long i = (long) Math.ceil((low - origin) / rise); origin + i * rise <= high; i++) {
      double[] own = row(group, origin + i * rise, width);
      sum[0] += rise * own[0];
      sum[1] += rise * own[1];
    }
    return sum;
  }

  /** The integrals over x at one y. */
  private double[] row(int[] group, double y, double width) {
    double origin = means[group[0]][0];
    count = 0;
    for (int k : group) {
      double dy = y - means[k][1];
      double far = dy * dy / noised[k][2];
      if (weights[k] > 0 && far < REACH * REACH) {
        double centre = means[k][0] + noised[k][1] / noised[k][2] * dy - origin;
        insert(k, centre / width, logs[k] - 0.5 * far, narrow[k] / width);
      }
    }
    double[] sum = new double[2];
    int from = 0; // those before have ended
    for (int c = count > 1 ? first[1] : 0; from + 1 < count; c++) {
      while (from < count && last[from] < c) {
        from++;
      }
      int to = from;
      while (to < count && first[to] <= c) {
        to++;
      }
      if (to - from > 1) {
        point(origin + c * width, y, from, to, c, sum);
      } else if (to < count) {
        c = first[to] - 1;
      } else {
        break;
      }
    }
    sum[0] *= width;
    sum[1] *= width;
    return sum;
  }

  /** Adds a component's densities on a row; the row's components stay in the order in which they begin. Centre and sd in columns. */
  private void insert(int k, double centre, double exponent, double sd) {
    int begin = (int) Math.ceil(centre - REACH * sd);
    int end = (int) Math.floor(centre + REACH * sd);
    double[] values = row[count];
    if (values.length <= end - begin) {
      values = new double[2 * (end - begin + 1)];
    }
    int i = count++;
    for (; i > 0 && first[i - 1] > begin; i--) {
      near[i] = near[i - 1];
      first[i] = first[i - 1];
      last[i] = last[i - 1];
      row[i] = row[i - 1];
    }
    near[i] = k;
    first[i] = begin;
    last[i] = end;
    row[i] = values;
    int middle = Math.min(end, Math.max(begin, (int) Math.rint(centre)));
    fill(values, middle - begin, 1, end - begin, (middle - centre) / sd, 1 / sd, exponent);
    fill(values, middle - begin, -1, 0, (centre - middle) / sd, 1 / sd, exponent);
  }

  /** e^(exponent - a²/2) at a, a + rise, …, by ratios, whose ratio is constant. */
  private static void fill(
      double[] values, int at, int by, int end, double a, double rise, double exponent) {
    double value = StrictMath.exp(exponent - 0.5 * a * a);
    double ratio = StrictMath.exp(-rise * (a + 0.5 * rise));
    double second = StrictMath.exp(-rise * rise);
    for (int i = at; i != end + by; i += by) {
      values[i] = value;
      value *= ratio;
      ratio *= second;
    }
  }

  /** Adds density times integrand at a point; posterior means are measured from the likeliest component's. */
  private void point(double x, double y, int from, int to, int column, double[] sum) {
    double top = 0;
    int likeliest = from;
    for (int i = from; i < to; i++) {
      double p = last[i] < column ? 0 : row[i][column - first[i]];
      share[i] = p;
      if (p > top) {
        top = p;
        likeliest = i;
      }
    }
    int k = near[likeliest];
    double x0 = posterior(k, 0, x, y);
    double y0 = posterior(k, 2, x, y);
    double total = 0;
    double meanX = 0;
    double meanY = 0;
    double xx = 0;
    double xy = 0;
    double yy = 0;
    double c11 = 0;
    double c12 = 0;
    double c22 = 0;
    double norms = 0;
    for (int i = from; i < to; i++) {
      double r = share[i];
      if (r <= FAINT * top) {
        continue;
      }
      int j = near[i];
      double dx = posterior(j, 0, x, y) - x0;
      double dy = posterior(j, 2, x, y) - y0;
      total += r;
      meanX += r * dx;
      meanY += r * dy;
      xx += r * dx * dx;
      xy += r * dx * dy;
      yy += r * dy * dy;
      c11 += r * spreads[j][0];
      c12 += r * spreads[j][1];
      c22 += r * spreads[j][2];
      norms += r * squares[j];
    }
    if (total == top) {
      return;
    }
    double scale = 1 / total;
    double bxx = Math.max(0, xx - meanX * meanX * scale);
    double byy = Math.max(0, yy - meanY * meanY * scale);
    double bxy = xy - meanX * meanY * scale;
    sum[0] += bxx + byy;
    sum[1] += square(bxx + c11, bxy + c12, byy + c22) * scale - norms;
  }

  /** A coordinate of the posterior mean of component j; {@code at} is where its gains begin. */
  private double posterior(int j, int at, double x, double y) {
    return means[j][at / 2]
        + gains[j][at] * (x - means[j][0])
        + gains[j][at + 1] * (y - means[j][1]);
  }
}
