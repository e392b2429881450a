package dev.langevin.app;

import dev.langevin.app.target.Catalogue;
import dev.langevin.check.DensityCheck;
import dev.langevin.density.Model;
import dev.langevin.diagnostics.Finding;
import dev.langevin.diagnostics.Severity;
import dev.langevin.random.Seed;
import java.util.List;

/**
 * Checks a density before it is sampled: its contract, its gradient, its tails, and whether gradient and density agree over the distribution.
 *
 * @param target the density's name in the catalogue, or {@code PLACE#CLASS} of one's own
 * @param seed of the points that are looked at
 */
public record CheckJob(String target, long seed) implements Job {
  @Override
  public Ending run(Console console) {
    Model model = Catalogue.named(target).model().get();
    console.line("Checking %s (d = %d), seed %d.".formatted(target, model.dimension(), seed));
    List<Finding> findings = DensityCheck.defaults(Seed.of(seed)).of(model);
    findings.forEach(finding -> DrawsReport.tell(console, finding));
    boolean bad = findings.stream().anyMatch(f -> f.severity().compareTo(Severity.WARNING) >= 0);
    return bad ? Ending.UNSOUND : Ending.FINISHED;
  }
}
