package dev.langevin.app;

/** How a job ended; the exit status follows from it. */
public enum Ending {
  /** All that was asked for is there. */
  FINISHED(0),
  /** What was to be checked did not pass. */
  UNSOUND(3),
  /** The user stopped it; what was done until then is kept. */
  STOPPED(130);

  private final int status;

  Ending(int status) {
    this.status = status;
  }

  /** The process's exit status: 0, 3 after a check that did not pass, or 130 as after a Ctrl-C. */
  public int status() {
    return status;
  }
}
