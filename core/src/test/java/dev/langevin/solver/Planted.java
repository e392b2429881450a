package dev.langevin.solver;

import java.util.LinkedHashSet;
import java.util.Set;

/** Every coefficient of a formula passes through this by name; one of them may be made wrong by one percent. */
final class Planted {
  private final Set<String> names = new LinkedHashSet<>();
  private final String broken;

  private Planted(String broken) {
    this.broken = broken;
  }

  static Planted nothing() {
    return new Planted("");
  }

  static Planted in(String coefficient) {
    return new Planted(coefficient);
  }

  double of(String name, double value) {
    names.add(name);
    return name.equals(broken) ? 1.01 * value : value;
  }

  /** The coefficients met so far. */
  Set<String> names() {
    return names;
  }
}
