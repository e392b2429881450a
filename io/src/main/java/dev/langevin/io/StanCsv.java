package dev.langevin.io;

import dev.langevin.chain.Draws;
import dev.langevin.math.Check;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Draws as Stan CSV, the format of CmdStan's {@code sample}: a head of comments with the configuration, a line of column names, a
 * line per draw; one file per chain. ArviZ's {@code az.from_cmdstan}, CmdStanPy's {@code from_csv}, CmdStanR's {@code
 * read_cmdstan_csv} and {@code stansummary} read it.
 *
 * <p>The sampler's statistics come first and end in {@code __}; {@code theta[1,2]} is column {@code theta.1.2}, matrices in
 * column-major order as Stan writes them. Numbers are printed shortest-round-trip, so nothing is lost (CmdStan itself keeps 6 or 8
 * digits).
 *
 * <p>Where the step size and mass matrix stand: for draws with Stan's {@code divergent__} and {@code treedepth__} (NUTS) after the
 * column names, as CmdStan does; for other samplers in the head, since CmdStanPy expects both columns of every file that has them
 * there, and reads files without as those of a sampler it does not know.
 */
public final class StanCsv {
  private static final int BLOCK = 1024; // draws at a time

  private StanCsv() {}

  /**
   * What the heads of the files say beside the draws.
   *
   * @param model its name
   * @param algorithm the sampler's name: {@code hmc}, {@code mala} …
   * @param warmup iterations of warm-up before these draws
   * @param thin every how many iterations a draw was kept
   * @param adaptations one per chain, or none
   */
  public record Run(
      String model, String algorithm, int warmup, int thin, List<Adaptation> adaptations) {
    public Run {
      Check.atLeast("warmup", warmup, 0);
      Check.atLeast("thin", thin, 1);
      adaptations = List.copyOf(adaptations);
    }
  }

  /**
   * What warm-up found.
   *
   * @param stepSize the step size
   * @param inverseMetric the diagonal of the inverse mass matrix; empty where there is none
   */
  public record Adaptation(double stepSize, double[] inverseMetric) {
    public Adaptation {
      inverseMetric = inverseMetric.clone();
    }

    @Override
    public double[] inverseMetric() {
      return inverseMetric.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Adaptation that
          && stepSize == that.stepSize
          && Arrays.equals(inverseMetric, that.inverseMetric);
    }

    @Override
    public int hashCode() {
      return 31 * Double.hashCode(stepSize) + Arrays.hashCode(inverseMetric);
    }

    @Override
    public String toString() {
      return "step size " + stepSize + ", inverse metric " + Arrays.toString(inverseMetric);
    }
  }

  /**
   * Writes {@code chain-1.csv}, {@code chain-2.csv}, … into an existing folder.
   *
   * @return the files, in the order of the chains
   * @throws InputError if they cannot be written
   */
  public static List<Path> write(Path folder, Draws draws, Run run, Provenance provenance) {
    if (!run.adaptations().isEmpty() && run.adaptations().size() != draws.chains()) {
      throw new IllegalArgumentException(
          "adaptations must be one per chain or none, got "
              + run.adaptations().size()
              + " for "
              + draws.chains()
              + " chains");
    }
    draws.names().forEach(StanCsv::requireName);
    int[] order = Variables.columnMajor(draws.names());
    List<Path> files = new ArrayList<>();
    for (int c = 0; c < draws.chains(); c++) {
      int chain = c;
      Path file = folder.resolve("chain-" + (c + 1) + ".csv");
      Csv.text(file, false, out -> write(out, draws, order, chain, run, provenance));
      files.add(file);
    }
    return files;
  }

  private static void requireName(String name) {
    String inside = name.replaceAll("\\[\\d+(,\\d+)*\\]$", "");
    if (inside.matches(".*[,\"\\s#].*") || inside.isEmpty() || name.endsWith("__")) {
      throw new IllegalArgumentException(
          "names must be free of commas, quotes, blanks and #, and not end in __, got " + name);
    }
  }

  private static void write(
      Writer out, Draws draws, int[] order, int chain, Run run, Provenance provenance)
      throws IOException {
    boolean nuts = draws.has("divergent__") && draws.has("treedepth__");
    out.write(provenance.comments());
    out.write(configuration(draws, chain, run, provenance.seed()));
    out.write(nuts ? "" : adaptation(run, chain));
    out.write(header(draws, order) + "\n");
    out.write(nuts ? adaptation(run, chain) : "");
    int[] columns = columns(draws, order);
    double[][] block = new double[columns.length][Math.min(BLOCK, draws.draws())];
    for (int from = 0; from < draws.draws(); from += BLOCK) {
      int count = Math.min(BLOCK, draws.draws() - from);
      for (int k = 0; k < columns.length; k++) {
        draws.read(chain, columns[k], from, count, block[k]);
      }
      writeRows(out, block, count);
    }
  }

  /** The columns of the file: the statistics, then the quantities in Stan's order. */
  private static int[] columns(Draws draws, int[] order) {
    int quantities = draws.names().size();
    return IntStream.concat(
            IntStream.range(quantities, quantities + draws.statistics().size()),
            Arrays.stream(order))
        .toArray();
  }

  private static void writeRows(Writer out, double[][] block, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      StringBuilder line = new StringBuilder();
      for (double[] series : block) {
        line.append(',').append(Numbers.text(series[i]));
      }
      out.write(line.substring(1) + "\n");
    }
  }

  private static String header(Draws draws, int[] order) {
    Stream<String> quantities =
        Arrays.stream(order).mapToObj(q -> Variables.dotted(draws.names().get(q)));
    return Stream.concat(draws.statistics().stream(), quantities).collect(Collectors.joining(","));
  }

  private static String configuration(Draws draws, int chain, Run run, long seed) {
    List<String> lines = new ArrayList<>();
    lines.add("model = " + run.model().replaceAll("\\s", "_"));
    lines.add("method = sample");
    lines.add("  sample");
    lines.add("    num_samples = " + (long) draws.draws() * run.thin());
    lines.add("    num_warmup = " + run.warmup());
    lines.add("    save_warmup = 0");
    lines.add("    thin = " + run.thin());
    lines.add("    adapt");
    lines.add("      engaged = " + (run.adaptations().isEmpty() ? 0 : 1));
    lines.add("    algorithm = " + run.algorithm());
    lines.add("      metric = " + (hasMetric(run, chain) ? "diag_e" : "unit_e"));
    if (draws.has("treedepth__")) {
      lines.add("      max_depth = " + maximum(draws.statistic("treedepth__")));
    }
    lines.add("id = " + (chain + 1));
    lines.add("random");
    lines.add("  seed = " + seed);
    return lines.stream().map(line -> "# " + line + "\n").collect(Collectors.joining());
  }

  /** The deepest tree at least; the sampler's own limit is among the settings of the provenance. */
  private static int maximum(double[][] depths) {
    double most = Stream.of(depths).flatMapToDouble(Arrays::stream).max().orElse(0);
    return (int) Math.max(10, most);
  }

  private static boolean hasMetric(Run run, int chain) {
    return !run.adaptations().isEmpty() && run.adaptations().get(chain).inverseMetric().length > 0;
  }

  private static String adaptation(Run run, int chain) {
    if (run.adaptations().isEmpty()) {
      return "";
    }
    Adaptation adapted = run.adaptations().get(chain);
    String head =
        "# Adaptation terminated\n# Step size = " + Numbers.text(adapted.stepSize()) + "\n";
    if (!hasMetric(run, chain)) {
      return head;
    }
    String diagonal =
        Arrays.stream(adapted.inverseMetric())
            .mapToObj(Numbers::text)
            .collect(Collectors.joining(", "));
    return head + "# Diagonal elements of inverse mass matrix:\n# " + diagonal + "\n";
  }

  /**
   * Reads one chain from a file, or one from each file of a folder: {@code chain-1.csv}, {@code chain-2.csv}, … if there are such,
   * otherwise all {@code .csv} in the order of their names (numbers in them by value). Files of CmdStan too: draws of warm-up are
   * left out, columns {@code theta.1} become {@code theta[1]}. Any CSV with a header of names will do.
   *
   * @throws InputError if there are none, one is damaged, or they do not fit together
   */
  public static Draws read(Path fileOrFolder) {
    return Files.isDirectory(fileOrFolder)
        ? read(chainFiles(fileOrFolder))
        : read(List.of(fileOrFolder));
  }

  /** Reads one chain from each file. */
  public static Draws read(List<Path> files) {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("files must not be empty");
    }
    List<StanChain> chains = new ArrayList<>();
    for (Path file : files) {
      chains.add(Trouble.guarded(file, () -> StanChain.read(file)));
    }
    return StanChain.together(chains);
  }

  /** Whether this folder holds files that {@link #read(Path)} would take. */
  public static boolean isIn(Path folder) {
    return Files.isDirectory(folder) && !list(folder, ".+\\.csv(\\.gz)?").isEmpty();
  }

  private static List<Path> chainFiles(Path folder) {
    List<Path> ours = list(folder, "chain-\\d+\\.csv(\\.gz)?");
    List<Path> files = ours.isEmpty() ? list(folder, ".+\\.csv(\\.gz)?") : ours;
    if (files.isEmpty()) {
      throw new InputError(
          folder,
          "holds no .csv files",
          "name the folder that holds the draws, one file per chain");
    }
    return files;
  }

  private static List<Path> list(Path folder, String pattern) {
    return Trouble.guarded(
        folder,
        () -> {
          try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().matches(pattern))
                .filter(file -> !file.getFileName().toString().startsWith("."))
                .sorted((a, b) -> Variables.byNumber(name(a), name(b)))
                .toList();
          }
        });
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
