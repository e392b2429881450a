package dev.langevin.theory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * W2 of the unadjusted Langevin algorithm under strong convexity, by coupling with the stationary diffusion L (the proof of Dalalyan &amp; Karagulyan
 * 2019, theorem 1, with one estimate sharpened): for h ≤ 2/(m + M),
 *
 * <pre>
 *   W2(μ_k, ν) ≤ (1 - mh)^k W2(μ₀, ν) + (2√2/3) (M/m) √(hd)
 * </pre>
 *
 * <p>Theirs has 1.65 (= 7√2/6) for 2√2/3 = 0.943. A step contracts the coupled difference by 1 - mh and adds V = ∫₀^h (∇V(L_t) - ∇V(L_0)) dt, |V| ≤
 * M ∫ |L_t - L_0| dt in L². They bound |L_t - L_0| by √(2td) + t√(Md); but L is reversible, whence E|L_t - L_0|² = 2 Σ ⟨x_i, x_i - P_t x_i⟩ ≤ 2t Σ
 * E|∇x_i|² = 2td, and |V| ≤ v = (2√2/3) M h<sup>3/2</sup> √d.
 *
 * <p>Where the Hessian is M₂-Lipschitz the bias is of order h (own constants; the order is that of their theorem 5). Of V, the part that L_0
 * predicts is at most β = ½h²(M√(Md) + M₂ d), because the generator takes ∇V to ∇ΔV - ∇²V∇V, and E|∇V|² ≤ Md, |∇ΔV| ≤ M₂ d; the rest is centred and
 * adds to the squares. So a_{k+1}² ≤ ((1 - mh) a_k + β)² + v², which a_k ≤ (1 - mh)^k a₀ + c satisfies for the c ≥ 0 with c² = ((1 - mh) c + β)² + v². The
 * smaller of the two biases is taken.
 */
final class WassersteinBound implements LangevinBound {
  static final double DISPLACEMENT = 2 * Math.sqrt(2) / 3;

  private final Constant convexity;
  private final Constant smoothness;
  private final Optional<Constant> hessianChange;
  private final int d;
  private final double m;
  private final double big;
  private final Start start;

  private WassersteinBound(
      int d,
      Constant convexity,
      Constant smoothness,
      Optional<Constant> hessianChange,
      Start start) {
    this.d = d;
    this.convexity = convexity;
    this.smoothness = smoothness;
    this.hessianChange = hessianChange;
    this.m = convexity.value();
    this.big = Math.max(m, smoothness.value());
    this.start = start;
  }

  /** Empty if m or M is missing. */
  static Optional<WassersteinBound> of(Curvature curvature, Start start) {
    return curvature
        .convexity()
        .flatMap(
            m ->
                curvature
                    .smoothness()
                    .map(
                        big ->
                            new WassersteinBound(
                                curvature.dimension(), m, big, curvature.hessianChange(), start)));
  }

  @Override
  public String theorem() {
    String plain =
        "W2(x_k, target) ≤ (1 - mh)^k W2(x_0, target) + 0.943 (M/m) √(hd): Dalalyan & Karagulyan 2019,"
            + " theorem 1, with a proof that gives 2√2/3 for their 1.65";
    return hessianChange.isPresent()
        ? plain + "; with a Lipschitz Hessian the last term is of order h"
        : plain;
  }

  @Override
  public List<String> assumptions() {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "V = -log p is m-strongly convex on all of R^d: ∇²V ≥ mI",
                "the gradient of V is M-Lipschitz on all of R^d: ∇²V ≤ MI",
                "the step size is at most 2/(m + M)",
                start.assumption()));
    hessianChange.ifPresent(
        change -> lines.add("the Hessian of V is M2-Lipschitz on all of R^d, M2 = " + change));
    return lines;
  }

  @Override
  public List<String> constants() {
    return List.of("m = " + convexity, "M = " + smoothness);
  }

  @Override
  public double largestStep() {
    return 2 / (m + big);
  }

  @Override
  public double logContraction(double stepSize) {
    return StrictMath.log1p(-m * stepSize);
  }

  @Override
  public double initial(double stepSize) {
    return start.distance(d, m, big);
  }

  @Override
  public double bias(double stepSize) {
    double h = stepSize;
    double plain = DISPLACEMENT * big / m * Math.sqrt(h * d);
    return hessianChange.isEmpty() ? plain : Math.min(plain, smoothBias(h));
  }

  /** c, with h divided out of its equation. */
  private double smoothBias(double h) {
    double drift = 0.5 * (big * Math.sqrt(big * d) + hessianChange.orElseThrow().value() * d);
    double noise = DISPLACEMENT * big * Math.sqrt(d);
    double gap = m * (2 - m * h); // (1 - (1 - mh)²)/h
    return h * ((1 - m * h) * drift + Math.sqrt(drift * drift + gap * noise * noise)) / gap;
  }

  @Override
  public int leastSteps() {
    return 0;
  }

  @Override
  public OptionalDouble required(Divergence measure, double accuracy) {
    return switch (measure) {
      case W2 -> OptionalDouble.of(accuracy);
      case SCALED_W2 -> OptionalDouble.of(accuracy / Math.sqrt(m));
      case KL, TV -> OptionalDouble.empty();
    };
  }

  @Override
  public double implied(Divergence measure, double own) {
    return switch (measure) {
      case W2 -> own;
      case SCALED_W2 -> own * Math.sqrt(m);
      case KL, TV -> Double.POSITIVE_INFINITY;
    };
  }

  @Override
  public String toString() {
    return "WassersteinBound[" + String.join(", ", constants()) + ", " + start + "]";
  }
}
