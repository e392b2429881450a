package dev.langevin.interchange;

import dev.langevin.objective.Preconditioning;

/** A network whose answer has the opposite sign: what diffusers' EDM schedulers call {@code v_prediction}. */
record Negated(Preconditioning usual) implements Preconditioning {
  @Override
  public double cSkip(double sigma) {
    return usual.cSkip(sigma);
  }

  @Override
  public double cOut(double sigma) {
    return -usual.cOut(sigma);
  }

  @Override
  public double cIn(double sigma) {
    return usual.cIn(sigma);
  }

  @Override
  public double cNoise(double sigma) {
    return usual.cNoise(sigma);
  }
}
