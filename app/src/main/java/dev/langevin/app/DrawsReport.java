package dev.langevin.app;

import dev.langevin.chain.Draws;
import dev.langevin.diagnostics.Finding;
import dev.langevin.diagnostics.Findings;
import dev.langevin.diagnostics.QuantitySummary;
import dev.langevin.diagnostics.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What draws say and how far to trust them: a summary of each quantity, and findings in plain language.
 *
 * @param draws the draws
 * @param summaries one for each quantity, in order
 * @param findings worst first
 */
public record DrawsReport(Draws draws, List<QuantitySummary> summaries, List<Finding> findings) {
  /** The table shows so many quantities unless all are asked for. */
  public static final int MOST_ROWS = 20;

  /** Draws of all chains together that are judged at most; more would take minutes and gigabytes and say the same. */
  private static final int MOST_JUDGED = 4_000_000;

  private static final int MOST_TRACES = 8;

  /** Quantities whose errors differ by more decimals than this get decimals of their own. */
  private static final int MOST_UNEVEN = 2;

  private static final List<String> HEADERS =
      List.of(
          "quantity", "mean", "mcse", "sd", "q5", "median", "q95", "ess_bulk", "ess_tail", "r_hat");

  public DrawsReport {
    summaries = List.copyOf(summaries);
    findings = List.copyOf(findings);
  }

  /** Summarises and judges; of very many draws every so many-th, which is said. */
  public static DrawsReport of(Draws all) {
    int every = (int) (((long) all.chains() * all.draws() + MOST_JUDGED - 1) / MOST_JUDGED);
    Draws draws = all.every(Math.max(1, every));
    // Quantities do not depend on each other, so the order of work does not show.
    List<QuantitySummary> summaries =
        IntStream.range(0, draws.names().size())
            .parallel()
            .mapToObj(i -> QuantitySummary.of(draws.names().get(i), draws.series(i)))
            .toList();
    List<Finding> findings =
        Findings.judge(
            summaries,
            draws.chains(),
            draws.draws(),
            statistic(draws, "divergent__"),
            statistic(draws, "energy__"),
            traces(draws));
    return new DrawsReport(draws, summaries, findings);
  }

  /** A few columns from which it shows whether a chain stands still, {@code [chain][column][draw]}: not all, which may not fit into memory. */
  private static double[][][] traces(Draws draws) {
    int quantities = draws.names().size();
    int few = Math.min(MOST_TRACES, quantities);
    double[][][] traces = new double[draws.chains()][few + (draws.has("lp__") ? 1 : 0)][];
    for (int k = 0; k < few; k++) {
      put(draws.series(k * (quantities - 1) / Math.max(1, few - 1)), k, traces);
    }
    if (draws.has("lp__")) {
      put(draws.statistic("lp__"), few, traces);
    }
    return traces;
  }

  private static void put(double[][] series, int k, double[][][] traces) {
    for (int c = 0; c < series.length; c++) {
      traces[c][k] = series[c];
    }
  }

  private static double[][] statistic(Draws draws, String name) {
    return draws.has(name) ? draws.statistic(name) : new double[0][];
  }

  /** The {@code most} quantities that deserve a look, most doubtful first: by R-hat, then by effective draws. */
  public List<String> doubtful(int most) {
    Comparator<QuantitySummary> doubt =
        Comparator.comparingDouble((QuantitySummary q) -> -Math.rint(100 * orZero(q.rhat())))
            .thenComparingDouble(q -> Double.isNaN(q.essBulk()) ? 1e300 : least(q));
    return summaries.stream().sorted(doubt).limit(most).map(QuantitySummary::name).toList();
  }

  private static double orZero(double value) {
    return Double.isNaN(value) ? 0 : value;
  }

  private static double least(QuantitySummary q) {
    return Math.min(q.essBulk(), Double.isNaN(q.essTail()) ? q.essBulk() : q.essTail());
  }

  /** The quantities in the order of the draws if there are at most {@code most}, else the most doubtful ones. */
  public List<String> shown(int most) {
    return summaries.size() <= most ? draws.names() : doubtful(most);
  }

  /** Effective draws of the quantity that has fewest; NaN where none can be judged. */
  public double leastEffective() {
    return summaries.stream()
        .mapToDouble(QuantitySummary::essBulk)
        .filter(ess -> !Double.isNaN(ess))
        .min()
        .orElse(Double.NaN);
  }

  /** Prints the table and the findings. */
  public void show(Console console, boolean all) {
    List<String> shown = all ? draws.names() : shown(MOST_ROWS);
    List<QuantitySummary> rows =
        summaries.stream().filter(summary -> shown.contains(summary.name())).toList();
    int[] decimals = rows.stream().mapToInt(DrawsReport::decimals).toArray();
    IntSummaryStatistics range = Arrays.stream(decimals).summaryStatistics();
    boolean alike = range.getMax() - range.getMin() <= MOST_UNEVEN;
    console.table(
        new Table(
            HEADERS,
            IntStream.range(0, rows.size())
                .mapToObj(i -> row(rows.get(i), alike ? range.getMax() : decimals[i]))
                .toList()));
    console.line("");
    if (rows.size() < summaries.size()) {
      console.line(
          "(%d of %d quantities, those with the worst r_hat and fewest effective draws; --all shows every one)"
              .formatted(rows.size(), summaries.size()));
    }
    for (Finding finding : findings) {
      tell(console, finding);
    }
  }

  static void tell(Console console, Finding finding) {
    if (finding.severity() == Severity.GOOD) {
      console.line("OK: " + finding.what());
      return;
    }
    console.line(finding.severity() + ": " + finding.what());
    for (String more : List.of(finding.why(), finding.remedy())) {
      if (!more.isBlank()) {
        console.line("  " + more);
      }
    }
  }

  private static int decimals(QuantitySummary q) {
    return Numbers.decimals(Double.isNaN(q.mcseMean()) ? q.sd() / 100 : q.mcseMean());
  }

  private static List<String> row(QuantitySummary q, int decimals) {
    List<String> row = new ArrayList<>(List.of(q.name()));
    for (double value :
        new double[] {q.mean(), q.mcseMean(), q.sd(), q.q5(), q.median(), q.q95()}) {
      row.add(Numbers.fixed(value, decimals));
    }
    row.add(Numbers.whole(q.essBulk()));
    row.add(Numbers.whole(q.essTail()));
    row.add(Numbers.fixed(q.rhat(), 3));
    return row;
  }

  /** The table as CSV with every digit, under these comment lines. */
  public String csv(List<String> comments) {
    StringBuilder text = new StringBuilder();
    comments.forEach(comment -> text.append("# ").append(comment).append('\n'));
    text.append(String.join(",", HEADERS)).append('\n');
    for (QuantitySummary q : summaries) {
      text.append(quoted(q.name()));
      figures(q).values().forEach(value -> text.append(',').append(value == null ? "" : value));
      text.append('\n');
    }
    return text.toString();
  }

  private static String quoted(String name) {
    boolean plain = name.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n');
    return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Summaries and findings as maps and lists, for JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> quantities = new LinkedHashMap<>();
    summaries.forEach(q -> quantities.put(q.name(), figures(q)));
    List<Object> told = new ArrayList<>();
    for (Finding finding : findings) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
      one.put("what", finding.what());
      one.put("why", finding.why());
      one.put("remedy", finding.remedy());
      told.add(one);
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("chains", draws.chains());
    map.put("draws", draws.draws());
    map.put("quantities", quantities);
    map.put("findings", told);
    return map;
  }

  private static Map<String, @Nullable Double> figures(QuantitySummary q) {
    double[] values = {
      q.mean(),
      q.mcseMean(),
      q.sd(),
      q.q5(),
      q.median(),
      q.q95(),
      q.essBulk(),
      q.essTail(),
      q.rhat()
    };
    Map<String, @Nullable Double> figures = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      figures.put(HEADERS.get(i + 1), Double.isFinite(values[i]) ? (Double) values[i] : null);
    }
    return figures;
  }
}
