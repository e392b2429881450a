package dev.langevin.density;

import dev.langevin.math.Check;
import java.util.List;

/**
 * Quantities that a model reports beside its parameters, computed from them.
 *
 * @param names in Stan's notation
 * @param rule how to compute them
 */
public record Derived(List<String> names, Rule rule) {
  /** Computes the derived quantities of one point. */
  @FunctionalInterface
  public interface Rule {
    /**
     * @param x the constrained parameters; not to be written to
     * @param out as long as {@code names}, overwritten. Called by several threads
     */
    void derive(double[] x, double[] out);
  }

  public Derived {
    names = List.copyOf(names);
    Check.atLeast("number of names", names.size(), 1);
  }

  /** One number. */
  public static Derived scalar(String name, Rule rule) {
    return new Derived(List.of(name), rule);
  }

  /** A vector, {@code name[1] … name[n]}. */
  public static Derived vector(String name, int n, Rule rule) {
    return new Derived(Block.indexed(name, n), rule);
  }
}
