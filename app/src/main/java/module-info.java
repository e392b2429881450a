/** What a user can ask for, as Job records, and what runs them: sampling, fitting, generating, judging; reports and plots. */
module dev.langevin.app {
  requires transitive dev.langevin.core;
  requires transitive dev.langevin.io;
  requires dev.langevin.tensor;
  requires xchart;
  requires tools.jackson.databind;
  requires java.desktop;
  requires static transitive org.jspecify;

  exports dev.langevin.app;
  exports dev.langevin.app.target;
}
