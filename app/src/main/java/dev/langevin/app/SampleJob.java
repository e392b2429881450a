package dev.langevin.app;

import dev.langevin.app.target.Catalogue;
import dev.langevin.app.target.Target;
import dev.langevin.chain.ChainFailure;
import dev.langevin.chain.ChainListener;
import dev.langevin.chain.ChainRun;
import dev.langevin.chain.ChainSettings;
import dev.langevin.chain.Chains;
import dev.langevin.density.Model;
import dev.langevin.io.InputError;
import dev.langevin.math.Check;
import dev.langevin.mcmc.Sampler;
import dev.langevin.random.Seed;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Draws from a density that ships, judges the draws, and writes them with their summary and plots.
 *
 * @param target the density's name in the catalogue
 * @param settings how to sample
 * @param threads how many threads work, 1 to 4096; the draws do not depend on it
 * @param out the folder for the files; none are written when empty
 * @param plots whether the files include pictures
 * @param all whether the table shows every quantity, however many there are
 */
public record SampleJob(
    String target,
    SampleSettings settings,
    int threads,
    Optional<Path> out,
    boolean plots,
    boolean all)
    implements Job {
  private static final double NANO = 1e-9;
  private static final int TOLD_EVERY = 64;

  public SampleJob {
    Check.between("threads", threads, 1, 4096);
  }

  @Override
  public Ending run(Console console) {
    Target named = Catalogue.named(target);
    Optional<DrawsFolder> folder = out.map(DrawsFolder::at);
    Model model = named.model().get();
    Sampler sampler = Samplers.of(settings);
    console.line(
        "Sampling %s (d = %d) by %s: %d chains, %d draws each after %d of warm-up, seed %d."
            .formatted(
                target,
                model.dimension(),
                sampler.name(),
                settings.chains(),
                settings.draws(),
                settings.warmup(),
                settings.seed()));
    console.detail(settings.command(target));
    console.detail("sampler " + sampler + ", " + threads + " threads");
    long start = System.nanoTime();
    Optional<ChainRun> finished = sample(sampler, model, console);
    double seconds = (System.nanoTime() - start) * NANO;
    if (finished.isEmpty()) {
      console.warn("stopped before every chain had a draw: there is nothing to keep.");
      return Ending.STOPPED;
    }
    ChainRun run = finished.get();
    Sampled sampled =
        new Sampled(
            target,
            settings,
            sampler,
            run,
            DrawsReport.of(run.draws()),
            ReferenceCheck.of(named.reference(), run.draws()));
    sampled.show(console, seconds, all);
    folder.ifPresent(place -> place.write(sampled, plots, console));
    return sampled.ending(console);
  }

  private Optional<ChainRun> sample(Sampler sampler, Model model, Console console) {
    ChainSettings chains =
        new ChainSettings(
            settings.chains(),
            settings.warmup(),
            settings.draws(),
            settings.thin(),
            settings.targetAcceptance().orElse(Double.NaN),
            Seed.of(settings.seed()));
    ExecutorService workers = Executors.newFixedThreadPool(Math.min(threads, settings.chains()));
    long total = (long) settings.chains() * chains.iterations();
    try (Progress progress = console.progress("sampling", total, "draws")) {
      return Optional.of(Chains.run(sampler, model, chains, workers, watch(progress, console)));
    } catch (ChainFailure failure) {
      if (failure.getCause() != null) {
        throw failure;
      }
      throw new InputError(
          target,
          String.valueOf(failure.getMessage()),
          "try another --seed or a smaller --step-size",
          failure);
    } catch (IllegalStateException nothing) {
      if (console.cancelled()) {
        return Optional.empty();
      }
      throw nothing;
    } finally {
      workers.shutdown();
    }
  }

  private static ChainListener watch(Progress progress, Console console) {
    AtomicLong done = new AtomicLong();
    return new ChainListener() {
      @Override
      public void advanced(int chain, int iteration, int total, boolean warmup) {
        long now = done.incrementAndGet();
        if (now % TOLD_EVERY == 0) {
          progress.advanceTo(now);
        }
      }

      @Override
      public boolean cancelled() {
        return console.cancelled();
      }
    };
  }
}
