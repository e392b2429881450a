package dev.langevin.app;

import dev.langevin.app.target.Catalogue;
import java.util.List;

/** Lists the densities that ship with the library. */
public record TargetsJob() implements Job {
  @Override
  public Ending run(Console console) {
    List<List<String>> rows =
        Catalogue.all().stream()
            .map(
                target ->
                    List.of(
                        target.name(), Integer.toString(target.dimension()), target.description()))
            .toList();
    console.table(new Table(List.of("name", "d", "what it is"), rows));
    console.line("");
    console.line("Draw from one: langevin sample eight-schools --out draws/");
    return Ending.FINISHED;
  }
}
