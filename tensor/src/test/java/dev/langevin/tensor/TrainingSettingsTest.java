package dev.langevin.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.langevin.diffusion.DiscreteSchedule;
import dev.langevin.diffusion.GeometricExploding;
import dev.langevin.diffusion.Noising;
import dev.langevin.diffusion.OrnsteinUhlenbeck;
import dev.langevin.diffusion.Prediction;
import dev.langevin.diffusion.StraightPath;
import dev.langevin.diffusion.TimeRescaled;
import dev.langevin.objective.DenoisingObjective;
import dev.langevin.objective.EdmObjective;
import dev.langevin.objective.FormPreconditioning;
import dev.langevin.objective.LevelLaw;
import dev.langevin.objective.NcsnPreconditioning;
import dev.langevin.objective.TimestepPreconditioning;
import dev.langevin.objective.Weighting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingSettingsTest {
  private final TrainingSettings settings = Samples.settings(Samples.SMALL_UNET);

  @Test
  void aMapGivesTheSameSettings() {
    assertThat(TrainingSettings.fromMap(settings.toMap())).isEqualTo(settings);
  }

  @Test
  void unknownAndMissingSettingsAreErrors() {
    Map<String, Object> more = new LinkedHashMap<>(settings.toMap());
    more.put("momentum", 0.5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingSettings.fromMap(more))
        .withMessageContaining("momentum");
    Map<String, Object> less = new LinkedHashMap<>(settings.toMap());
    less.remove("seed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingSettings.fromMap(less))
        .withMessage("training.seed is missing");
    Map<String, Object> other = new LinkedHashMap<>(settings.toMap());
    other.put("objective", Map.of("kind", "vp"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingSettings.fromMap(other))
        .withMessageContaining("vp");
  }

  @Test
  void theLearningRateRisesLinearlyAndFallsAlongHalfACosine() {
    assertThat(settings.learningRate(0)).isCloseTo(3e-3 / 5, within(1e-12));
    assertThat(settings.learningRate(4)).isCloseTo(3e-3, within(1e-12));
    double middle = 5 + 55 / 2.0;
    assertThat(
            0.5 * (settings.learningRate((long) middle) + settings.learningRate((long) middle + 1)))
        .isCloseTo(3e-3 * (0.01 + 0.99 * 0.5), within(1e-6));
    assertThat(settings.learningRate(60)).isCloseTo(3e-5, within(1e-12));
    assertThat(settings.learningRate(10_000)).isCloseTo(3e-5, within(1e-12));
  }

  @Test
  void theMovingAverageForgetsTheStartFirst() {
    assertThat(settings.emaDecay(0)).isEqualTo(0.1);
    assertThat(settings.emaDecay(8)).isEqualTo(0.5);
    assertThat(Math.pow(settings.emaDecay(1_000_000), 12)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void anotherLengthKeepsTheShares() {
    TrainingSettings longer = settings.withSteps(600);
    assertThat(longer.warmupSteps()).isEqualTo(50);
    assertThat(longer.emaHalfLife()).isCloseTo(120, within(1e-9));
    assertThat(longer.learningRate(49)).isCloseTo(3e-3, within(1e-12));
  }

  @Test
  void withMethodsChangeOneThing() {
    assertThat(settings.withBatch(9).batch()).isEqualTo(9);
    assertThat(settings.withBatch(9).withBatch(7)).isEqualTo(settings);
    assertThat(settings.withLearningRate(0.1).withLearningRate(3e-3)).isEqualTo(settings);
    assertThat(settings.withSeed(1).withSeed(42)).isEqualTo(settings);
    EdmObjective other = new EdmObjective(0, 1, 1);
    assertThat(settings.withObjective(other).objective()).isEqualTo(other);
    assertThat(settings.withObjective(other).withObjective(settings.objective()))
        .isEqualTo(settings);
  }

  @Test
  void nonsenseIsRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withBatch(0))
        .withMessage("batch must be at least 1, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withLearningRate(Double.NaN))
        .withMessageContaining("learningRate");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withSteps(0))
        .withMessageContaining("steps");
  }

  /** One of each form, weight, law of levels and process. */
  static List<DenoisingObjective> objectives() {
    Noising linear = TimeRescaled.linear();
    LevelLaw times = new LevelLaw.UniformTime(linear, 1e-3, 1);
    LevelLaw broad = new LevelLaw.LogUniform(0.02, 10);
    return List.of(
        DenoisingObjective.plain(Prediction.NOISE, linear, times),
        new DenoisingObjective(
            new FormPreconditioning(Prediction.DENOISED, new OrnsteinUhlenbeck(), 4),
            new Weighting.TruncatedSnr(),
            broad),
        new DenoisingObjective(
            new FormPreconditioning(Prediction.VELOCITY, new StraightPath(), 4),
            new Weighting.MinSnr(5),
            broad),
        new DenoisingObjective(
            new FormPreconditioning(Prediction.SCORE, linear, 4), new Weighting.Snr(), times),
        new DenoisingObjective(
            new NcsnPreconditioning(), new Weighting.Snr(), new LevelLaw.Ladder(0.02, 10, 12)),
        new DenoisingObjective(
            new FormPreconditioning(Prediction.NOISE, new GeometricExploding(0.01, 20), 4),
            new Weighting.Likelihood(broad),
            broad),
        new DenoisingObjective(
            new EdmObjective(-1, 1.1, 0.6),
            new Weighting.Edm(0.6),
            new LevelLaw.LogNormal(-0.5, 1)),
        new DenoisingObjective(
            new TimestepPreconditioning(Prediction.VELOCITY, DiscreteSchedule.linear()),
            new Weighting.Plain(Prediction.VELOCITY, DiscreteSchedule.linear()),
            new LevelLaw.UniformTime(DiscreteSchedule.linear(), 1, 1000)));
  }

  @Test
  void everyObjectiveIsKeptAndRestored() {
    for (DenoisingObjective objective : objectives()) {
      TrainingSettings kept = settings.withObjective(objective);
      assertThat(TrainingSettings.fromMap(kept.toMap())).isEqualTo(kept);
    }
    assertThat(settings.withObjective(objectives().get(6)).sigmaData()).isEqualTo(0.6);
    assertThat(settings.withObjective(objectives().get(0)).sigmaData()).isEqualTo(0.5);
    DenoisingObjective own =
        new DenoisingObjective(new EdmObjective(), sigma -> 1, new LevelLaw.LogUniform(0.1, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withObjective(own).toMap())
        .withMessageContaining("weighting");
  }

  @Test
  void optionsAreKeptAndRestored() {
    TrainingOptions options = new TrainingOptions(LevelDraws.IMPORTANCE, Precision.BF16, 3, true);
    TrainingSettings kept = settings.withOptions(options);
    assertThat(kept.options()).isEqualTo(options);
    assertThat(TrainingSettings.fromMap(kept.toMap())).isEqualTo(kept);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrainingOptions(LevelDraws.SPREAD, Precision.FP32, 0, false))
        .withMessage("accumulation must be at least 1, got 0");
  }
}
