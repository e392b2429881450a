package dev.langevin.solver;

import dev.langevin.density.Density;

/**
 * The target of the inner Markov steps, p(x)^β N(x; 0, s²I)^{1-β} N(y; x, σ²I) up to a constant: at β = 0 the {@link Preposterior}, at β = 1 the posterior.
 * It remembers what p alone said last, so that a change of y, σ or β costs no evaluation.
 */
final class BridgedPosterior implements Density {
  private final Density target;
  private final Preposterior prior;
  private final double[] y;
  private double sigma;
  private double beta;
  private boolean recalling;
  private double logTarget;
  private final double[] score;

  BridgedPosterior(Density target, Preposterior prior) {
    this.target = target;
    this.prior = prior;
    y = new double[target.dimension()];
    score = new double[target.dimension()];
  }

  void condition(double[] y, double sigma, double beta) {
    System.arraycopy(y, 0, this.y, 0, this.y.length);
    this.sigma = sigma;
    this.beta = beta;
  }

  /** log N(y; x, σ²I) without its constant. */
  double logLikelihood(double[] x) {
    return -0.5 * WeightedPoints.squaredDistance(x, y) / (sigma * sigma);
  }

  /** Whether the next evaluations are at the point that {@link #recall} was told of. */
  void recalling(boolean recalling) {
    this.recalling = recalling;
  }

  /** Sets what the target says at the next point. */
  void recall(double logTarget, double[] score) {
    this.logTarget = logTarget;
    System.arraycopy(score, 0, this.score, 0, score.length);
  }

  /** log p at the last point. */
  double logTarget() {
    return logTarget;
  }

  /** ∇ log p at the last point, not a copy. */
  double[] targetScore() {
    return score;
  }

  @Override
  public int dimension() {
    return y.length;
  }

  @Override
  public double logDensity(double[] x, double[] gradient) {
    if (!recalling) {
      logTarget = target.logDensity(x, score);
    }
    if (!(Math.abs(logTarget) < Double.POSITIVE_INFINITY)) {
      return logTarget;
    }
    double pull = 1 / (sigma * sigma);
    double shrink = (1 - beta) / (prior.scale() * prior.scale());
    for (int j = 0; j < y.length; j++) {
      gradient[j] = beta * score[j] - shrink * x[j] - pull * (x[j] - y[j]);
    }
    return beta * logTarget + (1 - beta) * prior.logPrior(x) + logLikelihood(x);
  }
}
