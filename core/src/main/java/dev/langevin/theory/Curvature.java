package dev.langevin.theory;

import dev.langevin.density.Density;
import dev.langevin.density.target.Gaussian;
import dev.langevin.math.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of the shape of a potential V = -log p on R^d, each constant with its origin; theorems ask for some of them.
 *
 * @param dimension d
 * @param convexity m &gt; 0 with ∇²V ≥ mI everywhere: strong log-concavity
 * @param smoothness M with |∇V(x) - ∇V(y)| ≤ M|x - y|
 * @param logSobolev α &gt; 0 with Ent(g²) ≤ (2/α) E|∇g|² under p; m is one (Bakry &amp; Émery 1985), but densities with several modes have one too
 * @param hessianChange M₂ with |∇²V(x) - ∇²V(y)| ≤ M₂|x - y| in the operator norm; 0 for normal laws
 * @param caveats what a reader must know beside the constants, one sentence each; among them why a constant is missing
 */
public record Curvature(
    int dimension,
    Optional<Constant> convexity,
    Optional<Constant> smoothness,
    Optional<Constant> logSobolev,
    Optional<Constant> hessianChange,
    List<String> caveats) {
  public Curvature {
    Check.atLeast("dimension", dimension, 1);
    convexity.ifPresent(m -> Check.positive("convexity", m.value()));
    smoothness.ifPresent(big -> Check.positive("smoothness", big.value()));
    logSobolev.ifPresent(alpha -> Check.positive("logSobolev", alpha.value()));
    requireNotAbove("convexity", convexity, smoothness);
    requireNotAbove("logSobolev", logSobolev, smoothness);
    caveats = List.copyOf(caveats);
  }

  /** Both lower constants are at most M: 1/α ≥ Var(x_i) ≥ 1/E(∂_i²V) ≥ 1/M by Poincaré and Cramér–Rao. */
  private static void requireNotAbove(
      String name, Optional<Constant> lower, Optional<Constant> smoothness) {
    if (lower.isPresent() && smoothness.isPresent()) {
      double bound = smoothness.get().value();
      if (lower.get().value() > bound * (1 + 1e-6)) {
        throw new IllegalArgumentException(
            name + " must be at most the smoothness " + bound + ", got " + lower.get().value());
      }
    }
  }

  /** Nothing but the dimension. */
  public static Curvature unknown(int dimension) {
    return new Curvature(
        dimension,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** Strong convexity m and smoothness M as the user gives them. */
  public static Curvature given(int dimension, double convexity, double smoothness) {
    return unknown(dimension)
        .withConvexity(Constant.given(convexity))
        .withSmoothness(Constant.given(smoothness));
  }

  /** Of a normal law, by the eigenvalues of its covariance: all constants are known. O(d³). */
  public static Curvature of(Gaussian gaussian) {
    double[] variances = Spectrum.of(NormalLaw.of(gaussian).matrix()).values();
    double smallest = Arrays.stream(variances).min().orElseThrow();
    double largest = Arrays.stream(variances).max().orElseThrow();
    return unknown(variances.length)
        .withConvexity(Constant.known(1 / largest, "1/largest variance of the normal law"))
        .withSmoothness(Constant.known(1 / smallest, "1/smallest variance of the normal law"))
        .withHessianChange(Constant.known(0, "the Hessian of a normal law is constant"));
  }

  /** What the closed form of a shipped target says; nothing but the dimension for the others. */
  public static Curvature known(Density density) {
    return density instanceof Gaussian gaussian ? of(gaussian) : unknown(density.dimension());
  }

  /** The same with this m. */
  public Curvature withConvexity(Constant m) {
    return new Curvature(dimension, Optional.of(m), smoothness, logSobolev, hessianChange, caveats);
  }

  /** The same with this M. */
  public Curvature withSmoothness(Constant big) {
    return new Curvature(
        dimension, convexity, Optional.of(big), logSobolev, hessianChange, caveats);
  }

  /** The same with this α. */
  public Curvature withLogSobolev(Constant alpha) {
    return new Curvature(
        dimension, convexity, smoothness, Optional.of(alpha), hessianChange, caveats);
  }

  /** The same with this M₂. */
  public Curvature withHessianChange(Constant change) {
    return new Curvature(
        dimension, convexity, smoothness, logSobolev, Optional.of(change), caveats);
  }

  /** The same with one more caveat. */
  public Curvature withCaveat(String caveat) {
    List<String> more = new ArrayList<>(caveats);
    more.add(caveat);
    return new Curvature(dimension, convexity, smoothness, logSobolev, hessianChange, more);
  }

  /** The better of α and m, which is a log-Sobolev constant too. */
  public Optional<Constant> isoperimetry() {
    return Stream.of(logSobolev, convexity)
        .flatMap(Optional::stream)
        .reduce((a, b) -> b.value() > a.value() ? b : a);
  }

  /** κ = M/m, where both are there. */
  public Optional<Double> conditionNumber() {
    return convexity.flatMap(m -> smoothness.map(big -> big.value() / m.value()));
  }

  /** Whether a constant was estimated, so that no theorem that uses them promises anything. */
  public boolean estimated() {
    return Stream.of(convexity, smoothness, logSobolev, hessianChange)
        .flatMap(Optional::stream)
        .anyMatch(constant -> constant.origin() == Origin.ESTIMATED);
  }
}
