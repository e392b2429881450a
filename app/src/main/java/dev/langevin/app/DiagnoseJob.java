package dev.langevin.app;

import dev.langevin.chain.Draws;
import dev.langevin.io.AtomicFolder;
import dev.langevin.io.Hashes;
import dev.langevin.io.InputError;
import dev.langevin.io.Provenance;
import dev.langevin.io.StanCsv;
import dev.langevin.io.ZarrDraws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges draws that are in files, whoever made them: table, findings and, if asked, plots.
 *
 * @param inputs one folder of draws (as {@link SampleJob} writes it, Zarr, or with Stan CSV files in it), or Stan CSV files, one for each
 *     chain
 * @param plots the folder for pictures; none are drawn when empty
 * @param all whether the table shows every quantity, however many there are
 */
public record DiagnoseJob(List<Path> inputs, Optional<Path> plots, boolean all) implements Job {
  public DiagnoseJob {
    inputs = List.copyOf(inputs);
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("inputs must name a folder or a file, got none");
    }
  }

  @Override
  public Ending run(Console console) throws IOException {
    plots.ifPresent(AtomicFolder::requireReplaceable);
    List<Path> sources = sources();
    console.detail("reading " + sources);
    boolean zarr = Files.isDirectory(sources.get(0));
    Draws draws = zarr ? ZarrDraws.read(sources.get(0)) : StanCsv.read(sources);
    console.line(
        "%s: %d chains of %d draws, %d quantities."
            .formatted(named(), draws.chains(), draws.draws(), draws.names().size()));
    console.line("");
    DrawsReport report = DrawsReport.of(draws);
    report.show(console, all);
    if (plots.isPresent()) {
      Provenance provenance = provenance(sources);
      Path place = plots.get();
      AtomicFolder.write(place, folder -> Plots.write(folder, report, provenance, console));
      console.line("");
      console.line(
          "Plots written to " + place + ": trace.png, rank.png, pairs.png" + Plots.chosen(report));
    }
    return Ending.FINISHED;
  }

  private String named() {
    return inputs.stream().map(Path::toString).collect(Collectors.joining(" "));
  }

  /** The Zarr folder, or the Stan CSV files, one for each chain. */
  private List<Path> sources() throws IOException {
    for (Path input : inputs) {
      if (!Files.exists(input)) {
        throw new InputError(input.toString(), "there is no such file or folder", "check the path");
      }
    }
    Path first = inputs.get(0);
    if (!Files.isDirectory(first)) {
      return inputs;
    }
    if (inputs.size() > 1) {
      throw new InputError(
          first.toString(), "is a folder among several inputs", "give one folder, or only files");
    }
    if (Files.exists(first.resolve(".zgroup"))) {
      return List.of(first);
    }
    Path inside = first.resolve(DrawsFolder.ZARR);
    if (Files.isDirectory(inside)) {
      return List.of(inside);
    }
    return csvFiles(first);
  }

  private static List<Path> csvFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found =
          files
              .filter(file -> file.getFileName().toString().endsWith(".csv"))
              .filter(file -> !file.getFileName().toString().equals("summary.csv"))
              // chain-2 before chain-10
              .sorted(
                  Comparator.comparingInt((Path file) -> file.toString().length())
                      .thenComparing(Path::toString))
              .toList();
      if (found.isEmpty()) {
        throw new InputError(
            folder.toString(),
            "holds neither Stan CSV files nor Zarr draws",
            "name a folder that 'langevin sample --out' wrote, or the files");
      }
      return found;
    }
  }

  private Provenance provenance(List<Path> sources) {
    Map<String, String> hashes = new LinkedHashMap<>();
    sources.forEach(source -> hashes.put(source.getFileName().toString(), Hashes.sha256(source)));
    return new Provenance(Version.current(), "langevin diagnose " + named(), 0, Map.of(), hashes);
  }
}
