package dev.langevin.app;

/**
 * A console for a job inside another job: its progress, warnings and errors go through, its results become details.
 *
 * @param outer the console of the job around it
 */
record QuietConsole(Console outer) implements Console {
  @Override
  public void line(String text) {
    outer.detail(text);
  }

  @Override
  public void detail(String text) {
    outer.detail(text);
  }

  @Override
  public void warn(String text) {
    outer.warn(text);
  }

  @Override
  public void error(String text) {
    outer.error(text);
  }

  @Override
  public Progress progress(String what, long total, String unit) {
    return outer.progress(what, total, unit);
  }

  @Override
  public boolean cancelled() {
    return outer.cancelled();
  }
}
