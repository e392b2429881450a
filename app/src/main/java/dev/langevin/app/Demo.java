package dev.langevin.app;

/** Does a {@link DemoJob}. */
final class Demo {
  private final DemoJob job;

  Demo(DemoJob job) {
    this.job = job;
  }

  Ending run(Console console) {
    console.line("" + job);
    return Ending.FINISHED;
  }
}
