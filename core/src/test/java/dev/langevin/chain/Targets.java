package dev.langevin.chain;

import dev.langevin.density.Model;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleUnaryOperator;

/** Small models for the tests of chains. */
final class Targets {
  private Targets() {}

  /**
   * log y ~ N(1, 0.5²) and z ~ N(0, 3²); reports y, z and their product. Has scratch state, so that sharing it among threads would show.
   */
  static final class Positive implements Model {
    final AtomicInteger forks;
    private final double[] scratch = new double[2];

    Positive() {
      this(new AtomicInteger());
    }

    private Positive(AtomicInteger forks) {
      this.forks = forks;
    }

    @Override
    public String name() {
      return "positive";
    }

    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public List<String> outputs() {
      return List.of("y", "z", "yz");
    }

    @Override
    public double logDensity(double[] x, double[] gradient) {
      scratch[0] = (x[0] - 1) / 0.5;
      scratch[1] = x[1] / 3;
      gradient[0] = -scratch[0] / 0.5;
      gradient[1] = -scratch[1] / 3;
      return -0.5 * (scratch[0] * scratch[0] + scratch[1] * scratch[1]);
    }

    @Override
    public void report(double[] x, double[] out) {
      out[0] = StrictMath.exp(x[0]);
      out[1] = x[1];
      out[2] = out[0] * out[1];
    }

    @Override
    public Positive fork() {
      forks.incrementAndGet();
      return new Positive(forks);
    }
  }

  /** A density in one dimension with this logarithm, and -x as gradient. */
  record Line(DoubleUnaryOperator log) implements Model {
    @Override
    public String name() {
      return "line";
    }

    @Override
    public int dimension() {
      return 1;
    }

    @Override
    public List<String> outputs() {
      return List.of("x");
    }

    @Override
    public double logDensity(double[] x, double[] gradient) {
      gradient[0] = -x[0];
      return log.applyAsDouble(x[0]);
    }

    @Override
    public void report(double[] x, double[] out) {
      out[0] = x[0];
    }
  }
}
