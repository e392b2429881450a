package dev.langevin.theory;

import dev.langevin.density.target.GaussianMixture;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ejml.data.DMatrixRMaj;

/**
 * The curve of a mixture Σ w_k N(μ_k, Σ_k): with λ_ki the eigenvalues of Σ_k
 *
 * <pre>
 *   mmse = Σ_k w_k Σ_i λ_ki/(1 + γλ_ki)  +  E tr B(y)
 * </pre>
 *
 * <p>the spread within the components, in closed form with all its integrals, and the doubt between them ({@link NoisedComponents}), by quadrature and tabulated ({@link DoubtTable}).
 *
 * <p>The second coordinate is empty on the line. Where all Σ_k = vI, what lies across the means' line or plane has v/(1 + γv) for each coordinate.
 */
final class MixtureMmse implements MmseCurve {
  private final int dimension;
  private final boolean plane;
  private final double[] weights;
  private final double[][] means; // of two coordinates
  private final double[][] covariances; // {Σ₁₁, Σ₁₂, Σ₂₂}
  private final double[] shares; // of the eigenvalues
  private final double[] lambda; // all Σ's eigenvalues
  private final DoubtTable doubt;

  private MixtureMmse(
      int dimension,
      int plane,
      double across,
      double[] weights,
      double[][] means,
      double[][] covariances) {
    this.dimension = dimension;
    this.plane = plane == 2;
    this.weights = weights;
    this.means = means;
    this.covariances = covariances;
    int n = weights.length;
    shares = new double[2 * n + 1];
    lambda = new double[2 * n + 1];
    for (int k = 0; k < n; k++) {
      double[] c = covariances[k];
      double middle = 0.5 * (c[0] + c[2]);
      double radius = StrictMath.hypot(0.5 * (c[0] - c[2]), c[1]);
      lambda[2 * k] = middle + radius;
      lambda[2 * k + 1] = Math.max(0, c[0] * c[2] - c[1] * c[1]) / (middle + radius);
      shares[2 * k] = weights[k];
      shares[2 * k + 1] = weights[k];
    }
    lambda[2 * n] = across;
    shares[2 * n] = dimension - plane;
    doubt = new DoubtTable(1 / extent(), this::tabulated);
  }

  /** The curve; empty if there are more than two dimensions and the mixture is none of one variance with its means in a plane. */
  static Optional<MmseCurve> of(GaussianMixture data) {
    int d = data.dimension();
    double[][] means = data.means();
    double[][][] full = data.covariances();
    if (means.length == 1) {
      return Optional.of(GaussianMmse.of(new DMatrixRMaj(full[0])));
    }
    OptionalDouble one = oneVariance(full);
    if (one.isPresent()) {
      return reduced(data.weights(), means, one.getAsDouble(), d);
    }
    if (d > 2) {
      return Optional.empty();
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
    return Optional.of(new MixtureMmse(d, d, 0, data.weights(), flat, forms));
  }

  /** v, if all covariances are vI. */
  private static OptionalDouble oneVariance(double[][][] covariances) {
    double v = covariances[0][0][0];
    for (double[][] covariance : covariances) {
      for (int i = 0; i < covariance.length; i++) {
        for (int j = 0; j < covariance.length; j++) {
          if (Math.abs(covariance[i][j] - (i == j ? v : 0)) > 1e-12 * v) {
            return OptionalDouble.empty();
          }
        }
      }
    }
    return OptionalDouble.of(v);
  }

  private static Optional<MmseCurve> reduced(double[] weights, double[][] means, double v, int d) {
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
        return Optional.empty();
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
    return Optional.of(new MixtureMmse(d, plane, v, weights, flat, forms));
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

  /** Σ share · (λ/(1 + γλ))^power. */
  private double within(double gamma, int power) {
    double sum = 0;
    for (int i = 0; i < lambda.length; i++) {
      double g = lambda[i] / (1 + gamma * lambda[i]);
      sum += shares[i] * (power == 1 ? g : g * g);
    }
    return sum;
  }

  /** The largest square of a distance that noise can hide. */
  private double extent() {
    double most = Arrays.stream(lambda).max().orElseThrow();
    for (double[] mean : means) {
      double[] gap = mean.clone();
      add(gap, means[0], -1);
      most = Math.max(most, dot(gap, gap));
    }
    return most;
  }

  /** The variance of the means. */
  private double between() {
    double[] centre = new double[2];
    for (int k = 0; k < weights.length; k++) {
      add(centre, means[k], weights[k]);
    }
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      double[] gap = means[k].clone();
      add(gap, centre, -1);
      sum += weights[k] * dot(gap, gap);
    }
    return sum;
  }

  private double[] tabulated(double gamma) {
    double within = within(gamma, 1);
    double slope = within(gamma, 2);
    double[] beyond = new NoisedComponents(plane, weights, means, covariances, 1 / gamma).beyond();
    return new double[] {beyond[0], beyond[1], within + beyond[0], slope + beyond[1]};
  }

  @Override
  public Bracket at(double sigma) {
    double gamma = MmseCurve.snr(sigma);
    double between = gamma == 0 ? between() : doubt.at(gamma);
    return Bracket.exact(within(gamma, 1) + Math.max(0, between));
  }

  @Override
  public Bracket excess(double from, double to) {
    double gamma = MmseCurve.snr(from);
    double step = MmseCurve.snrStep(from, to);
    double sum = doubt.excess(gamma, step);
    for (int i = 0; i < lambda.length; i++) {
      sum += shares[i] * LogGap.of(lambda[i] / (1 + gamma * lambda[i]) * step);
    }
    return Bracket.exact(Math.max(0, sum));
  }

  @Override
  public Bracket information(double sigma) {
    double gamma = MmseCurve.snr(sigma);
    double sum = doubt.integral(gamma);
    for (int i = 0; i < lambda.length; i++) {
      sum += shares[i] * StrictMath.log1p(gamma * lambda[i]);
    }
    return Bracket.exact(0.5 * Math.max(0, sum));
  }
}
