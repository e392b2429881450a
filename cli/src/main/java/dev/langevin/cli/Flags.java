package dev.langevin.cli;

import dev.langevin.app.Job;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads flags with picocli, and says in our words what is wrong with them: {@code place: problem}. */
final class Flags {
  private static final Pattern REFUSAL = Pattern.compile("(\\w+)(\\[\\d+])? (must .*)");
  private static final int WIDTH = 100;

  private Flags() {}

  static CommandLine parser(Command command, SharedFlags shared) {
    CommandLine parser = new CommandLine(command);
    CommandSpec spec = parser.getCommandSpec();
    spec.addMixin("shared", CommandSpec.forAnnotatedObject(shared));
    spec.qualifiedName(" ");
    spec.usageMessage().width(WIDTH).synopsisHeading("Usage: langevin ");
    spec.usageMessage().descriptionHeading("%n").sortOptions(false).abbreviateSynopsis(true);
    parser.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    parser.setExpandAtFiles(false);
    return parser;
  }

  /** The job that the flags ask for; a setting that it refuses is named as the flag that it came from. */
  static Job job(Command command, CommandLine parser, String pointer) {
    try {
      return command.job();
    } catch (IllegalArgumentException refused) {
      String why = named(String.valueOf(refused.getMessage()), parser.getCommandSpec());
      throw new IllegalArgumentException(why + ". " + pointer, refused);
    }
  }

  /** {@code stepSize must be …} becomes {@code --step-size: must be …} where there is such a flag. */
  private static String named(String message, CommandSpec spec) {
    Matcher refusal = REFUSAL.matcher(message);
    if (!refusal.matches()) {
      return message;
    }
    String flag = "--" + refusal.group(1).replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    return spec.findOption(flag) == null ? message : flag + ": " + refusal.group(3);
  }

  static String explain(ParameterException wrong) {
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched.getUnmatched().get(0), wrong.getCommandLine());
    }
    if (wrong instanceof MissingParameterException missing) {
      return missing.getMissing().stream().map(Flags::place).collect(Collectors.joining(", "))
          + ": missing";
    }
    if (wrong instanceof OverwrittenOptionException twice) {
      return place(twice.getOverwritten()) + ": given more than once";
    }
    ArgSpec argument = wrong.getArgSpec();
    if (argument == null) {
      return String.valueOf(wrong.getMessage());
    }
    return place(argument) + ": " + quoted(wrong.getValue()) + " is not " + wanted(argument);
  }

  private static String unmatched(String word, CommandLine parser) {
    if (!word.startsWith("-")) {
      return word + ": one argument too many";
    }
    String flag = word.split("=", 2)[0];
    String hint = Nearest.hint(flag, parser.getCommandSpec().optionsMap().keySet());
    return (flag + ": unknown flag. " + hint).strip().replaceAll("\\.$", "");
  }

  private static String place(ArgSpec argument) {
    if (argument instanceof OptionSpec option) {
      return (option.longestName() + " " + option.paramLabel()).strip();
    }
    return argument.paramLabel();
  }

  private static String quoted(@Nullable String value) {
    return "'" + value + "'";
  }

  private static String wanted(ArgSpec argument) {
    Class<?> type = argument.type();
    if (type == int.class || type == Integer.class) {
      return "a whole number (up to " + Integer.MAX_VALUE + ")";
    }
    if (type == long.class || type == Long.class) {
      return "a whole number (of 64 bits)";
    }
    return type == double.class || type == Double.class ? "a number" : "usable";
  }
}
