package dev.langevin.app;

import dev.langevin.io.AtomicFile;
import dev.langevin.io.AtomicFolder;
import dev.langevin.io.Json;
import dev.langevin.io.Provenance;
import dev.langevin.io.StanCsv;
import dev.langevin.io.ZarrDraws;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The folder that {@code sample} writes: {@code chain-1.csv} … in Stan's format, {@code draws.zarr} in ArviZ's, {@code
 * summary.csv}, {@code summary.json}, and pictures. All or nothing; no times inside, so that equal runs are equal bytes.
 */
record DrawsFolder(Path place) {
  static final String ZARR = "draws.zarr";

  /**
   * A folder that can be written, as far as one can tell beforehand: better to fail before an hour's work than after.
   *
   * @throws dev.langevin.io.InputError if it surely cannot
   */
  static DrawsFolder at(Path place) {
    AtomicFolder.requireReplaceable(place);
    return new DrawsFolder(place);
  }

  /** Writes everything, and says where it is. */
  void write(Sampled sampled, boolean plots, Console console) {
    Provenance provenance = sampled.provenance();
    AtomicFolder.write(place, folder -> fill(folder, sampled, provenance, plots, console));
    console.line("");
    console.line("Written to " + place + ":");
    console.line("  chain-1.csv ...  draws, Stan CSV (R posterior, cmdstan, 'langevin diagnose')");
    console.line("  draws.zarr       the same for ArviZ and xarray");
    console.line("  summary.csv      the table; summary.json with findings and settings");
    if (Files.exists(place.resolve("trace.png"))) {
      console.line("  trace.png, rank.png, pairs.png" + Plots.chosen(sampled.report()));
    }
  }

  private static void fill(
      Path folder, Sampled sampled, Provenance provenance, boolean plots, Console console) {
    DrawsReport report = sampled.report();
    StanCsv.write(folder, sampled.draws(), sampled.head(), provenance);
    ZarrDraws.write(folder.resolve(ZARR), sampled.draws(), provenance);
    List<String> comments =
        List.of("Langevin " + provenance.version(), "provenance = " + provenance.line());
    AtomicFile.write(folder.resolve("summary.csv"), report.csv(comments));
    Map<String, Object> summary = new LinkedHashMap<>(report.toMap());
    sampled.stein().ifPresent(stein -> summary.put("stein", stein.toMap()));
    sampled.check().ifPresent(check -> summary.put("reference", check.toMap()));
    summary.put("gradients", sampled.gradients());
    summary.put("figures", sampled.end().figures());
    summary.put("requested_draws", sampled.settings().draws());
    summary.put("provenance", provenance.toMap());
    Json.write(folder.resolve("summary.json"), summary);
    // Who has stopped a run is in a hurry; 'langevin diagnose --plots' draws them later.
    if (plots && !sampled.end().interrupted()) {
      Plots.write(folder, report, provenance, console);
    }
  }
}
