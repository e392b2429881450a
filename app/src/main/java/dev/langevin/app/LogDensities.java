package dev.langevin.app;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.DifferentiableDenoiser;
import dev.langevin.io.Csv;
import dev.langevin.io.InputError;
import dev.langevin.io.Provenance;
import dev.langevin.math.Spread;
import dev.langevin.random.AddressedRandom;
import dev.langevin.random.Seed;
import dev.langevin.solver.Likelihood;
import dev.langevin.solver.Quantisation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * How likely rows are under a model, row by row ({@link Likelihood}), on the data's own scale. Coordinates that are whole numbers are made continuous first: c becomes c + u - ½ with u uniform, and where all are
 * whole, as in pictures, the log density is told in bits per dimension, too (see {@link Quantisation} for what they bound).
 *
 * @param recipe levels, tolerance and probes
 * @param scaling between the data's scale and the model's
 * @param width numbers in a row
 * @param seed address of u and of the probes
 */
record LogDensities(Likelihood recipe, Scaling scaling, int width, Seed seed) {
  private static final int EXACT = 16; // coordinates, at most, unless said otherwise
  private static final int PROBES = 8;
  private static final double TOLERANCE = 0.005; // nats a coordinate
  private static final Quantisation WHOLE = new Quantisation(2, -0.5, 1.5); // bins of width 1

  /**
   * One row's.
   *
   * @param nats log p
   * @param standardError of it, from the probes; 0 where the trace is exact
   * @param evaluations how many rows the model was asked for, with products of its Jacobian
   */
  record Row(double nats, double standardError, long evaluations) {}

  /**
   * The usual ones.
   *
   * @param probes how many; 0 for the exact trace; empty for it up to 16 coordinates, and 8 above
   */
  static LogDensities of(
      ModelSource model, double sigmaMin, double sigmaMax, OptionalInt probes, Seed seed) {
    int d = model.denoiser().dimension();
    Likelihood recipe =
        new Likelihood(
            sigmaMin,
            sigmaMax,
            TOLERANCE * d,
            probes.orElse(d <= EXACT ? 0 : PROBES),
            Likelihood.Probe.RADEMACHER);
    return new LogDensities(recipe, model.scaling(), d, seed);
  }

  /** Refuses a number of probes from which no error can be told. */
  static void requireProbes(int probes) {
    if (probes < 0 || probes == 1 || probes > 100_000) {
      throw new IllegalArgumentException("probes must be 0 or from 2 to 100000, got " + probes);
    }
  }

  /** Whether there are bits to be told. */
  boolean inBits() {
    for (int j = 0; j < width; j++) {
      if (!scaling.isWhole(j)) {
        return false;
      }
    }
    return true;
  }

  /** Bits per dimension of a log density. */
  double bits(double nats) {
    return WHOLE.bitsPerDimension(nats, width);
  }

  /**
   * The rows' log densities; fewer if the user stops it. They do not depend on the number of threads.
   *
   * @param first the number of the first row, its address
   * @param denoisers called once for each thread, if they fork
   * @throws InputError if the model is no density, or the tolerance cannot be met
   */
  List<Row> of(
      double[] rows,
      int first,
      Supplier<Denoiser> denoisers,
      boolean forks,
      int threads,
      Console console) {
    int count = rows.length / width;
    List<Row> done = new ArrayList<>();
    int workers = forks ? Math.min(threads, count) : 1;
    ExecutorService executor = Executors.newFixedThreadPool(workers);
    try (Progress progress = console.progress("log densities", count, "rows")) {
      ThreadLocal<DifferentiableDenoiser> own =
          ThreadLocal.withInitial(() -> differentiable(denoisers.get()));
      for (int at = 0; at < count && !console.cancelled(); at += workers) {
        List<Future<Row>> some = new ArrayList<>();
        for (int r = at; r < Math.min(count, at + workers); r++) {
          double[] x = Arrays.copyOfRange(rows, r * width, (r + 1) * width);
          Seed address = seed.child(first + r);
          some.add(executor.submit(() -> one(x, own.get(), address)));
        }
        for (Future<Row> row : some) {
          done.add(result(row));
        }
        progress.advanceTo(done.size());
      }
    } finally {
      executor.shutdown();
    }
    return done;
  }

  private static DifferentiableDenoiser differentiable(Denoiser denoiser) {
    if (denoiser instanceof DifferentiableDenoiser density) {
      return density;
    }
    throw new InputError(
        "--likelihood",
        "a guided denoiser is the score of no law, so there is no density",
        "leave out --guidance, or --likelihood");
  }

  private static Row result(Future<Row> row) {
    try {
      return row.get();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    } catch (java.util.concurrent.ExecutionException failed) {
      if (failed.getCause() instanceof ArithmeticException hard) {
        throw new InputError(
            "--likelihood",
            "the flow cannot be integrated to the tolerance (" + hard.getMessage() + ")",
            "take a larger --sigma-min",
            hard);
      }
      if (failed.getCause() instanceof RuntimeException other) {
        throw other;
      }
      throw new IllegalStateException(failed);
    }
  }

  private Row one(double[] x, DifferentiableDenoiser denoiser, Seed address) {
    AddressedRandom random = address.child("bin").random();
    for (int j = 0; j < width; j++) {
      double u = random.nextDouble();
      x[j] += scaling.isWhole(j) ? u - 0.5 : 0;
    }
    Likelihood.LogLikelihood found =
        recipe.of(denoiser, scaling.standardised(x), address.child("probe"));
    double nats = found.value() - scaling.logVolume(width);
    return new Row(nats, found.standardError(), found.evaluations());
  }

  /** What was found, in words: the mean over the rows with its error, and what it is the density of. */
  List<String> lines(List<Row> rows) {
    Spread nats = new Spread();
    double probe = 0;
    long evaluations = 0;
    for (Row row : rows) {
      nats.add(row.nats());
      probe += row.standardError() * row.standardError() / rows.size();
      evaluations += row.evaluations() / rows.size();
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "log p: mean %s nats%s over %d rows; a row's own error from the probes is %s; %d evaluations a row, each with a product of the Jacobian."
            .formatted(
                Numbers.brief(nats.mean()),
                rows.size() > 1 ? " ± " + Numbers.brief(nats.standardError()) : "",
                rows.size(),
                recipe.probes() == 0 ? "0, the trace is exact" : Numbers.brief(Math.sqrt(probe)),
                evaluations));
    if (inBits()) {
      double perNat = bits(0) - bits(1);
      lines.add(
          "Bits per dimension: %s%s, with uniform noise on the whole numbers: an upper bound of those of the model on the numbers themselves."
              .formatted(
                  Numbers.brief(bits(nats.mean())),
                  rows.size() > 1 ? " ± " + Numbers.brief(perNat * nats.standardError()) : ""));
    }
    lines.add(
        "It is the density of the model with noise of standard deviation σ = %s, in units in which that of the data is %s."
            .formatted(Numbers.brief(recipe.sigmaMin()), ExactModel.SD));
    return lines;
  }

  /** Writes a row for each: {@code row, log_p, standard_error} and, for whole numbers, {@code bits_per_dimension}. */
  void write(Path path, List<Row> rows, Provenance provenance) {
    boolean bits = inBits();
    List<String> columns = new ArrayList<>(List.of("row", "log_p", "standard_error"));
    if (bits) {
      columns.add("bits_per_dimension");
    }
    double[] values = new double[rows.size() * columns.size()];
    for (int r = 0; r < rows.size(); r++) {
      int at = r * columns.size();
      values[at] = r;
      values[at + 1] = rows.get(r).nats();
      values[at + 2] = rows.get(r).standardError();
      if (bits) {
        values[at + 3] = bits(rows.get(r).nats());
      }
    }
    Csv.write(path, columns, values, provenance);
  }

  /** The settings, for a file. */
  Map<String, Object> map() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("sigma_min", recipe.sigmaMin());
    map.put("sigma_max", recipe.sigmaMax());
    map.put("tolerance", recipe.tolerance());
    map.put("probes", recipe.probes());
    return map;
  }
}
