package dev.langevin.cli;

/** Seeds for those who did not choose one: they differ from run to run, are short enough to retype, and are always printed. */
final class Seeds {
  private static final long RANGE = 1_000_000_000L;

  private Seeds() {}

  /** A seed from the clock, between 1 and 999999999. */
  static long fresh() {
    long mixed = (System.currentTimeMillis() * 0x9E3779B97F4A7C15L) ^ System.nanoTime();
    return 1 + Math.floorMod(mixed * 0xD1B54A32D192ED03L >>> 16, RANGE - 1);
  }
}
