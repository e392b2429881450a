package dev.langevin.tensor;

/** Training met a number that is not finite; the trainer's weights are not to be used any more. */
public final class TrainingFailure extends IllegalStateException {
  private static final long serialVersionUID = 1;

  private final long step;
  private final String tensor;

  TrainingFailure(long step, String tensor) {
    super(
        "training left the finite numbers at step "
            + step
            + " in "
            + tensor
            + ": take a lower learning rate or a lower gradient clip, and check that the data are scaled");
    this.step = step;
    this.tensor = tensor;
  }

  /** The optimizer step, counted from 0, at which it showed. */
  public long step() {
    return step;
  }

  /** {@code loss}, {@code gradient of NAME}, or the name of a weight. */
  public String tensor() {
    return tensor;
  }
}
