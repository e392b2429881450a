package dev.langevin.app;

/** Lists the densities that ship with the library. */
public record TargetsJob() implements Job {
  @Override
  public Ending run(Console console) {
    return Ending.FINISHED;
  }
}
