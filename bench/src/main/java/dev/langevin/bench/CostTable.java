package dev.langevin.bench;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.GaussianMixtureDenoiser;
import dev.langevin.random.Seed;
import dev.langevin.solver.Ddim;
import dev.langevin.solver.ExponentialIntegrator;
import dev.langevin.solver.Generation;
import dev.langevin.solver.Heun;
import dev.langevin.solver.Solver;
import dev.langevin.solver.StepListener;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prints what generation costs, with the exact denoiser of an isotropic mixture of {@value #K} components, on one thread: nanoseconds for each row, step and coordinate, with one of dimension, rows and
 * steps varied at a time, and the exponent of the time fitted over its range, log(time) against log(size) by least squares. A cost that is linear has the exponent 1.
 *
 * <p>Time is that of the thread on a processor, so that waiting for one does not count; every figure is the least of {@value #RUNS} runs of at least {@value #LEAST} s each, after one that warms up: what else
 * the machine does can only add. Argument: part of a solver's name (all).
 */
public final class CostTable {
  private static final int K = 10;
  private static final int RUNS = 3;
  private static final double LEAST = 0.1;
  private static final int DIMENSION = 1000;
  private static final int ROWS = 30;
  private static final int STEPS = 30;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CostTable() {}

  /** One size, and the seconds of one generation. */
  private record Cell(int dimension, int rows, int steps, double seconds) {
    static Cell measure(Solver solver, int dimension, int rows, int steps) {
      GaussianMixtureDenoiser denoiser = new GaussianMixtureDenoiser(mixture(dimension));
      Generation generation = new Generation(solver, steps, 0.01, 80);
      double best = Double.POSITIVE_INFINITY;
      timed(generation, denoiser, rows);
      for (int run = 0; run < RUNS; run++) {
        best = Math.min(best, timed(generation, denoiser, rows));
      }
      return new Cell(dimension, rows, steps, best);
    }

    double nanoseconds() {
      return 1e9 * seconds / ((double) dimension * rows * steps);
    }
  }

  private static GaussianMixture mixture(int dimension) {
    double[] weights = new double[K];
    double[][] means = new double[K][dimension];
    double[] sds = new double[K];
    for (int k = 0; k < K; k++) {
      weights[k] = k + 1.0;
      sds[k] = 0.3 + 0.02 * k;
      Seed.of(k).random().fillGaussian(means[k], 0, dimension);
    }
    return GaussianMixture.isotropic(weights, means, sds);
  }

  /** Of one generation, as the mean over as many as {@value #LEAST} s take. */
  private static double timed(Generation generation, GaussianMixtureDenoiser denoiser, int rows) {
    long begin = THREADS.getCurrentThreadCpuTime();
    int times = 0;
    double passed = 0;
    while (passed < LEAST) {
      generation.sample(denoiser, rows, Math.min(rows, 64), Seed.of(times), StepListener.NONE);
      times++;
      passed = 1e-9 * (THREADS.getCurrentThreadCpuTime() - begin);
    }
    return passed / times;
  }

  /** The slope of log(seconds) against log(size) by least squares. */
  private static double exponent(List<Cell> cells, List<Integer> sizes) {
    double n = cells.size();
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < cells.size(); i++) {
      double size = Math.log(sizes.get(i));
      double time = Math.log(cells.get(i).seconds());
      x += size / n;
      y += time / n;
      xx += size * size / n;
      xy += size * time / n;
    }
    return (xy - x * y) / (xx - x * x);
  }

  /** Measures over one axis: 0 the dimension, 1 the rows, 2 the steps. */
  private static void row(PrintStream out, Solver solver, int axis, List<Integer> sizes) {
    String[] names = {"d", "n", "steps"};
    List<Cell> cells = new ArrayList<>();
    for (int size : sizes) {
      int[] sizesOfAll = {DIMENSION, ROWS, STEPS};
      sizesOfAll[axis] = size;
      cells.add(Cell.measure(solver, sizesOfAll[0], sizesOfAll[1], sizesOfAll[2]));
    }
    StringBuilder line = new StringBuilder("| " + solver.name() + " | " + names[axis] + " |");
    for (int i = 0; i < sizes.size(); i++) {
      line.append(
          String.format(Locale.ROOT, " %d: %.2f |", sizes.get(i), cells.get(i).nanoseconds()));
    }
    out.println(line + String.format(Locale.ROOT, " %.3f |", exponent(cells, sizes)));
  }

  /** Prints the table. */
  public static void main(String[] args) {
    String part = args.length > 0 ? args[0] : "";
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println("| solver | varied | ns for each row, step and coordinate | | | | exponent |");
    out.println("|---|---|---|---|---|---|---|");
    for (Solver solver : List.of(new Ddim(0), new Heun(), new ExponentialIntegrator())) {
      if (solver.name().contains(part)) {
        Cell.measure(solver, DIMENSION, ROWS, STEPS); // until all of it is compiled
        row(out, solver, 0, List.of(100, 1000, 10_000, 100_000));
        row(out, solver, 1, List.of(1, 10, 100, 1000));
        row(out, solver, 2, List.of(10, 30, 100, 1000));
      }
    }
  }
}
