package dev.langevin.bench;

import dev.langevin.density.Model;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Independent pairs x ~ N(1, 1), y | x ~ N(x², 0.1): log p = -½ Σ ((x - 1)² + (y - x²)²/0.1). All x stand before all y. The form of
 * Grumitt et al. 2022 and of the MAMS paper, with d = 36.
 */
record Rosenbrock(int pairs) implements Model {
  static final double VARIANCE = 0.1;

  @Override
  public String name() {
    return "rosenbrock";
  }

  @Override
  public int dimension() {
    return 2 * pairs;
  }

  @Override
  public double logDensity(double[] x, double[] gradient) {
    double sum = 0;
    for (int i = 0; i < pairs; i++) {
      double first = x[i] - 1;
      double second = (x[pairs + i] - x[i] * x[i]) / VARIANCE;
      gradient[i] = -first + 2 * x[i] * second;
      gradient[pairs + i] = -second;
      sum += first * first + VARIANCE * second * second;
    }
    return -0.5 * sum;
  }

  @Override
  public List<String> outputs() {
    return Stream.concat(
            IntStream.rangeClosed(1, pairs).mapToObj(i -> "x[" + i + "]"),
            IntStream.rangeClosed(1, pairs).mapToObj(i -> "y[" + i + "]"))
        .toList();
  }

  @Override
  public void report(double[] x, double[] out) {
    System.arraycopy(x, 0, out, 0, x.length);
  }
}
