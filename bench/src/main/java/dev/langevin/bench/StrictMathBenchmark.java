package dev.langevin.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What bit-identical transcendental functions cost: {@link StrictMath} beside {@link Math}, ns per value. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class StrictMathBenchmark {
  private static final int N = 1000;

  private final double[] values = new double[N];

  /** Arguments between 0.1 and 10. */
  public StrictMathBenchmark() {
    for (int i = 0; i < N; i++) {
      values[i] = 0.1 + 9.9 * ((i * 617) % N) / N;
    }
  }

  @Benchmark
  @OperationsPerInvocation(N)
  public double exp() {
    double sum = 0;
    for (double value : values) {
      sum += Math.exp(value);
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(N)
  public double strictExp() {
    double sum = 0;
    for (double value : values) {
      sum += StrictMath.exp(value);
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(N)
  public double log() {
    double sum = 0;
    for (double value : values) {
      sum += Math.log(value);
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(N)
  public double strictLog() {
    double sum = 0;
    for (double value : values) {
      sum += StrictMath.log(value);
    }
    return sum;
  }
}
