package dev.langevin.objective;

/** The worker of {@link Descent.Adam}. */
final class AdamWorker implements Descent.Worker {
  private final Descent.Adam recipe;
  private final double[] first;
  private final double[] second;
  private double firstBias = 1; // β₁ⁿ
  private double secondBias = 1; // β₂ⁿ

  AdamWorker(Descent.Adam recipe, int parameters) {
    this.recipe = recipe;
    first = new double[parameters];
    second = new double[parameters];
  }

  @Override
  public void step(double[] parameters, double[] gradient) {
    firstBias *= recipe.beta1();
    secondBias *= recipe.beta2();
    for (int i = 0; i < first.length; i++) {
      double g = gradient[i];
      first[i] = recipe.beta1() * first[i] + (1 - recipe.beta1()) * g;
      second[i] = recipe.beta2() * second[i] + (1 - recipe.beta2()) * g * g;
      double scale = Math.sqrt(second[i] / (1 - secondBias)) + recipe.epsilon();
      parameters[i] -= recipe.rate() * first[i] / (1 - firstBias) / scale;
    }
  }
}
