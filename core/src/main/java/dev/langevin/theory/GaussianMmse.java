package dev.langevin.theory;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;

/**
 * The curve of N(μ, Σ): with λ the eigenvalues of Σ and g = λ/(1 + γλ), mmse = Σ g, and over a step Δ of γ the excess is Σ [gΔ - ln(1 + gΔ)].
 *
 * @param lambda eigenvalues of Σ; copied
 */
record GaussianMmse(double[] lambda) implements MmseCurve {
  GaussianMmse {
    lambda = lambda.clone();
  }

  static GaussianMmse of(NormalLaw law) {
    return of(law.matrix());
  }

  /** Of a normal law with this covariance. */
  static GaussianMmse of(DMatrixRMaj covariance) {
    double[] values = Spectrum.of(covariance).values();
    return new GaussianMmse(Arrays.stream(values).map(value -> Math.max(0, value)).toArray());
  }

  @Override
  public int dimension() {
    return lambda.length;
  }

  @Override
  public Source source() {
    return Source.CLOSED_FORM;
  }

  @Override
  public Bracket at(double sigma) {
    return Bracket.exact(sum(sigma, g -> g));
  }

  @Override
  public Bracket excess(double from, double to) {
    double step = MmseCurve.snrStep(from, to);
    return Bracket.exact(sum(from, g -> LogGap.of(g * step)));
  }

  @Override
  public Bracket information(double sigma) {
    double gamma = MmseCurve.snr(sigma);
    return Bracket.exact(
        0.5 * Arrays.stream(lambda).map(value -> StrictMath.log1p(gamma * value)).sum());
  }

  private double sum(double sigma, DoubleUnaryOperator term) {
    double gamma = MmseCurve.snr(sigma);
    return Arrays.stream(lambda)
        .map(value -> term.applyAsDouble(value / (1 + gamma * value)))
        .sum();
  }

  @Override
  public double[] lambda() {
    return lambda.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GaussianMmse that && Arrays.equals(lambda, that.lambda);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(lambda);
  }

  @Override
  public String toString() {
    return "GaussianMmse" + Arrays.toString(lambda);
  }
}
