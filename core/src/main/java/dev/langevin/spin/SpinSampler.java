package dev.langevin.spin;

import dev.langevin.math.Check;
import dev.langevin.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;

/**
 * Draws samples of a model on {-1, 1}^n by {@link Localisation}. Sample k reads all its random numbers below {@code seed.child(k)}, so it is the same,
 * to the last bit, on any number of threads, in any batch, and whichever other samples are drawn. Immutable; the model is shared by all threads.
 */
public final class SpinSampler {
  /** Variance per spin at the end above which the rounding's forgotten correlations may show. */
  private static final double UNDECIDED = 0.1;

  private final Localisation localisation;
  private final IntFunction<TiltedMean> means;
  private final double[] start;
  private final List<String> caveats;

  /**
   * A sampler with a mean of the caller's.
   *
   * @param localisation the walk
   * @param means makes a mean for batches of at most so many rows; every thread asks for its own
   * @param start the guess of the first mean, length n; a fair coin per sample decides between it and its negative
   */
  public SpinSampler(Localisation localisation, IntFunction<TiltedMean> means, double[] start) {
    this(localisation, means, start.clone(), List.of());
  }

  private SpinSampler(
      Localisation localisation,
      IntFunction<TiltedMean> means,
      double[] start,
      List<String> caveats) {
    this.localisation = localisation;
    this.means = means;
    this.start = Check.allFinite("start", start);
    this.caveats = caveats;
  }

  /**
   * The sampler of a spin glass by AMP and TAP. Z2 synchronisation at β &gt; 1 without a field starts from plus or minus the {@link SpectralStart}, and
   * every sample from the mean 0 otherwise.
   *
   * @param glass the model
   * @param localisation the walk
   * @param mean the drift's recipe
   * @param seed address of the spectral start's random numbers
   */
  public static SpinSampler of(
      SpinGlass glass, Localisation localisation, TapMean mean, Seed seed) {
    Guarantee guarantee = glass.guarantee();
    List<String> caveats = guarantee.proven() ? List.of() : List.of(caveat(glass, guarantee));
    boolean spectral = guarantee == Guarantee.SPIKED && !glass.hasField();
    double[] start =
        spectral
            ? SpectralStart.of(glass, seed.child("spectral")).mean()
            : new double[glass.spins()];
    return new SpinSampler(localisation, rows -> mean.on(glass, rows), start, caveats);
  }

  private static String caveat(SpinGlass glass, Guarantee guarantee) {
    return String.format(
        Locale.ROOT,
        "convergence to the model at beta = %s is %s",
        glass.beta(),
        guarantee.sentence());
  }

  /**
   * A stretch of the endless sequence of samples that a seed stands for.
   *
   * @param first the first sample's number, zero or positive
   * @param samples how many, at least 1
   * @param batch samples that walk together and share each reading of the couplings, at least 1; 8 is good, and less where there
   *     would not be a batch for every thread
   * @param seed address of all random numbers
   * @param executor where the batches run; {@code Runnable::run} runs them on the calling thread
   */
  public SpinSamples sample(long first, int samples, int batch, Seed seed, Executor executor) {
    Check.notNegative("first", first);
    Check.atLeast("samples", samples, 1);
    int rows = Math.min(Check.atLeast("batch", batch, 1), samples);
    double[] x = new double[Math.multiplyExact(samples, start.length)];
    Account[] accounts = new Account[samples];
    List<CompletableFuture<Void>> running = new ArrayList<>();
    for (int from = 0; from < samples; from += rows) {
      int at = from;
      int count = Math.min(rows, samples - at);
      running.add(
          CompletableFuture.runAsync(
              () -> worker(count).run(seed, first + at, count, x, accounts, at), executor));
    }
    join(running);
    return new SpinSamples(start.length, x, Arrays.asList(accounts));
  }

  private Localisation.Worker worker(int rows) {
    TiltedMean mean = means.apply(rows);
    Check.length("start", start, mean.dimension());
    return new Localisation.Worker(localisation, mean, start, rows);
  }

  private static void join(List<CompletableFuture<Void>> running) {
    try {
      CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /**
   * What a person should know before relying on these samples: where theory promises nothing, means that did not converge, spins that were
   * still undecided at the end. One sentence each; empty if there is nothing.
   */
  public List<String> warnings(SpinSamples samples) {
    List<String> warnings = new ArrayList<>(caveats);
    double missed = samples.unconvergedShare();
    if (missed > 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "%.2g of the means did not reach their tolerance (largest residual %.2g): more iterations, or beta is too large",
              missed,
              samples.worstResidual()));
    }
    if (samples.spread() > UNDECIDED) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "at the end (T = %.3g) a spin had a variance of %.2g left on average, rounded as if independent: more steps",
              localisation.horizon(),
              samples.spread()));
    }
    return warnings;
  }
}
