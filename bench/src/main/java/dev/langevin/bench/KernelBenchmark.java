package dev.langevin.bench;

import dev.langevin.density.target.Gaussian;
import dev.langevin.mcmc.Kernel;
import dev.langevin.mcmc.Leapfrog;
import dev.langevin.mcmc.Mala;
import dev.langevin.mcmc.Metric;
import dev.langevin.mcmc.Outcome;
import dev.langevin.mcmc.State;
import dev.langevin.mcmc.Ula;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time of one leapfrog step and of one Langevin step on a standard Gaussian, whose gradient costs next to nothing: so this is the sampler's
 * own time.
 *
 * <p>Baselines: {@link #copy} moves d numbers once, and a leapfrog step passes over its arrays about four times; {@link #normals} makes the
 * d normals that a Langevin step needs, and is most of it.
 */
@org.openjdk.jmh.annotations.State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {
  /** d. */
  @Param({"10", "1000"})
  public int dimension;

  private final AddressedRandom random = new AddressedRandom(Seed.of(1));
  private double[] source = new double[0];
  private double[] target = new double[0];
  private double[] momentum = new double[0];
  private State state = State.blank(1);
  private Leapfrog leapfrog = new Leapfrog(Gaussian.iid(1), Metric.identity(1));
  private Kernel ula = new Ula(1).on(Gaussian.iid(1));
  private Kernel mala = new Mala(1).on(Gaussian.iid(1));

  /** Creates a benchmark that {@link #prepare} has yet to fill. */
  public KernelBenchmark() {}

  /** Starts at a draw of the target, with a metric away from the identity. */
  @Setup
  public void prepare() {
    double[] inverse = new double[dimension];
    Arrays.fill(inverse, 0.9);
    Gaussian gaussian = Gaussian.iid(dimension);
    source = new double[dimension];
    target = new double[dimension];
    momentum = new double[dimension];
    random.fillGaussian(source, 0, dimension);
    random.fillGaussian(momentum, 0, dimension);
    state = State.at(gaussian, source);
    leapfrog = new Leapfrog(gaussian, Metric.diagonal(inverse));
    ula = new Ula(0.1).on(gaussian);
    mala = new Mala(0.1).on(gaussian);
  }

  /** Baseline: d numbers copied. */
  @Benchmark
  public double[] copy() {
    System.arraycopy(source, 0, target, 0, dimension);
    return target;
  }

  /** Baseline: d normal numbers made. */
  @Benchmark
  public double[] normals() {
    random.fillGaussian(target, 0, dimension);
    return target;
  }

  /** One leapfrog step, one gradient. */
  @Benchmark
  public double[] leapfrog() {
    leapfrog.step(state, momentum, 0.1);
    return momentum;
  }

  /** One step of ULA: d normals, one gradient. */
  @Benchmark
  public Outcome ula() {
    return ula.step(state, random);
  }

  /** One step of MALA: the same and a test. */
  @Benchmark
  public Outcome mala() {
    return mala.step(state, random);
  }
}
