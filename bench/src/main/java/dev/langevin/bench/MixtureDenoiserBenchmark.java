package dev.langevin.bench;

import dev.langevin.density.target.GaussianMixture;
import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.GaussianMixtureDenoiser;
import dev.langevin.diffusion.ParallelDenoiser;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time a row of the exact denoiser of a mixture of 100 components in 64 dimensions, beside the plain loop that one would write by hand over the same arrays: means, gains, and for
 * full covariances eigenvectors, all made beforehand. Every component has a share in every row, so nothing is left out by underflow. The loop may use {@link Math#exp}, which the library may not.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MixtureDenoiserBenchmark {
  private static final int K = 100;
  private static final int D = 64;
  private static final int ROWS = 256;
  private static final double SIGMA = 1;

  /** The covariances' shape. */
  @Param({"isotropic", "diagonal", "full"})
  public String shape = "isotropic";

  private final AddressedRandom random = new AddressedRandom(Seed.of(1));
  private final double[] y = new double[ROWS * D];
  private final double[] out = new double[ROWS * D];
  private final double[][] means = new double[K][D];
  private final double[][] variances = new double[K][D];
  private final double[][] basis = new double[K][D * D]; // row i is the i-th eigenvector
  private final double[] constants = new double[K];
  private final double[][] gains = new double[K][D];
  private final double[][] precisions = new double[K][D];
  private final double[] logs = new double[K];
  private final double[] centred = new double[D];
  private final double[][] shrunk = new double[K][D];
  private final int threads = Runtime.getRuntime().availableProcessors();
  private final ExecutorService executor = Executors.newFixedThreadPool(threads);
  private Denoiser alone = new GaussianMixtureDenoiser(unit());
  private Denoiser together = alone;

  /** Creates a benchmark that {@link #prepare} has yet to fill. */
  public MixtureDenoiserBenchmark() {}

  private static GaussianMixture unit() {
    return GaussianMixture.isotropic(new double[] {1}, new double[1][D], new double[] {1});
  }

  /** Makes the mixture, what the loop needs of it, and rows from it under noise. */
  @Setup
  public void prepare() {
    double[] weights = new double[K];
    for (int k = 0; k < K; k++) {
      weights[k] = 1.0 / K;
      random.fillGaussian(means[k], 0, D);
      double v = 0.5 + 0.5 * random.nextDouble();
      constants[k] = Math.log(weights[k]);
      for (int i = 0; i < D; i++) {
        variances[k][i] = shape.equals("isotropic") ? v : 0.2 + random.nextDouble();
        double total = variances[k][i] + SIGMA * SIGMA;
        gains[k][i] = variances[k][i] / total;
        precisions[k][i] = 1 / total;
        constants[k] -= 0.5 * Math.log(total);
      }
    }
    GaussianMixtureDenoiser exact = new GaussianMixtureDenoiser(mixture(weights));
    alone = exact;
    together = new ParallelDenoiser(exact::fork, threads, 16, executor);
    for (int r = 0; r < ROWS; r++) {
      for (int j = 0; j < D; j++) {
        y[r * D + j] = means[r % K][j] + 1.3 * random.nextGaussian();
      }
    }
    requireAgreement();
  }

  private void requireAgreement() {
    double[] found = hand().clone();
    library();
    for (int i = 0; i < found.length; i++) {
      if (Math.abs(found[i] - out[i]) > 1e-10) {
        throw new IllegalStateException("the loop and the library differ at " + i);
      }
    }
  }

  private GaussianMixture mixture(double[] weights) {
    double[][] sds = new double[K][D];
    double[] sd = new double[K];
    double[][][] full = new double[K][D][D];
    for (int k = 0; k < K; k++) {
      for (int i = 0; i < D; i++) {
        sds[k][i] = Math.sqrt(variances[k][i]);
      }
      sd[k] = sds[k][0];
      if (shape.equals("full")) {
        turn(basis[k]);
        fill(basis[k], variances[k], full[k]);
      }
    }
    return switch (shape) {
      case "isotropic" -> GaussianMixture.isotropic(weights, means, sd);
      case "diagonal" -> GaussianMixture.diagonal(weights, means, sds);
      default -> GaussianMixture.of(weights, means, full);
    };
  }

  /** Fills D orthonormal rows (Gram and Schmidt, twice). */
  private void turn(double[] rows) {
    random.fillGaussian(rows, 0, D * D);
    for (int i = 0; i < D; i++) {
      for (int pass = 0; pass < 2; pass++) {
        for (int m = 0; m < i; m++) {
          subtract(rows, i, m, dot(rows, i, m));
        }
      }
      double norm = Math.sqrt(dot(rows, i, i));
      for (int j = 0; j < D; j++) {
        rows[i * D + j] /= norm;
      }
    }
  }

  private static double dot(double[] rows, int i, int m) {
    double sum = 0;
    for (int j = 0; j < D; j++) {
      sum += rows[i * D + j] * rows[m * D + j];
    }
    return sum;
  }

  private static void subtract(double[] rows, int i, int m, double factor) {
    for (int j = 0; j < D; j++) {
      rows[i * D + j] -= factor * rows[m * D + j];
    }
  }

  private static void fill(double[] rows, double[] lambda, double[][] matrix) {
    for (int m = 0; m < D; m++) {
      for (int i = 0; i < D; i++) {
        for (int j = 0; j < D; j++) {
          matrix[i][j] += lambda[m] * rows[m * D + i] * rows[m * D + j];
        }
      }
    }
  }

  /** Stops the threads. */
  @TearDown
  public void stop() {
    executor.shutdown();
  }

  /** Baseline: the plain loop, on one thread. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public double[] hand() {
    Arrays.fill(out, 0);
    for (int r = 0; r < ROWS; r++) {
      switch (shape) {
        case "isotropic" -> isotropicRow(r * D);
        case "diagonal" -> diagonalRow(r * D);
        default -> fullRow(r * D);
      }
    }
    return out;
  }

  private void isotropicRow(int at) {
    for (int k = 0; k < K; k++) {
      double[] mean = means[k];
      double square = 0;
      for (int j = 0; j < D; j++) {
        double off = y[at + j] - mean[j];
        square += off * off;
      }
      logs[k] = constants[k] - 0.5 * precisions[k][0] * square;
    }
    share();
    for (int k = 0; k < K; k++) {
      double[] mean = means[k];
      double gain = gains[k][0];
      for (int j = 0; j < D; j++) {
        out[at + j] += logs[k] * (mean[j] + gain * (y[at + j] - mean[j]));
      }
    }
  }

  private void diagonalRow(int at) {
    for (int k = 0; k < K; k++) {
      double[] mean = means[k];
      double[] precision = precisions[k];
      double square = 0;
      for (int j = 0; j < D; j++) {
        double off = y[at + j] - mean[j];
        square += off * off * precision[j];
      }
      logs[k] = constants[k] - 0.5 * square;
    }
    share();
    for (int k = 0; k < K; k++) {
      double[] mean = means[k];
      double[] gain = gains[k];
      for (int j = 0; j < D; j++) {
        out[at + j] += logs[k] * (mean[j] + gain[j] * (y[at + j] - mean[j]));
      }
    }
  }

  private void fullRow(int at) {
    for (int k = 0; k < K; k++) {
      double[] rows = basis[k];
      for (int j = 0; j < D; j++) {
        centred[j] = y[at + j] - means[k][j];
      }
      double square = 0;
      for (int i = 0; i < D; i++) {
        double u = 0;
        for (int j = 0; j < D; j++) {
          u += rows[i * D + j] * centred[j];
        }
        square += u * u * precisions[k][i];
        shrunk[k][i] = gains[k][i] * u;
      }
      logs[k] = constants[k] - 0.5 * square;
    }
    share();
    for (int k = 0; k < K; k++) {
      double[] rows = basis[k];
      for (int j = 0; j < D; j++) {
        out[at + j] += logs[k] * means[k][j];
      }
      for (int i = 0; i < D; i++) {
        double u = logs[k] * shrunk[k][i];
        for (int j = 0; j < D; j++) {
          out[at + j] += u * rows[i * D + j];
        }
      }
    }
  }

  /** Turns logarithms into shares. */
  private void share() {
    double largest = Double.NEGATIVE_INFINITY;
    for (double value : logs) {
      largest = Math.max(largest, value);
    }
    double sum = 0;
    for (int k = 0; k < K; k++) {
      logs[k] = Math.exp(logs[k] - largest);
      sum += logs[k];
    }
    for (int k = 0; k < K; k++) {
      logs[k] /= sum;
    }
  }

  /** The library, on one thread. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public double[] library() {
    alone.denoise(y, ROWS, SIGMA, out);
    return out;
  }

  /** The library, on all cores. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public double[] parallel() {
    together.denoise(y, ROWS, SIGMA, out);
    return out;
  }
}
