package dev.langevin.io;

import dev.langevin.chain.Draws;
import java.nio.file.Path;

/** Draws as a Zarr v2 folder in ArviZ's layout. */
public final class ZarrDraws {
  private ZarrDraws() {}

  /** Creates or replaces the folder. */
  public static void write(Path folder, Draws draws, Provenance provenance) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Reads a folder written by {@link #write} or by {@code ArviZ}. */
  public static Draws read(Path folder) {
    throw new UnsupportedOperationException("not yet");
  }
}
