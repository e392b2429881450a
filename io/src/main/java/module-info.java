/** Data, draws, models and pictures in files: strict readers, writers that lose nothing, and where each file came from. */
module dev.langevin.io {
  requires transitive dev.langevin.core;
  requires transitive java.desktop;
  requires de.siegmar.fastcsv;
  requires tools.jackson.databind;
  requires static transitive org.jspecify;

  exports dev.langevin.io;
}
