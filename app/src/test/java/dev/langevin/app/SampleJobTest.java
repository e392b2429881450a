package dev.langevin.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langevin.chain.Draws;
import dev.langevin.io.Json;
import dev.langevin.io.StanCsv;
import dev.langevin.io.ZarrDraws;
import dev.langevin.mcmc.Hmc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SampleJobTest {
  @TempDir Path temp;

  static SampleSettings small(String sampler) {
    return small(sampler, 5);
  }

  static SampleSettings small(String sampler, long seed) {
    return new SampleSettings(
        sampler, Map.of(), 3, 60, 40, 2, OptionalDouble.empty(), Optional.empty(), seed);
  }

  SampleJob job(String target, String sampler, int threads, String folder) {
    Path out = temp.resolve(folder);
    return new SampleJob(target, small(sampler), threads, Optional.of(out), false, false);
  }

  Map<String, byte[]> files(String folder) throws IOException {
    Map<String, byte[]> content = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(temp.resolve(folder))) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        content.put(temp.resolve(folder).relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return content;
  }

  static boolean sameBytes(Map<String, byte[]> a, Map<String, byte[]> b) {
    return a.keySet().equals(b.keySet())
        && a.keySet().stream().allMatch(name -> java.util.Arrays.equals(a.get(name), b.get(name)));
  }

  static Stream<String> samplers() {
    return SamplerMenu.all().stream().map(SamplerMenu.Entry::name);
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void every_sampler_leaves_draws_summary_and_settings(String sampler) throws IOException {
    Recorder console = new Recorder();
    assertThat(App.run(job("eight-schools", sampler, 2, "draws"), console)).isZero();
    assertThat(console.errors).isEmpty();
    assertThat(console.text()).contains("mu", "tau", "ess_bulk", "seed 5");
    Path out = temp.resolve("draws");
    Draws csv =
        StanCsv.read(
            IntStream.rangeClosed(1, 3).mapToObj(i -> out.resolve("chain-" + i + ".csv")).toList());
    assertThat(csv.chains()).isEqualTo(3);
    assertThat(csv.draws()).isEqualTo(40);
    Draws zarr = ZarrDraws.read(out.resolve("draws.zarr"));
    assertThat(zarr.names()).isEqualTo(csv.names());
    assertThat(zarr.values()).isDeepEqualTo(csv.values());
    Map<String, Object> summary = Json.read(out.resolve("summary.json"));
    assertThat(summary).containsKeys("quantities", "findings", "provenance", "gradients");
    assertThat(String.valueOf(summary.get("provenance")))
        .contains("--sampler " + sampler, "--thin 2", "--seed 5")
        .doesNotContain(temp.toString());
    assertThat(Files.readString(out.resolve("summary.csv"))).contains("\nquantity,mean,", "\nmu,");
  }

  @Test
  void equal_seeds_give_equal_bytes_on_any_number_of_threads() throws IOException {
    for (int threads : new int[] {1, 2, 7}) {
      App.run(job("eight-schools", "hmc", threads, "t" + threads), Console.silent());
    }
    assertThat(files("t1")).hasSizeGreaterThan(5);
    assertThat(sameBytes(files("t1"), files("t2"))).isTrue();
    assertThat(sameBytes(files("t1"), files("t7"))).isTrue();
  }

  @Test
  void another_seed_gives_other_draws() throws IOException {
    SampleSettings six = small("hmc", 6);
    App.run(job("eight-schools", "hmc", 1, "five"), Console.silent());
    Path out = temp.resolve("six");
    App.run(
        new SampleJob("eight-schools", six, 1, Optional.of(out), false, false), Console.silent());
    assertThat(Files.mismatch(temp.resolve("five/chain-1.csv"), out.resolve("chain-1.csv")))
        .isNotNegative();
  }

  @Test
  void pictures_are_written_unless_refused() {
    SampleJob job =
        new SampleJob("gaussian", small("hmc"), 1, Optional.of(temp.resolve("with")), true, false);
    assertThat(App.run(job, Console.silent())).isZero();
    assertThat(temp.resolve("with")).isDirectoryContaining("glob:**/trace.png");
    assertThat(temp.resolve("with")).isDirectoryContaining("glob:**/rank.png");
    assertThat(temp.resolve("with")).isDirectoryContaining("glob:**/pairs.png");
    App.run(job("gaussian", "hmc", 1, "without"), Console.silent());
    assertThat(temp.resolve("without")).isDirectoryNotContaining("glob:**/*.png");
  }

  @Test
  void a_stop_in_the_middle_keeps_what_is_done_and_says_so() {
    // 3 chains of 60 + 80 iterations; after 360 every chain is among its draws.
    Recorder console = new Recorder().stoppingAt(360);
    assertThat(App.run(job("eight-schools", "hmc", 2, "part"), console)).isEqualTo(130);
    Draws kept = ZarrDraws.read(temp.resolve("part/draws.zarr"));
    assertThat(kept.draws()).isBetween(1, 39);
    assertThat(kept.chains()).isEqualTo(3);
    assertThat(console.warnings)
        .anyMatch(w -> w.contains("stopped after " + kept.draws() + " of 40 draws"));
  }

  @Test
  void a_stop_during_warmup_keeps_nothing_and_says_so() {
    Recorder console = new Recorder().stoppingAt(10);
    assertThat(App.run(job("eight-schools", "hmc", 2, "none"), console)).isEqualTo(130);
    assertThat(temp.resolve("none")).doesNotExist();
    assertThat(console.warnings).hasSize(1);
    assertThat(console.warnings.get(0)).contains("nothing to keep");
  }

  @Test
  void the_table_of_many_quantities_is_cut_and_says_so() {
    Recorder cut = new Recorder();
    App.run(new SampleJob("diamonds", small("rwm"), 2, Optional.empty(), false, false), cut);
    Recorder whole = new Recorder();
    App.run(new SampleJob("diamonds", small("rwm"), 2, Optional.empty(), false, true), whole);
    assertThat(whole.lines.size()).isGreaterThan(cut.lines.size() + 5);
    assertThat(cut.text()).contains("--all");
    assertThat(whole.text()).doesNotContain("--all");
  }

  @Test
  void a_place_that_cannot_be_written_is_refused_before_the_work_begins() throws IOException {
    Files.writeString(temp.resolve("file"), "mine");
    Recorder console = new Recorder();
    assertThat(App.run(job("eight-schools", "hmc", 1, "file"), console)).isEqualTo(2);
    assertThat(console.errors).hasSize(1);
    assertThat(console.progressed).hasValue(0);
    assertThat(temp.resolve("file")).hasContent("mine");
  }

  static Stream<Arguments> refusals() {
    SampleSettings s = SampleSettings.defaults(1);
    return Stream.of(
        refusal("draws", () -> settings("hmc", Map.of(), 4, 1, 0, 1)),
        refusal("chains", () -> settings("hmc", Map.of(), 0, 1, 1, 1)),
        refusal("warmup", () -> settings("hmc", Map.of(), 1, -1, 1, 1)),
        refusal("thin", () -> settings("hmc", Map.of(), 1, 1, 1, 0)),
        refusal("sampler", () -> settings("nutty", Map.of(), 1, 1, 1, 1)),
        refusal("stepSize", () -> settings("hmc", Map.of("step-size", 0.0), 1, 1, 1, 1)),
        refusal("steps", () -> settings("mala", Map.of("steps", 3.0), 1, 1, 1, 1)),
        refusal("steps", () -> settings("auto", Map.of("steps", 3.0), 1, 1, 1, 1)),
        refusal("steps", () -> settings("hmc", Map.of("steps", 3.5), 1, 1, 1, 1)),
        refusal(
            "steps", () -> settings("hmc", Map.of("steps", 3.0, "trajectory", 1.0), 1, 1, 1, 1)),
        refusal(
            "targetAcceptance",
            () ->
                new SampleSettings(
                    "hmc", Map.of(), 1, 1, 1, 1, OptionalDouble.of(1), Optional.empty(), 1)),
        refusal(
            "metric",
            () ->
                new SampleSettings(
                    "hmc", Map.of(), 1, 1, 1, 1, OptionalDouble.empty(), Optional.of("round"), 1)),
        refusal("threads", () -> new SampleJob("gaussian", s, 0, Optional.empty(), false, false)),
        refusal(
            "resume", () -> new SampleJob("gaussian", s, 1, Optional.empty(), true, false, false)));
  }

  private static SampleSettings settings(
      String sampler, Map<String, Double> set, int chains, int warmup, int draws, int thin) {
    return new SampleSettings(
        sampler, set, chains, warmup, draws, thin, OptionalDouble.empty(), Optional.empty(), 1);
  }

  private static Arguments refusal(String parameter, ThrowingCallable maker) {
    return Arguments.of(parameter, maker);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void nonsense_is_refused_by_name(String parameter, ThrowingCallable maker) {
    assertThatThrownBy(maker)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(parameter + " must be ");
  }

  @Test
  void the_command_asks_for_the_same_draws() {
    SampleSettings settings =
        new SampleSettings(
            "hmc",
            Map.of("step-size", 0.5, "steps", 7.0),
            2,
            100,
            50,
            3,
            OptionalDouble.of(0.9),
            Optional.of("dense"),
            11);
    assertThat(settings.command("banana"))
        .isEqualTo(
            "langevin sample banana --sampler hmc --chains 2 --warmup 100 --draws 50 --thin 3"
                + " --target-acceptance 0.9 --metric dense --set step-size=0.5 --set steps=7"
                + " --seed 11");
    assertThat(settings.recipe()).isEqualTo(new Hmc(0.5, 7));
  }

  @Test
  void a_killed_run_goes_on_to_the_same_bytes() throws IOException {
    App.run(resumable("whole", false), Console.silent());
    Path unfinished = temp.resolve("part.unfinished");
    int kills = 0;
    for (long at = 3000; at <= 9000; at += 2000) {
      Recorder dying = new Recorder().dyingAt(at);
      assertThatThrownBy(() -> App.run(resumable("part", true), dying))
          .isInstanceOf(Recorder.Killed.class);
      kills++;
      assertThat(unfinished).exists();
      assertThat(temp.resolve("part")).doesNotExist();
    }
    assertThat(kills).isEqualTo(4);
    Recorder refused = new Recorder();
    assertThat(App.run(resumable("part", false), refused)).isEqualTo(2);
    assertThat(refused.errors.get(0)).contains("was stopped", "--resume");
    Recorder last = new Recorder();
    assertThat(App.run(resumable("part", true), last)).isZero();
    assertThat(last.text()).contains("Resuming with ");
    assertThat(unfinished).doesNotExist();
    assertThat(sameBytes(files("part"), files("whole"))).isTrue();
  }

  private SampleJob resumable(String folder, boolean resume) {
    SampleSettings settings =
        new SampleSettings(
            "mala", Map.of(), 2, 100, 5000, 1, OptionalDouble.empty(), Optional.empty(), 3);
    Path out = temp.resolve(folder);
    return new SampleJob("gaussian", settings, 2, Optional.of(out), resume, false, false);
  }

  @Test
  void a_stopped_run_goes_on_and_replaces_what_it_left() throws IOException {
    App.run(resumable("whole", false), Console.silent());
    assertThat(App.run(resumable("part", false), new Recorder().stoppingAt(4000))).isEqualTo(130);
    Recorder other = new Recorder();
    Path out = temp.resolve("part");
    SampleJob another =
        new SampleJob("gaussian", small("mala"), 2, Optional.of(out), true, false, false);
    assertThat(App.run(another, other)).isEqualTo(2);
    assertThat(other.errors.get(0)).contains("holds a run with");
    Recorder last = new Recorder();
    assertThat(App.run(resumable("part", true), last)).isZero();
    assertThat(last.text()).doesNotContain("Resuming with 0 of");
    assertThat(sameBytes(files("part"), files("whole"))).isTrue();
  }
}
