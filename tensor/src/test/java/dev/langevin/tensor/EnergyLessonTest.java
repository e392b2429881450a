package dev.langevin.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.density.Density;
import dev.langevin.objective.EdmObjective;
import dev.langevin.objective.EnergyMatching;
import dev.langevin.objective.EnergyMatching.Way;
import dev.langevin.objective.ScoreMatching;
import dev.langevin.random.Seed;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NeedsNatives
class EnergyLessonTest {
  private static final double RHO = 0.8;
  private static final double VARIANCE = 0.25;

  /** Forgets the curvature. */
  private static final class Flat extends EnergyLesson {
    Flat(EnergyMatching recipe, Architecture architecture) {
      super(recipe, architecture, Seed.of(1));
    }

    @Override
    Tensor along(Tensor score, Tensor u, Tensor v) {
      return super.along(score, u, v).mul(new Scalar(0.0));
    }
  }

  private static EnergyMatching recipe(Way way) {
    return new EnergyMatching(way, 1);
  }

  private static Conservative network(int d) {
    return new Conservative(new Perceptron(d, 32, 2));
  }

  private static TrainingSettings settings(Way way) {
    return new TrainingSettings(network(2), recipe(way), 256, 250, 3e-3, 0.01, 10, 1, 20, 5);
  }

  /** Rows of the centred normal law of variances ¼ and correlation 0.8. */
  private static float[] rows(int count, Seed seed) {
    float[] rows = Samples.normal(seed, 2 * count, 0.5);
    for (int i = 0; i < rows.length; i += 2) {
      rows[i + 1] = (float) (RHO * rows[i] + Math.sqrt(1 - RHO * RHO) * rows[i + 1]);
    }
    return rows;
  }

  @Test
  void theLossIsHalfTheImplicitOneOfTheScore() {
    Conservative architecture = network(2);
    Layout layout = Network.of(architecture).layout();
    float[] values = layout.start(Seed.of(9));
    float[] moved = Samples.normal(Seed.of(10), values.length, 0.15);
    for (int i = 0; i < values.length; i++) {
      values[i] += moved[i];
    }
    float[] rows = Samples.normal(Seed.of(11), 40, 0.5);
    EnergyMatching implicit = recipe(Way.IMPLICIT);
    try (NetworkEnergy energy =
            new NetworkEnergy(architecture, implicit, layout.split("", values));
        Parameters fixed = Scope.call(() -> Parameters.fixed(layout, values))) {
      ScoreMatching differences = new ScoreMatching(ScoreMatching.Trace.EXACT, 1, 0.01);
      double expected =
          0.5 * differences.implicit(energy.at(1), Samples.wide(rows), Seed.of(2)).value();
      EnergyLesson right = new EnergyLesson(implicit, architecture, Seed.of(1));
      EnergyLesson broken = new Flat(implicit, architecture);
      assertThat(Scope.call(() -> right.heldOut(fixed, rows))).isCloseTo(expected, within(1e-4));
      assertThat(Scope.call(() -> broken.heldOut(fixed, rows)) - expected).isGreaterThan(0.5);
    }
  }

  /** The share of E‖s‖² that the fitted score is off by from -Σ⁻¹x. */
  private static double error(Trainer trainer, TrainingSettings settings) {
    while (trainer.steps() < settings.steps()) {
      trainer.step();
    }
    double[] rows = Samples.wide(rows(300, Seed.of(21)));
    double determinant = VARIANCE * (1 - RHO * RHO);
    double off = 0;
    double all = 0;
    try (NetworkEnergy energy =
        new NetworkEnergy(
            (Conservative) settings.architecture(),
            settings.objective(),
            trainer.checkpoint().weights())) {
      Density density = energy.at(1);
      double[] score = new double[2];
      for (int i = 0; i < rows.length; i += 2) {
        double[] x = {rows[i], rows[i + 1]};
        density.logDensity(x, score);
        for (int j = 0; j < 2; j++) {
          double exact = -(x[j] - RHO * x[1 - j]) / determinant;
          off += (score[j] - exact) * (score[j] - exact);
          all += exact * exact;
        }
      }
    }
    return off / all;
  }

  /**
   * Of 4000 rows: the normal law fitted to them would be off by about 3/4000, these networks of 1200 weights are by 0.02 to 0.03. Chains give fainter gradients, and take three times the
   * steps. The power is in the twin below.
   */
  @ParameterizedTest
  @EnumSource(Way.class)
  void theFittedScoreOfANormalLawIsTheClosedForm(Way way) {
    TrainingSettings settings = settings(way).withSteps(way == Way.CONTRASTIVE ? 750 : 250);
    try (Trainer trainer = new Trainer(settings, rows(4000, Seed.of(20)), 4000)) {
      assertThat(error(trainer, settings)).isLessThan(0.05);
    }
  }

  @Test
  void withoutCurvatureTheScoreIsNotLearned() {
    TrainingSettings settings = settings(Way.SLICED);
    EnergyLesson broken = new Flat(recipe(Way.SLICED), settings.architecture());
    try (Trainer trainer = Trainer.learning(broken, settings, rows(4000, Seed.of(20)), 4000)) {
      assertThat(error(trainer, settings)).isGreaterThan(0.5);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aRunThatIsTakenUpGoesOnToTheLastBit(Way way) {
    TrainingSettings settings = settings(way).withBatch(16);
    float[] rows = rows(50, Seed.of(20));
    try (Trainer whole = new Trainer(settings, rows, 50);
        Trainer resumed = new Trainer(settings, rows, 50)) {
      for (int step = 0; step < 5; step++) {
        whole.step();
      }
      resumed.restore(whole.checkpoint());
      for (int step = 0; step < 5; step++) {
        assertThat(resumed.step()).isEqualTo(whole.step());
      }
      assertThat(resumed.checkpoint().arrays()).isEqualTo(whole.checkpoint().arrays());
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void settingsSurviveTheirMap(Way way) {
    assertThat(TrainingSettings.fromMap(settings(way).toMap())).isEqualTo(settings(way));
  }

  @Test
  void whatCannotBeLearnedIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EnergyLesson(recipe(Way.SLICED), new Mlp(2, 8, 1, 0), Seed.of(1)))
        .withMessageContaining("Conservative");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EnergyLesson(recipe(Way.IMPLICIT), network(9), Seed.of(1)))
        .withMessageContaining("at most 8 numbers, got 9");
    TrainingSettings coarse =
        settings(Way.SLICED).withOptions(TrainingOptions.USUAL.withPrecision(Precision.BF16));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Trainer(coarse, rows(4, Seed.of(1)), 4))
        .withMessageContaining("precision must be FP32");
    try (Trainer denoising =
        new Trainer(
            settings(Way.SLICED).withObjective(new EdmObjective()), rows(4, Seed.of(1)), 4)) {
      assertThatIllegalStateException().isThrownBy(() -> denoising.matchingLoss(new float[2]));
    }
  }
}
