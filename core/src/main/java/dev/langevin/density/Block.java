package dev.langevin.density;

import dev.langevin.math.Check;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A named group of parameters and the constraint that they obey: {@code real("mu")}, {@code positive("tau")}, {@code
 * vector("theta", 8)}, {@code simplex("w", 3)}. {@link Parameters} puts blocks one after the other.
 *
 * @param name the parameter's name, unique in its model; not empty
 * @param names one name per constrained number, in Stan's notation: {@code mu}, {@code theta[1]}, {@code w[2,1]}
 * @param transform the way from unconstrained numbers to this block
 */
public record Block(String name, List<String> names, Transform transform) {
  public Block {
    names = List.copyOf(names);
    if (name.isEmpty()) {
      throw new IllegalArgumentException("name must not be empty");
    }
    if (names.size() != transform.size()) {
      throw new IllegalArgumentException(
          "names of " + name + " must be " + transform.size() + ", got " + names.size());
    }
  }

  /** A real number. */
  public static Block real(String name) {
    return scalar(name, Transform.identity(1));
  }

  /** A positive number. */
  public static Block positive(String name) {
    return scalar(name, Transform.positive(1));
  }

  /** A number above {@code lower}. */
  public static Block above(String name, double lower) {
    return scalar(name, Transform.above(lower, 1));
  }

  /** A number below {@code upper}. */
  public static Block below(String name, double upper) {
    return scalar(name, Transform.below(upper, 1));
  }

  /** A number strictly between {@code lower} and {@code upper}. */
  public static Block between(String name, double lower, double upper) {
    return scalar(name, Transform.between(lower, upper, 1));
  }

  /** {@code n} real numbers. */
  public static Block vector(String name, int n) {
    return of(name, Transform.identity(n));
  }

  /** {@code n} positive numbers. */
  public static Block positive(String name, int n) {
    return of(name, Transform.positive(n));
  }

  /** {@code n} numbers above {@code lower}. */
  public static Block above(String name, double lower, int n) {
    return of(name, Transform.above(lower, n));
  }

  /** {@code n} numbers below {@code upper}. */
  public static Block below(String name, double upper, int n) {
    return of(name, Transform.below(upper, n));
  }

  /** {@code n} numbers strictly between {@code lower} and {@code upper}. */
  public static Block between(String name, double lower, double upper, int n) {
    return of(name, Transform.between(lower, upper, n));
  }

  /** {@code n} increasing numbers. */
  public static Block ordered(String name, int n) {
    return of(name, Transform.ordered(n));
  }

  /** {@code n} positive numbers of sum 1. */
  public static Block simplex(String name, int n) {
    return of(name, Transform.simplex(n));
  }

  /** A vector of {@code transform.size()} numbers, {@code name[1], name[2], …}. */
  public static Block of(String name, Transform transform) {
    return new Block(name, indexed(name, transform.size()), transform);
  }

  /** {@code times} blocks like this one, {@code name[1,1], name[1,2], …}: vectors of simplices, of ordered vectors, …. */
  public Block repeated(int times) {
    Check.atLeast("times", times, 1);
    List<String> all =
        IntStream.rangeClosed(1, times)
            .boxed()
            .flatMap(i -> names.stream().map(one -> nested(one, i)))
            .toList();
    return new Block(name, all, transform.repeated(times));
  }

  private String nested(String one, int i) {
    String index = one.substring(name.length()); // "" or "[2]"
    return name + "[" + i + (index.isEmpty() ? "]" : "," + index.substring(1));
  }

  private static Block scalar(String name, Transform transform) {
    return new Block(name, List.of(name), transform);
  }

  static List<String> indexed(String name, int n) {
    return IntStream.rangeClosed(1, n).mapToObj(i -> name + "[" + i + "]").toList();
  }
}
