package dev.langevin.bench;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import dev.langevin.solver.Heun;
import dev.langevin.solver.Solver;
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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time of one step of a solver with 64 rows of 3,072 numbers, an image of 32 × 32 in colour, beside a denoiser that does nothing: the solver's own time, without the
 * random numbers, which {@link #normals} measures for a step of one noise. {@link #copy} moves the rows once.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SolverBenchmark {
  private static final int ROWS = 64;
  private static final int DIMENSION = 3072;
  private static final int STEPS = 20;

  /** A solver of the menu, by its name; all of them. */
  @Param({
    "heun",
    "exponential",
    "euler",
    "annealed",
    "ddim",
    "ddpm",
    "euler-ancestral",
    "dpm++2m",
    "dpm++3m",
    "dpm++sde",
    "unipc",
    "adams-bashforth",
    "plms",
    "edm-stochastic",
    "euler-maruyama",
    "adaptive-rk",
    "predictor-corrector"
  })
  public String solver = "heun";

  private final double[] start = new double[ROWS * DIMENSION];
  private final double[] x = new double[ROWS * DIMENSION];
  private double[] z = new double[ROWS * DIMENSION];
  private final AddressedRandom random = new AddressedRandom(Seed.of(1));
  private Solver.Worker worker = new Heun().on(new Idle(), TimeGrid.uniform(2, 2, 1), 1);
  private int step;

  /** Creates a benchmark that {@link #prepare} has yet to fill. */
  public SolverBenchmark() {}

  /** Answers at once; what it leaves in {@code out}, zeros, is as good as any number. */
  private static final class Idle implements Denoiser {
    @Override
    public int dimension() {
      return DIMENSION;
    }

    @Override
    public void denoise(double[] y, int rows, double sigma, double[] out) {
      // the time of a denoiser is not what is measured
    }
  }

  /** Places the solver on twenty levels. */
  @Setup
  public void prepare() {
    Solver chosen =
        Solver.menu().stream().filter(s -> s.name().equals(solver)).findFirst().orElseThrow();
    TimeGrid grid = TimeGrid.exponential(STEPS + 1, 0.01, 80).onClockOf(chosen.noising());
    worker = chosen.on(new Idle(), grid, ROWS);
    z = new double[Math.max(1, chosen.noises()) * ROWS * DIMENSION];
    random.fillGaussian(start, 0, start.length);
    System.arraycopy(start, 0, x, 0, x.length);
    random.fillGaussian(z, 0, z.length);
  }

  /** Baseline: the rows copied. */
  @Benchmark
  public double[] copy() {
    System.arraycopy(z, 0, x, 0, x.length);
    return x;
  }

  /** Baseline: as many normal numbers made. */
  @Benchmark
  public double[] normals() {
    random.fillGaussian(x, 0, x.length);
    return x;
  }

  /** One step, to a level above 0. Every run of twenty begins anew, or else the rows would shrink to numbers that a processor is slow with; that costs a twentieth of {@link #copy}. */
  @Benchmark
  public double[] step() {
    if (step == 0) {
      System.arraycopy(start, 0, x, 0, x.length);
    }
    worker.step(step, x, ROWS, z);
    step = (step + 1) % STEPS;
    return x;
  }
}
