package dev.langevin.tensor;

/**
 * The shares that a batch is cut into: parameters of the same numbers with gradients of their own, whose losses are computed side by side and added up in their order. How many
 * there are decides about rounding, so it must not depend on the number of threads.
 */
final class Shares implements AutoCloseable {
  private final Parameters[] shares;
  private final int batch;

  /**
   * So many shares. To be called inside a scope.
   *
   * @param weights the first share's parameters, which the sum of the gradients is left in; closed with the shares
   * @param batch rows of a batch
   */
  Shares(Parameters weights, int batch, int count) {
    this.batch = batch;
    shares = new Parameters[count];
    shares[0] = weights;
    for (int i = 1; i < count; i++) {
      shares[i] = weights.twin();
    }
  }

  /** What is done with a share. */
  interface Work {
    /**
     * Adds to the gradient of {@code parameters}, which is zero, and returns the rows' part of the loss.
     *
     * @param share its number
     * @param from its first row in the batch
     */
    double backward(Parameters parameters, int share, int from, int rows);
  }

  /** How many there are. */
  int count() {
    return shares.length;
  }

  /** The loss of the batch; its gradient is left in the first share's. */
  double gradient(Work work) {
    double[] losses = new double[shares.length];
    Workers.run(shares.length, share -> Scope.run(() -> losses[share] = backward(work, share)));
    double loss = losses[0];
    for (int share = 1; share < shares.length; share++) {
      shares[0].gradient().add_(shares[share].gradient());
      loss += losses[share];
    }
    return loss;
  }

  private double backward(Work work, int share) {
    int from = (int) ((long) batch * share / shares.length);
    int rows = (int) ((long) batch * (share + 1) / shares.length) - from;
    shares[share].gradient().zero_();
    return work.backward(shares[share], share, from, rows);
  }

  @Override
  public void close() {
    for (Parameters share : shares) {
      share.close();
    }
  }
}
