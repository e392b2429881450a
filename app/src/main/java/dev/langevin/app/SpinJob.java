package dev.langevin.app;

import dev.langevin.app.plot.OverlapPlot;
import dev.langevin.io.Images;
import dev.langevin.io.Npy;
import dev.langevin.io.Provenance;
import dev.langevin.math.Check;
import dev.langevin.random.Seed;
import dev.langevin.spin.Account;
import dev.langevin.spin.Localisation;
import dev.langevin.spin.SherringtonKirkpatrick;
import dev.langevin.spin.SpinGlass;
import dev.langevin.spin.SpinSampler;
import dev.langevin.spin.SpinSamples;
import dev.langevin.spin.StateEvolution;
import dev.langevin.spin.TapMean;
import dev.langevin.spin.Z2Synchronisation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * Samples a spin glass by message passing and stochastic localisation.
 *
 * @param model {@code sk} or {@code z2}
 * @param spins n, at least 2
 * @param beta the inverse temperature (sk) or signal strength (z2), positive
 * @param samples how many configurations, at least 1
 * @param steps steps of the localisation; its default when 0
 * @param threads how many threads work; the samples do not depend on it
 * @param out a file for the samples, {@code .npy}, one row each
 * @param plot a picture of the overlaps, {@code .png}: with the planted vector, or of the samples with each other
 * @param seed any number; equal seeds give equal couplings and samples
 */
public record SpinJob(
    String model,
    int spins,
    double beta,
    int samples,
    int steps,
    int threads,
    Optional<Path> out,
    Optional<Path> plot,
    long seed)
    implements Job {
  private static final double NANO = 1e-9;
  private static final int BATCH = 8;

  public SpinJob {
    if (!model.equals("sk") && !model.equals("z2")) {
      throw new IllegalArgumentException("model must be one of sk, z2, got " + model);
    }
    Check.between("spins", spins, 2, 40_000);
    Check.positive("beta", beta);
    Check.between("samples", samples, 1, 1_000_000);
    Check.between("steps", steps, 0, 1_000_000);
    Check.between("threads", threads, 1, 4096);
  }

  @Override
  public Ending run(Console console) {
    out.ifPresent(RowsTarget::requireWritable);
    plot.ifPresent(RowsTarget::requireWritable);
    Seed root = Seed.of(seed);
    Optional<Z2Synchronisation.Planted> planted =
        model.equals("z2")
            ? Optional.of(new Z2Synchronisation(spins, beta).draw(root.child("couplings")))
            : Optional.empty();
    SpinGlass glass =
        planted
            .map(Z2Synchronisation.Planted::glass)
            .orElseGet(() -> new SherringtonKirkpatrick(spins, beta).draw(root.child("couplings")));
    Localisation usual = Localisation.standard();
    Localisation walk =
        steps == 0 ? usual : new Localisation(usual.horizon() / steps, steps, usual.scheme());
    console.line(
        "%s, n = %d, beta = %s: %d samples by AMP, TAP and stochastic localisation (%d steps), seed %d."
            .formatted(
                model.equals("sk") ? "Sherrington–Kirkpatrick model" : "Z2 synchronisation",
                spins,
                beta,
                samples,
                walk.steps(),
                seed));
    console.line("Theory: %s.".formatted(glass.guarantee().sentence()));
    long start = System.nanoTime();
    Optional<SpinSamples> drawn = draw(glass, walk, root, console);
    if (drawn.isEmpty()) {
      console.warn("stopped before the first samples: there is nothing to keep.");
      return Ending.STOPPED;
    }
    SpinSamples found = drawn.get();
    tell(found, glass, planted, (System.nanoTime() - start) * NANO, console);
    out.ifPresent(file -> write(file, found, console));
    plot.ifPresent(file -> draw(file, found, planted));
    return found.size() < samples ? Ending.STOPPED : Ending.FINISHED;
  }

  /** In stretches, so that there is progress and a stop is heard; the numbers do not depend on the cuts. */
  private Optional<SpinSamples> draw(
      SpinGlass glass, Localisation walk, Seed root, Console console) {
    SpinSampler sampler = SpinSampler.of(glass, walk, TapMean.standard(), root);
    List<SpinSamples> parts = new ArrayList<>();
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try (Progress progress = console.progress("sampling", samples, "samples")) {
      for (int done = 0; done < samples && !console.cancelled(); ) {
        int some = Math.min(samples - done, BATCH * threads);
        int batch = Math.max(1, Math.min(BATCH, (some + threads - 1) / threads));
        parts.add(sampler.sample(done, some, batch, root.child("samples"), workers));
        done += some;
        progress.advanceTo(done);
      }
    } finally {
      workers.shutdown();
    }
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    SpinSamples all = joined(parts);
    sampler.warnings(all).forEach(console::warn);
    return Optional.of(all);
  }

  private static SpinSamples joined(List<SpinSamples> parts) {
    double[] x = new double[parts.stream().mapToInt(part -> part.x().length).sum()];
    List<Account> accounts = new ArrayList<>();
    int at = 0;
    for (SpinSamples part : parts) {
      System.arraycopy(part.x(), 0, x, at, part.x().length);
      at += part.x().length;
      accounts.addAll(part.accounts());
    }
    return new SpinSamples(parts.get(0).spins(), x, accounts);
  }

  private void tell(
      SpinSamples found,
      SpinGlass glass,
      Optional<Z2Synchronisation.Planted> planted,
      double seconds,
      Console console) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("samples", Integer.toString(found.size())));
    rows.add(row("seconds per sample", Numbers.brief(seconds / found.size())));
    rows.add(row("products with the couplings per mean", Numbers.brief(found.iterationsPerMean())));
    rows.add(row("largest residual of a mean", Numbers.brief(found.worstResidual())));
    rows.add(row("variance left per spin at the end", Numbers.brief(found.spread())));
    rows.add(row("energy per spin, mean", Numbers.brief(energy(found, glass))));
    planted.ifPresent(
        truth -> {
          rows.add(row("overlap |<x, theta>|/n, mean", Numbers.brief(overlap(found, truth))));
          rows.add(
              row(
                  "overlap that state evolution predicts (n to infinity)",
                  Numbers.brief(new StateEvolution(beta).overlap(0))));
        });
    console.line("");
    console.table(new Table(List.of("account", "value"), rows));
  }

  private static List<String> row(String what, String value) {
    return List.of(what, value);
  }

  private double energy(SpinSamples found, SpinGlass glass) {
    double sum = 0;
    double[] x = new double[spins];
    for (int r = 0; r < found.size(); r++) {
      System.arraycopy(found.x(), r * spins, x, 0, spins);
      sum -= glass.model().logDensity(x) / spins / beta;
    }
    return sum / found.size();
  }

  private double overlap(SpinSamples found, Z2Synchronisation.Planted truth) {
    double sum = 0;
    for (int r = 0; r < found.size(); r++) {
      sum += Math.abs(truth.overlap(found.x(), r * spins));
    }
    return sum / found.size();
  }

  private void write(Path file, SpinSamples found, Console console) {
    Npy.write(file, new int[] {found.size(), spins}, found.x(), provenance(found.size()));
    console.line("");
    console.line("Written to " + file + ".");
  }

  private void draw(Path file, SpinSamples found, Optional<Z2Synchronisation.Planted> planted) {
    String what =
        planted.isPresent()
            ? "overlap of samples with the planted vector"
            : "overlap of pairs of samples";
    OptionalDouble predicted =
        planted.isPresent()
            ? OptionalDouble.of(new StateEvolution(beta).overlap(0))
            : OptionalDouble.empty();
    double[] overlaps =
        planted
            .map(
                truth ->
                    IntStream.range(0, found.size())
                        .mapToDouble(r -> truth.overlap(found.x(), r * spins))
                        .toArray())
            .orElseGet(() -> pairs(found));
    Images.writePng(file, OverlapPlot.of(what, overlaps, predicted), provenance(found.size()));
  }

  private double[] pairs(SpinSamples found) {
    double[] overlaps = new double[Math.max(1, found.size() * (found.size() - 1) / 2)];
    int at = 0;
    for (int a = 0; a < found.size(); a++) {
      for (int b = 0; b < a; b++) {
        double sum = 0;
        for (int i = 0; i < spins; i++) {
          sum += found.x()[a * spins + i] * found.x()[b * spins + i];
        }
        overlaps[at++] = sum / spins;
      }
    }
    return overlaps;
  }

  private Provenance provenance(int drawn) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("model", model);
    settings.put("spins", spins);
    settings.put("beta", beta);
    settings.put("samples", drawn);
    settings.put("steps", steps);
    return new Provenance(Version.current(), command(), seed, settings, Map.of());
  }

  private String command() {
    return String.format(
        Locale.ROOT,
        "langevin spin %s --spins %d --beta %s --samples %d%s --seed %d",
        model,
        spins,
        beta,
        samples,
        steps == 0 ? "" : " --steps " + steps,
        seed);
  }
}
