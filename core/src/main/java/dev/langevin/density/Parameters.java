package dev.langevin.density;

import dev.langevin.math.Check;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The parameters of a model, block after block, and the way between the two scales: u on R^d, where samplers move, and x, where the
 * parameters have a meaning. Turns a density that is written for x into a {@link Model}:
 *
 * <pre>{@code
 * Parameters parameters = Parameters.of(real("mu"), positive("tau"));
 * int mu = parameters.at("mu"), tau = parameters.at("tau");
 * Model model = parameters.model("normal", (x, gradient) -> {
 *   double z = (3 - x[mu]) / x[tau];                    // one observation, y = 3 ~ N(mu, tau); tau ~ Exponential(1)
 *   gradient[mu] += z / x[tau];
 *   gradient[tau] += (z * z - 1) / x[tau] - 1;
 *   return -0.5 * z * z - StrictMath.log(x[tau]) - x[tau];
 * });
 * }</pre>
 *
 * <p>The Jacobian of the transforms is added to the density and its gradient (see {@link Transform}), so that draws of u, mapped to x,
 * follow the density that was written. {@link GradientCheck} tells whether the partial derivatives are right.
 *
 * <p>Immutable; the models that it makes have scratch arrays, and {@link Model#fork} gives each thread its own.
 */
public final class Parameters {
  private final List<Block> blocks;
  private final int dimension;
  private final int size;

  private Parameters(List<Block> blocks) {
    this.blocks = blocks;
    this.dimension = blocks.stream().mapToInt(block -> block.transform().free()).sum();
    this.size = blocks.stream().mapToInt(block -> block.transform().size()).sum();
  }

  /** These blocks, in this order. */
  public static Parameters of(Block... blocks) {
    Check.atLeast("number of blocks", blocks.length, 1);
    Set<String> seen = new HashSet<>();
    for (Block block : blocks) {
      if (!seen.add(block.name())) {
        throw new IllegalArgumentException("names of blocks must differ, got " + block.name());
      }
    }
    return new Parameters(List.of(blocks));
  }

  /** The blocks, in order. */
  public List<Block> blocks() {
    return blocks;
  }

  /** The length of u. */
  public int dimension() {
    return dimension;
  }

  /** The length of x. */
  public int size() {
    return size;
  }

  /** The names of all entries of x. */
  public List<String> names() {
    return blocks.stream().flatMap(block -> block.names().stream()).toList();
  }

  /** The index in x of the first entry of the block of this name. */
  public int at(String name) {
    int at = 0;
    for (Block block : blocks) {
      if (block.name().equals(name)) {
        return at;
      }
      at += block.transform().size();
    }
    throw new IllegalArgumentException(
        "name must be one of " + blocks.stream().map(Block::name).toList() + ", got " + name);
  }

  /** Returns x(u). */
  public double[] constrain(double[] u) {
    Check.length("u", u, dimension);
    double[] x = new double[size];
    constrain(u, x);
    return x;
  }

  /**
   * Returns u(x), for example to start a chain at a chosen point.
   *
   * @throws IllegalArgumentException if x breaks a constraint
   */
  public double[] unconstrain(double[] x) {
    Check.length("x", x, size);
    double[] u = new double[dimension];
    int uFrom = 0;
    int xFrom = 0;
    for (Block block : blocks) {
      try {
        block.transform().unconstrain(x, xFrom, u, uFrom);
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException(block.name() + ": " + wrong.getMessage(), wrong);
      }
      uFrom += block.transform().free();
      xFrom += block.transform().size();
    }
    return u;
  }

  /** Writes x(u) and returns log |det J|. */
  double constrain(double[] u, double[] x) {
    double logJacobian = 0;
    int uFrom = 0;
    int xFrom = 0;
    for (Block block : blocks) {
      logJacobian += block.transform().constrain(u, uFrom, x, xFrom);
      uFrom += block.transform().free();
      xFrom += block.transform().size();
    }
    return logJacobian;
  }

  /** Turns the gradient in x into that in u, Jacobian included. */
  void pullBack(double[] u, double[] x, double[] xGradient, double[] uGradient) {
    int uFrom = 0;
    int xFrom = 0;
    for (Block block : blocks) {
      block.transform().pullBack(u, uFrom, x, xFrom, xGradient, uGradient);
      uFrom += block.transform().free();
      xFrom += block.transform().size();
    }
  }

  /**
   * The model on R^d of a density on the constrained scale.
   *
   * @param name short name, for messages and files
   * @param density the density; where it has scratch arrays, its {@code fork} is called for each thread
   * @param derived what is reported after the parameters
   */
  public Model model(String name, ConstrainedDensity density, Derived... derived) {
    List<String> outputs = new ArrayList<>(names());
    for (Derived one : derived) {
      outputs.addAll(one.names());
    }
    if (Set.copyOf(outputs).size() != outputs.size()) {
      throw new IllegalArgumentException("reported names must differ, got " + outputs);
    }
    return new ConstrainedModel(name, this, density, List.of(derived), List.copyOf(outputs));
  }

  /** The name of the entry of u at {@code index}: that of the entry of x that it moves first. */
  String coordinate(int index) {
    int from = 0;
    for (Block block : blocks) {
      int free = block.transform().free();
      if (index < from + free) {
        boolean aligned = free == block.names().size();
        return aligned
            ? block.names().get(index - from)
            : block.name() + ", free entry " + (index - from);
      }
      from += free;
    }
    throw new IndexOutOfBoundsException(index);
  }
}
