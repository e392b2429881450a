package dev.langevin.app;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a fitted model as a folder of Hugging Face diffusers. Equal models give folders with equal bytes.
 *
 * @param model a folder that {@link FitJob} wrote
 * @param out the folder to write, a new one or one that this wrote
 * @param solver by name, what the scheduler there shall do
 * @param set settings of the solver
 * @param raw the weights as the optimizer left them, in place of their moving average
 */
public record ExportJob(Path model, Path out, String solver, Map<String, Double> set, boolean raw)
    implements Job {
  /** The solver, unless said otherwise. */
  public static final String SOLVER = "ddpm";

  public ExportJob {
    set = Collections.unmodifiableMap(new TreeMap<>(set));
    SolverMenu.named(solver).of(set); // refuses what is not there
  }

  @Override
  public Ending run(Console console) {
    return new Export(this).run(console);
  }
}
