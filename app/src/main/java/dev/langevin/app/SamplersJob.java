package dev.langevin.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lists the samplers, or the settings of one.
 *
 * @param name which, or all
 */
public record SamplersJob(Optional<String> name) implements Job {
  public SamplersJob {
    name.ifPresent(SamplerMenu::named);
  }

  @Override
  public Ending run(Console console) {
    if (name.isPresent()) {
      one(SamplerMenu.named(name.get()), console);
      return Ending.FINISHED;
    }
    List<List<String>> rows = new ArrayList<>();
    SamplerMenu.all()
        .forEach(entry -> rows.add(List.of(entry.name(), entry.family(), entry.purpose())));
    console.table(new Table(List.of("name", "family", "what it is"), rows));
    console.line("");
    console.line(
        "Settings of one: langevin samplers nuts. Use: langevin sample TARGET --sampler nuts");
    return Ending.FINISHED;
  }

  private static void one(SamplerMenu.Entry entry, Console console) {
    console.line(entry.name() + " (" + entry.family() + "): " + entry.purpose() + ".");
    console.line("");
    if (entry.settings().isEmpty()) {
      console.line("It has no settings of its own.");
      return;
    }
    console.table(Setting.table(entry.settings()));
  }
}
