package dev.langevin.mcmc;

import dev.langevin.math.Check;
import java.util.Arrays;
import java.util.List;

/** Coordinates that {@link Gibbs} renews together, and how. */
public sealed interface GibbsBlock {
  /** Which, from 0, in the order in which a sampler within sees them; at least one, all different. */
  List<Integer> coordinates();

  /** A block drawn from its full conditional law. */
  static GibbsBlock exact(Conditional conditional, int... coordinates) {
    return new Exact(list(coordinates), conditional);
  }

  /** A block that a sampler moves, placed on the density of the block with all other coordinates fixed. */
  static GibbsBlock within(Sampler sampler, int... coordinates) {
    return new Within(list(coordinates), sampler);
  }

  private static List<Integer> list(int... coordinates) {
    return Arrays.stream(coordinates).boxed().toList();
  }

  private static List<Integer> checked(List<Integer> coordinates) {
    Check.atLeast("number of coordinates of a block", coordinates.size(), 1);
    if (coordinates.stream().distinct().count() < coordinates.size()) {
      throw new IllegalArgumentException(
          "coordinates of a block must be different, got " + coordinates);
    }
    return List.copyOf(coordinates);
  }

  /**
   * Drawn exactly.
   *
   * @param coordinates which
   * @param conditional their law given the others; each chain works on a fork of its own
   */
  record Exact(List<Integer> coordinates, Conditional conditional) implements GibbsBlock {
    public Exact {
      coordinates = checked(coordinates);
    }
  }

  /**
   * Moved by one step of a sampler.
   *
   * @param coordinates which
   * @param sampler the recipe; it sees a density of {@code coordinates.size()} dimensions
   */
  record Within(List<Integer> coordinates, Sampler sampler) implements GibbsBlock {
    public Within {
      coordinates = checked(coordinates);
    }

    /** The sampler's own target; for the random walk in one dimension 0.44 (Gelman, Roberts &amp; Gilks 1996). */
    double targetAcceptance() {
      boolean walkOnALine = coordinates.size() == 1 && sampler instanceof RandomWalkMetropolis;
      return walkOnALine ? 0.44 : sampler.targetAcceptance();
    }
  }
}
