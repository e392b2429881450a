package dev.langevin.app;

/** Shows nothing. */
final class SilentConsole implements Console {
  @Override
  public void line(String text) {}

  @Override
  public void detail(String text) {}

  @Override
  public void warn(String text) {}

  @Override
  public void error(String text) {}

  @Override
  public Progress progress(String what, long total, String unit) {
    return Progress.NONE;
  }

  @Override
  public boolean cancelled() {
    return false;
  }
}
