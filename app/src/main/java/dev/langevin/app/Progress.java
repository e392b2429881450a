package dev.langevin.app;

/** How far something is. May be moved by several threads at once; closed once, by the one that started it. */
public interface Progress extends AutoCloseable {
  /** Shows nothing. */
  Progress NONE =
      new Progress() {
        @Override
        public void advanceTo(long done) {}

        @Override
        public void note(String text) {}

        @Override
        public void close() {}
      };

  /** So many units are done. A number below an earlier one is ignored. */
  void advanceTo(long done);

  /** A few words beside the bar that change with time, for example the loss; replaces the last note. */
  void note(String text);

  /** Takes the bar away, or says that it is finished. */
  @Override
  void close();
}
