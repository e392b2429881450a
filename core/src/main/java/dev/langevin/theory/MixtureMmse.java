package dev.langevin.theory;

import dev.langevin.density.target.GaussianMixture;
import java.util.Arrays;

/**
 * The curve of a mixture Σ w_k N(μ_k, Σ_k). With S_k = Σ_k + σ²I, G_k = Σ_k S_k⁻¹, m_k(y) = μ_k + G_k (y - μ_k) and responsibilities r_k(y),
 *
 * <pre>
 *   mmse = Σ_k w_k σ² tr G_k + Σ_k w_k E_{y ~ N(μ_k, S_k)} [ Σ_j r_j ‖m_j‖² - ‖Σ_j r_j m_j‖² ]
 * </pre>
 *
 * <p>the spread within the components and the doubt between them. The expectation is the trapezoidal rule on y = μ_k + S_k^½ u, |u| ≤ 8.5, halved until it stands to 10<sup>-11</sup>; the integral over
 * a step is Gauss and Legendre's with four points to every {@value #PANEL} of ln γ. The second coordinate is empty on the line. Where all Σ_k = vI the coordinates across the means' plane have v/(1 + γv) each.
 */
final class MixtureMmse implements MmseCurve {
  private static final double PANEL = 0.25;
  private static final double REACH = 8.5;
  private static final double TOLERANCE = 1e-11;
  private static final double[] NODES = {0.3399810435848563, 0.8611363115940526};
  private static final double[] WEIGHTS = {0.6521451548625461, 0.3478548451374538};

  private final int dimension;
  private final int plane; // 1 or 2
  private final double across; // v, of the other d - plane coordinates
  private final double[] weights;
  private final double[][] means; // of two coordinates
  private final double[][] covariances; // {Σ₁₁, Σ₁₂, Σ₂₂}

  private MixtureMmse(
      int dimension,
      int plane,
      double across,
      double[] weights,
      double[][] means,
      double[][] covariances) {
    this.dimension = dimension;
    this.plane = plane;
    this.across = across;
    this.weights = weights;
    this.means = means;
    this.covariances = covariances;
  }

  static MixtureMmse of(GaussianMixture data) {
    int d = data.dimension();
    double[][] means = data.means();
    double[][][] full = data.covariances();
    if (d > 2) {
      return reduced(data.weights(), means, sharedVariance(full), d);
    }
    double[][] flat = new double[means.length][];
    double[][] forms = new double[means.length][];
    for (int k = 0; k < means.length; k++) {
      flat[k] = Arrays.copyOf(means[k], 2);
      forms[k] =
          d == 1
              ? new double[] {full[k][0][0], 0, 0}
              : new double[] {full[k][0][0], full[k][0][1], full[k][1][1]};
    }
    return new MixtureMmse(d, d, 0, data.weights(), flat, forms);
  }

  private static double sharedVariance(double[][][] covariances) {
    double v = covariances[0][0][0];
    for (double[][] covariance : covariances) {
      for (int i = 0; i < covariance.length; i++) {
        for (int j = 0; j < covariance.length; j++) {
          if (Math.abs(covariance[i][j] - (i == j ? v : 0)) > 1e-12 * v) {
            throw new IllegalArgumentException(
                "covariances must all be one multiple of the identity in more than two dimensions, got"
                    + " an entry "
                    + (covariance[i][j] + " beside " + v));
          }
        }
      }
    }
    return v;
  }

  private static MixtureMmse reduced(double[] weights, double[][] means, double v, int d) {
    int plane = 0;
    double[][] rest = new double[means.length][];
    for (int k = 0; k < means.length; k++) {
      rest[k] = means[k].clone();
      add(rest[k], means[0], -1);
    }
    double scale = Arrays.stream(rest).mapToDouble(MixtureMmse::norm).max().orElse(0);
    double[][] flat = new double[means.length][2];
    for (int k = farthest(rest); norm(rest[k]) > 1e-9 * scale; k = farthest(rest)) {
      if (plane == 2) {
        throw new IllegalArgumentException(
            "means must lie in a plane in more than two dimensions, got one outside of it");
      }
      double[] direction = rest[k].clone();
      double length = norm(direction);
      Arrays.setAll(direction, i -> direction[i] / length);
      for (int j = 0; j < means.length; j++) {
        flat[j][plane] = dot(rest[j], direction);
        add(rest[j], direction, -flat[j][plane]);
      }
      plane++;
    }
    plane = Math.max(1, plane);
    double[] form = {v, 0, plane == 2 ? v : 0};
    double[][] forms = new double[means.length][];
    Arrays.fill(forms, form);
    return new MixtureMmse(d, plane, v, weights, flat, forms);
  }

  private static int farthest(double[][] vectors) {
    int best = 0;
    for (int k = 1; k < vectors.length; k++) {
      best = norm(vectors[k]) > norm(vectors[best]) ? k : best;
    }
    return best;
  }

  private static double norm(double[] vector) {
    return Math.sqrt(dot(vector, vector));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void add(double[] to, double[] vector, double factor) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * vector[i];
    }
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public Source source() {
    return Source.QUADRATURE;
  }

  @Override
  public Bracket at(double sigma) {
    return Bracket.exact(mmse(MmseCurve.snr(sigma)));
  }

  private double mmse(double gamma) {
    double others = (dimension - plane) * across / (1 + gamma * across);
    if (gamma == 0) {
      return others + variance();
    }
    NoisedComponents noised = new NoisedComponents(weights, means, covariances, 1 / gamma);
    double within = noised.within() + others;
    double last = Double.NaN;
    for (int halvings = 1; ; halvings++) {
      double between = noised.between(plane, REACH, StrictMath.scalb(1.0, -halvings));
      boolean stands = Math.abs(between - last) <= TOLERANCE * (within + between);
      if (stands || halvings == (plane == 1 ? 10 : 5)) {
        return within + between;
      }
      last = between;
    }
  }

  private double variance() {
    double[] centre = new double[2];
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      add(centre, means[k], weights[k]);
    }
    for (int k = 0; k < weights.length; k++) {
      double[] gap = means[k].clone();
      add(gap, centre, -1);
      sum += weights[k] * (covariances[k][0] + covariances[k][2] + dot(gap, gap));
    }
    return sum;
  }

  @Override
  public Bracket excess(double from, double to) {
    double start = MmseCurve.snr(from);
    double end = start + MmseCurve.snrStep(from, to);
    double top = mmse(start);
    double sum = 0;
    double right = end;
    while (right > start) {
      double left = Math.max(start, right * StrictMath.exp(-PANEL));
      if (start == 0 && right * top < 1e-2) {
        left = 0;
      }
      sum += panel(top, left, right);
      right = left;
    }
    return Bracket.exact(Math.max(0, sum));
  }

  private double panel(double top, double left, double right) {
    double middle = 0.5 * (left + right);
    double half = 0.5 * (right - left);
    double sum = 0;
    for (int i = 0; i < NODES.length; i++) {
      double lost = 2 * top - mmse(middle - half * NODES[i]) - mmse(middle + half * NODES[i]);
      sum += WEIGHTS[i] * lost;
    }
    return half * sum;
  }
}
