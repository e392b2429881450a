package dev.langevin.io;

import dev.langevin.chain.Draws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Draws as a Zarr v2 folder in the layout of ArviZ's InferenceData, with consolidated metadata: {@code az.from_zarr(folder)}, or
 * {@code xarray.open_zarr(folder, group="posterior")}.
 *
 * <p>Group {@code posterior} has an array per variable with dimensions chain, draw and, for {@code theta[1] … theta[8]}, {@code
 * theta_dim_0}. Group {@code sample_stats} has the sampler's statistics under ArviZ's names: {@code divergent__} is {@code
 * diverging} (bool), {@code accept_stat__} {@code acceptance_rate}, {@code stepsize__} {@code step_size}, {@code n_leapfrog__}
 * {@code n_steps}, {@code treedepth__} {@code tree_depth}; others lose their {@code __}.
 *
 * <p>Chunks are not compressed: draws hardly shrink, and the bytes then do not depend on the version of zlib.
 */
public final class ZarrDraws {
  private static final String POSTERIOR = "posterior";
  private static final String STATISTICS = "sample_stats";
  private static final String ORDER = "langevin";
  private static final Map<String, String> ARVIZ_NAMES =
      Map.of(
          "divergent__", "diverging",
          "accept_stat__", "acceptance_rate",
          "stepsize__", "step_size",
          "n_leapfrog__", "n_steps",
          "treedepth__", "tree_depth");

  private ZarrDraws() {}

  /**
   * Creates or replaces the folder, all or nothing.
   *
   * @throws InputError if it exists and is not ours to replace, or cannot be written
   * @throws IllegalArgumentException if a name cannot be the name of a file, or is {@code chain} or {@code draw}
   */
  public static void write(Path folder, Draws draws, Provenance provenance) {
    List<Variables.Variable> variables = Variables.of(draws.names());
    variables.forEach(variable -> requireName(variable.name()));
    draws.statistics().forEach(ZarrDraws::requireName);
    AtomicFolder.write(
        folder,
        root -> {
          ZarrWriter writer = new ZarrWriter(root);
          Map<String, Object> order = new LinkedHashMap<>();
          order.put("names", draws.names());
          order.put("statistics", draws.statistics());
          Map<String, Object> attributes = new LinkedHashMap<>();
          attributes.put(ORDER, order);
          attributes.put(Provenance.KEY, provenance.toMap());
          writer.group("", attributes);
          writePosterior(writer, draws, variables);
          writeStatistics(writer, draws);
          writer.consolidate();
        });
  }

  private static void requireName(String name) {
    if (!name.matches("[^/\\\\:*?\"<>|\\p{Cntrl}.][^/\\\\:*?\"<>|\\p{Cntrl}]*")
        || name.equals("chain")
        || name.equals("draw")) {
      throw new IllegalArgumentException(
          "names must be fit for a file and not chain or draw, got " + name);
    }
  }

  private static void writePosterior(
      ZarrWriter writer, Draws draws, List<Variables.Variable> variables) throws IOException {
    writer.group(POSTERIOR, Map.of());
    coordinates(writer, POSTERIOR, draws);
    for (Variables.Variable variable : variables) {
      List<String> dimensions = new ArrayList<>(List.of("chain", "draw"));
      for (int k = 0; k < variable.shape().length; k++) {
        String dimension = variable.name() + "_dim_" + k;
        writer.coordinate(POSTERIOR, dimension, variable.shape()[k]);
        dimensions.add(dimension);
      }
      int[] shape =
          IntStream.concat(
                  IntStream.of(draws.chains(), draws.draws()), Arrays.stream(variable.shape()))
              .toArray();
      int[] quantities = variable.quantities();
      writer.array(
          POSTERIOR + "/" + variable.name(),
          ElementType.F64,
          shape,
          dimensions,
          (chain, k, from, count, out) -> draws.read(chain, quantities[k], from, count, out));
    }
  }

  private static void writeStatistics(ZarrWriter writer, Draws draws) throws IOException {
    writer.group(STATISTICS, Map.of());
    coordinates(writer, STATISTICS, draws);
    for (int s = 0; s < draws.statistics().size(); s++) {
      String statistic = draws.statistics().get(s);
      int column = draws.names().size() + s;
      writer.array(
          STATISTICS + "/" + arvizName(statistic),
          type(statistic, draws),
          new int[] {draws.chains(), draws.draws()},
          List.of("chain", "draw"),
          (chain, k, from, count, out) -> draws.read(chain, column, from, count, out));
    }
  }

  private static void coordinates(ZarrWriter writer, String group, Draws draws) throws IOException {
    writer.coordinate(group, "chain", draws.chains());
    writer.coordinate(group, "draw", draws.draws());
  }

  /** Flags and counts as such, unless a value says otherwise. */
  private static ElementType type(String statistic, Draws draws) {
    boolean whole = true;
    boolean flag = true;
    for (double[] chain : draws.statistic(statistic)) {
      for (double value : chain) {
        whole &= value == Math.rint(value) && Math.abs(value) <= 0x1p53;
        flag &= value == 0 || value == 1;
      }
    }
    return switch (statistic) {
      case "divergent__" -> flag ? ElementType.BOOL : ElementType.F64;
      case "n_leapfrog__", "treedepth__" -> whole ? ElementType.I64 : ElementType.F64;
      default -> ElementType.F64;
    };
  }

  private static String arvizName(String statistic) {
    return ARVIZ_NAMES.getOrDefault(statistic, statistic.replaceAll("__$", ""));
  }

  private static String stanName(String name) {
    return ARVIZ_NAMES.entrySet().stream()
        .filter(entry -> entry.getValue().equals(name))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(name + "__");
  }

  /**
   * Reads the groups {@code posterior} and {@code sample_stats} of a Zarr v2 folder: one of {@link #write}, or one of ArviZ whose
   * chunks are not compressed or by zlib or gzip. Arrays without the dimensions chain and draw are passed over.
   *
   * @throws InputError if it is none, incomplete, damaged, of Zarr v3, or compressed otherwise
   */
  public static Draws read(Path folder) {
    return Trouble.guarded(folder, () -> readFolder(folder));
  }

  /** Whether this is a Zarr folder with a posterior. */
  public static boolean isZarr(Path folder) {
    return Files.exists(folder.resolve(POSTERIOR).resolve(".zgroup"));
  }

  private static Draws readFolder(Path folder) throws IOException {
    requirePosterior(folder);
    Map<String, double[][]> posterior = new LinkedHashMap<>();
    for (ZarrArray array : arrays(folder.resolve(POSTERIOR))) {
      put(array, array.path().getFileName().toString(), posterior);
    }
    Map<String, double[][]> statistics = new LinkedHashMap<>();
    for (ZarrArray array : arrays(folder.resolve(STATISTICS))) {
      if (array.shape().length == 2) {
        put(array, stanName(array.path().getFileName().toString()), statistics);
      }
    }
    if (posterior.isEmpty()) {
      throw new InputError(
          folder,
          "its posterior has no variables with dimensions chain and draw",
          "check that it holds draws");
    }
    List<String> names = ordered(folder, "names", posterior);
    List<String> kinds = ordered(folder, "statistics", statistics);
    int chains = posterior.values().iterator().next().length;
    Map<String, double[][]> all = new LinkedHashMap<>(posterior);
    all.putAll(statistics);
    requireAlike(folder, all);
    return new Draws(
        names, values(chains, names, posterior), kinds, values(chains, kinds, statistics));
  }

  private static void requirePosterior(Path folder) {
    if (Files.isDirectory(folder) && isZarr(folder)) {
      return;
    }
    if (!Files.exists(folder)) {
      throw new InputError(folder, "there is no such folder", "check the path");
    }
    boolean three = Files.exists(folder.resolve("zarr.json"));
    throw new InputError(
        folder,
        three ? "is of Zarr format 3" : "is no Zarr folder with a group \"posterior\"",
        three
            ? "write it with format 2: data.to_zarr(path, zarr_format=2)"
            : "name a folder written by `langevin sample` or by ArviZ's to_zarr");
  }

  private static List<ZarrArray> arrays(Path group) throws IOException {
    if (!Files.isDirectory(group)) {
      return List.of();
    }
    List<Path> folders;
    try (Stream<Path> all = Files.list(group)) {
      folders = all.filter(path -> Files.exists(path.resolve(".zarray"))).sorted().toList();
    }
    List<ZarrArray> arrays = new ArrayList<>();
    for (Path folder : folders) {
      ZarrArray array = ZarrArray.open(folder);
      List<String> dimensions = array.dimensions();
      if (dimensions.size() >= 2 && dimensions.subList(0, 2).equals(List.of("chain", "draw"))) {
        arrays.add(array);
      }
    }
    return arrays;
  }

  /** Takes an array of chain, draw and more apart into its elements. */
  private static void put(ZarrArray array, String name, Map<String, double[][]> into)
      throws IOException {
    int[] shape = array.shape();
    double[] values = array.read();
    int[] rest = Arrays.copyOfRange(shape, 2, shape.length);
    int size = shape[0] == 0 || shape[1] == 0 ? 0 : values.length / shape[0] / shape[1];
    for (int k = 0; k < size; k++) {
      double[][] series = new double[shape[0]][shape[1]];
      for (int c = 0; c < shape[0]; c++) {
        for (int i = 0; i < shape[1]; i++) {
          series[c][i] = values[(c * shape[1] + i) * size + k];
        }
      }
      into.put(Variables.element(name, rest, k), series);
    }
  }

  /** The order in which {@link #write} found the names, or that of the folder. */
  private static List<String> ordered(Path folder, String key, Map<String, double[][]> found) {
    Path attributes = folder.resolve(".zattrs");
    if (Files.exists(attributes)
        && Json.read(attributes).get(ORDER) instanceof Map<?, ?> order
        && order.get(key) instanceof List<?> list) {
      List<String> names = list.stream().map(String::valueOf).distinct().toList();
      if (names.size() == found.size() && found.keySet().containsAll(names)) {
        return names;
      }
    }
    return List.copyOf(found.keySet());
  }

  private static void requireAlike(Path folder, Map<String, double[][]> found) {
    double[][] first = found.values().iterator().next();
    found.forEach(
        (name, series) -> {
          if (series.length != first.length || series[0].length != first[0].length) {
            throw new InputError(
                folder,
                "\"" + CsvColumns.shortened(name) + "\" has another number of chains or draws",
                "write it again");
          }
        });
  }

  private static double[][][] values(
      int chains, List<String> names, Map<String, double[][]> found) {
    double[][][] values = new double[chains][names.size()][];
    for (int q = 0; q < names.size(); q++) {
      double[][] series = found.get(names.get(q));
      if (series == null) {
        throw new AssertionError(names.get(q) + " was listed but not read");
      }
      for (int c = 0; c < chains; c++) {
        values[c][q] = series[c];
      }
    }
    return values;
  }
}
