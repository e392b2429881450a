package dev.langevin.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.target.Gaussian;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuaranteeTest {
  private static final Start NORMAL = new Start(Start.Shape.NORMAL, 0.3);
  private static final Start POINT = new Start(Start.Shape.POINT, 2);

  private static Curvature curvature(String kind) {
    return switch (kind) {
      case "convex" -> Curvature.given(8, 0.5, 6);
      case "smooth" -> Curvature.given(8, 0.5, 6).withHessianChange(Constant.given(0.1));
      default ->
          Curvature.unknown(8)
              .withLogSobolev(Constant.given(0.5))
              .withSmoothness(Constant.given(6));
    };
  }

  @ParameterizedTest
  @CsvSource({
    "convex, W2, 0.1", "convex, W2, 1e-6", "convex, SCALED_W2, 0.3", "convex, KL, 0.01",
    "convex, TV, 0.05", "smooth, W2, 0.1", "smooth, W2, 1e-9", "isoperimetric, W2, 0.1",
    "isoperimetric, KL, 1e-8", "isoperimetric, TV, 0.9", "isoperimetric, SCALED_W2, 0.2"
  })
  void thePlanKeepsThePromiseAndHardlyMore(String kind, Divergence measure, double accuracy) {
    for (Start start : List.of(NORMAL, POINT)) {
      List<Guarantee> all = Guarantee.all(curvature(kind), start, measure, accuracy);
      assertThat(all)
          .isNotEmpty()
          .isSortedAccordingTo((a, b) -> Double.compare(a.steps(), b.steps()));
      for (Guarantee plan : all) {
        double h = plan.stepSize();
        double k = plan.steps();
        assertThat(plan.bound()).isBetween(0.98 * accuracy, accuracy * (1 + 1e-12));
        assertThat(plan.at(h, Math.floor(0.999 * (k - 1))))
            .as("fewer steps")
            .isGreaterThan(accuracy);
        assertThat(plan.at(1.5 * h, k)).as("a larger step").isGreaterThan(accuracy);
        assertThat(plan.at(h / 1.5, k)).as("a smaller step").isGreaterThan(accuracy);
      }
    }
  }

  /** No other step size on a fine grid gets there in fewer steps. */
  @Test
  void theStepSizeIsTheBestForItsBound() {
    Guarantee plan = Guarantee.of(curvature("convex"), POINT, Divergence.W2, 0.2).orElseThrow();
    for (double factor = 0.05; factor < 20; factor *= 1.02) {
      double h = factor * plan.stepSize();
      assertThat(plan.at(h, plan.steps() * (1 - 1e-6) - 1)).isGreaterThan(plan.accuracy());
    }
  }

  /** In units in which the target is λ times as wide, W2 is λ times as large, h is λ² times, and K the same. */
  @Test
  void unitsDoNotMatterToTheNumberOfSteps() {
    Guarantee one =
        Guarantee.of(Curvature.given(3, 1, 20), Start.mode(), Divergence.W2, 0.1).orElseThrow();
    Guarantee wide =
        Guarantee.of(Curvature.given(3, 0.01, 0.2), Start.mode(), Divergence.W2, 1).orElseThrow();
    Guarantee free =
        Guarantee.of(Curvature.given(3, 0.01, 0.2), Start.mode(), Divergence.SCALED_W2, 0.1)
            .orElseThrow();
    assertThat(wide.stepSize() / one.stepSize()).isCloseTo(100, within(1e-2));
    assertThat(wide.steps()).isCloseTo(one.steps(), within(1.0));
    assertThat(free.steps()).isCloseTo(one.steps(), within(1.0));
    assertThat(free.stepSize() / wide.stepSize()).isCloseTo(1, within(1e-4));
  }

  @ParameterizedTest
  @CsvSource({"W2, 0.1", "SCALED_W2, 0.1", "KL, 0.02", "TV, 0.1"})
  void onNormalTargetsThePromiseIsKept(Divergence measure, double accuracy) {
    Gaussian target = Gaussian.illConditioned(5, 20);
    NormalLaw start = NormalLaw.isotropic(new double[5], 0);
    for (Guarantee plan : Guarantee.all(Curvature.of(target), Start.mode(), measure, accuracy)) {
      double exact = plan.exact(target, start);
      assertThat(exact).isLessThan(plan.bound());
      assertThat(exact).isPositive();
      assertThat(plan.tightness(target, start))
          .startsWith("tightness: this target is normal")
          .contains("the bound is " + Wording.number(plan.bound() / exact) + " times that");
    }
  }

  @Test
  void aSmoothHessianSavesSteps() {
    double rough =
        Guarantee.of(curvature("convex"), POINT, Divergence.W2, 0.01).orElseThrow().steps();
    double smooth =
        Guarantee.of(curvature("smooth"), POINT, Divergence.W2, 0.01).orElseThrow().steps();
    assertThat(smooth).isLessThan(rough / 10);
  }

  @Test
  void whoStartsCloseEnoughNeedsNoSteps() {
    Guarantee plan =
        Guarantee.of(Curvature.given(2, 1, 2), Start.mode(), Divergence.W2, 10).orElseThrow();
    assertThat(plan.steps()).isZero();
    assertThat(plan.explain().get(0)).endsWith("K = 0 steps (the start itself is close enough)");
  }

  @Test
  void astronomicNumbersAreNumbersStill() {
    Guarantee plan =
        Guarantee.of(Curvature.given(1000, 1e-6, 1e6), Start.mode(), Divergence.KL, 1e-9)
            .orElseThrow();
    assertThat(plan.steps()).isGreaterThan(1e30).isFinite();
    assertThat(plan.count()).isEmpty();
    assertThat(plan.bound()).isLessThanOrEqualTo(1e-9);
    assertThat(String.join("\n", plan.explain())).contains("years, which nobody can run");
    Guarantee small =
        Guarantee.of(Curvature.given(2, 1, 2), Start.mode(), Divergence.KL, 0.1).orElseThrow();
    assertThat(small.count()).hasValue((long) small.steps());
  }

  @Test
  void theExplanationNamesEverything() {
    List<String> lines =
        Explanation.of(
                Curvature.of(Gaussian.illConditioned(4, 10)), Start.mode(), Divergence.W2, 0.1)
            .lines();
    assertThat(lines.get(0))
        .matches("W2 ≤ 0.1 is guaranteed by step size h = \\S+ and K = [\\d,]+ steps");
    assertThat(String.join("\n", lines))
        .contains("bound: W2 ≤ 0.0999")
        .contains("cost: one gradient a step")
        .contains("theorem: W2(x_k, target) ≤")
        .contains("assumes: V = -log p is m-strongly convex on all of R^d: ∇²V ≥ mI")
        .contains("constant: m = 0.316228 (known, 1/largest variance of the normal law)")
        .contains("constant: M = 3.16228 (known, 1/smallest variance of the normal law)")
        .contains("condition number κ = M/m = 10")
        .contains("assumes: the chain begins at the point x_0, where |∇V(x_0)| = 0\n")
        .contains("assumes: arithmetic is exact")
        .contains("means: a draw can be paired with an exact one")
        .contains("by another way: h = ")
        .doesNotContain("not a guarantee");
    String given =
        String.join("\n", Explanation.of(curvature("else"), NORMAL, Divergence.TV, 0.1).lines());
    assertThat(given)
        .contains("TV ≤ 0.1 is guaranteed by")
        .contains(
            "the chain begins at a draw from N(x_0, I/M) about the point x_0, where |∇V(x_0)| = 0.3")
        .contains("constant: α = 0.5 (given, by you)")
        .contains("assumes: the target satisfies a log-Sobolev inequality")
        .contains("means: no event's probability is wrong by more than 0.1");
    assertThat(
            String.join(
                "\n", Explanation.of(curvature("convex"), NORMAL, Divergence.KL, 0.02).lines()))
        .contains("a log-Sobolev inequality with α = m")
        .contains("by more than 0.1");
  }

  @Test
  void whatRestsOnEstimatesIsNoGuarantee() {
    Curvature estimated =
        Curvature.given(3, 1, 4)
            .withSmoothness(Constant.estimated(4, "seen at 10 points"))
            .withCaveat("so");
    Explanation explanation = Explanation.of(estimated, Start.mode(), Divergence.W2, 0.1);
    assertThat(explanation.guarantees()).allMatch(Guarantee::estimated);
    assertThat(explanation.lines().get(0)).contains("W2 ≤ 0.1 is planned with");
    assertThat(explanation.lines())
        .contains("constant: M = 4 (estimated, seen at 10 points)", "caveat: so")
        .anyMatch(line -> line.startsWith("not a guarantee: it rests on estimated constants"));
  }

  @Test
  void withoutConstantsNothingIsPromised() {
    Explanation none =
        Explanation.of(Curvature.unknown(3).withCaveat("bent"), Start.mode(), Divergence.KL, 0.1);
    assertThat(none.guarantees()).isEmpty();
    assertThat(none.lines().get(0)).isEqualTo("no theorem promises anything in kl for this target");
    assertThat(none.lines())
        .anyMatch(line -> line.startsWith("missing: M,"))
        .anyMatch(line -> line.startsWith("missing: m > 0"))
        .contains("because: bent");
  }

  @Test
  void impossibleDemandsAreRefused() {
    Curvature c = Curvature.given(3, 1, 4);
    Start mode = Start.mode();
    assertThatThrownBy(() -> Guarantee.of(c, mode, Divergence.W2, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("accuracy in w2 must be positive and finite, got 0.0");
    assertThatThrownBy(() -> Guarantee.of(c, mode, Divergence.TV, 1))
        .hasMessage("accuracy in tv must be strictly between 0.0 and 1.0, got 1.0");
    assertThatThrownBy(() -> Guarantee.of(c, mode, Divergence.KL, 1e-300))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("accuracy must leave room for a step size");
    assertThatThrownBy(() -> Divergence.labelled("mmd"))
        .hasMessage("metric must be one of w2, scaled-w2, kl, tv, got mmd");
    assertThat(Divergence.labelled("tv")).isEqualTo(Divergence.TV);
    assertThatThrownBy(() -> Curvature.given(3, 5, 4))
        .hasMessage("convexity must be at most the smoothness 4.0, got 5.0");
    assertThatThrownBy(() -> c.withLogSobolev(Constant.given(0)))
        .hasMessageContaining("logSobolev must be positive");
    assertThatThrownBy(() -> new Start(Start.Shape.POINT, -1)).hasMessageContaining("gradientNorm");
  }
}
