package dev.langevin.bench;

import dev.langevin.random.Seed;
import dev.langevin.spin.Localisation;
import dev.langevin.spin.SherringtonKirkpatrick;
import dev.langevin.spin.SpinGlass;
import dev.langevin.spin.SpinSampler;
import dev.langevin.spin.SpinSamples;
import dev.langevin.spin.TapMean;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A whole sample of the Sherrington–Kirkpatrick model at β = 0.5 on one thread, alone and as one of eight that share each reading of the couplings;
 * its baseline is one product with the couplings, of which a sample takes about 480.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 1, time = 5)
@Measurement(iterations = 3, time = 5)
public class SpinBenchmark {
  private static final int BATCH = 8;
  private static final double BETA = 0.5;

  /** n. */
  @Param({"500", "1000", "2000"})
  public int spins;

  private SpinGlass glass = new SherringtonKirkpatrick(1, BETA).draw(Seed.of(1));
  private SpinSampler sampler = sampler();
  private double[] x = new double[1];
  private double[] out = new double[1];
  private long next;

  /** Creates a benchmark that {@link #prepare} has yet to fill. */
  public SpinBenchmark() {}

  /** Draws the couplings. */
  @Setup
  public void prepare() {
    glass = new SherringtonKirkpatrick(spins, BETA).draw(Seed.of(1));
    sampler = sampler();
    x = sampler.sample(0, 1, 1, Seed.of(3), Runnable::run).x();
    out = new double[spins];
  }

  private SpinSampler sampler() {
    return SpinSampler.of(glass, Localisation.standard(), TapMean.standard(), Seed.of(2));
  }

  @Benchmark
  public double[] product() {
    glass.model().multiply(x, 1, out);
    return out;
  }

  @Benchmark
  public SpinSamples alone() {
    return sampler.sample(next++, 1, 1, Seed.of(3), Runnable::run);
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public SpinSamples oneOfEight() {
    next += BATCH;
    return sampler.sample(next, BATCH, BATCH, Seed.of(3), Runnable::run);
  }
}
