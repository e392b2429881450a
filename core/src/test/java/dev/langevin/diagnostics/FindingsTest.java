package dev.langevin.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.random.Seed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsTest {
  private static final double[][] NONE = new double[0][];
  private static final double[][] FINE = ChainsFixture.independent(4, 500, Seed.of(51));
  private static final double[][] OTHER = ChainsFixture.independent(4, 500, Seed.of(52));

  @Test
  void goodDrawsGetOneGoodWordWithTheirFigures() {
    List<Finding> findings = judge(FINE, OTHER);
    assertThat(findings).hasSize(1);
    Finding good = findings.get(0);
    assertThat(good.severity()).isEqualTo(Severity.GOOD);
    assertThat(good.what())
        .matches(
            "No problem found in 4 chains of 500 draws: R-hat is at most 1\\.00\\d \\(q\\d\\), effective sample size at least"
                + " \\d{4} \\(q\\d\\)\\.");
    assertThat(good.remedy()).isEqualTo("Nothing to do.");
  }

  @Test
  void aShiftedChainIsNamedWithItsQuantityOnly() {
    double[][] off = ChainsFixture.changed(FINE, (c, n, v) -> c == 2 ? v + 0.5 : v);
    Finding rhat = only(judge(off, OTHER), "R-hat");
    assertThat(rhat.severity()).isEqualTo(Severity.WARNING);
    assertThat(rhat.what()).startsWith("R-hat is above 1.01 for 1 of 2 quantities: q1 1.0");
    assertThat(rhat.remedy()).contains("longer warm-up");
  }

  @Test
  void chainsThatAreFarApartAreSeriousAndComeFirst() {
    double[][] off = ChainsFixture.changed(FINE, (c, n, v) -> c == 2 ? v + 5 : v);
    List<Finding> findings = judge(OTHER, off);
    assertThat(findings.get(0).severity()).isEqualTo(Severity.SERIOUS);
    assertThat(findings.get(0).what()).contains("q2 ").doesNotContain("q1");
    assertThat(only(findings, "Bulk").remedy()).startsWith("See to R-hat first");
    assertThat(findings).extracting(Finding::severity).doesNotContain(Severity.GOOD);
    assertThat(findings).isSortedAccordingTo((a, b) -> b.severity().compareTo(a.severity()));
  }

  @Test
  void onlyTheWorstThreeAreNamedWorstFirst() {
    double[][][] quantities = new double[5][][];
    for (int q = 0; q < 5; q++) {
      double shift = 0.5 + 0.5 * q;
      quantities[q] = ChainsFixture.changed(FINE, (c, n, v) -> c == 0 ? v + shift : v);
    }
    assertThat(only(judge(quantities), "R-hat").what())
        .matches("R-hat is above 1.01 for 5 of 5 quantities: q5 1.*, q4 1.*, q3 1.* and 2 more.");
  }

  @Test
  void stickyChainsAreToldHowManyDrawsWouldDo() {
    double[][] sticky = ChainsFixture.autoregression(4, 1000, 0.95, Seed.of(53));
    List<Finding> findings = judge(sticky);
    Finding bulk = only(findings, "Bulk effective sample size is below 400 (100 per chain)");
    assertThat(bulk.remedy()).containsPattern("about \\d+00 draws per chain");
    double[][] spiky = ChainsFixture.changed(FINE, (c, n, v) -> c == 0 ? 6 * v : v);
    Finding tail = only(judge(spiky, OTHER), "Tail effective");
    assertThat(tail.what()).contains("for 1 of 2 quantities: q1 ");
    assertThat(tail.why()).contains("intervals");
  }

  @Test
  void divergencesAreCountedAndWeighed() {
    double[][] few = new double[4][500];
    few[1][7] = 1;
    Finding one = only(judgeWith(few, NONE, FINE), "diverged");
    assertThat(one.severity()).isEqualTo(Severity.WARNING);
    assertThat(one.what()).isEqualTo("1 of 2000 trajectories diverged (less than 0.1 %).");
    assertThat(one.remedy()).contains("target acceptance");
    double[][] many = ChainsFixture.changed(FINE, (c, n, v) -> n % 50 == 0 ? 1 : 0);
    Finding lots = only(judgeWith(many, NONE, FINE), "diverged");
    assertThat(lots.severity()).isEqualTo(Severity.SERIOUS);
    assertThat(lots.what()).isEqualTo("40 of 2000 trajectories diverged (2.0 %).");
    assertThat(judgeWith(new double[4][500], NONE, FINE)).hasSize(1);
  }

  @Test
  void lowEnergyFractionsNameTheirChains() {
    double[][] energy = ChainsFixture.autoregression(4, 500, 0.95, Seed.of(54));
    energy[1] = FINE[1];
    Finding bfmi = only(judgeWith(NONE, energy, FINE), "E-BFMI");
    assertThat(bfmi.what()).startsWith("E-BFMI is below 0.3 in chains 1, 3 and 4 (lowest 0.");
    energy[0] = FINE[0];
    energy[2] = FINE[2];
    assertThat(only(judgeWith(NONE, energy, FINE), "E-BFMI").what()).contains("in chain 4 (lowest");
    assertThat(judgeWith(NONE, FINE, FINE)).hasSize(1);
  }

  @Test
  void aChainThatNeverMovedIsSerious() {
    double[][] stuck = ChainsFixture.changed(FINE, (c, n, v) -> c == 1 ? 0.3 : v);
    Finding finding = only(judge(stuck), "moved");
    assertThat(finding.severity()).isEqualTo(Severity.SERIOUS);
    assertThat(finding.what()).isEqualTo("Chain 2 never moved.");
    double[][] both = ChainsFixture.changed(FINE, (c, n, v) -> c >= 2 ? 0.3 : v);
    assertThat(only(judge(both), "moved").what()).isEqualTo("Chains 3 and 4 never moved.");
    assertThat(judge(both, OTHER)).noneMatch(f -> f.what().contains("moved"));
  }

  @Test
  void aLongStandstillIsAWarning() {
    double[][] still = ChainsFixture.changed(FINE, (c, n, v) -> c == 3 && n >= 400 ? 1.5 : v);
    Finding finding = only(judge(still), "stood still");
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.what()).isEqualTo("Chain 4 stood still for 100 of its 500 draws in a row.");
    double[][] brief = ChainsFixture.changed(FINE, (c, n, v) -> c == 3 && n >= 451 ? 1.5 : v);
    assertThat(judge(brief)).noneMatch(f -> f.what().contains("stood still"));
  }

  @Test
  void tooFewChainsAndDrawsAreSaid() {
    assertThat(severities(judge(part(FINE, 1, 500)))).startsWith(Severity.WARNING);
    only(judge(part(FINE, 1, 500)), "There is only one chain.");
    List<Finding> three = judge(part(FINE, 3, 500));
    assertThat(severities(three)).containsExactly(Severity.NOTE, Severity.GOOD);
    assertThat(three.get(0).what()).isEqualTo("There are only 3 chains.");
    assertThat(only(judge(part(FINE, 4, 60)), "only 60 draws").severity())
        .isEqualTo(Severity.WARNING);
    List<Finding> three3 = judge(part(FINE, 4, 3));
    assertThat(severities(three3)).containsExactly(Severity.SERIOUS);
    only(three3, "There are only 3 draws per chain.");
  }

  @Test
  void brokenAndConstantQuantitiesAreNamed() {
    double[][] hole = ChainsFixture.changed(FINE, (c, n, v) -> n == 9 ? Double.NaN : v);
    double[][] fixed = ChainsFixture.changed(FINE, (c, n, v) -> 1);
    double[][] lumped = ChainsFixture.changed(FINE, (c, n, v) -> v > 0 ? 1 : 0);
    List<Finding> findings = judge(hole, fixed, lumped, FINE);
    assertThat(severities(findings))
        .containsExactly(Severity.SERIOUS, Severity.NOTE, Severity.NOTE);
    assertThat(findings.get(0).what()).isEqualTo("Some draws of q1 are not finite numbers.");
    assertThat(findings.get(1).what()).isEqualTo("q2 never changes.");
    assertThat(findings.get(2).what()).isEqualTo("The effective sample size of q3 is not known.");
    only(judge(fixed, fixed), "No quantity ever changes.");
  }

  @Test
  void everyFindingSaysWhatWhyAndWhatToDo() {
    double[][] energy = ChainsFixture.autoregression(3, 80, 0.98, Seed.of(55));
    double[][] bad = ChainsFixture.changed(energy, (c, n, v) -> c == 0 ? 9 : v);
    List<Finding> findings =
        judgeWith(ChainsFixture.changed(bad, (c, n, v) -> 1), energy, bad, bad);
    assertThat(findings).hasSizeGreaterThan(6);
    for (Finding f : findings) {
      assertThat(f.what()).endsWith(".");
      assertThat(f.why()).endsWith(".");
      assertThat(f.remedy()).endsWith(".");
      assertThat(f.toString()).startsWith(f.severity() + ": " + f.what());
    }
  }

  @Test
  void theSameDrawsGetTheSameFindings() {
    double[][] off = ChainsFixture.changed(FINE, (c, n, v) -> c == 2 ? v + 0.5 : v);
    assertThat(judge(off, OTHER)).isEqualTo(judge(off, OTHER));
  }

  @Test
  void misshapenArgumentsAreRefused() {
    List<QuantitySummary> one = List.of(QuantitySummary.of("q", FINE));
    assertThatThrownBy(() -> Findings.judge(List.of(), 4, 500, NONE, NONE))
        .hasMessage("summaries must be at least 1, got 0");
    assertThatThrownBy(() -> Findings.judge(one, 4, 500, new double[3][500], NONE))
        .hasMessage("divergent must have 4 chains or none, got 3");
    assertThatThrownBy(() -> Findings.judge(one, 4, 500, NONE, new double[2][500]))
        .hasMessage("energy must have 4 chains or none, got 2");
  }

  private static double[][] part(double[][] x, int chains, int draws) {
    return ChainsFixture.changed(new double[chains][draws], (c, n, v) -> x[c][n]);
  }

  private static List<Severity> severities(List<Finding> findings) {
    return findings.stream().map(Finding::severity).toList();
  }

  private static Finding only(List<Finding> findings, String text) {
    List<Finding> hits = findings.stream().filter(f -> f.what().contains(text)).toList();
    assertThat(hits).as(text + " in " + findings).hasSize(1);
    return hits.get(0);
  }

  private static List<Finding> judge(double[][]... quantities) {
    return judgeWith(NONE, NONE, quantities);
  }

  private static List<Finding> judgeWith(
      double[][] divergent, double[][] energy, double[][]... quantities) {
    int chains = quantities[0].length;
    List<QuantitySummary> summaries = new ArrayList<>();
    double[][][] values = new double[chains][quantities.length][];
    for (int q = 0; q < quantities.length; q++) {
      summaries.add(QuantitySummary.of("q" + (q + 1), quantities[q]));
      for (int c = 0; c < chains; c++) {
        values[c][q] = quantities[q][c];
      }
    }
    return Findings.judge(summaries, chains, quantities[0][0].length, divergent, energy, values);
  }
}
