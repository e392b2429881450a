package dev.langevin.app;

import dev.langevin.app.target.Catalogue;
import dev.langevin.app.target.Target;
import dev.langevin.chain.ChainFailure;
import dev.langevin.chain.ChainListener;
import dev.langevin.chain.ChainSettings;
import dev.langevin.chain.Chains;
import dev.langevin.chain.RunEnd;
import dev.langevin.density.Model;
import dev.langevin.io.InputError;
import dev.langevin.math.Check;
import dev.langevin.mcmc.Sampler;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Draws from a density that ships, or one that was learned, judges the draws, and writes them with their summary and plots. Draws stream to the disk as they are made; a run that was
 * killed goes on to the same draws.
 *
 * @param target the density's name in the catalogue, or the folder of an energy that 'fit' learned
 * @param settings how to sample
 * @param threads how many threads work, 1 to 4096; the draws do not depend on it
 * @param out the folder for the files; none are written when empty
 * @param resume whether to go on with a run that was stopped
 * @param plots whether the files include pictures
 * @param all whether the table shows every quantity, however many there are
 */
public record SampleJob(
    String target,
    SampleSettings settings,
    int threads,
    Optional<Path> out,
    boolean resume,
    boolean plots,
    boolean all)
    implements Job {
  private static final double NANO = 1e-9;
  private static final int TOLD_EVERY = 64;

  public SampleJob {
    Check.between("threads", threads, 1, 4096);
    if (resume && out.isEmpty()) {
      throw new IllegalArgumentException(
          "resume must be left out without out, which names the run");
    }
  }

  /** A run from its beginning. */
  public SampleJob(
      String target,
      SampleSettings settings,
      int threads,
      Optional<Path> out,
      boolean plots,
      boolean all) {
    this(target, settings, threads, out, false, plots, all);
  }

  @Override
  public Ending run(Console console) {
    try (FittedEnergy fitted = FittedEnergy.open(target)) {
      return run(fitted == null ? Catalogue.named(target) : fitted.target(), console);
    }
  }

  private Ending run(Target named, Console console) {
    Optional<DrawsFolder> folder = out.map(DrawsFolder::at);
    Model model = named.model().get();
    AutomaticChoice choice = AutomaticChoice.of(settings, model, console);
    SampleSettings chosen = choice.settings();
    Sampler sampler = choice.sampler();
    announce(chosen, sampler, model, console);
    try (RunPlace place = RunPlace.of(this, chosen, sampler, model, console)) {
      long start = System.nanoTime();
      RunEnd end = sample(chosen, sampler, model, place, console);
      double seconds = (System.nanoTime() - start) * NANO;
      if (end.draws() == 0) {
        console.warn("stopped before every chain had a draw: there is nothing to keep.");
        return Ending.STOPPED;
      }
      Sampled sampled = Sampled.of(target, chosen, sampler, end, place, named.reference(), model);
      sampled.show(console, seconds, all);
      folder.ifPresent(to -> to.write(sampled, plots, console));
      if (!end.interrupted()) {
        place.finished();
      }
      return sampled.ending(console, place.resumable());
    }
  }

  private void announce(SampleSettings chosen, Sampler sampler, Model model, Console console) {
    console.line(
        "Sampling %s (d = %d) by %s: %d chains, %d draws each after %d of warm-up, seed %d."
            .formatted(
                target,
                model.dimension(),
                chosen.sampler(),
                chosen.chains(),
                chosen.draws(),
                chosen.warmup(),
                chosen.seed()));
    console.detail(chosen.command(target));
    console.detail("sampler " + sampler + ", " + threads + " threads");
  }

  private RunEnd sample(
      SampleSettings chosen, Sampler sampler, Model model, RunPlace place, Console console) {
    ChainSettings chains = chosen.forChains();
    ExecutorService workers = Executors.newFixedThreadPool(Math.min(threads, chosen.chains()));
    long total = (long) chosen.chains() * chains.iterations();
    try (Progress progress = console.progress("sampling", total, "draws")) {
      return Chains.run(
          sampler,
          model,
          chains,
          workers,
          watch(progress, place.iterationsBefore(chains), console),
          place.store());
    } catch (ChainFailure failure) {
      if (failure.getCause() != null) {
        throw failure;
      }
      throw new InputError(
          target,
          String.valueOf(failure.getMessage()),
          "try another --seed or a smaller --step-size",
          failure);
    } finally {
      workers.shutdown();
    }
  }

  private static ChainListener watch(Progress progress, long before, Console console) {
    AtomicLong done = new AtomicLong(before);
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
