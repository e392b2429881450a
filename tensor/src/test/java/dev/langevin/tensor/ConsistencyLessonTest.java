package dev.langevin.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.diffusion.Denoiser;
import dev.langevin.diffusion.TimeGrid;
import dev.langevin.math.NamedArray;
import dev.langevin.objective.ConsistencyPreconditioning;
import dev.langevin.objective.DenoisingObjective;
import dev.langevin.objective.LevelLaw;
import dev.langevin.objective.NcsnPreconditioning;
import dev.langevin.objective.Objective;
import dev.langevin.objective.Weighting;
import dev.langevin.random.Seed;
import dev.langevin.solver.ConsistencyDistillation;
import dev.langevin.solver.ConsistencyDistillation.Metric;
import dev.langevin.solver.Heun;
import dev.langevin.solver.Solver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@NeedsNatives
class ConsistencyLessonTest {
  private static final int ROWS = 23;
  private static final ConsistencyDistillation RECIPE =
      new ConsistencyDistillation(7, 5, 0.01, 20, Metric.PSEUDO_HUBER);

  record Case(TrainingSettings settings, ConsistencyDistillation recipe, double decay) {}

  static List<Case> cases() {
    Objective ncsn =
        new DenoisingObjective(
            new NcsnPreconditioning(), new Weighting.Snr(), new LevelLaw.LogUniform(0.01, 20));
    return List.of(
        new Case(Samples.settings(Samples.SMALL_MLP).withBatch(20), RECIPE, 0.9),
        new Case(
            Samples.settings(Samples.SMALL_MLP).withBatch(300).withObjective(ncsn),
            new ConsistencyDistillation(7, 5, 0.01, 20, Metric.SQUARED),
            0),
        new Case(
            Samples.settings(Samples.SMALL_UNET)
                .withBatch(20)
                .withOptions(new TrainingOptions(LevelDraws.SPREAD, Precision.BF16, 2, true)),
            RECIPE,
            0.5));
  }

  /** The exact denoiser of N(0, 0.16 I), without a state. */
  private static Denoiser teacher(int d, double factor) {
    return new Denoiser() {
      @Override
      public int dimension() {
        return d;
      }

      @Override
      public void denoise(double[] y, int rows, double sigma, double[] out) {
        double gain = factor * 0.16 / (0.16 + sigma * sigma);
        for (int i = 0; i < rows * d; i++) {
          out[i] = gain * y[i];
        }
      }
    };
  }

  private static List<NamedArray> start(Architecture architecture) {
    Layout layout = Network.of(architecture).layout();
    return layout.split("", layout.start(Seed.of(8)));
  }

  private static Trainer trainer(Case one, TrainingSettings settings) {
    int d = settings.architecture().dimension();
    return Trainer.distilling(
        settings,
        one.recipe(),
        one.decay(),
        teacher(d, 1),
        start(settings.architecture()),
        Samples.normal(Seed.of(3), ROWS * d, 0.4),
        ROWS);
  }

  private static Checkpoint after(Case one, int steps) {
    try (Trainer trainer = trainer(one, one.settings())) {
      for (int i = 0; i < steps; i++) {
        trainer.step();
      }
      return trainer.checkpoint();
    }
  }

  @AfterEach
  void allProcessorsAgain() {
    Backend.threads(Runtime.getRuntime().availableProcessors());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalSettingsGiveEqualBytesOnAnyNumberOfThreads(Case one) {
    Backend.threads(1);
    Checkpoint alone = after(one, 6);
    Backend.threads(3);
    assertThat(after(one, 6)).isEqualTo(alone);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aRestoredRunGoesOnAsIfNothingHadHappened(Case one) {
    Checkpoint whole = after(one, 10);
    Checkpoint half = after(one, 5);
    try (Trainer trainer = trainer(one, one.settings().withSeed(42))) {
      trainer.step(); // not at its beginning
      trainer.restore(half);
      for (int i = 0; i < 5; i++) {
        trainer.step();
      }
      assertThat(trainer.checkpoint()).isEqualTo(whole);
    }
  }

  @Test
  void theTargetsWeightsAreAPartOfTheState() {
    Case one = cases().get(0);
    Checkpoint half = after(one, 5);
    List<NamedArray> shaken = new ArrayList<>();
    List<NamedArray> lost = new ArrayList<>();
    for (NamedArray array : half.arrays()) {
      float[] values = array.values().clone();
      if (array.name().startsWith("target.")) {
        values[0] += 0.5f;
      } else {
        lost.add(array);
      }
      shaken.add(new NamedArray(array.name(), array.shape(), values));
    }
    try (Trainer trainer = trainer(one, one.settings())) {
      trainer.restore(new Checkpoint(one.settings(), 5, shaken));
      trainer.step();
      assertThat(trainer.checkpoint()).isNotEqualTo(after(one, 6));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> trainer.restore(new Checkpoint(one.settings(), 5, lost)))
          .withMessageContaining("weights lack target.");
    }
  }

  /** With targets of the plain formula: f⁻ of the teacher's Heun step, written out once more. */
  @ParameterizedTest
  @MethodSource("cases")
  void theTargetIsTheFunctionAtTheEndOfTheTeachersStep(Case one) {
    TrainingSettings settings = one.settings();
    Architecture architecture = settings.architecture();
    int d = architecture.dimension();
    Network network = Network.of(architecture);
    Objective form = ConsistencyLesson.form(settings.objective(), one.recipe());
    float[] values = network.layout().start(Seed.of(8));
    Batches batches =
        new Batches(
            Rows.of(Samples.normal(Seed.of(3), ROWS * d, 0.4), ROWS, d),
            9,
            form,
            network,
            null,
            0,
            TrainingOptions.USUAL,
            1,
            Seed.of(5));
    batches.fill(0);
    TimeGrid grid = one.recipe().grid();
    try (ConsistencyLesson lesson =
            new ConsistencyLesson(
                one.recipe(), 0.5, teacher(d, 1), form, architecture, network, values);
        NetworkDenoiser plain =
            new NetworkDenoiser(
                architecture,
                new ConsistencyPreconditioning(settings.objective(), one.recipe().sigmaMin()),
                network.layout().split("", values))) {
      lesson.fill(batches);
      for (int i = 0; i < 9; i++) {
        double s = batches.sigmas[i];
        int k = 0;
        while (grid.time(k) != s) {
          k++;
        }
        double t = grid.time(k + 1);
        double slopeAbove = s / (0.16 + s * s); // (1 - D')/σ
        double slopeBelow = t / (0.16 + t * t);
        double gain = 1 + (t - s) / 2 * (slopeAbove + slopeBelow * (1 + (t - s) * slopeAbove));
        double[] x = new double[d];
        double[] stepped = new double[d];
        for (int j = 0; j < d; j++) {
          x[j] = batches.inputs[i * d + j] / form.cIn(s);
          stepped[j] = gain * x[j];
        }
        double[] end = new double[d];
        plain.denoise(stepped, 1, t, end);
        for (int j = 0; j < d; j++) {
          double answered = form.denoised(batches.targets[i * d + j], x[j], s);
          assertThat(answered).isCloseTo(end[j], within(1e-5 * (1 + Math.abs(x[j]))));
        }
        assertThat((double) batches.weights[i])
            .isCloseTo(form.cOut(s) * form.cOut(s), within(1e-6 * form.cOut(s) * form.cOut(s)));
      }
    }
  }

  /** From the teacher's denoiser alone a perceptron comes near √((λ + σ_min²)/(λ + σ²)) x; from a teacher that is 10 % off it does not. */
  @Test
  void taughtByAnExactDenoiserANetworkComesToTheExactFunction() {
    assertThat(distance(1)).isLessThan(0.02);
    assertThat(distance(0.9)).as("power: another teacher").isGreaterThan(0.04);
  }

  private static double distance(double factor) {
    Mlp architecture = new Mlp(1, 32, 2, 0);
    TrainingSettings settings =
        Samples.settings(architecture).withBatch(128).withSteps(1200).withLearningRate(5e-3);
    float[] data = Samples.normal(Seed.of(3), 2000, 0.4);
    try (Trainer trainer =
        Trainer.distilling(
            settings, RECIPE, 0.5, teacher(1, factor), start(architecture), data, 2000)) {
      for (int i = 0; i < 1200; i++) {
        trainer.step();
      }
      try (NetworkDenoiser learned = trainer.denoiser()) {
        double worst = 0;
        TimeGrid grid = RECIPE.grid();
        for (int k = 0; k < RECIPE.pairs(); k++) {
          worst = Math.max(worst, rms(learned, grid, k));
        }
        return worst;
      }
    }
  }

  /** The root mean square difference on points of the level's law, from where the teacher's Heun steps lead (the exact 7-level target). */
  private static double rms(Denoiser learned, TimeGrid grid, int from) {
    double sigma = grid.time(from);
    double[] x = new double[101];
    for (int i = 0; i <= 100; i++) {
      x[i] = 2 * Math.sqrt(0.16 + sigma * sigma) * (i - 50) / 50;
    }
    double[] out = new double[101];
    learned.denoise(x, 101, sigma, out);
    Solver.Worker heun = new Heun().on(teacher(1, 1), grid, 101);
    for (int k = from; k < RECIPE.pairs(); k++) {
      heun.step(k, x, 101, new double[0]);
    }
    double sum = 0;
    for (int i = 0; i <= 100; i++) {
      sum += (out[i] - x[i]) * (out[i] - x[i]) / 101;
    }
    return Math.sqrt(sum);
  }

  @Test
  void whatCannotBeDistilledIsRefused() {
    Case one = cases().get(0);
    TrainingOptions drawn = new TrainingOptions(LevelDraws.IMPORTANCE, Precision.FP32, 1, false);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer(one, one.settings().withOptions(drawn)))
        .withMessageContaining("must spread levels");
    for (double decay : new double[] {-0.1, 1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> trainer(new Case(one.settings(), RECIPE, decay), one.settings()))
          .withMessageContaining("targetDecay must be");
    }
  }
}
