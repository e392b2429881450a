package dev.langevin.cli;

import dev.langevin.app.App;
import dev.langevin.app.Version;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The command line's entry. */
public final class Main {
  private static final int BUG = 1;

  /** A sub-command, before any of its classes is loaded. */
  private record Entry(String name, String purpose, Supplier<Command> maker) {}

  private static final List<Entry> COMMANDS =
      List.of(
          new Entry("targets", "list the densities that ship", TargetsCommand::new),
          new Entry("sample", "draw from a density, judge the draws", SampleCommand::new),
          new Entry("samplers", "list the samplers and their settings", SamplersCommand::new),
          new Entry("check", "check a density before it is sampled", CheckCommand::new),
          new Entry("explain", "what theory promises before a run", ExplainCommand::new),
          new Entry("evidence", "log Z of a density, by tempered particles", EvidenceCommand::new),
          new Entry(
              "minimise", "the highest point of a density, by annealing", MinimiseCommand::new),
          new Entry("spin", "sample a spin glass by message passing", SpinCommand::new),
          new Entry("diagnose", "judge draws that are in files", DiagnoseCommand::new),
          new Entry("fit", "learn a model from data", FitCommand::new),
          new Entry("distill", "make a model that generates in few steps", DistillCommand::new),
          new Entry("generate", "draw fresh samples from a model", GenerateCommand::new),
          new Entry("export", "write a model for diffusers", ExportCommand::new),
          new Entry("ema", "average a model's weights differently", EmaCommand::new),
          new Entry("likelihood", "how likely rows are under a model", LikelihoodCommand::new),
          new Entry("solvers", "list the solvers and their settings", SolversCommand::new),
          new Entry("show", "pictures of noise, solvers and errors", ShowCommand::new),
          new Entry("evaluate", "compare samples with data", EvaluateCommand::new),
          new Entry(
              "features", "train the network that images are judged by", FeaturesCommand::new),
          new Entry("demo", "both doors in a few minutes, with a report", DemoCommand::new));

  private Main() {}

  /** Runs the command line and ends the process with its exit status. */
  public static void main(String[] args) {
    // Numbers look alike everywhere: a decimal point, Latin digits.
    Locale.setDefault(Locale.ROOT);
    Interrupts interrupts = Interrupts.listen(System.err);
    int status = run(args, System.out, System.err, interrupts::heard);
    System.out.flush();
    System.exit(status);
  }

  /**
   * Runs the command line inside this process.
   *
   * @return the exit status: 0, 1 after a bug, 2 after a user's error, 3 after a check that did not pass, 130 after a stop by the
   *     user
   */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    return run(args, out, err, () -> false);
  }

  static int run(String[] args, PrintStream out, PrintStream err, BooleanSupplier cancelled) {
    SharedFlags shared = new SharedFlags();
    int first = 0;
    while (first < args.length && args[first].startsWith("-")) {
      String flag = args[first++];
      switch (flag) {
        case "-h", "--help" -> {
          return help(out);
        }
        case "-V", "--version" -> {
          out.println("langevin " + Version.current());
          return 0;
        }
        case "-v", "--verbose" -> shared.verbose = true;
        case "-q", "--quiet" -> shared.quiet = true;
        default -> {
          List<String> known = List.of("--help", "--version", "--verbose", "--quiet");
          return refuse(err, flag + ": unknown flag. " + Nearest.hint(flag, known) + pointer(""));
        }
      }
    }
    if (first == args.length) {
      help(err);
      return App.USER_ERROR;
    }
    String[] rest = Arrays.copyOfRange(args, first + 1, args.length);
    if (args[first].equals("help")) {
      return rest.length == 0 ? help(out) : run(new String[] {rest[0], "--help"}, out, err);
    }
    for (Entry entry : COMMANDS) {
      if (entry.name.equals(args[first])) {
        return run(entry.maker.get(), shared, rest, new Terminal(out, err, cancelled));
      }
    }
    List<String> names = COMMANDS.stream().map(Entry::name).toList();
    String hint = Nearest.hint(args[first], names);
    return refuse(err, args[first] + ": unknown command. " + hint + pointer(""));
  }

  private static int run(Command command, SharedFlags shared, String[] args, Terminal terminal) {
    CommandLine parser = Flags.parser(command, shared);
    String name = parser.getCommandName();
    try {
      parser.parseArgs(args);
    } catch (ParameterException wrong) {
      String why = Flags.explain(wrong);
      String stop = why.endsWith("?") ? " " : ". ";
      return refuse(terminal.err(), why + stop + pointer(name + " "));
    }
    if (parser.isUsageHelpRequested()) {
      parser.usage(terminal.out(), CommandLine.Help.Ansi.OFF);
      return 0;
    }
    StreamConsole console = terminal.console(Verbosity.of(shared.verbose, shared.quiet));
    Logs.showOn(console, shared.verbose, shared.quiet);
    try {
      return App.run(() -> Flags.job(command, parser, pointer(name + " ")), console);
    } catch (RuntimeException | Error bug) {
      return report(bug, name + " " + String.join(" ", args), terminal.err());
    }
  }

  private static int report(Throwable bug, String command, PrintStream err) {
    err.println(
        "This is a bug in Langevin, not your mistake. Please report it in the project's issue");
    err.println("tracker, with the command and the lines below:");
    err.println(
        "  langevin %s (Langevin %s, Java %s)"
            .formatted(command, Version.current(), Runtime.version()));
    bug.printStackTrace(err);
    return BUG;
  }

  private static int refuse(PrintStream err, String why) {
    err.println("error: " + why);
    return App.USER_ERROR;
  }

  private static String pointer(String command) {
    return "See 'langevin " + command + "--help'";
  }

  private static int help(PrintStream out) {
    out.println("Langevin: sampling, from a density you can write and from data you have.");
    out.println();
    out.println("Usage: langevin [--verbose | --quiet] COMMAND ...");
    out.println("       langevin COMMAND --help");
    out.println("       langevin --version");
    out.println();
    for (Entry entry : COMMANDS) {
      out.println("  %-10s %s".formatted(entry.name, entry.purpose));
    }
    out.println();
    out.println("Examples:");
    out.println("  langevin demo");
    out.println("  langevin sample eight-schools --seed 1 --out draws/");
    out.println("  langevin fit photos/ --out photos.model --minutes 10");
    return 0;
  }
}
