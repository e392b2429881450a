package dev.langevin.theory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The relative entropy of the unadjusted Langevin algorithm under a log-Sobolev inequality, without convexity (the proof of Vempala &amp; Wibisono 2019,
 * theorem 1, with its constants kept): for h ≤ α/(4M²),
 *
 * <pre>
 *   KL(μ_{k+1}‖ν) ≤ ρ KL(μ_k‖ν) + B,   ρ = e<sup>-αh</sup> + (2/3) h³M⁴/α,   B = ½h²M²d + ⅓h³M³d
 *   KL(μ_k‖ν) ≤ ρ^k KL(μ₀‖ν) + B/(1 - ρ)
 * </pre>
 *
 * <p>The last term is about hM²d/(2α), where theirs is 8hM²d/α. Along a step, x_t = x₀ - t∇V(x₀) + √2 W_t,
 *
 * <pre>
 *   d/dt KL = -J + E⟨∇V(x_t) - ∇V(x₀), ∇log(ρ_t/ν)(x_t)⟩ ≤ -½J + ½M² E|x_t - x₀|² ≤ -α KL + ½M² (t² G + 2td)
 *   G = E|∇V(x₀)|² ≤ (4M²/α) KL(μ_k‖ν) + 2dM       (coupling with the target, Talagrand; their lemma 12)
 * </pre>
 *
 * <p>They split the inner product as ¾ and 1, which costs the factor. W2 follows by Talagrand's inequality, total variation by Pinsker's or Bretagnolle
 * &amp; Huber's.
 *
 * <p>From a point, whose relative entropy is infinite, the first step gives N(x₀ - h∇V(x₀), 2hI), and the bound begins there.
 */
final class EntropyBound implements LangevinBound {
  private final Curvature curvature;
  private final Constant isoperimetry;
  private final Constant smoothness;
  private final Start start;
  private final int d;
  private final double alpha;
  private final double big;

  private EntropyBound(
      Curvature curvature, Constant isoperimetry, Constant smoothness, Start start) {
    this.curvature = curvature;
    this.isoperimetry = isoperimetry;
    this.smoothness = smoothness;
    this.start = start;
    this.d = curvature.dimension();
    this.alpha = isoperimetry.value();
    this.big = Math.max(alpha, smoothness.value());
  }

  /** Empty if M, or both of α and m, are missing. */
  static Optional<EntropyBound> of(Curvature curvature, Start start) {
    return curvature
        .isoperimetry()
        .flatMap(
            alpha ->
                curvature.smoothness().map(big -> new EntropyBound(curvature, alpha, big, start)));
  }

  @Override
  public String theorem() {
    return "KL(x_k, target) ≤ ρ^k KL(x_0, target) + about hM²d/(2α), ρ about e^(-αh): Vempala & Wibisono"
        + " 2019, theorem 1, with the constants of its proof (they round up to 8hM²d/α); W2 ≤ √(2KL/α) by"
        + " Talagrand, TV ≤ √(KL/2) by Pinsker";
  }

  @Override
  public List<String> assumptions() {
    List<String> lines = new ArrayList<>();
    lines.add(
        curvature.logSobolev().equals(Optional.of(isoperimetry))
            ? "the target satisfies a log-Sobolev inequality: Ent(g²) ≤ (2/α) E|∇g|² for every smooth g"
            : "V = -log p is m-strongly convex on all of R^d, hence a log-Sobolev inequality with α = m"
                + " (Bakry & Émery)");
    lines.add("the gradient of V is M-Lipschitz on all of R^d");
    lines.add("the step size is at most α/(4M²)");
    lines.add(start.assumption());
    return lines;
  }

  @Override
  public List<String> constants() {
    return List.of("α = " + isoperimetry, "M = " + smoothness);
  }

  @Override
  public double largestStep() {
    return alpha / (4 * big * big);
  }

  /** ρ - 1 = (e<sup>-αh</sup> - 1) + (2/3)h³M⁴/α. */
  private double gap(double h) {
    double growth = 2.0 / 3 * (h * big * big) * (h * big * big) * h / alpha;
    return StrictMath.expm1(-alpha * h) + growth;
  }

  @Override
  public double logContraction(double stepSize) {
    return StrictMath.log1p(gap(stepSize));
  }

  @Override
  public double initial(double stepSize) {
    boolean normal = start.shape() == Start.Shape.NORMAL;
    double g = start.gradientNorm();
    double entropy =
        Start.relativeEntropy(
            d,
            curvature
                .convexity()
                .map(m -> OptionalDouble.of(m.value()))
                .orElse(OptionalDouble.empty()),
            alpha,
            big,
            normal ? 1 / big : 2 * stepSize,
            normal ? g : g * (1 + stepSize * big));
    return normal ? entropy : entropy / (1 + gap(stepSize)); // times ρ: after the first step
  }

  @Override
  public double bias(double stepSize) {
    double h = stepSize;
    return h * (h / -gap(h)) * big * big * d * (0.5 + h * big / 3);
  }

  @Override
  public int leastSteps() {
    return start.shape() == Start.Shape.NORMAL ? 0 : 1;
  }

  @Override
  public OptionalDouble required(Divergence measure, double accuracy) {
    return OptionalDouble.of(
        switch (measure) {
          case KL -> accuracy;
          case TV -> Inequalities.entropyFor(accuracy);
          case W2 -> alpha / 2 * accuracy * accuracy;
          case SCALED_W2 -> alpha / 2 * accuracy * accuracy / scale();
        });
  }

  @Override
  public double implied(Divergence measure, double own) {
    return switch (measure) {
      case KL -> own;
      case TV -> Inequalities.totalVariation(own);
      case W2 -> Inequalities.talagrand(own, alpha);
      case SCALED_W2 -> Math.sqrt(scale()) * Inequalities.talagrand(own, alpha);
    };
  }

  /** What W2² is multiplied by in its scale-free form: m, or α where there is none. */
  private double scale() {
    return curvature.convexity().orElse(isoperimetry).value();
  }

  @Override
  public String toString() {
    return "EntropyBound[" + String.join(", ", constants()) + ", " + start + "]";
  }
}
