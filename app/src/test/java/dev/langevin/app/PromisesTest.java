package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langevin.chain.Draws;
import dev.langevin.io.Datasets;
import dev.langevin.io.StanCsv;
import dev.langevin.table.Dataset;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said before a run, runs that keep it, the list of samplers, and spin glasses. */
class PromisesTest {
  private static final OptionalDouble NONE = OptionalDouble.empty();

  @TempDir Path temp;

  private static Accuracy accuracy(double value, String measure) {
    return new Accuracy(value, measure, NONE, NONE, NONE);
  }

  @Test
  void aGaussianHasAGuaranteeAndItsTightness() {
    Recorder console = new Recorder();
    assertThat(App.run(new ExplainJob("gaussian", accuracy(0.1, "w2"), 1), console)).isZero();
    assertThat(console.text())
        .contains("W2 ≤ 0.1 is guaranteed", "known", "tightness", "sample gaussian --accuracy 0.1");
  }

  @Test
  void whatIsNotLogConcaveHasNoneUnlessItsConstantsAreGiven() {
    Recorder console = new Recorder();
    assertThat(App.run(new ExplainJob("mixture", accuracy(0.1, "kl"), 1), console)).isZero();
    assertThat(console.text()).contains("no theorem promises", "not log-concave");
    Recorder given = new Recorder();
    Accuracy constants =
        new Accuracy(0.1, "kl", NONE, OptionalDouble.of(4), OptionalDouble.of(0.05));
    assertThat(App.run(new ExplainJob("mixture", constants, 1), given)).isZero();
    assertThat(given.text()).contains("KL", "is guaranteed", "given");
  }

  @Test
  void anAccurateRunMakesIndependentDraws() {
    SampleSettings settings =
        new SampleSettings(
            "auto",
            Map.of(),
            1,
            0,
            300,
            1,
            NONE,
            Optional.empty(),
            Optional.of(accuracy(0.2, "w2")),
            3);
    Recorder console = new Recorder();
    Path out = temp.resolve("accurate");
    assertThat(
            App.run(
                new SampleJob("gaussian", settings, 1, Optional.of(out), false, false), console))
        .isZero();
    assertThat(console.text()).contains("is guaranteed", "by ula");
    Draws draws = StanCsv.read(out.resolve("chain-1.csv"));
    assertThat(draws.draws()).isEqualTo(300);
    double[] x = draws.series("x[1]")[0];
    double product = 0;
    for (int i = 1; i < x.length; i++) {
      product += x[i] * x[i - 1] / (x.length - 1);
    }
    // of independent draws within 6 standard errors of 1/√299 (false alarm 2e-9); ULA's own chain
    // would have about 0.9
    assertThat(Math.abs(product)).isLessThan(6 / Math.sqrt(299));
  }

  @Test
  void theSamplersAreListedWithTheirSettings() {
    Recorder console = new Recorder();
    App.run(new SamplersJob(Optional.empty()), console);
    SamplerMenu.all().forEach(entry -> assertThat(console.text()).contains(entry.name()));
    Recorder one = new Recorder();
    App.run(new SamplersJob(Optional.of("nuts")), one);
    assertThat(one.text()).contains("--set max-depth=");
  }

  @Test
  void theSolversAreListedWithTheirSettingsAndSources() {
    Recorder console = new Recorder();
    App.run(new SolversJob(Optional.empty()), console);
    SolverMenu.all().forEach(entry -> assertThat(console.text()).contains(entry.name()));
    SpacingMenu.all().forEach(entry -> assertThat(console.text()).contains(entry.name()));
    for (SolverMenu.Entry entry : SolverMenu.all()) {
      Recorder one = new Recorder();
      App.run(new SolversJob(Optional.of(entry.name())), one);
      assertThat(one.text()).contains(entry.source(), "steps, spacing ");
      entry.settings().forEach(s -> assertThat(one.text()).contains("--set " + s.key() + "="));
    }
  }

  @Test
  void spinsGoIntoAFileWithTheirAccount() {
    Path file = temp.resolve("spins.npy");
    Path picture = temp.resolve("overlaps.png");
    Recorder console = new Recorder();
    SpinJob job = new SpinJob("z2", 150, 2, 5, 20, 2, Optional.of(file), Optional.of(picture), 7);
    assertThat(App.run(job, console)).isZero();
    assertThat(console.text()).contains("state evolution predicts", "largest residual");
    Dataset rows = Datasets.read(file);
    assertThat(rows.rows()).isEqualTo(5);
    assertThat(picture).isNotEmptyFile();
    assertThat(rows.values()).hasSize(750).containsOnly(-1, 1);
    Recorder again = new Recorder();
    Path other = temp.resolve("again.npy");
    App.run(new SpinJob("z2", 150, 2, 5, 20, 1, Optional.of(other), Optional.empty(), 7), again);
    assertThat(Datasets.read(other).values()).containsExactly(rows.values());
  }
}
