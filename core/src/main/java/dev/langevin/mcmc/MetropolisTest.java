package dev.langevin.mcmc;

/** The end of a Metropolis–Hastings step without momentum: exchanges or not, and tells. */
final class MetropolisTest {
  private final Outcome outcome = new Outcome();

  /**
   * Accepts with probability min(1, p(y)/p(x) · exp(logRatio)).
   *
   * @param state x, moved if accepted
   * @param proposal y, evaluated once
   * @param logRatio log q(x|y) - log q(y|x)
   * @param u uniform on [0, 1)
   */
  Outcome decide(State state, State proposal, double logRatio, double u) {
    double logDensity = proposal.logDensity();
    if (!(logDensity < Double.POSITIVE_INFINITY)) {
      return outcome.diverged("log density", logDensity, Double.NaN, 1);
    }
    if (!(logRatio < Double.POSITIVE_INFINITY)) {
      return outcome.diverged("log ratio of the proposals", logRatio, Double.NaN, 1);
    }
    double gain = logDensity - state.logDensity() + logRatio;
    double acceptance = StrictMath.exp(Math.min(0, gain));
    if (u < acceptance) {
      state.exchange(proposal);
      return outcome.moved(acceptance, Double.NaN, 1);
    }
    return outcome.stayed(acceptance, Double.NaN, 1);
  }
}
