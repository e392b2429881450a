package dev.langevin.objective;

import dev.langevin.math.Check;

/**
 * A way to go down a gradient: an immutable recipe; {@link #on} gives its worker for so many parameters. Small and plain, for students with a closed-form
 * gradient; networks have the backend's.
 */
public sealed interface Descent {
  /** A worker at its first step. */
  Worker on(int parameters);

  /** Moves parameters; of one thread, allocates nothing per step. */
  interface Worker {
    /**
     * One step down.
     *
     * @param parameters moved in place
     * @param gradient of what is to become small, at these parameters
     */
    void step(double[] parameters, double[] gradient);
  }

  /**
   * θ ← θ - rate · v, v ← momentum · v + ∇ (Polyak 1964).
   *
   * @param rate positive
   * @param momentum at least 0 and below 1
   */
  record Gradient(double rate, double momentum) implements Descent {
    public Gradient {
      Check.positive("rate", rate);
      requireShare("momentum", momentum);
    }

    /** Without momentum. */
    public Gradient(double rate) {
      this(rate, 0);
    }

    @Override
    public Worker on(int parameters) {
      double[] velocity = new double[Check.atLeast("parameters", parameters, 1)];
      return (theta, gradient) -> {
        for (int i = 0; i < velocity.length; i++) {
          velocity[i] = momentum * velocity[i] + gradient[i];
          theta[i] -= rate * velocity[i];
        }
      };
    }
  }

  /**
   * Adam (Kingma &amp; Ba 2015, algorithm 1): m ← β₁m + (1 - β₁)∇, v ← β₂v + (1 - β₂)∇², θ ← θ - rate · m̂/(√v̂ + epsilon), with m̂ = m/(1 - β₁ⁿ) and v̂ likewise.
   *
   * @param rate positive
   * @param beta1 at least 0 and below 1
   * @param beta2 at least 0 and below 1
   * @param epsilon positive
   */
  record Adam(double rate, double beta1, double beta2, double epsilon) implements Descent {
    public Adam {
      Check.positive("rate", rate);
      requireShare("beta1", beta1);
      requireShare("beta2", beta2);
      Check.positive("epsilon", epsilon);
    }

    /** The paper's β₁ = 0.9, β₂ = 0.999, epsilon = 10⁻⁸. */
    public Adam(double rate) {
      this(rate, 0.9, 0.999, 1e-8);
    }

    @Override
    public Worker on(int parameters) {
      return new AdamWorker(this, Check.atLeast("parameters", parameters, 1));
    }
  }

  private static void requireShare(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be at least 0 and below 1, got " + value);
    }
  }
}
