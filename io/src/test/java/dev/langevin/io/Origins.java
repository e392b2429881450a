package dev.langevin.io;

import java.util.List;
import java.util.Map;

/** A provenance with everything in it that a format could stumble over. */
final class Origins {
  static final Provenance ALL =
      new Provenance(
          "0.1.0",
          "langevin sample \"eight schools\" --out süß=1, #2",
          -7,
          Map.of(
              "stepSize",
              0.1,
              "chains",
              4,
              "names",
              List.of("a", "b\nc"),
              "nested",
              Map.of("x", true, "w", "π")),
          Map.of("digits.csv.gz", "ab".repeat(32), "Ωmega", "cd".repeat(32)));

  private Origins() {}
}
