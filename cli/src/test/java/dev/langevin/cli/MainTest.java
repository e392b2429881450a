package dev.langevin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langevin.app.Picture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @TempDir Path temp;

  record Said(int status, String out, String err) {}

  static Said run(BooleanSupplier cancelled, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Main.run(
            args,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            cancelled);
    return new Said(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static Said run(String... args) {
    return run(() -> false, args);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake("unknown command. Did you mean sample?", "smaple", "gaussian"),
        mistake("unknown flag", "--nonsense"),
        mistake("eight-schools", "sample", "eight-scools"),
        mistake("TARGET: missing", "sample"),
        mistake("Did you mean --chains?", "sample", "gaussian", "--chians", "2"),
        mistake("argument too many", "sample", "gaussian", "banana"),
        mistake(
            "--chains N: 'four' is not a whole number", "sample", "gaussian", "--chains", "four"),
        mistake("--draws: must be between 1 and", "sample", "gaussian", "--draws", "0"),
        mistake("--draws: must be", "sample", "gaussian", "--draws=-5"),
        mistake("--chains: must be", "sample", "gaussian", "--chains", "0"),
        mistake("--chains N: '99999999999'", "sample", "gaussian", "--chains", "99999999999"),
        mistake("--thin: must be", "sample", "gaussian", "--thin", "0"),
        mistake("--warmup: must be", "sample", "gaussian", "--warmup", "-1"),
        mistake("--threads: must be", "sample", "gaussian", "--threads", "0"),
        mistake("--step-size: must be positive", "sample", "gaussian", "--step-size", "-1"),
        mistake(
            "--step-size H: 'tiny' is not a number", "sample", "gaussian", "--step-size", "tiny"),
        mistake("--step-size: must be positive", "sample", "gaussian", "--step-size", "NaN"),
        mistake("--trajectory: must be", "sample", "gaussian", "--trajectory", "0"),
        mistake(
            "length must be positive",
            "sample",
            "gaussian",
            "--sampler",
            "hmc",
            "--trajectory",
            "0"),
        mistake(
            "--set KEY=VALUE: 'x' is not usable",
            "generate",
            "ring",
            "--out",
            "x.csv",
            "--set",
            "x"),
        mistake(
            "'abc' is not usable",
            "generate",
            "ring",
            "--out",
            "x.csv",
            "--solver",
            "ddim",
            "--set",
            "eta=abc"),
        mistake(
            "eta must be between 0 and 1, got NaN",
            "generate",
            "ring",
            "--out",
            "x.csv",
            "--solver",
            "ddim",
            "--set",
            "eta=NaN"),
        mistake(
            "churn must be left out with heun",
            "generate",
            "ring",
            "--out",
            "x.csv",
            "--set",
            "churn=1"),
        mistake(
            "order must be a whole number, got 1.5",
            "generate",
            "ring",
            "--out",
            "x.csv",
            "--solver",
            "dpm++",
            "--set",
            "order=1.5"),
        mistake(
            "--spacing: must be one of karras, log-snr",
            "generate",
            "ring",
            "--out",
            "x.csv",
            "--spacing",
            "foo"),
        mistake("--rho: must be positive", "generate", "ring", "--out", "x.csv", "--rho=-1"),
        mistake(
            "must be left out with spacing trailing",
            "generate",
            "ring",
            "--out",
            "x.csv",
            "--spacing",
            "trailing",
            "--sigma-min",
            "0.1"),
        mistake(
            "--steps: must be between 1 and 1000, got 2000",
            "generate",
            "ring",
            "--out",
            "x.csv",
            "--spacing",
            "trailing",
            "--steps",
            "2000"),
        mistake(
            "--solver: must be one of heun",
            "generate",
            "ring",
            "--out",
            "x.csv",
            "--solver",
            "foo"),
        mistake(
            "--sigma-min: must be below sigmaMax",
            "generate",
            "ring",
            "--out",
            "x.csv",
            "--sigma-min",
            "5",
            "--sigma-max",
            "1"),
        mistake(
            "--distance: must be one of sliced",
            "evaluate",
            "x.csv",
            "--against",
            "digits",
            "--distance",
            "foo"),
        mistake("there is no such file", "generate", "empirical:none.csv", "--out", "x.csv"),
        mistake(
            "but for --solver, --set, --spacing, --sigma-max",
            "show",
            "memorisation",
            "--steps",
            "4",
            "--out",
            "x.png"),
        mistake("model must be one of sk, z2", "spin", "ising"),
        mistake("--spins: must be between", "spin", "sk", "--spins", "1"),
        mistake("--accuracy: must be positive", "explain", "gaussian", "--accuracy", "0"),
        mistake("sampler must be one of auto", "samplers", "nutty"),
        mistake("solver must be one of heun", "solvers", "heum"),
        mistake("--steps: must be", "generate", "ring", "--steps", "0", "--out", "x.csv"),
        mistake(
            "--noise: must be addressed or torch", "generate", "ring", "--noise", "no", "--out=x"),
        mistake("--spacing: must be one of", "generate", "ring", "--spacing", "no", "--out", "x"),
        mistake("--rho: must be positive", "generate", "ring", "--rho", "-1", "--out", "x.csv"),
        mistake("--sigma-min: must be", "generate", "ring", "--sigma-min", "90", "--out", "x.csv"),
        mistake("--sigma-max: must be", "generate", "ring", "--sigma-max", "0", "--out", "x.csv"),
        mistake("eta must be left out with heun", "generate", "ring", "--set", "eta=1", "--out=x"),
        mistake("picture must be one of forward", "show", "backward", "--out", "x.png"),
        mistake("out: must end with .png", "show", "forward", "--out", "x.gif"),
        mistake("--points: must be", "show", "forward", "--points", "3", "--out", "x.png"),
        mistake("has no exact denoiser", "show", "forward", "banana", "--out", "x.png"),
        mistake("no-such.csv", "generate", "empirical:no-such.csv", "--out", "x.csv"),
        mistake("--accuracy: theory promises nothing", "sample", "banana", "--accuracy", "0.1"),
        mistake(
            "--steps: must be left out", "sample", "gaussian", "--sampler", "mala", "--steps", "3"),
        mistake("--target-acceptance: must be", "sample", "gaussian", "--target-acceptance", "1.5"),
        mistake("--sampler: must be one of auto, hmc", "sample", "gaussian", "--sampler", "nutty"),
        mistake("--seed N: 'abc' is not a whole number", "sample", "gaussian", "--seed", "abc"),
        mistake("--seed N: '1e9' is not", "sample", "gaussian", "--seed", "1e9"),
        mistake(
            "--seed N: '99999999999999999999'",
            "sample",
            "gaussian",
            "--seed",
            "99999999999999999999"),
        mistake("--seed N: missing", "sample", "gaussian", "--seed"),
        mistake("more than once", "sample", "gaussian", "--seed", "1", "--seed", "2"),
        mistake("no-such-folder/draws", "sample", "gaussian", "--out", "no-such-folder/draws"),
        mistake("/dev/null", "sample", "gaussian", "--out", "/dev/null/draws"),
        mistake("/dev/null", "sample", "gaussian", "--out", "/dev/null"),
        mistake("no-such-draws: there is no such file", "diagnose", "no-such-draws"),
        mistake("DRAWS: missing", "diagnose"),
        mistake("pom.xml", "diagnose", "pom.xml"),
        mistake("src", "diagnose", "src"),
        mistake("unknown flag", "targets", "--sampler", "hmc"),
        mistake("missing", "fit"),
        mistake("missing", "generate"),
        mistake("missing", "evaluate"),
        mistake("no-such-data", "fit", "no-such-data.csv", "--out", "model"),
        mistake("no-such-model", "generate", "no-such-model", "--out", "fresh.npy"));
  }

  private static Arguments mistake(String why, String... args) {
    return Arguments.of(why, args);
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource("mistakes")
  void a_mistake_gives_one_line_and_status_2(String why, String[] args) {
    Said said = run(args);
    assertThat(said.err).startsWith("error: ").contains(why);
    assertThat(said.err.lines()).hasSize(1);
    assertThat(said.err).doesNotContain("Exception", "?.", "..");
    assertThat(said.status).isEqualTo(2);
  }

  @Test
  void without_arguments_help_is_shown_and_the_status_is_2() {
    Said said = run();
    assertThat(said.status).isEqualTo(2);
    assertThat(said.err).contains("Usage: langevin", "sample", "demo");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "targets",
        "sample",
        "diagnose",
        "fit",
        "generate",
        "solvers",
        "show",
        "evaluate",
        "features",
        "demo"
      })
  void every_command_has_help_with_an_example_that_parses(String command) {
    Said said = run(command, "--help");
    assertThat(said.status).isZero();
    assertThat(said.err).isEmpty();
    assertThat(said.out).contains("Usage: langevin " + command, "Example").doesNotContain("\u001b");
    Matcher example = Pattern.compile("\n  langevin (" + command + ".*)").matcher(said.out);
    assertThat(example.find()).isTrue();
    // With --help behind it, an example is read and not run.
    String[] args = (example.group(1).strip() + " --help").split(" +");
    assertThat(run(args)).isEqualTo(said);
    assertThat(run("help", command)).isEqualTo(said);
  }

  @Test
  void help_and_version_come_from_the_top() {
    assertThat(run("--help").out).contains("Usage", "generate");
    assertThat(run("-h")).isEqualTo(run("--help")).isEqualTo(run("help"));
    assertThat(run("--version").out).matches("langevin \\d+\\.\\d+\\.\\d+\\S*\\s+");
  }

  @Test
  void targets_are_listed() {
    Said said = run("targets");
    assertThat(said.status).isZero();
    assertThat(said.out).contains("eight-schools", "funnel", "garch", "diamonds");
  }

  private String[] small(String... more) {
    List<String> args =
        List.of("sample", "eight-schools", "--chains", "2", "--warmup", "100", "--draws", "100");
    return Stream.concat(args.stream(), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void the_help_of_show_names_every_picture_with_its_model() {
    String help = run("show", "--help").out;
    for (Picture picture : Picture.values()) {
      assertThat(help).containsPattern("\n  " + picture.label() + " .*[^)]*\\(" + picture.model());
    }
  }

  @Test
  void samples_and_diagnoses() throws IOException {
    Path out = temp.resolve("draws");
    Said sampled = run(small("--seed", "1", "--out", out.toString()));
    assertThat(sampled.status).as(sampled.err).isZero();
    assertThat(sampled.out).contains("tau", "r_hat", out.toString());
    assertThat(out).isDirectoryContaining("glob:**/rank.png");
    Said diagnosed = run("diagnose", out.toString());
    assertThat(diagnosed.status).isZero();
    String row =
        sampled.out.lines().filter(line -> line.startsWith("tau")).findFirst().orElseThrow();
    assertThat(diagnosed.out).contains(row);
    // A second run replaces the first; one that finds a stranger's file there does not.
    assertThat(run(small("--seed", "2", "--out", out.toString(), "--no-plots")).status).isZero();
    Files.writeString(out.resolve("notes.txt"), "mine");
    Said refused = run(small("--seed", "3", "--out", out.toString()));
    assertThat(refused.status).isEqualTo(2);
    assertThat(refused.err.lines()).hasSize(1);
    assertThat(refused.out).isEmpty();
  }

  @Test
  void a_seed_from_the_clock_is_printed_and_repeats_the_run() {
    Said first = run(small());
    Matcher seed = Pattern.compile("seed (\\d+)").matcher(first.out);
    assertThat(seed.find()).isTrue();
    Said again = run(small("--seed", seed.group(1)));
    assertThat(table(again.out)).isEqualTo(table(first.out)).hasSizeGreaterThan(5);
  }

  private static List<String> table(String out) {
    return out.lines().dropWhile(line -> !line.startsWith("quantity")).toList();
  }

  @Test
  void a_stop_keeps_what_is_done_and_exits_with_130() {
    Path out = temp.resolve("part");
    AtomicInteger asked = new AtomicInteger();
    Said said =
        run(() -> asked.incrementAndGet() > 330, small("--out", out.toString(), "--no-plots"));
    assertThat(said.status).isEqualTo(130);
    assertThat(said.err).contains("stopped after", "of 100 draws");
    assertThat(out).isDirectoryContaining("glob:**/chain-2.csv");
  }

  @Test
  void quiet_and_verbose_say_less_and_more() {
    assertThat(run("--quiet", "sample", "gaussian", "--draws", "50", "--warmup", "50").err)
        .isEmpty();
    String[] verbose = {"--verbose", "sample", "gaussian", "--draws", "50", "--warmup", "50"};
    assertThat(run(verbose).err).contains("langevin sample gaussian --sampler nuts");
    String[] late = {"sample", "gaussian", "--draws", "50", "--warmup", "50", "-v"};
    assertThat(run(late).err).contains("langevin sample gaussian --sampler nuts");
  }
}
