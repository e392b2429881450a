package dev.langevin.app;

import dev.langevin.solver.Solver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lists the solvers and spacings, or the settings of one solver.
 *
 * @param name which, or all
 */
public record SolversJob(Optional<String> name) implements Job {
  public SolversJob {
    name.ifPresent(SolverMenu::named);
  }

  @Override
  public Ending run(Console console) {
    if (name.isPresent()) {
      one(SolverMenu.named(name.get()), console);
    } else {
      all(console);
    }
    return Ending.FINISHED;
  }

  private static void all(Console console) {
    console.table(
        new Table(
            List.of("name", "what it solves", "what it is"),
            Stream.concat(SolverMenu.all().stream(), Stream.of(SolverMenu.CONSISTENCY))
                .map(entry -> List.of(entry.name(), entry.process(), entry.purpose()))
                .toList()));
    console.line("");
    console.table(
        new Table(
            List.of("spacing", "how the levels lie", "settings"),
            SpacingMenu.all().stream()
                .map(entry -> List.of(entry.name(), entry.purpose(), keys(entry.settings())))
                .toList()));
    console.line("");
    console.line(
        "Settings of one: langevin solvers unipc. Use: langevin generate ring --solver unipc --out"
            + " ring.csv");
  }

  private static String keys(List<Setting> settings) {
    return String.join(
        ", ", settings.stream().map(setting -> setting.key() + ": " + setting.meaning()).toList());
  }

  private static void one(SolverMenu.Entry entry, Console console) {
    Solver usual = entry.of(Map.of());
    console.line(entry.name() + " (" + entry.process() + "): " + entry.purpose() + ".");
    console.line("Source: " + entry.source() + ".");
    console.line(
        "Without --steps and --spacing: %d steps, spacing %s."
            .formatted(usual.defaultSteps(), usual.spacing().name()));
    console.line("");
    if (entry.settings().isEmpty()) {
      console.line("It has no settings of its own.");
    } else {
      console.table(Setting.table(entry.settings()));
    }
  }
}
