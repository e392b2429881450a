package dev.langevin.io;

import dev.langevin.chain.Draws;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One chain as it stands in a Stan CSV file. */
final class StanChain {
  private static final Pattern SETTING =
      Pattern.compile("#\\s*(\\w+)\\s*=\\s*(\\S+)\\s*(?:\\(Default\\))?\\s*");

  private final Path path;
  private final Map<String, String> settings = new HashMap<>();
  private List<String> columns = List.of();
  private List<GrowingArray> series = List.of();
  private int line;
  private long rows;
  private long warmupRows = -1; // draws above "Adaptation terminated"

  private StanChain(Path path) {
    this.path = path;
  }

  static StanChain read(Path path) throws IOException {
    StanChain chain = new StanChain(path);
    try (Source source = Source.open(path);
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(source.stream(), StandardCharsets.UTF_8.newDecoder()))) {
      for (String text = in.readLine(); text != null; text = in.readLine()) {
        chain.line++;
        chain.accept(text.strip());
      }
    }
    chain.finish();
    return chain;
  }

  static Draws together(List<StanChain> chains) {
    StanChain first = chains.get(0);
    List<Integer> statistics = new ArrayList<>();
    List<Integer> quantities = new ArrayList<>();
    for (int f = 0; f < first.columns.size(); f++) {
      (first.columns.get(f).endsWith("__") ? statistics : quantities).add(f);
    }
    if (quantities.isEmpty()) {
      throw new InputError(
          first.path, "has no column but the sampler's own", "check that it is the right file");
    }
    chains.forEach(chain -> chain.requireLike(first));
    return new Draws(
        quantities.stream().map(first.columns::get).map(Variables::bracketed).toList(),
        values(chains, quantities),
        statistics.stream().map(first.columns::get).toList(),
        values(chains, statistics));
  }

  private static double[][][] values(List<StanChain> chains, List<Integer> fields) {
    double[][][] values = new double[chains.size()][fields.size()][];
    for (int c = 0; c < chains.size(); c++) {
      for (int q = 0; q < fields.size(); q++) {
        values[c][q] = chains.get(c).draws(fields.get(q));
      }
    }
    return values;
  }

  private double[] draws(int field) {
    double[] all = series.get(field).toArray();
    return Arrays.copyOfRange(all, (int) skipped(), all.length);
  }

  private void accept(String text) {
    if (text.startsWith("#")) {
      comment(text);
    } else if (!text.isEmpty()) {
      String[] cells = text.split(",", -1);
      if (columns.isEmpty()) {
        names(cells);
      } else {
        row(cells);
      }
    }
  }

  private void comment(String text) {
    Matcher setting = SETTING.matcher(text);
    if (setting.matches()) {
      settings.putIfAbsent(setting.group(1), setting.group(2));
    }
    if (text.contains("Adaptation terminated") && warmupRows < 0) {
      warmupRows = rows;
    }
  }

  private void names(String[] cells) {
    List<String> names = new ArrayList<>();
    for (int f = 0; f < cells.length; f++) {
      String name = cells[f].strip().replaceAll("^\"(.*)\"$", "$1");
      if (name.isEmpty() || !Double.isNaN(Numbers.parse(name))) {
        throw new InputError(
            place(f),
            "\"" + CsvColumns.shortened(name) + "\" is no column name",
            "draws need a first line of names: lp__,mu,theta.1,theta.2");
      }
      if (names.contains(name)) {
        throw new InputError(
            place(f),
            "a second column is named \"" + CsvColumns.shortened(name) + "\"",
            "rename one");
      }
      names.add(name);
    }
    columns = names;
    series = names.stream().map(name -> new GrowingArray(path.toString())).toList();
  }

  private void row(String[] cells) {
    if (cells.length != columns.size()) {
      throw new InputError(
          place(Math.min(cells.length, columns.size())),
          "this line has " + cells.length + " fields, the names are " + columns.size(),
          "if it is the last line, the run was cut off: remove the line, or run again");
    }
    for (int f = 0; f < cells.length; f++) {
      series.get(f).add(number(cells[f].strip(), f));
    }
    rows++;
  }

  private double number(String cell, int f) {
    double value = Numbers.parse(cell);
    if (!Double.isNaN(value)) {
      return value;
    }
    return switch (cell.toLowerCase(Locale.ROOT)) {
      case "nan", "-nan", "+nan", "na" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default ->
          throw new InputError(
              place(f),
              "column \""
                  + CsvColumns.shortened(columns.get(f))
                  + "\" holds \""
                  + CsvColumns.shortened(cell)
                  + "\", which is not a number",
              "check that the file holds draws");
    };
  }

  private void finish() {
    String method = settings.getOrDefault("method", "sample");
    if (!method.equals("sample")) {
      throw new InputError(
          path,
          "was written by CmdStan's method " + CsvColumns.shortened(method),
          "give the output of its method sample");
    }
    if (rows <= skipped()) {
      throw new InputError(
          path,
          columns.isEmpty() ? "holds no draws" : "holds no draws after warm-up",
          "check that the run has finished");
    }
  }

  private long skipped() {
    if (warmupRows > 0) {
      return warmupRows;
    }
    String saved = settings.getOrDefault("save_warmup", "0");
    boolean all = warmupRows < 0 && (saved.equals("1") || saved.equals("true"));
    long thin = Math.max(1, whole("thin", 1));
    return all ? (whole("num_warmup", 0) + thin - 1) / thin : 0;
  }

  private long whole(String name, long otherwise) {
    String text = settings.getOrDefault(name, "");
    return text.matches("\\d{1,9}") ? Long.parseLong(text) : otherwise;
  }

  private void requireLike(StanChain first) {
    if (!columns.equals(first.columns)) {
      throw new InputError(
          path,
          "has other columns than " + first.path.getFileName(),
          "give files of one model and one sampler");
    }
    if (rows - skipped() != first.rows - first.skipped()) {
      throw new InputError(
          path,
          "holds "
              + (rows - skipped())
              + " draws, but "
              + first.path.getFileName()
              + " "
              + (first.rows - first.skipped()),
          "leave out the chain that was cut off, or run again");
    }
  }

  private String place(int field) {
    return path + ":" + line + ":" + (field + 1);
  }
}
