package dev.langevin.app;

import dev.langevin.app.target.Catalogue;
import dev.langevin.distance.Comparison;
import dev.langevin.distance.Estimate;
import dev.langevin.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The page that a demo ends with: pictures, tables, settings, and what the figures mean. */
final class DemoReport {
  private static final String DRAWS = "eight-schools";
  private static final int SCHOOLS = 8;

  private final Demo.Results results;
  private final Path out;
  private final Fields summary;
  private final List<String> quantities;

  DemoReport(Demo.Results results, Path out) {
    this.results = results;
    this.out = out;
    Path file = out.resolve(DRAWS).resolve("summary.json");
    summary = new Fields(file.toString(), Json.read(file));
    quantities = List.copyOf(summary.object("quantities").keySet());
  }

  /** How the chains went, in one line. */
  String chainsInWords() {
    return "R-hat at most %s, at least %s effective draws, %s"
        .formatted(
            Numbers.fixed(worst(), 3),
            Numbers.whole(fewest()),
            Numbers.seconds(results.sampleSeconds()));
  }

  private double worst() {
    return quantities.stream().mapToDouble(name -> figure(name, "r_hat")).max().orElse(Double.NaN);
  }

  private double fewest() {
    return quantities.stream()
        .mapToDouble(name -> figure(name, "ess_bulk"))
        .min()
        .orElse(Double.NaN);
  }

  private double figure(String quantity, String name) {
    return summary.fields("quantities").fields(quantity).number(name);
  }

  /** The page. */
  String html() throws IOException {
    Page page = new Page("Fresh digits, and eight schools");
    page.banner(
        "Langevin demo",
        "Sampling has two doors: you have data, or you can write a density. Behind the first, a"
            + " network learned handwritten digits and drew new ones. Behind the second, four"
            + " chains sampled a real posterior distribution. All of it was computed on this"
            + " machine in "
            + Numbers.seconds(results.seconds())
            + ".");
    page.cards(cards());
    data(page);
    goodness(page);
    density(page);
    settings(page);
    return page.html(
        "Langevin %s, Java %s, %s %s, %d threads. Learning %s, drawing %s, chains %s."
            .formatted(
                Version.current(),
                System.getProperty("java.version"),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                results.job().threads(),
                Numbers.seconds(results.fitSeconds()),
                Numbers.seconds(results.generateSeconds()),
                Numbers.seconds(results.sampleSeconds())));
  }

  private List<Page.Card> cards() {
    List<Page.Card> cards = new ArrayList<>();
    cards.add(
        new Page.Card(
            String.format(Locale.ROOT, "%,d", results.effort().samples()),
            "fresh digits",
            "drawn in %s, after %s of learning"
                .formatted(
                    Numbers.seconds(results.generateSeconds()),
                    Numbers.seconds(results.fitSeconds()))));
    classifier()
        .ifPresent(
            comparison ->
                cards.add(
                    new Page.Card(
                        percent(comparison.measured()),
                        "of guesses right",
                        "by a classifier that tells fresh digits from real ones; real from real: "
                            + percent(comparison.floor()))));
    results
        .evaluation()
        .memorisation()
        .ifPresent(
            memory ->
                cards.add(
                    new Page.Card(
                        Integer.toString(memory.copies()),
                        "exact copies",
                        "among the fresh digits, of any that the network has seen")));
    cards.add(
        new Page.Card(
            Numbers.fixed(worst(), 3),
            "worst R-hat",
            "four chains on eight schools; below 1.01 they agree"));
    return cards;
  }

  /** The classifier's comparison with the first part, which has most rows and so the smallest error. */
  private Optional<Comparison> classifier() {
    return results.evaluation().parts().get(0).comparisons().stream()
        .filter(comparison -> comparison.name().contains("classifier"))
        .findFirst();
  }

  private static String percent(Estimate estimate) {
    return String.format(
        Locale.ROOT, "%.0f ± %.0f %%", 100 * estimate.value(), 100 * estimate.standardError());
  }

  private void data(Page page) throws IOException {
    int learned = results.split().training().length;
    int apart = results.split().heldOut().length;
    page.section("From data: handwritten digits");
    page.text(
        "%,d images of 8×8 pixels, written by people in Turkey in the 1990s. The network saw %,d of them and learned one thing: given a noisy image, what did the clean one look like? The other %d were put aside to judge it."
            .formatted(results.data().rows(), learned, apart));
    page.side();
    page.pixels(
        picture("real.png"),
        "A grid of a hundred real handwritten digits",
        "Real: 100 of the digits that were put aside.");
    page.pixels(
        picture("digits.png"),
        "A grid of a hundred generated handwritten digits",
        "Fresh: the first 100 that the network drew. None was picked or left out.");
    page.endSide();
    page.heading("From noise to a digit");
    page.text(
        "A sample starts as pure noise. At each noise level the network is asked what the clean"
            + " image is likely to be, and the sample moves a little towards the answer. At first"
            + " the answer is the average digit; as the noise falls it makes up its mind.");
    page.pixels(
        picture("denoising.png"),
        "Five rows of images that turn from a grey blur into a digit",
        "Five of the fresh digits, and what the network took them for on the way; noise falls from"
            + " left to right, and the last column is the result.");
    page.heading("How the learning went");
    page.drawing(losses(), lossCaption());
  }

  private String losses() {
    List<History.Entry> entries = results.history().entries();
    double[] steps = entries.stream().mapToDouble(History.Entry::step).toArray();
    return Drawing.lines(
        "The loss falls with the steps, for digits learned from and for those held out",
        "optimizer steps",
        "loss",
        List.of(
            new Drawing.Series(
                "learned from",
                steps,
                entries.stream().mapToDouble(History.Entry::training).toArray()),
            new Drawing.Series(
                "held out",
                steps,
                entries.stream().mapToDouble(History.Entry::heldOut).toArray())));
  }

  private String lossCaption() {
    String rises =
        results
            .history()
            .bestIfPassed()
            .map(
                best ->
                    " Here it was lowest at step %d and has risen a little since: more steps would make copies, not better digits."
                        .formatted(best.step()))
            .orElse("");
    return "Mean square error of the network's guess, each noise level weighted so that knowing"
        + " nothing costs 1. It cannot reach 0: noise hides things that nobody can know. A"
        + " gap that opens between the two lines means that digits are being learned by"
        + " heart."
        + rises;
  }

  private void goodness(Page page) {
    page.section("How good are the fresh digits?");
    page.text(
        "Two samples of the same distribution are never at distance 0, so each figure stands beside"
            + " its floor: what real digits score against other real digits, in samples of the same"
            + " sizes. The ± is one standard error.");
    page.table(
        "%,d fresh digits".formatted(results.effort().samples()),
        List.of("distance", "measured", "real against real"),
        results.evaluation().rows().stream()
            .map(row -> List.of(row.get(0) + ", against " + row.get(1), row.get(2), row.get(3)))
            .toList());
    List<String> readings = new ArrayList<>();
    for (Evaluation.Part part : results.evaluation().parts()) {
      part.comparisons().forEach(comparison -> readings.add(Evaluation.sentence(part, comparison)));
    }
    page.list(readings);
    page.note(
        "Sliced Wasserstein: how far, in grey values (0 to 16), one has to move the one sample to"
            + " get the other, seen along random directions. Classifier: a small network is trained"
            + " to tell fresh from real; 50 % right is guessing, 100 % means that every fresh digit"
            + " gives itself away.");
    results.evaluation().memorisation().ifPresent(memory -> memory(page, memory));
  }

  private static void memory(Page page, Memorisation memory) {
    page.heading("Are they copies?");
    page.text(memory.reading());
    page.terms(
        "Nearest real digits",
        List.of("", "fresh digits", "for comparison"),
        List.of(
            List.of(
                "median distance to the nearest digit learned from",
                Numbers.brief(memory.freshMedian()),
                Numbers.brief(memory.realMedian()) + " for held-out real digits"),
            List.of(
                "share whose nearest real digit is one learned from",
                String.format(
                    Locale.ROOT,
                    "%.1f ± %.1f %%",
                    100 * memory.share(),
                    100 * memory.standardError()),
                String.format(Locale.ROOT, "%.1f %% if it does not copy", 100 * memory.expected())),
            List.of("exact copies", Integer.toString(memory.copies()), "0 is as it should be")));
  }

  private void density(Page page) throws IOException {
    page.section("From a density: eight schools");
    page.text(
        "Eight schools coached their pupils for a test and measured by how many points it helped,"
            + " with large errors (Rubin 1981). The model lets the effects theta be alike, but not"
            + " equal: each is drawn around a common mean mu with a spread tau, and all ten are"
            + " unknown. The posterior has no formula. Four chains of Hamiltonian Monte Carlo,"
            + " started at different places, explored it.");
    page.drawing(
        intervals(), "Effect of coaching in each school, in points: median and 90 % interval.");
    page.table("Summary of the draws", tableHead(), tableRows());
    page.note(
        "mcse: how far the mean may be off because the run is finite. ess: how many independent"
            + " draws the correlated ones are worth, for the middle and for the tails of the"
            + " distribution. r_hat: spread of all chains together over spread within; above 1.01"
            + " they do not agree yet.");
    findings(page);
    page.picture(
        picture(DRAWS + "/trace.png"),
        "Traces of the four chains",
        "Traces: value against draw. Chains that have settled look alike, like grass.");
    page.picture(
        picture(DRAWS + "/rank.png"),
        "Rank histograms of the four chains",
        "Ranks: where each chain's draws stand among all draws. Even bars mean that no chain is"
            + " stuck.");
  }

  private void findings(Page page) {
    List<String> told = new ArrayList<>();
    for (Object entry : summary.list("findings")) {
      Map<?, ?> finding = (Map<?, ?>) entry;
      told.add(
          "%s %s %s"
              .formatted(finding.get("what"), finding.get("why"), finding.get("remedy"))
              .strip());
    }
    page.list(told);
  }

  private String intervals() {
    List<Drawing.Interval> intervals = new ArrayList<>();
    for (int school = 0; school < SCHOOLS; school++) {
      String name = "theta[" + (school + 1) + "]";
      double[] mine = {figure(name, "q5"), figure(name, "median"), figure(name, "q95")};
      intervals.add(new Drawing.Interval("School " + (char) ('A' + school), mine, reference(name)));
    }
    return Drawing.intervals(
        "Median and 90 percent interval of the effect in each of the eight schools",
        "points",
        intervals);
  }

  /** The interval of long reference chains, if it is known. */
  private static double[] reference(String name) {
    return Catalogue.named(DRAWS)
        .reference()
        .flatMap(reference -> reference.quantity(name))
        .map(known -> new double[] {known.q05(), known.q50(), known.q95()})
        .orElse(new double[0]);
  }

  private static List<String> tableHead() {
    return List.of(
        "quantity", "mean", "mcse", "sd", "5 %", "median", "95 %", "ess", "tail ess", "r_hat");
  }

  private List<List<String>> tableRows() {
    List<List<String>> rows = new ArrayList<>();
    for (String name : quantities) {
      List<String> row = new ArrayList<>(List.of(name));
      for (String column : List.of("mean", "mcse", "sd", "q5", "median", "q95")) {
        row.add(Numbers.fixed(figure(name, column), 2));
      }
      row.add(Numbers.whole(figure(name, "ess_bulk")));
      row.add(Numbers.whole(figure(name, "ess_tail")));
      row.add(Numbers.fixed(figure(name, "r_hat"), 3));
      rows.add(row);
    }
    return rows;
  }

  private void settings(Page page) {
    page.section("Do it again");
    page.text(
        "The same seed gives the same samples, byte for byte, on the same kind of processor. These"
            + " commands make the parts one by one:");
    page.command(String.join("\n", commands()));
    page.terms("Settings", List.of("what", "value"), settingRows());
    page.terms(
        "Files in " + out,
        List.of("file", "what is in it"),
        List.of(
            List.of(
                "digits.png, digits.npy",
                "the first 100 fresh digits: picture, and numbers for NumPy"),
            List.of("samples.npy", "all fresh digits that were judged above"),
            List.of(
                "model/",
                "the network: langevin generate " + out.resolve("model") + " --out more.png"),
            List.of("evaluation.json", "the figures above"),
            List.of(DRAWS + "/", "draws in Stan's and ArviZ's formats, summary, plots")));
    page.note(
        "Digits: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine"
            + " Learning Repository, CC BY 4.0. Eight schools: D. Rubin (1981), by way of"
            + " posteriordb.");
  }

  private List<String> commands() {
    long seed = results.job().seed();
    return List.of(
        "langevin fit digits --out model --steps %d --seed %d"
            .formatted(results.model().training().steps(), seed),
        "langevin generate model -n %d --batch 100 --steps %d --seed %d --out samples.npy --out digits.png"
            .formatted(results.effort().samples(), results.effort().solverSteps(), seed),
        "langevin evaluate samples.npy --against digits --seed " + seed,
        "langevin sample eight-schools --seed " + seed + " --out eight-schools");
  }

  private List<List<String>> settingRows() {
    ModelConfig model = results.model();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("seed", Long.toString(results.job().seed())));
    rows.add(
        List.of(
            "network",
            String.format(
                Locale.ROOT,
                "%s, %,d weights: %s",
                model.training().architecture().getClass().getSimpleName(),
                model.training().architecture().parameters(),
                listed(model.training().architecture().toMap()))));
    model
        .training()
        .toMap()
        .forEach(
            (name, value) -> {
              if (!name.equals("architecture") && !name.equals("seed")) {
                rows.add(
                    List.of(
                        "fit: " + name.replace('_', ' '),
                        value instanceof Map<?, ?> map ? listed(map) : String.valueOf(value)));
              }
            });
    rows.add(
        List.of(
            "generate",
            "Heun's method on the probability-flow ODE, %d steps, noise levels 80 to 0.002 (Karras et al. 2022)"
                .formatted(results.effort().solverSteps())));
    SampleSettings chains = results.effort().chains();
    rows.add(List.of("sample", chains.command(DRAWS)));
    rows.add(List.of("data", "digits, SHA-256 " + model.data().sha256()));
    return rows;
  }

  private static String listed(Map<?, ?> map) {
    return map.entrySet().stream()
        .map(entry -> String.valueOf(entry.getKey()).replace('_', ' ') + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private byte[] picture(String name) throws IOException {
    return Files.readAllBytes(out.resolve(name));
  }
}
